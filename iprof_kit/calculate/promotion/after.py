"""What surrounds a promotion: the ratio and the contingent, and where it would place somebody."""

from __future__ import annotations

import numpy as np

from iprof_kit.base.calendar import rentree
from iprof_kit.base.explanation import explain
from iprof_kit.calculate.interface.aside import aside
from iprof_kit.calculate.interface.why import said_by
from iprof_kit.calculate.promotion.question import (
    Classement,
    ContingentSuppose,
    PromotionQuestion,
    Taux,
)
from iprof_kit.careers.periods import law_in_force
from iprof_kit.law.career.reclassement import reclassify
from iprof_kit.law.career.traitement import indice_majore
from iprof_kit.law.promotion.conditions import CLASSE_EXCEPTIONNELLE, next_grade
from iprof_kit.law.promotion.contingent import TEN_THOUSAND, promotion_contingent
from iprof_kit.law.promotion.echelon_special import special_ceiling_text
from iprof_kit.law.promotion.ratios import promotion_ratio
from iprof_kit.law.promotion.viviers import ceiling_text, with_viviers
from iprof_kit.law.tables.cells import CELLS


def ratio(question: PromotionQuestion, target: str) -> Taux:
    """Return the ratio of the campaign, or what stands in its place."""
    year = question.campagne
    if target not in ("hors_classe", CLASSE_EXCEPTIONNELLE):
        text = special_ceiling_text(question.corps, year)
        return Taux(statut="sans_ratio", taux=None, texte=text, confiance="B")
    if target == CLASSE_EXCEPTIONNELLE and with_viviers(year):
        text = ceiling_text(question.corps, year)
        return Taux(statut="contingent", taux=None, texte=text, confiance="C")
    in_force, unsaid = aside(
        lambda: promotion_ratio(
            question.corps, target, year, suppose_project=question.hypothese_projet
        )
    )
    if in_force is None:
        return Taux(statut="inconnu", taux=None, texte=unsaid, confiance="D")
    return Taux(
        statut=in_force.statut,
        taux=_percent(in_force.share),
        dernier_connu=_percent(in_force.last_share),
        annee_dernier_connu=in_force.last_year,
        texte=in_force.text,
        remarque=in_force.note,
        confiance=in_force.confidence,
    )


def contingent(question: PromotionQuestion, taux: Taux) -> tuple[int | None, float | None]:
    """Return the promotions of a list and what is carried, where its size and the ratio are known.

    Returns
    -------
    (int or None, float or None)
    """
    return _places(question, taux.taux)


def supposed_contingent(question: PromotionQuestion, taux: Taux) -> ContingentSuppose | None:
    """Return the places that the last known ratio would give; None where the ratio is published."""
    year = taux.annee_dernier_connu
    places, left = _places(question, taux.dernier_connu)
    if taux.statut != "inconnu" or places is None or left is None or year is None:
        return None
    return ContingentSuppose(places=places, report=left, annee_taux=year)


def _places(question: PromotionQuestion, rate: float | None) -> tuple[int | None, float | None]:
    if question.promouvables is None or rate is None:
        return None, None
    share = round(rate * TEN_THOUSAND / 100)
    carried = round(question.report * TEN_THOUSAND)
    promoted, left = promotion_contingent(question.promouvables, share, carried)
    return promoted, left / TEN_THOUSAND


def placed(cell: int, days: int, target: str, year: int) -> Classement | None:
    """Return where a promotion would place somebody; None where it is not the next grade.

    The échelon due on 1 September comes before the promotion of that day.

    Raises
    ------
    LawError
        No rule, or no index, covers it.
    """
    cells, day = np.array([cell]), rentree(year)
    if target != str(next_grade(cells)[0]):
        return None
    law = law_in_force(day)
    due = law.duration[cell] > 0 and days >= law.duration[cell] and law.following[cell] >= 0
    origin = law.following[cells].astype(np.int64) if due else cells
    seniority = np.array([days - int(law.duration[cell]) if due else days])
    with explain() as trace:
        reclassified = reclassify(origin, seniority, target, day)
    before, after = (int(indice_majore(which, day)[0]) for which in (cells, reclassified.cell))
    where = int(reclassified.cell[0])
    return Classement(
        echelon=str(CELLS.echelon[where]),
        chevron=str(CELLS.chevron[where]) or None,
        anciennete_jours=int(reclassified.days_kept[0]),
        indice_majore=after,
        gain_points=after - before,
        regle=said_by(trace),
        confiance=str(reclassified.confidence[0]),
    )


def _percent(share: int | None) -> float | None:
    return None if share is None else share * 100 / TEN_THOUSAND
