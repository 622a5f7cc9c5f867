"""The thirty analyses, by number: which there are, what each asks for, and one asked."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from pkgutil import walk_packages
from typing import Any

import pandas as pd

from iprof_kit.analytics import analyses as package
from iprof_kit.analytics.analyses.model import REGISTRY, Analyse, usage, usages
from iprof_kit.analytics.columns import needed_for
from iprof_kit.base.names import words_in


def analyses() -> pd.DataFrame:
    """Return the usual analyses, one row each.

    Returns
    -------
    DataFrame
        `numero`, `nom`, `titre`, `question` (the notebook that shows it), `forme`, `fait` (the rule
        or the fact to respect), `colonnes` (needed), `source`, `confiance`.

    Examples
    --------
    >>> import iprof_kit
    >>> iprof_kit.analyses().set_index("numero")["nom"][17]
    'stock_grade_echelon'
    """
    rows = [{**vars(one), "colonnes": ", ".join(needed_for(one.numero))} for one in usages()]
    order = list(words_in("numero nom titre question forme fait colonnes source confiance"))
    return pd.DataFrame(rows)[order]


def analyser(numero: int | str, gens: pd.DataFrame, /, **options: Any) -> Analyse:
    """Return the answer to a usual question about people.

    Parameters
    ----------
    numero : int or str
        Number (17) or name (« stock_grade_echelon ») of `analyses`.
    gens : DataFrame
        People, with the columns of `analytics.columns`.
    **options
        Those of the function: `help(iprof_kit.analyse_de(17))`.

    Raises
    ------
    InputError
        An unknown analysis, a column that misses, nobody.

    Examples
    --------
    >>> import iprof_kit
    >>> stock = iprof_kit.analyser("stock_grade_echelon", iprof_kit.generate(400, seed=1))
    >>> int(stock.table["effectif"].sum())
    400
    """
    answer: Analyse = analyse_de(numero)(gens, **options)
    return answer


def analyse_de(numero: int | str) -> Callable[..., Analyse]:
    """Return the function of an analysis, by number or name; its docstring says its options.

    Examples
    --------
    >>> import iprof_kit
    >>> iprof_kit.analyse_de(17).__name__
    'stock_grade_echelon'
    """
    for module in walk_packages(package.__path__, f"{package.__name__}."):
        import_module(module.name)
    return REGISTRY[usage(numero).numero]
