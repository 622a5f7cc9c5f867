"""One question about a career, one answer: for the screens, the notebooks and the command line."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

import numpy as np

from iprof_kit.base.calendar import (
    date_of,
    date_text,
    rentree_day,
    school_year,
)
from iprof_kit.base.explanation import explain, explaining
from iprof_kit.base.words import corps_label, echelon_label, grade_label
from iprof_kit.calculate.career.campaign_condition import (
    campaign_condition,
    campaign_sources,
    unjudged,
)
from iprof_kit.calculate.career.controls import Paces, Settled, settle
from iprof_kit.calculate.career.positions import closed_by_position
from iprof_kit.calculate.career.question import (
    CareerAnswer,
    CareerQuestion,
    Difference,
    Eligibility,
    ScenarioAnswer,
    Step,
)
from iprof_kit.calculate.career.runs import Run, run_paces
from iprof_kit.calculate.career.start import Start, check
from iprof_kit.calculate.career.steps import (
    Moment,
    Pay,
    euros,
    moments,
    placement_of,
    segments,
    steps,
    total,
)
from iprof_kit.calculate.career.why import explain_eligibility, explain_step
from iprof_kit.calculate.interface.aside import aside
from iprof_kit.calculate.interface.explained import Reference
from iprof_kit.calculate.interface.papers import (
    duration_reference,
    index_reference,
    of_sources,
    part_time_reference,
    point_reference,
)
from iprof_kit.calculate.interface.situation import Situation
from iprof_kit.calculate.interface.subject import Subject
from iprof_kit.calculate.interface.why import texts_of
from iprof_kit.law.career.bonifications import asa_source, direction_source
from iprof_kit.law.career.traitement import FULL_TIME, point_value
from iprof_kit.law.career.transitions import linearise_2023
from iprof_kit.law.promotion.conditions import (
    CLASSE_EXCEPTIONNELLE,
    decider_text,
    required_days,
)
from iprof_kit.law.promotion.viviers import application_text, with_viviers
from iprof_kit.law.tables.cells import CELLS, grades_of
from iprof_kit.law.tables.verified import verified_until


def texts_of_step(moment: Moment, start: Start, pay: Pay) -> tuple[Reference, ...]:
    """Return the texts of a step, the one that makes its day first, those of its pay last."""
    texts = [*_of_its_day(moment, start)]
    if moment.lost:
        texts += of_sources(start.positions.sources(moment.before_entry, moment.pronounced))
    if moment.early:
        facts = [asa_source()] * bool(start.asa) + [direction_source()] * bool(start.direction)
        texts += of_sources(tuple(fact.papers for fact in facts))
    index_day = pay.index_day(moment.cell, moment.day)
    texts += [index_reference(moment.cell, index_day), point_reference(pay.today)]
    if pay.quotite != FULL_TIME:
        texts.append(part_time_reference(pay.quotite, pay.kind, pay.corps))
    return tuple(dict.fromkeys(texts))


def _of_its_day(moment: Moment, start: Start) -> tuple[Reference, ...]:
    if moment.nature == "depart":
        return start.before.sources if start.before else ()
    if moment.by_text:
        days = moment.day - moment.before_entry + moment.before_kept - moment.lost
        with explain() as moved:
            linearise_2023(np.array([moment.before_cell]), np.array([days]))
        return texts_of(moved)
    if moment.nature == "limite_age":
        return start.retirement.sources if start.retirement else ()
    if moment.placement is None:
        return (duration_reference(moment.before_cell, moment.day),)
    year = date_of(moment.day).year
    condition = campaign_sources(start.corps, str(CELLS.grade[moment.cell]), year)
    with explain() as placed:
        placement_of(moment)
    return (*texts_of(placed), *of_sources(condition))


_NO_APPLICATION = "Aucun acte de candidature n’est requis."


def answer(question: CareerQuestion) -> CareerAnswer:
    """Project a person under one to four scenarios.

    Parameters
    ----------
    question : CareerQuestion
        Situation, scenarios, the day that counts as today; `expliquer` adds a « Pourquoi ? » to
        every step and eligibility, `raisons` to some, `textes` gives the texts alone.

    Raises
    ------
    InputError
        What is missing or impossible in the question, where, and what to do.
    LawError
        The tables do not answer.
    """
    start = check(question)
    paces = (
        run_paces(start)
        if explaining()
        else _paces(question.situation, question.aujourdhui, question.jusqu_au)
    )
    before = question.precedents or (None,) * len(question.scenarios)
    settled = [
        settle(start, question.situation, asked, last, paces)
        for asked, last in zip(question.scenarios, before, strict=False)
    ]
    answers = tuple(_scenario(question, start, scenario) for scenario in settled)
    return CareerAnswer(
        situation=question.situation,
        libelle_corps=corps_label(start.corps),
        libelle_grade=grade_label(start.grade),
        aujourdhui=question.aujourdhui,
        fin=start.last,
        scenarios=answers,
        eligibilites=_eligibilities(question, start, settled[0], paces),
        retraite=start.retirement,
        non_calcules=(*start.unsaid, *filter(None, (start.beyond,))),
        difference=_difference(answers, start) if len(answers) > 1 else None,
        valeur_point=float(point_value(start.today)),
        annee_point=question.aujourdhui.year,
        textes_verifies_le=verified_until(),
    )


@lru_cache(maxsize=2)
def _paces(situation: Situation, today: date, until: date | None) -> Paces:
    """Return what no scenario changes: a screen asks it again at each control moved."""
    return run_paces(check(CareerQuestion(situation=situation, aujourdhui=today, jusqu_au=until)))


def _scenario(question: CareerQuestion, start: Start, settled: Settled) -> ScenarioAnswer:
    quotite = settled.scenario.quotite or question.situation.quotite
    who = question.situation
    pay = Pay(quotite, who.type_temps_partiel, start.today, who.corps)
    lived_moments = moments(settled.lived)
    lived = steps(lived_moments, start, pay)
    if question.expliquer or question.raisons or question.textes:
        lived = tuple(
            _with_reason(question, moment, step, settled.lived, pay)
            for moment, step in zip(lived_moments, lived, strict=True)
        )
    return ScenarioAnswer(
        scenario=settled.scenario,
        etapes=lived,
        leviers=settled.levers,
        refus=settled.refusals,
        contrefactuel=tuple(supposed_otherwise(step) for step in lived if step.contrefactuel),
        cumul_brut=euros(total(lived, start)),
    )


def _with_reason(
    question: CareerQuestion, moment: Moment, step: Step, lived: Run, pay: Pay
) -> Step:
    """Give a step what is asked of it: its reason, calculated again; its texts."""
    asked: dict[str, object] = {}
    if question.expliquer or step.date.isoformat() in question.raisons:
        asked["explication"] = explain_step(moment, step, lived, pay, question.situation)
    if question.textes:
        asked["textes"] = texts_of_step(moment, lived.start, pay)
    return step.model_copy(update=asked) if asked else step


def supposed_otherwise(step: Step) -> str:
    """Say of a past decision that the scenario supposes it: it was not taken so."""
    what = f"promotion à la {grade_label(step.grade)}"
    if step.nature == "bonification":
        what = f"bonification d’ancienneté qui mène au {echelon_label(step.echelon)}"
    return (
        f"Contrefactuel : {what}, effet le {date_text(step.date)}. La campagne est passée ; ce "
        "scénario suppose une autre décision que celle qui a été prise."
    )


def _difference(answers: tuple[ScenarioAnswer, ...], start: Start) -> Difference:
    """Compare the second scenario with the first, day by day."""
    first, second = (list(segments(a.etapes, start)) for a in answers[:2])
    cuts = sorted({begin for begin, _, _ in first} | {begin for begin, _, _ in second})
    gaps = [(day, _cents_on(second, day) - _cents_on(first, day)) for day in cuts]
    differing = [(day, gap) for day, gap in gaps if gap]
    cumul = total(answers[1].etapes, start) - total(answers[0].etapes, start)
    return Difference(
        cumul=euros(cumul),
        debut=date_of(differing[0][0]) if differing else None,
        fin=start.last,
        ecart_premier=differing[0][1] / 100 if differing else 0.0,
        ecart_dernier=gaps[-1][1] / 100 if gaps else 0.0,
    )


def _cents_on(cut: list[tuple[int, int, int]], day: int) -> int:
    return next((cents for begin, end, cents in reversed(cut) if begin <= day < end), 0)


def _eligibilities(
    question: CareerQuestion, start: Start, settled: Settled, paces: Paces
) -> tuple[Eligibility, ...]:
    """Return each grade above, nearest first, in scenario A's pace."""
    grades = grades_of(start.corps)
    above = grades[grades.index(start.grade) + 1 :]
    nearest = paces[settled.scenario.bonifications]
    return tuple(
        _eligibility(question, start, grade, nearest if rank == 0 else settled.lived, rank)
        for rank, grade in enumerate(above)
    )


