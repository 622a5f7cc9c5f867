"""When the next échelon comes: by right, with a bonification, with the months of a school head."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from iprof_kit.base.calendar import MONTH, YEAR, date_of, date_text
from iprof_kit.base.explanation import unexplained
from iprof_kit.base.sources import to_verify
from iprof_kit.base.words import position_label
from iprof_kit.calculate.career.echelon_question import EchelonAnswer, EchelonQuestion, Projet
from iprof_kit.calculate.career.question import CareerQuestion
from iprof_kit.calculate.career.start import Start, check
from iprof_kit.calculate.interface.aside import decider
from iprof_kit.calculate.interface.explained import Reference
from iprof_kit.calculate.interface.papers import (
    DOUBT,
    duration_doubt,
    duration_reference,
    index_doubt,
    index_reference,
    of_sources,
)
from iprof_kit.calculate.interface.situation import Situation
from iprof_kit.calculate.interface.subject import Subject
from iprof_kit.careers.acts import Acts, direction_acts
from iprof_kit.careers.agents import Agents
from iprof_kit.careers.deciders import Chosen
from iprof_kit.careers.events import BONIFICATION, CHEVRON, TEXT, Events
from iprof_kit.careers.leaves import Spans, leave_acts, together
from iprof_kit.careers.projection import project
from iprof_kit.law.career.advancement import (
    BONIFIED,
    PROJECT,
    echelon_duration,
    next_cell,
    shortened_duration,
)
from iprof_kit.law.career.bonifications import asa_source, direction_day, direction_source
from iprof_kit.law.career.traitement import UNKNOWN, majore
from iprof_kit.law.tables.cells import CELLS
from iprof_kit.law.tables.facts import Fact

_STATUS = {"projet_reporte": "projet reporté, jamais adopté"}


def answer(question: EchelonQuestion) -> EchelonAnswer:
    """Return the next échelon of one person.

    Raises
    ------
    InputError
        What is wrong in the question, in which field.
    LawError
        The tables do not answer.
    """
    return answers((question,))[0]


def answers(questions: Sequence[EchelonQuestion]) -> list[EchelonAnswer]:
    """Return the next échelon of many persons, in one walk."""
    starts = [check(_career(question), paid=False) for question in questions]
    plain, bonus = _first_events(starts)
    return [
        _answer(question, start, plain.get(row), bonus.get(row))
        for row, (question, start) in enumerate(zip(questions, starts, strict=True))
    ]


def _career(question: EchelonQuestion) -> CareerQuestion:
    shared_fields = EchelonQuestion.model_fields.keys() & Situation.model_fields.keys()
    return CareerQuestion(
        situation=Situation(**{name: getattr(question, name) for name in shared_fields}),
        aujourdhui=question.aujourdhui,
    )


def _first_events(starts: list[Start]) -> tuple[dict[int, Events], dict[int, Events]]:
    """Walk everybody twice, without and with the bonification: the first event of each."""
    size = len(starts)
    twice = starts + starts
    agents = Agents(
        np.arange(2 * size),
        np.array([start.cell for start in twice]),
        np.array([start.entry for start in twice]),
        np.array([start.kept for start in twice]),
        np.array([_horizon(start) for start in twice]),
        np.array([start.asa for start in twice]),
    )
    granted = np.arange(2 * size) >= size
    chosen = Chosen(bonifications=dict.fromkeys(BONIFIED, granted))
    acts = _acts(twice)
    with unexplained():
        events = project(agents, chosen, acts).events.sorted()
    rows, first = np.unique(events.row, return_index=True)
    first_events = {
        int(row): events.take(np.array([at])) for row, at in zip(rows, first, strict=True)
    }
    return first_events, {row - size: event for row, event in first_events.items() if row >= size}


def _horizon(start: Start) -> int:
    """Return a day after the next échelon of anybody who has one."""
    last = max(start.today, start.entry)
    return last + 12 * YEAR + start.positions.lost(start.entry, last)


def _acts(starts: list[Start]) -> Acts | None:
    """Return the leaves of everybody, and the months of their years of direction d'école."""
    acts: list[Acts | None] = []
    for row, start in enumerate(starts):
        if len(start.positions.spans):
            acts.append(_leaves(row, start))
        if start.direction:
            years = np.array(start.direction)
            acts.append(direction_acts(np.full(len(years), row), years))
    return together(*acts) if acts else None


