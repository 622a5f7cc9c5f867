"""A score against a published bar: « si la barre 2024 restait », and what that does not say."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Literal

from iprof_kit.base.sources import Source
from iprof_kit.base.words import folded, points_text
from iprof_kit.law.mobility.calendar import Degree
from iprof_kit.law.tables.facts import Fact, Facts
from iprof_kit.law.tables.rules import rule

TABLE = "barres_mouvement"
Kind = Literal["entree", "sortie"]
_KEY = ("degre", "type_barre", "code_departement", "code_academie", "annee")
_BARS = Facts(TABLE, _KEY)

_MOVES = "elle change chaque année avec les capacités d’accueil et les demandes."
LIMITS = {
    "1d": (
        f"Une barre est le barème du dernier entrant (ou sortant) d’une année passée : {_MOVES}",
        "Il faut franchir deux barres : la sortie de votre département, l’entrée dans l’autre.",
        "La phase de permutation (échanges en chaîne) n’est pas dite par ces barres.",
    ),
    "2d": (
        f"Une barre est le barème du dernier entrant d’une année passée, par discipline : {_MOVES}",
        "Elle ne dit rien de l’extension des vœux ni de l’affectation dans l’académie.",
    ),
}
"""What a comparison with a bar does not say, by degree."""


_NONE = {
    "1d": "Aucune barre du premier degré n’est dans nos tables : aucune n’a été trouvée.",
    "2d": "Aucune barre du second degré n’est dans nos tables : aucune n’a été trouvée. Une "
    "académie qui publie les siennes peut les y ajouter, par discipline.",
}


@dataclass(frozen=True)
class Bar:
    """One published bar."""

    annee: int
    sens: Kind
    bareme: float
    nb_entrants: int | None
    note: str
    papers: Source


@dataclass(frozen=True)
class Comparison:
    """A score and a bar; `bar` is None where none was found: then there is no number."""

    bar: Bar | None
    ecart: float | None
    phrase: str


Place = tuple[str, Kind, str, str]
"""Degree, kind, code of the département or of the academy, discipline («» for all)."""
Added = Mapping[Place, Sequence[Bar]]
"""Bars that an academy or a union has, beside those of the table."""
NONE_ADDED: Added = MappingProxyType({})


def place_of(
    degre: Degree, sens: Kind, departement: str = "", academie: str = "", discipline: str = ""
) -> Place:
    """Return how a bar is looked up; disciplines are compared without accents nor capitals."""
    return degre, sens, departement or academie, folded(discipline)


@cache
def _published() -> Mapping[Place, tuple[Fact, ...]]:
    """Return the bars of the table by place, oldest first."""
    by_place: dict[Place, list[Fact]] = {}
    for row in _BARS.in_force(None):
        if row.has("bareme"):
            values = row.values
            place = place_of(
                values["degre"],
                values["type_barre"],
                values["code_departement"],
                values["code_academie"],
                values["discipline"],
            )
            by_place.setdefault(place, []).append(row)
    return {
        place: tuple(sorted(rows, key=lambda row: int(row.values["annee"])))
        for place, rows in by_place.items()
    }


def last_bar(
    degre: Degree,
    sens: Kind,
    *,
    departement: str = "",
    academie: str = "",
    discipline: str = "",
    annee: int | None = None,
    added: Added = NONE_ADDED,
) -> Bar | None:
    """Return the published bar of a place, None where none was found.

    Parameters
    ----------
    degre, sens, departement, academie, discipline
        Of the bar; a place is a département (1d) or an academy (2d).
    annee : int, optional
        Year of the bar; by default the most recent one.
    added : mapping
        Further bars; of one year, that of the academy or of the union is taken.
    """
    place = place_of(degre, sens, departement, academie, discipline)
    rows = [r for r in _published().get(place, ()) if annee in (None, r.values["annee"])]
    others = [bar for bar in added.get(place, ()) if annee in (None, bar.annee)]
    latest = max(others, key=lambda bar: bar.annee, default=None)
    if rows and (latest is None or latest.annee < int(rows[-1].values["annee"])):
        return _bar(rows[-1], sens, departement or academie)
    return latest


def limits(degre: Degree, added: Added = NONE_ADDED) -> tuple[str, ...]:
    """Return what a comparison with a bar does not say, and that no bar is known where none is."""
    known = any(place[0] == degre for places in (_published(), added) for place in places)
    return LIMITS[degre] if known else (_NONE[degre], *LIMITS[degre])


def _bar(row: Fact, sens: Kind, place: str) -> Bar:
    return Bar(
        int(row.values["annee"]),
        sens,
        row.number("bareme", f"barre {sens} {place}"),
        row.whole("nb_entrants") if row.has("nb_entrants") else None,
        row.text("note"),
        row.papers,
    )


@rule(
    name="mouvement_barre",
    sentence="Un barème se compare à la barre publiée d’une année passée, sans prédire celle de "
    "l’année demandée.",
    source="education.gouv.fr, cartes des résultats du mouvement",
    since="2021-09-01",
    tables=(TABLE,),
)
def compare(total: float, bar: Bar | None, place: str, *, complete: bool = True) -> Comparison:
    """Say where a score stands against a bar.

    Parameters
    ----------
    total : float
        Points of the wish.
    place : str
        French name of the place, for the sentence.
    complete : bool
        False where a criterion asked for has no known value: the score is then a minimum.

    Returns
    -------
    Comparison
        Without a bar, no number, and the sentence says so.
    """
    if bar is None:
        return Comparison(
            None, None, f"Aucune barre publiée trouvée pour {place} : pas de comparaison possible."
        )
    gap = total - bar.bareme
    kind = "d’entrée" if bar.sens == "entree" else "de sortie"
    if gap >= 0:
        where = "l’égalerait" if gap == 0 else f"la dépasserait de {points_text(gap)} points"
    else:
        where = f"serait {points_text(-gap)} points au-dessous"
    least = "" if complete else " au moins (un critère demandé n’a pas de valeur connue)"
    return Comparison(
        bar,
        gap,
        f"Si la barre {kind} de {bar.annee} pour {place} ({points_text(bar.bareme)} points) "
        f"restait la même, un barème de {points_text(total)} points{least} {where}.",
    )