def _eligibility(
    question: CareerQuestion, start: Start, grade: str, lived: Run, rank: int
) -> Eligibility:
    campaign = _next_campaign(question.aujourdhui)
    open_years = lived.years_open(grade)
    hindrance = closed_by_position(start.positions, campaign)
    unknown = "" if rank or hindrance else unjudged(grade, campaign, lived)
    promouvable = campaign in open_years and hindrance is None
    first = next(iter(open_years), None)
    year = first or campaign
    condition, unsaid = aside(lambda: campaign_condition(start.corps, grade, year))
    decides, undecided = aside(lambda: decider_text(start.corps, rentree_day(year)))
    judged = not unknown and (not unsaid or bool(open_years or hindrance))
    reason, texts = None, None
    if question.expliquer or grade in question.raisons:
        reason = explain_eligibility(grade, year, lived, reached=first is not None)
    if question.textes:
        texts, _ = aside(lambda: of_sources(campaign_sources(start.corps, grade, year)))
    return Eligibility(
        grade=grade,
        libelle_grade=grade_label(grade),
        promouvable=promouvable if judged else None,
        campagne=campaign,
        depuis=_since(start, grade, lived) if promouvable and rank == 0 else None,
        premiere_campagne=first,
        condition=condition or unsaid,
        decide_par=decides or undecided,
        candidature=_application(start.corps, grade, year),
        empechement=hindrance,
        non_calcule=" ; ".join(dict.fromkeys(filter(None, (unknown, unsaid, undecided)))) or None,
        textes=texts or (),
        explication=reason,
    )


def _application(corps: str, grade: str, year: int) -> str:
    """Return whether an application is asked, as a sentence."""
    if grade == CLASSE_EXCEPTIONNELLE and with_viviers(year):
        text = application_text(corps, year)
        return f"{text[0].upper()}{text[1:]}."
    return _NO_APPLICATION


def _next_campaign(today: date) -> int:
    """Return the campaign of the current school year: the next 1 September's."""
    return school_year(today) + 1


def _since(start: Start, grade: str, lived: Run) -> int | None:
    """Return the first campaign for which the conditions were met, where the walk can tell.

    It cannot when the person already met them on the first day that we know of her.
    """
    years = lived.open_years.get(grade, ())
    if not years:
        return None
    needed = int(required_days(grade, years[0])[start.cell])
    known = needed < 0 or needed > start.kept
    return years[0] if known else None


SUBJECT = Subject(
    name="career",
    title="Projette une carrière sous un à quatre scénarios.",
    question=CareerQuestion,
    answer=CareerAnswer,
    one=answer,
)
