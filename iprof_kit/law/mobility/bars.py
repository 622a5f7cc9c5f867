"""A score against a published bar: « si la barre 2024 restait », and what that does not say."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from iprof_kit.base.sources import Source
from iprof_kit.law.mobility.score import points_text
from iprof_kit.law.tables.facts import Fact, Facts
from iprof_kit.law.tables.rules import rule

TABLE = "barres_mouvement"
Kind = Literal["entree", "sortie"]
_KEY = ("degre", "type_barre", "code_departement", "code_academie", "annee")
_BARS = Facts(TABLE, _KEY)

_MOVES = "elle change chaque année avec les capacités d'accueil et les demandes."
LIMITS = {
    "1d": (
        f"Une barre est le barème du dernier entrant (ou sortant) d'une année passée : {_MOVES}",
        "Il faut franchir deux barres : la sortie de votre département, l'entrée dans l'autre.",
        "La phase de permutation (échanges en chaîne) n'est pas dite par ces barres.",
    ),
    "2d": (
        f"Une barre est le barème du dernier entrant d'une année passée, par discipline : {_MOVES}",
        "Elle ne dit rien de l'extension des vœux ni de l'affectation dans l'académie.",
    ),
}
"""What a comparison with a bar does not say, by degree."""


_NONE = {
    "1d": "Aucune barre du premier degré n'est dans nos tables : aucune n'a été trouvée.",
    "2d": "Aucune barre du second degré n'est dans nos tables : aucune n'a été trouvée. Une "
    "académie qui publie les siennes peut les y ajouter, par discipline.",
}


def limits(degre: Literal["1d", "2d"]) -> tuple[str, ...]:
    """Return what a comparison with a bar does not say, and that no bar is known where none is."""
    known = any(row.values["degre"] == degre for row in _BARS.in_force(None))
    return LIMITS[degre] if known else (_NONE[degre], *LIMITS[degre])


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


def last_bar(
    degre: Literal["1d", "2d"],
    sens: Kind,
    *,
    departement: str = "",
    academie: str = "",
    discipline: str = "",
    annee: int | None = None,
) -> Bar | None:
    """Return the published bar of a place, None where none was found.

    Parameters
    ----------
    degre, sens, departement, academie, discipline
        Of the bar; a place is a département (1d) or an academy (2d).
    annee : int, optional
        Year of the bar; by default the most recent one.
    """
    published: list[Fact] = [
        row
        for row in _BARS.in_force(None)
        if row.values["degre"] == degre
        and row.values["type_barre"] == sens
        and row.values["code_departement"] == departement
        and row.values["code_academie"] == academie
        and row.values["discipline"] == discipline
        and annee in (None, row.values["annee"])
        and row.has("bareme")
    ]
    if not published:
        return None
    latest = max(published, key=lambda row: int(row.values["annee"]))
    return Bar(
        int(latest.values["annee"]),
        sens,
        latest.number("bareme", f"barre {sens} {departement or academie}"),
        latest.whole("nb_entrants") if latest.has("nb_entrants") else None,
        latest.text("note"),
        latest.papers,
    )


@rule(
    name="mouvement_barre",
    sentence="Un barème se compare à la barre publiée d'une année passée, sans prédire celle de "
    "l'année demandée.",
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
    bar : Bar or None
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
    kind = "d'entrée" if bar.sens == "entree" else "de sortie"
    if gap >= 0:
        where = "l'égalerait" if gap == 0 else f"la dépasserait de {points_text(gap)} points"
    else:
        where = f"serait {points_text(-gap)} points au-dessous"
    least = "" if complete else " au moins (un critère demandé n'a pas de valeur connue)"
    return Comparison(
        bar,
        gap,
        f"Si la barre {kind} de {bar.annee} pour {place} ({points_text(bar.bareme)} points) "
        f"restait la même, un barème de {points_text(total)} points{least} {where}.",
    )
