"""The contract of a population table, as a pandera schema: what an import guarantees."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pandas as pd

from iprof_kit.analytics.columns import COLUMNS, Column
from iprof_kit.analytics.needs import pandera
from iprof_kit.base.words import NBSP

_UAI = r"\d{7}[A-Z]"


def population_schema(names: Iterable[str]) -> Any:
    """Return the pandera schema of a population table with the columns given.

    It is also the data dictionary: each column carries its French meaning as `description`.

    Parameters
    ----------
    names : iterable of str
        Columns of `analytics.columns.COLUMNS`; others are accepted as they are.

    Returns
    -------
    pandera.pandas.DataFrameSchema
    """
    kit = pandera()
    columns = {name: _column(kit, COLUMNS[name]) for name in names if name in COLUMNS}
    return kit.DataFrameSchema(
        columns,
        strict=False,
        coerce=False,
        unique_column_names=True,
        description=f"Table de population{NBSP}: une ligne par personne.",
    )


def failures(table: pd.DataFrame) -> pd.DataFrame:
    """Return what of a table breaks its contract: `index`, `column`, `check`, `failure_case`."""
    kit = pandera()
    try:
        population_schema(table.columns).validate(table, lazy=True)
    except kit.errors.SchemaErrors as error:
        cases: pd.DataFrame = error.failure_cases
        return cases
    return pd.DataFrame(columns=["index", "column", "check", "failure_case"])


def _column(kit: Any, column: Column) -> Any:
    checks = []
    if column.kind == "texte" and column.allowed():
        checks.append(kit.Check.isin([*column.allowed(), ""], error="code inconnu"))
    elif column.kind == "entier" and column.codes:
        checks.append(kit.Check.isin([int(code) for code in column.codes], error="ni 0 ni 1"))
    if column.name == "uai":
        checks.append(kit.Check(_is_uai, error="forme inattendue"))
    if column.name == "quotite":
        checks.append(kit.Check.in_range(0, 100, error="hors de 0 à 100"))
    if column.name == "numero":
        checks.append(kit.Check(lambda values: values != "", error="numéro vide"))
    if column.kind == "entier" and column.absent is not None:
        checks.append(kit.Check.ge(0, error="négatif"))
    return kit.Column(
        column.dtype,
        checks,
        nullable=column.kind != "texte" and column.absent is None,
        unique=column.name == "numero",
        description=column.meaning,
        required=True,
    )


def _is_uai(values: pd.Series) -> pd.Series:
    return (values == "") | values.str.fullmatch(_UAI)
