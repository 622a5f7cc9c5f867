"""What the inter-academic criteria read and give: rows, parameters, wishes, points by wish."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import ParamSpec

import numpy as np
import numpy.typing as npt

from iprof_kit.base.calendar import rentree_day
from iprof_kit.base.errors import InputError, PeriodNotCovered
from iprof_kit.base.sources import worst
from iprof_kit.law.mobility.criteria import (
    RULE_OF_MOVEMENT,
    Asked,
    Criteria,
    Criterion,
    academie,
    academies_touch,
)
from iprof_kit.law.mobility.items import items_of
from iprof_kit.law.mobility.score import SetAside
from iprof_kit.law.tables.facts import Fact, Facts

Points = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]

P = ParamSpec("P")

TABLE = "mouvement_interacademique_2d"
LABELS = {
    "anciennete_service": "Ancienneté de service (échelon)",
    "anciennete_poste": "Ancienneté dans le poste",
    "rapprochement_conjoints": "Rapprochement de conjoints",
    "annees_separation": "Années de séparation",
    "autorite_parentale_conjointe": "Autorité parentale conjointe",
    "parent_isole": "Parent isolé",
    "mutation_simultanee": "Mutation simultanée de conjoints",
    "handicap": "Handicap",
    "education_prioritaire": "Éducation prioritaire",
    "stagiaire": "Stagiaire",
    "reintegration": "Réintégration",
    "mayotte_guyane": "Mayotte et Guyane",
    "sportif_haut_niveau": "Sportif de haut niveau",
    "voeu_preferentiel": "Vœu préférentiel",
    "cimm": "Centre des intérêts matériels et moraux",
    "corse": "Vœu unique Corse",
    "regle": RULE_OF_MOVEMENT,
}
CRITERIA = Criteria(TABLE, LABELS)
item_points = items_of(CRITERIA)
ACADEMIES = Facts("academies", ("code_academie",))
_PARAMETERS = Facts("parametres_mobilite", ("cle",))

NOTES = (
    "notes de service annuelles sur la mobilité ; lignes directrices de gestion du 22-10-2024 "
    "(MENH2428666X)"
)
"""The texts behind every criterion; each row of the table names what was read of them."""

SINCE = "2016-11-10"
"""The note de service of the oldest campaign covered (BO spécial n° 6 du 10-11-2016)."""


@dataclass(frozen=True)
class Wishes:
    """The wishes of a person as columns, in the order of their rank.

    Parameters
    ----------
    codes : array of str
        Codes of the academies.
    names : tuple of str
        Their labels.
    """

    codes: npt.NDArray[np.str_]
    names: tuple[str, ...]

    def __len__(self) -> int:
        """Return how many wishes there are."""
        return len(self.names)

    @property
    def everywhere(self) -> Mask:
        """Every wish."""
        return np.ones(len(self), dtype=bool)

    @property
    def first(self) -> Mask:
        """The wish of rank 1 only."""
        first_wish: Mask = np.arange(len(self)) == 0
        return first_wish

    def on(self, *names: str) -> Mask:
        """Return the wishes on some academies."""
        on_academies: Mask = np.isin(self.codes, [code_of(name) for name in names if name])
        return on_academies

    def bordering_the_first(self) -> Mask:
        """Return wish 1 and the academies that border it, wherever they stand."""
        near = [academies_touch(str(self.codes[0]), str(code)) for code in self.codes[1:]]
        return np.array([True, *near])


def wishes_of(names: Sequence[str], campagne: int) -> Wishes:
    """Return the wishes named by code or label.

    Raises
    ------
    InputError
        No wish, one academy twice, an unknown one or one that does not exist in that school year
        or is outside the movement.
    """
    if not names:
        raise InputError("aucun vœu.", where="voeux", remedy="Donnez une académie au moins.")
    rows = [academie(name, where=f"voeux, rang {rank}") for rank, name in enumerate(names, 1)]
    known = [str(row.values["code_academie"]) for row in open_academies(campagne)]
    codes = [str(row.values["code_academie"]) for row in rows]
    for rank, (code, row) in enumerate(zip(codes, rows, strict=True), 1):
        label, where = row.values["libelle_academie"], f"voeux, rang {rank}"
        if code not in known:
            raise InputError(
                f"l’académie de {label} n’est pas ouverte au mouvement de {campagne}.",
                where=where,
                remedy=f"Académies ouvertes : {', '.join(open_labels(campagne))}.",
            )
        if code in codes[: rank - 1]:
            raise InputError(
                f"l’académie de {label} est demandée deux fois.",
                where=where,
                remedy="Gardez le meilleur rang.",
            )
    return Wishes(np.array(codes), tuple(str(row.values["libelle_academie"]) for row in rows))


def open_academies(campagne: int) -> tuple[Fact, ...]:
    """Return the academies of the movement that exist in the school year of the wishes."""
    first, last = rentree_day(campagne - 1), rentree_day(campagne)
    return tuple(
        row
        for row in ACADEMIES.in_force(None)
        if row.values["codes_departements"]
        and _day(row, "date_debut", date.min) <= last
        and _day(row, "date_fin", date.max) >= first
    )


def _day(row: Fact, column: str, absent: date) -> date:
    written = str(row.values[column])
    return date.fromisoformat(written) if written else absent


def open_labels(campagne: int) -> tuple[str, ...]:
    """Return the labels of the academies of the movement of a campaign."""
    return tuple(str(row.values["libelle_academie"]) for row in open_academies(campagne))


def code_of(name: str) -> str:
    """Return the code of an academy named by its code or label."""
    return str(academie(name).values["code_academie"])


def parameter(campagne: int, key: str) -> float:
    """Return a number of the notes for a campaign, as of 1 September of its year."""
    return _PARAMETERS.read(rentree_day(campagne), f"2d_{key}").number(
        "valeur", shown=RULE_OF_MOVEMENT
    )


def asked(
    row: Criterion, points: float, calcul: str, block: str = "", also: Criterion | None = None
) -> Asked:
    """Return points that a wish could have.

    A row alone is its own block; `also` is a second row read: the weaker confidence is kept.
    """
    line = row.line(LABELS[row.critere], points, calcul)
    if also is not None:
        line = replace(line, confidence=worst([row.confidence, also.confidence]))
    return Asked(line, row, block or f"{row.critere}_{row.sous_critere}")


@dataclass(frozen=True)
class Given:
    """What one criterion gives to the wishes of a mask: points, or a reason why not."""

    wishes: Mask
    what: Asked | SetAside

    @property
    def name(self) -> str:
        """The row that gives the points, "" where nothing is given."""
        return self.what.block if isinstance(self.what, Asked) else ""


def refused(critere: str, motif: str, wishes: Mask, *, unknown: bool = False) -> Given:
    """Return the French reason why a criterion gives nothing to some wishes."""
    return Given(wishes, SetAside(critere, LABELS[critere], motif, unknown))


def years_text(years: int) -> str:
    """Write a number of years in French: « 1 an », « 5 ans »."""
    return f"{years} an{'s' if years > 1 else ''}"


def unless_unknown(
    critere: str,
    wishes: Wishes,
    of: Callable[P, list[Given]],
    *args: P.args,
    **kwargs: P.kwargs,
) -> list[Given]:
    """Run a criterion; what the campaign's rows do not say is set aside as unknown."""
    try:
        return of(*args, **kwargs)
    except PeriodNotCovered as unknown:
        return [refused(critere, unknown.message, wishes.everywhere, unknown=True)]
