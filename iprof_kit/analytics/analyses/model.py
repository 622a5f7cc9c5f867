"""What an analysis is: a question, a table, a figure, and where all of it comes from.

A function of this package takes people (or what another function gave) and returns a `Reponse`;
`analyse` makes of it an `Analyse`, whose tables carry PROJET, the rule with its source and
confidence, the source of the people and the version.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache, wraps
from typing import Concatenate, ParamSpec

import pandas as pd
from matplotlib.figure import Figure

from iprof_kit.analytics.analyses.drawing import entitle
from iprof_kit.analytics.columns import needed_for, require
from iprof_kit.base.errors import InputError
from iprof_kit.base.names import options_in_french
from iprof_kit.base.sources import to_verify
from iprof_kit.base.version import __version__
from iprof_kit.base.words import NBSP
from iprof_kit.law.tables.loading import table

PROJET = "PROJET"
P = ParamSpec("P")
REGISTRY: dict[int, Callable[..., Analyse]] = {}
"""The analyses by number, filled where each is defined."""


@dataclass(frozen=True)
class Usage:
    """What an analysis is for, as data/reference/analyses_rh.csv says."""

    numero: int
    nom: str
    titre: str
    question: str
    forme: str
    fait: str
    source: str
    confiance: str


@dataclass(frozen=True)
class Reponse:
    """What an analysis found.

    Attributes
    ----------
    table : DataFrame
        The answer.
    dessin : callable
        Draws the figure of the table.
    details : mapping of name to DataFrame
        Other tables, by the name under which a person asks for them.
    hypotheses, avertissements : tuples of str
        What is supposed; what could not be done, or was left out, with how many rows.
    """

    table: pd.DataFrame
    dessin: Callable[[], Figure]
    details: Mapping[str, pd.DataFrame] = field(default_factory=dict)
    hypotheses: tuple[str, ...] = ()
    avertissements: tuple[str, ...] = ()


@dataclass(frozen=True)
class Analyse:
    """The answer to a usual question; every table says PROJET (`iprof_kit.legende`)."""

    usage: Usage
    table: pd.DataFrame
    details: Mapping[str, pd.DataFrame]
    hypotheses: tuple[str, ...]
    avertissements: tuple[str, ...]
    legende: str
    _draw: Callable[[], Figure] = field(repr=False)

    @property
    def titre(self) -> str:
        """« Pyramide des âges »."""
        return self.usage.titre

    def figure(self) -> Figure:
        """Draw the figure; its title ends with PROJET."""
        drawn = self._draw()
        entitle(drawn, f"{self.titre} · {PROJET}")
        return drawn


def analyse(
    function: Callable[Concatenate[pd.DataFrame, P], Reponse],
) -> Callable[Concatenate[pd.DataFrame, P], Analyse]:
    """Make an analysis of a function whose name is in data/reference/analyses_rh.csv.

    It is refused a table without a row, or without the columns that `columns.COLUMNS` says it
    needs.
    """
    what = usage(function.__name__)

    checked = options_in_french(function)

    @wraps(function)
    def asked(gens: pd.DataFrame, /, *args: P.args, **options: P.kwargs) -> Analyse:
        _refuse_no_table(gens, what.nom)
        require(gens, needed_for(what.numero), where=what.nom)
        refuse_nobody(gens, what.nom)
        if not isinstance(options.get("corps", ""), str):
            raise InputError(
                "une analyse est celle d’un seul corps, ou de tous.",
                where="corps",
                remedy=f'Donnez son code{NBSP}: corps="pe".',
            )
        return _answer(what, gens, checked(gens, *args, **options))

    REGISTRY[what.numero] = asked
    return asked


def usage(which: int | str) -> Usage:
    """Return what an analysis is for, by number or name.

    Raises
    ------
    InputError
        No analysis has this number or name.
    """
    for one in usages():
        if which in (one.numero, one.nom):
            return one
    raise InputError(
        f"il n’y a pas d’analyse «{NBSP}{which}{NBSP}».",
        where="numero",
        remedy=f"Les numéros vont de 1 à {len(usages())}{NBSP}: voyez iprof_kit.analyses().",
    )


@cache
def usages() -> tuple[Usage, ...]:
    """Return what every analysis is for, by number."""
    rows = table("analyses_rh").sort_values("numero")
    return tuple(
        Usage(int(row[0]), *row[1:])
        for row in rows[list(Usage.__annotations__)].itertuples(index=False)
    )


def refuse_nobody(gens: pd.DataFrame, where: str) -> None:
    """Refuse a table without a row.

    Raises
    ------
    InputError
    """
    if gens.empty:
        raise InputError(
            f"le groupe est vide{NBSP}: personne n’est dans la table.",
            where=where,
            remedy="Vérifiez les filtres, ou la table donnée.",
        )


def _refuse_no_table(gens: object, where: str) -> None:
    if not isinstance(gens, pd.DataFrame):
        raise InputError(
            f"une table est attendue, pas un objet {type(gens).__name__}.",
            where=where,
            remedy=f"D’un extrait lu, donnez sa table{NBSP}: extrait.table.",
        )


def mark(
    frame: pd.DataFrame,
    what: Usage,
    gens: pd.DataFrame,
    hypotheses: Iterable[str] = (),
    warnings: Iterable[str] = (),
) -> pd.DataFrame:
    """Return a table with its caption and provenance in `attrs`."""
    source = str(gens.attrs.get("source", "table donnée, sans source"))
    day = str(gens.attrs.get("observation", ""))
    parts = [f"{PROJET}. {what.titre}. L’autorité décide.", f"Repère : {what.fait} ({what.source})"]
    parts[-1] += f" — à vérifier, confiance {what.confiance}." * to_verify(what.confiance) or "."
    parts += [f"Hypothèse : {text}." for text in hypotheses]
    parts += [f"Avertissement : {text}." for text in warnings]
    parts.append(f"Source : {source}{', situation au ' + day if day else ''}. ")
    parts[-1] += f"iprof-kit {__version__}."
    frame.attrs.update(
        statut=PROJET,
        analyse=what.numero,
        titre=what.titre,
        source=source,
        observation=day,
        version=__version__,
        confiance=what.confiance,
        a_verifier=to_verify(what.confiance),
        hypotheses=list(hypotheses),
        avertissements=list(warnings),
        legende=" ".join(parts),
    )
    return frame


def _answer(what: Usage, gens: pd.DataFrame, response: Reponse) -> Analyse:
    remarks = (response.hypotheses, response.avertissements)
    marked = mark(response.table, what, gens, *remarks)
    details = {name: mark(frame, what, gens, *remarks) for name, frame in response.details.items()}
    return Analyse(what, marked, details, *remarks, str(marked.attrs["legende"]), response.dessin)