def _leaves(row: int, start: Start) -> Acts:
    spans = start.positions.spans
    columns = [getattr(spans, name) for name in ("stay", "row", "begin", "end", "absent")]
    of_one_row = Spans(np.zeros(len(spans), np.int64), *columns)
    acts = leave_acts(of_one_row, np.array([start.entry]))
    return Acts(np.full(len(acts), row), acts.day, acts.kind, acts.cell, acts.days)


def _answer(
    question: EchelonQuestion, start: Start, plain: Events | None, bonus: Events | None
) -> EchelonAnswer:
    cell, today = start.cell, start.today
    until = today if plain is None else int(plain.day[0] + plain.early[0])
    lost = start.positions.lost(start.entry, until)
    seniority = start.kept + today - start.entry - start.positions.lost(start.entry, today)
    index = int(majore(today)[cell])
    facts: dict[str, object] = {
        "libelle": _label(cell),
        "anciennete_jours": max(seniority, 0),
        "jours_non_comptes": lost,
        "indice_majore": None if index == UNKNOWN else index,
    }
    if plain is None:
        duree = int(echelon_duration(np.array([cell]), start.entry)[0])
        facts |= {"duree_mois": duree // MONTH or None, "phrase": _nothing(start)}
        doubts = [start.positions.assumed, _of_2017(start), _index_doubt(cell, today)]
        return _closed(facts, doubts, _index_sources(cell, today))
    facts |= _next(question, start, plain)
    if bonus is not None and int(bonus.kind[0]) == BONIFICATION:
        facts |= _shortened(start, bonus)
    facts["projet"] = _project(start, lost) if question.hypotheses else None
    facts["phrase"] = _phrase(start, plain)
    return _closed(facts, _doubts(start, plain), _sources(start, plain))


def _closed(facts: dict[str, object], doubts: list[str], sources: list[Reference]) -> EchelonAnswer:
    reasons = tuple(dict.fromkeys(doubt for doubt in doubts if doubt))
    return EchelonAnswer.model_validate(
        facts
        | {"a_verifier": bool(reasons), "motifs": reasons}
        | {"sources": tuple(dict.fromkeys(sources))}
    )


def _next(question: EchelonQuestion, start: Start, event: Events) -> dict[str, object]:
    cell, day, early = int(event.cell[0]), int(event.day[0]), int(event.early[0])
    index = int(majore(max(start.today, day))[cell])
    by_text = int(event.kind[0]) == TEXT
    seen = start.entry if by_text else day + early
    length = int(echelon_duration(np.array([start.cell]), seen)[0])
    if not by_text:
        next_cell(np.array([start.cell]), seen)
    given = question.mois_asa * MONTH + _given(start, day + early)
    kept = given if int(event.kind[0]) == CHEVRON else 0
    return {
        "duree_mois": length // MONTH or None,
        "grade_suivant": CELLS.grade[cell],
        "echelon_suivant": CELLS.echelon[cell],
        "chevron_suivant": CELLS.chevron[cell] or None,
        "libelle_suivant": _label(cell),
        "indice_suivant": None if index == UNKNOWN else index,
        "date_normale": date_of(day + early),
        "date_effet_suivant": date_of(day),
        "mois_utilises": early // MONTH,
        "mois_conserves": kept // MONTH,
    }


def _given(start: Start, day: int) -> int:
    """Return the days that the years of direction have given by a day."""
    years = [year for year in start.direction if direction_day(year) <= day]
    acts = direction_acts(np.zeros(len(years), np.int64), np.array(years, np.int64))
    return int(acts.days.sum())


def _shortened(start: Start, event: Events) -> dict[str, object]:
    pronounced = int(event.day[0] + event.early[0])
    days = int(shortened_duration(np.array([start.cell]), pronounced)[0])
    return {
        "duree_bonifiee_mois": days // MONTH,
        "date_bonifiee": date_of(int(event.day[0])),
        "bonification_decidee_par": decider(start.corps, date_of(pronounced)),
    }


def _project(start: Start, lost: int) -> Projet | None:
    """Return what the project of 2025 would give to an échelon whose length it changes."""
    key = (start.corps, start.grade, str(CELLS.echelon[start.cell]))
    fact = PROJECT.find(None, *key)
    if fact is None:
        return None
    months = fact.whole("duree_projet_mois")
    due = start.entry - start.kept + lost + months * MONTH
    return Projet(
        duree_mois=months,
        date_normale=date_of(due),
        statut=_STATUS[fact.text("statut")],
        effet_envisage=fact.text("effet_envisage"),
        sources=of_sources((fact.papers,)),
    )


def _label(cell: int) -> str:
    return position_label(CELLS.grade[cell], CELLS.echelon[cell], CELLS.chevron[cell] or None)


def _phrase(start: Start, event: Events) -> str:
    """Say when, and that what is of right is still pronounced by the administration."""
    day, early = int(event.day[0]), int(event.early[0])
    when = "à partir du" if day + early > start.today else "depuis le"
    text = f"Position suivante : {_label(int(event.cell[0]))}, de droit {when} {_text(day + early)}"
    if early:
        text += f", avec effet au {_text(day)} ({early // MONTH} mois de bonification utilisés)"
    return f"{text}. L’administration le prononce."


def _text(day: int) -> str:
    return date_text(date_of(day))


def _nothing(start: Start) -> str:
    return (
        f"Position : {_label(start.cell)}. Rien ne suit à l’ancienneté ; une promotion de grade, "
        "s’il y en a une, relève d’une décision de l’administration."
    )


def _doubts(start: Start, event: Events) -> list[str]:
    day, early = int(event.day[0]), int(event.early[0])
    doubts = [start.positions.assumed, _of_2017(start), _index_doubt(start.cell, start.today)]
    if int(event.kind[0]) != TEXT:
        doubts.append(duration_doubt(start.cell, day + early))
    if early and day == start.entry:
        doubts.append("mois de bonification plus longs que l’échelon : suite non trouvée")
    papers = [fact.papers for fact in _facts(start)] if early else []
    doubts += [DOUBT[paper.confidence] for paper in papers if to_verify(paper.confidence)]
    return doubts


def _index_doubt(cell: int, today: int) -> str:
    known = int(majore(today)[cell]) != UNKNOWN
    return index_doubt(cell, today) if known else "indice majoré : inconnu de ce kit"


def _index_sources(cell: int, today: int) -> list[Reference]:
    known = int(majore(today)[cell]) != UNKNOWN
    return [index_reference(cell, today)] if known else []


def _of_2017(start: Start) -> str:
    """Return why the reclassement of 2017 must be verified, where one was applied."""
    return start.before.doubt if start.before else ""


def _facts(start: Start) -> list[Fact]:
    facts = [asa_source()] if start.asa else []
    return [*facts, direction_source()] if start.direction else facts


def _sources(start: Start, event: Events) -> list[Reference]:
    pronounced = int(event.day[0] + event.early[0])
    references = [] if int(event.kind[0]) == TEXT else [duration_reference(start.cell, pronounced)]
    references += start.before.sources if start.before else ()
    references += of_sources(start.positions.sources(start.entry, pronounced))
    if event.early[0]:
        references += of_sources(tuple(fact.papers for fact in _facts(start)))
    return [*references, *_index_sources(start.cell, start.today)]


SUBJECT = Subject(
    name="echelon",
    title="Donne la date de l’échelon suivant, de droit et avec les bonifications.",
    question=EchelonQuestion,
    answer=EchelonAnswer,
    one=answer,
    many=answers,
)
