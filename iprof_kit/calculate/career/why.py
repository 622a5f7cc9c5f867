"""« Pourquoi ? » of a career: each step calculated again from the one before, under the trace."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from iprof_kit.base.calendar import (
    Axis,
    date_of,
    date_text,
    duration_text,
    rentree,
    school_year_text,
)
from iprof_kit.base.errors import LawError
from iprof_kit.base.explanation import datum, hypothesis
from iprof_kit.base.words import (
    after_de,
    echelon_label,
    euros_text,
    grade_label,
    the_place,
)
from iprof_kit.calculate.career.positions import tell_lost
from iprof_kit.calculate.career.question import Step
from iprof_kit.calculate.career.runs import Run
from iprof_kit.calculate.career.start import Start, reclassed, retirement_of
from iprof_kit.calculate.career.steps import Moment, Pay, decided_in, placement_of, steps
from iprof_kit.calculate.guides.law.facts import Standing
from iprof_kit.calculate.interface.aside import decider
from iprof_kit.calculate.interface.explained import Explanation, Line
from iprof_kit.calculate.interface.situation import Situation
from iprof_kit.calculate.interface.why import explain_or_refusal, refuse_another
from iprof_kit.careers.periods import law_begins
from iprof_kit.law.career.advancement import (
    due_day,
    echelon_duration,
    next_cell,
    shortened_duration,
)
from iprof_kit.law.career.bonifications import days_forward, direction_day, direction_months
from iprof_kit.law.career.traitement import indice_majore
from iprof_kit.law.career.transitions import linearise_2023
from iprof_kit.law.promotion.conditions import (
    CLASSE_EXCEPTIONNELLE,
    classe_exceptionnelle_open,
    hors_classe_open,
)
from iprof_kit.law.tables.cells import CELLS, Cell
from iprof_kit.law.tables.rules import RULES

Length = Callable[[Cell, int], Cell]
_GIVEN = "C’est la situation donnée : tout le reste s’en déduit."
_OPEN = {CLASSE_EXCEPTIONNELLE: classe_exceptionnelle_open}


def explain_step(
    moment: Moment, step: Step, lived: Run, pay: Pay, situation: Situation
) -> Explanation:
    """Explain one step: why this day, why this place, why this pay.

    Where, calculated again, the step is another one, or where one of its rules is no longer
    registered, the reason is refused.
    """

    def again() -> Step:
        happens_again(moment, lived, situation)
        if pay.quotite != situation.quotite:
            hypothesis("Temps de travail supposé", f"{pay.quotite} %", doubtful=False)
        on = date_text(date_of(pay.index_day(moment.cell, moment.day)))
        hypothesis("Grille et valeur du point lues", f"celles du {on}", doubtful=False)
        (once_more,) = steps([moment], lived.start, pay)
        refuse_another(once_more, step.model_copy(update={"explication": None}))
        return once_more

    question = _question(moment, step)
    return explain_or_refusal(question, again, _paid)


def explain_place(
    moment: Moment, step: Step, lived: Run, pay: Pay, situation: Situation, tell: Callable[[], None]
) -> Explanation:
    """Explain where one step leads, its index last: a payslip tells what is then paid.

    `tell` records first what the step rests on besides the file.
    """

    def again() -> int:
        tell()
        happens_again(moment, lived, situation)
        day = pay.index_day(moment.cell, moment.day)
        hypothesis("Grille lue", f"celle du {date_text(date_of(day))}", doubtful=False)
        index = int(indice_majore(np.array([moment.cell]), np.array([day]))[0])
        refuse_another(index, step.indice_majore)
        return index

    def result(index: int) -> Line:
        doubtful = "indice" in step.a_verifier
        return Line(libelle="Indice majoré", valeur=str(index), a_verifier=doubtful)

    question = _question(moment, step)
    return explain_or_refusal(question, again, result)


def happens_again(moment: Moment, lived: Run, situation: Situation) -> None:
    """Apply again the rules of one step, from the one before.

    Raises
    ------
    LawError
        The step is another one than the first time.
    """
    replayed = {
        "depart": _start,
        "echelon": _by_right,
        "chevron": _by_right,
        "bonification": _by_bonification,
        "grade": _by_promotion,
        "limite_age": _age,
    }
    happens = _by_text if moment.by_text else replayed[moment.nature]
    happens(moment, lived, situation)


def _paid(step: Step) -> Line:
    return Line(
        libelle="Brut par mois",
        valeur=euros_text(step.traitement),
        a_verifier="traitement" in step.a_verifier,
    )


def _question(moment: Moment, step: Step) -> str:
    if moment.nature == "depart":
        return f"Pourquoi partir {after_de(_the_place(moment.cell))} ?"
    if moment.nature == "grade":
        kept = f", avec {duration_text(moment.kept)} d’ancienneté" if moment.kept else ""
        here = echelon_label(step.echelon, step.chevron)
        return f"Pourquoi le {here} de la {grade_label(step.grade)}{kept} ?"
    return f"Pourquoi le {date_text(step.date)} ?"


def _the_place(cell: int) -> str:
    return the_place(CELLS.grade[cell], CELLS.echelon[cell], CELLS.chevron[cell] or None)


def _start(moment: Moment, lived: Run, situation: Situation) -> None:
    start = lived.start
    datum("Position", CELLS.label(moment.cell))
    datum("Date d’effet", date_text(start.first), sentence=_GIVEN)
    if start.before is not None:
        standing = Standing(start.corps, start.grade, str(situation.echelon), situation.chevron)
        placed = reclassed(situation, standing, date_of(start.today))
        refuse_another((placed.cell, placed.kept), (moment.cell, moment.kept))
        on = date_text(RULES["ppcr_2017"][0].since)
        datum(f"Reclassement du {on}", placed.words, doubtful=bool(placed.doubt))
    if moment.kept:
        datum("Ancienneté conservée ce jour-là", duration_text(moment.kept))


def _by_right(moment: Moment, lived: Run, situation: Situation) -> None:
    _held(moment, lived.start, situation)
    _due(moment, lived.start, echelon_duration)


def _by_bonification(moment: Moment, lived: Run, situation: Situation) -> None:
    _held(moment, lived.start, situation)
    echelon_duration(np.array([moment.before_cell]), moment.pronounced)
    decided_in(moment)
    decider(str(CELLS.corps[moment.cell]), date_of(moment.day))
    _due(moment, lived.start, shortened_duration)


def _by_text(moment: Moment, lived: Run, situation: Situation) -> None:
    _held(moment, lived.start, situation)
    days = moment.day - moment.before_entry + moment.before_kept - moment.lost
    cell, kept = linearise_2023(np.array([moment.before_cell]), np.array([days]))
    refuse_another((int(cell[0]), int(kept[0])), (moment.cell, moment.kept))


def _by_promotion(moment: Moment, lived: Run, situation: Situation) -> None:
    day = date_of(moment.day)
    _held(moment, lived.start, situation, f"Position au {date_text(day)}, avant la promotion")
    open_to_her = _promouvable(str(CELLS.grade[moment.cell]), day.year, lived)
    refuse_another(open_to_her, True)
    decider(str(CELLS.corps[moment.cell]), day)
    placement = placement_of(moment)
    refuse_another(placement, moment.placement)
    datum(f"Ancienneté au {date_text(day)}", duration_text(placement.days))


def _age(moment: Moment, lived: Run, situation: Situation) -> None:
    del moment
    born = situation.date_naissance
    if born is not None:
        datum("Date de naissance", date_text(born))
    refuse_another(retirement_of(situation, date_of(lived.start.today)), lived.start.retirement)


def _promouvable(grade: str, year: int, lived: Run) -> bool:
    """Tell whether the situation on the eve of a campaign opens it, by the rule of that year."""
    eve = lived.before(rentree(year))
    is_open = _OPEN.get(grade, hors_classe_open)
    return bool(is_open(np.array([eve.cell]), np.array([eve.days]), year)[0])


def _held(
    moment: Moment, start: Start, situation: Situation, label: str = "Position d’avant"
) -> None:
    """Record where the step before left the person, and the time that did not count since."""
    datum(label, CELLS.label(moment.before_cell))
    datum("Depuis le", date_text(start.civil(moment.before_entry)))
    if moment.before_kept:
        datum("Avec une ancienneté de", duration_text(moment.before_kept))
    since = (moment.before_entry, moment.pronounced)
    tell_lost(start.positions, situation, since, date_of(start.today), start.filed)


def _due(moment: Moment, start: Start, length: Length) -> None:
    """Calculate again the day of an échelon or of a chevron, its place and its effect."""
    cell, day = np.array([moment.before_cell]), moment.pronounced
    duration = _supposed(moment, start) if length is echelon_duration else None
    if duration is None:
        duration = length(cell, day)
    refuse_another(int(next_cell(cell, day)[0]), moment.cell)
    since = moment.before_entry - moment.before_kept + moment.lost
    earliest = moment.before_entry
    if since + int(duration[0]) < day:
        earliest = max(earliest, law_begins(day, start.supposed))
    due = due_day(np.array([since]), duration, np.array([earliest]))
    refuse_another(int(due[0]), day)
    if doubt := moment.doubts.get("date"):
        hypothesis("Date à vérifier", doubt)
    if moment.early:
        refuse_another(_brought_forward(moment, start, due), moment.day)


def _supposed(moment: Moment, start: Start) -> Axis | None:
    """Return the length that a hypothesis gives to an échelon, None where the law gives it."""
    supposed = start.supposed
    if supposed is None or moment.pronounced < supposed.day:
        return None
    days = int(supposed.duration[moment.before_cell])
    if days < 0:
        return None
    hypothesis(f"Durée supposée : {CELLS.label(moment.before_cell)}", duration_text(days))
    return np.array([days])


def _brought_forward(moment: Moment, start: Start, due: Axis) -> int:
    """Return the day of effect of an échelon that months of bonification bring forward."""
    if start.asa:
        datum("Mois d’ASA du dossier", duration_text(start.asa))
    years = [year for year in start.direction if direction_day(year) <= moment.pronounced]
    if years:
        datum("Années de direction d’école", ", ".join(map(school_year_text, years)))
        direction_months([len(years)])
    early = days_forward(np.array([moment.early]), due, np.array([moment.before_entry]))
    return int(due[0] - early[0])


def explain_eligibility(grade: str, year: int, lived: Run, *, reached: bool) -> Explanation:
    """Explain the first campaign: the situation on its 31 August, and on the one before."""

    def again() -> bool | None:
        met: bool | None = False
        for campaign in (year - 1, year):
            if rentree(campaign) > lived.start.entry:
                met = _listed(grade, campaign, lived)
        if reached:
            refuse_another(met, True)
        return met

    def result(met: bool | None) -> Line:
        if met:
            return Line(libelle="Campagne ouverte", valeur=str(year))
        none = "non calculée" if met is None else "aucune"
        return Line(libelle="Campagne ouverte", valeur=none, nature="refus")

    question = f"Pourquoi {year} ?" if reached else "Pourquoi ?"
    return explain_or_refusal(question, again, result)


def _listed(grade: str, campaign: int, lived: Run) -> bool | None:
    """Tell whether a campaign is open to her, by her condition and the position that she holds."""
    away = lived.start.positions.away(rentree(campaign) - 1)
    if away:
        datum(f"Position au 31 août {campaign}", f"{away}, qui n’ouvre pas la promotion")
    try:
        return _promouvable(grade, campaign, lived) and not away
    except LawError:  # the trace holds the refusal: the tables do not tell that campaign
        return None
