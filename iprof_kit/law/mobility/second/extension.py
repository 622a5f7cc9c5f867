"""The extension of the wishes of somebody who must be posted: score used, academies possible."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from iprof_kit.base.sources import Confidence, worst
from iprof_kit.base.words import points_text
from iprof_kit.law.mobility.criteria import academie
from iprof_kit.law.mobility.score import CriterionPoints, WishScore, points_sum
from iprof_kit.law.mobility.second.person import Person2D
from iprof_kit.law.mobility.second.table import (
    CRITERIA,
    TABLE,
    open_academies,
    wishes_of,
)
from iprof_kit.law.tables.rules import rule

_LOST = frozenset(
    {
        ("stagiaire", "bonification_stagiaire_voeu1"),
        ("stagiaire", "academie_stage_ou_concours"),
        ("stagiaire", "ex_titulaire_autre_corps"),
        ("voeu_preferentiel", ""),
        ("mayotte_guyane", ""),
        ("corse", ""),
        ("cimm", ""),
        ("reintegration", ""),
    }
)
"""Lines that the rule excludes; an empty case stands for the whole criterion."""

_KEPT = frozenset(
    {
        "anciennete_service",
        "anciennete_poste",
        "rapprochement_conjoints",
        "annees_separation",
        "autorite_parentale_conjointe",
        "handicap",
    }
)
"""Criteria that the rule names as kept; it says nothing of the others, which are counted too."""

ORDER_NOT_FOUND = (
    "Ordre d’extension non trouvé : la table nationale n’est pas dans nos sources ; "
    "l’administration l’applique à partir du vœu 1."
)


@dataclass(frozen=True)
class Extension:
    """What happens after the wishes.

    Attributes
    ----------
    concerne : bool
        The person must be posted, so the extension applies.
    points : float or None
        Smallest score of the wishes without what the rule excludes; None when not concerned.
    voeu : str
        The wish whose score that is.
    lignes : tuple of Line
        What makes the points.
    non_dit : tuple of str
        Labels of lines counted although the rule says nothing of them.
    academies : tuple of str
        Where the extension may lead, in no order: `ordre` says why.
    complet : bool
        Every value was known; otherwise the points are a minimum.
    par_voeu : tuple of float
        Points of each wish without what is excluded, in their order: the smallest one counts, so
        a wish with fewer points than those before it lowers the score of the extension.
    depart : str
        The academy of the first wish, from which the extension starts; "" when not concerned.
    """

    concerne: bool
    points: float | None
    voeu: str
    lignes: tuple[CriterionPoints, ...]
    non_dit: tuple[str, ...]
    academies: tuple[str, ...]
    ordre: str
    regle: str
    source: str
    confidence: Confidence
    complet: bool = True
    par_voeu: tuple[float, ...] = ()
    depart: str = ""

    def __str__(self) -> str:
        """Return the score and whose it is, for explanations."""
        if self.points is None:
            return "non concerné"
        return f"{points_text(self.points)} points (vœu {self.voeu})"


@rule(
    sentence="Qui doit être affecté et n’obtient aucun de ses vœux est affecté à partir du vœu "
    "1, dans l’ordre d’une table nationale, jamais en Corse ni outre-mer. Le plus petit barème "
    "de ses vœux est alors retenu, sans les points liés à un vœu.",
    source="procédure d’extension (Sgen-CFDT Normandie ; CGT Éduc’action)",
    since="2019-11-19",
    name="inter_2d_extension",
    tables=(TABLE, "academies"),
)
def extension(
    person: Person2D, wishes: Sequence[str], scores: Sequence[WishScore], campagne: int
) -> Extension:
    """Return the score and the academies of the extension of the wishes.

    Parameters
    ----------
    wishes : sequence of str
        Academies asked for, by code or label.
    scores : sequence of WishScore
        Their scores.

    Raises
    ------
    PeriodNotCovered
        The rule is not known for the campaign.
    """
    row = CRITERIA.read(campagne, "regle", "extension")
    text = row.condition
    if not person.must_be_posted:
        return Extension(False, None, "", (), (), (), "", text, row.source, row.confidence)
    kept = [tuple(line for line in score.lignes if not _lost(line)) for score in scores]
    totals = [points_sum(lines) for lines in kept]
    least = totals.index(min(totals))
    lines = kept[least]
    unsaid = tuple(dict.fromkeys(line.libelle for line in lines if line.critere not in _KEPT))
    letters = [row.confidence, *(line.confidence for line in lines)]
    return Extension(
        True,
        totals[least],
        scores[least].voeu,
        lines,
        unsaid,
        _possible(wishes, campagne),
        ORDER_NOT_FOUND,
        text,
        row.source,
        worst(letters),
        all(score.complet for score in scores),
        tuple(totals),
        scores[0].voeu,
    )


def _lost(line: CriterionPoints) -> bool:
    return (line.critere, line.sous_critere) in _LOST or (line.critere, "") in _LOST


def _possible(wishes: Sequence[str], campagne: int) -> tuple[str, ...]:
    """Return the academies of the movement where an extension may lead, wishes left out."""
    asked = set(wishes_of(wishes, campagne).names)
    labels = [str(row.values["libelle_academie"]) for row in open_academies(campagne)]
    return tuple(
        label
        for label in labels
        if academie(label).values["extension_inter_possible"] == "oui" and label not in asked
    )
