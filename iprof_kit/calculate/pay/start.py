"""What a question about pay must hold before anything is computed, said in French."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache

import numpy as np

from iprof_kit.base.calendar import axis_of
from iprof_kit.base.errors import InputError
from iprof_kit.base.explanation import datum, explaining
from iprof_kit.base.words import NBSP, number_text
from iprof_kit.calculate.pay.question import PaySituation
from iprof_kit.law.career.traitement import indice_majore, paid_fraction
from iprof_kit.law.payroll.base_pay import student_index
from iprof_kit.law.payroll.overtime import refuse_part_time_hours
from iprof_kit.law.tables.cells import CELLS, cell_code

_FULL = 100
_NO_CELL = -1


@dataclass(frozen=True)
class PaidIndex:
    """Position (−1 where only an index is known), index and fraction paid of one person."""

    cell: int
    indice: int
    num: int
    den: int


def standing(who: PaySituation, on: date) -> PaidIndex:
    """Check a situation and return what its index and its quotité are.

    Raises
    ------
    InputError
        What is missing or contradictory, where, and what to do.
    """
    _refuse_contradictions(who)
    if explaining():
        _record(who)
    num, den = paid_fraction(who.quotite, who.type_temps_partiel, who.corps)
    if (who.hsa or who.hse) and who.quotite < _FULL:
        refuse_part_time_hours(on)
    if who.eleve:
        return PaidIndex(_NO_CELL, student_index(on), num, den)
    if who.corps is None or who.grade is None or who.echelon is None:
        return PaidIndex(_NO_CELL, _given_index(who), num, den)
    cell = _cell(who.corps, who.grade, who.echelon, who.chevron)
    index = int(indice_majore(np.array([cell]), axis_of(on))[0])
    if who.indice_majore not in (None, index):
        raise InputError(
            f"l’indice majoré {who.indice_majore} n’est pas celui de cette position ({index}).",
            where="indice_majore",
            remedy="Indiquez la position ou l’indice, ou corrigez l’un des deux.",
        )
    return PaidIndex(cell, index, num, den)


def _record(who: PaySituation) -> None:
    """Note what the person gave, for who asked why."""
    if who.corps and who.grade and who.echelon:
        datum("Position", CELLS.label(_cell(who.corps, who.grade, who.echelon, who.chevron)))
    elif who.indice_majore is not None:
        datum("Indice majoré donné", str(who.indice_majore))
    if who.quotite < _FULL:
        datum("Quotité travaillée", f"{number_text(who.quotite)}{NBSP}%")


@cache
def _cell(corps: str, grade: str, echelon: str, chevron: str | None) -> int:
    return cell_code(corps, grade, echelon, chevron)


def _given_index(who: PaySituation) -> int:
    if who.indice_majore is None:
        missing = next(name for name in ("corps", "grade", "echelon") if not getattr(who, name))
        raise InputError(
            "la position est incomplète.",
            where=missing,
            remedy="Indiquez le corps, le grade et l’échelon, ou un indice majoré, ou « eleve ».",
        )
    if who.echelon is not None or (who.grade is not None and who.corps is None):
        raise InputError(
            "une position incomplète accompagne l’indice majoré.",
            where="corps" if who.corps is None else "grade" if who.grade is None else "echelon",
            remedy="Complétez la position, ou laissez seulement l’indice majoré.",
        )
    return who.indice_majore


def _refuse_contradictions(who: PaySituation) -> None:
    placed = who.grade is not None or who.echelon is not None or who.indice_majore is not None
    part_time = who.quotite < _FULL
    usual_without_corps = who.primes_usuelles and who.corps is None
    cases = (
        (
            who.eleve and placed,
            "eleve",
            "un élève fonctionnaire n’a ni échelon ni indice propre.",
            "Retirez la position, ou « eleve ».",
        ),
        (
            who.direction_interim and who.direction_classes is None,
            "direction_classes",
            "l’intérim de direction demande le nombre de classes.",
            "Indiquez le nombre de classes.",
        ),
        (
            who.surcotisation and not part_time,
            "surcotisation",
            "la surcotisation suppose un temps partiel.",
            "Indiquez la quotité, ou retirez-la.",
        ),
        (
            who.brut_2017 is not None and who.nomme_avant_2018 is False,
            "brut_2017",
            "un brut de 2017 est donné pour une personne nommée depuis 2018.",
            "Corrigez « nomme_avant_2018 », ou retirez le brut de 2017.",
        ),
        (
            who.brut_premier_mois is not None and who.nomme_avant_2018 is True,
            "brut_premier_mois",
            "le premier mois complet ne sert que pour qui est nommé depuis 2018.",
            "Corrigez « nomme_avant_2018 », ou retirez ce brut.",
        ),
        (
            bool(who.enfants and who.naissances_enfants),
            "naissances_enfants",
            "le nombre d’enfants et leurs naissances sont donnés ensemble.",
            "Gardez les naissances : leur nombre s’en déduit chaque mois.",
        ),
        (
            who.surcotisation_demande is not None and not who.surcotisation,
            "surcotisation_demande",
            "une demande de surcotisation est datée sans surcotisation.",
            "Indiquez « surcotisation », ou retirez la date.",
        ),
        (
            usual_without_corps,
            "corps",
            "les primes usuelles dépendent du corps.",
            "Indiquez le corps.",
        ),
        (
            bool(who.hsa or who.hse) and (who.corps is None or who.grade is None),
            "corps",
            "les heures supplémentaires dépendent du corps et du grade.",
            "Indiquez le corps et le grade.",
        ),
    )
    for wrong, where, message, remedy in cases:
        if wrong:
            raise InputError(message, where=where, remedy=remedy)
