"""Every other path in one line, and how many more each possible answer would open.

The whole of one path is `calculation.eligibility` with its code: a screen asks for it when it is
opened. Possible answers are further rows of the columns of people: one calculation gives them all.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from functools import cache, lru_cache
from typing import cast

from iprof_kit.base.calendar import axis_of, date_of
from iprof_kit.base.sources import Source, to_verify
from iprof_kit.calculate.interface.explained import Reference
from iprof_kit.calculate.interface.papers import of_sources
from iprof_kit.calculate.paths.calculation import (
    blocking,
    complement_of,
    doubt_of,
    held_already,
    judged_conditions,
    missing_words,
    session_of_path,
    training_of,
)
from iprof_kit.calculate.paths.lines import Overview, PathLine, Try
from iprof_kit.calculate.paths.named import named
from iprof_kit.calculate.paths.people import people_of, with_tries
from iprof_kit.calculate.paths.question import Complement, EligibilityQuestion, Etat, Training
from iprof_kit.calculate.paths.words import to_say, words
from iprof_kit.law.paths.competitions import competition_formats
from iprof_kit.law.paths.families import all_open_from
from iprof_kit.law.paths.opening import CLOSED, DEPENDS, LATER, OPEN, Opening, fulfilled
from iprof_kit.law.paths.people import NEVER, People
from iprof_kit.law.paths.rows import asked_for, authority, authority_in_short, paths
from iprof_kit.law.paths.sessions import session_of
from iprof_kit.law.paths.training import cpf_hours


def overview(question: EligibilityQuestion, tries: Sequence[Try] = ()) -> Overview:
    """Return every path in one line, in the order of the tables.

    Parameters
    ----------
    question : EligibilityQuestion
        Its `parcours` is not read.
    tries : sequence of Try
        Answers that the person has not given; each alone is added to what she said.

    Raises
    ------
    InputError
        Unknown corps, grade or échelon.
    PeriodNotCovered
        The day is before the first session that the tables know.
    """
    people, day = with_tries(people_of([question]), tries), axis_of(question.jour)
    every = all_open_from(asked_for(), people, day)
    hours, session = question.heures_cpf, session_of(day)
    return Overview(
        day=question.jour,
        session=session,
        formats=competition_formats(session),
        lines=tuple(_line(opened, question, people) for opened in every),
        opened=tuple(_opened_by(row, every, question) for row in range(1, len(tries) + 1)),
        training=_training(question.corps or ""),
        complements=_complements(),
        hours=None if hours is None else int(cpf_hours(hours, question.jour.year)),
        sources=_references(tuple(dict.fromkeys(s for one in every for s in _papers(one)))),
    )


@cache
def _training(corps: str) -> tuple[Training, ...]:
    return training_of(corps)


@cache
def _complements() -> tuple[Complement, ...]:
    return tuple(complement_of(path) for path in paths().values() if path.attached_to)


@lru_cache(maxsize=8)
def _references(papers: tuple[Source, ...]) -> tuple[Reference, ...]:
    """Return the papers as references: those of a day are the same for everybody."""
    return of_sources(papers)


def _line(opened: Opening, question: EligibilityQuestion, people: People) -> PathLine:
    path, already = opened.path, held_already(opened.path, question)
    state: Etat = cast(Etat, CLOSED if already else opened.state[0])
    opens, until = int(opened.opens[0]), int(opened.until[0])
    first = None if opens == NEVER else date_of(opens)
    conditions = (path.papers, *(c.papers for c, _ in opened.judged))
    return PathLine(
        code=path.code,
        label=path.label,
        family=path.family,
        state=state,
        since=date_of(int(opened.since[0])) if state == OPEN and opened.since[0] > 0 else None,
        opens=first if state in (LATER, DEPENDS) and first != question.jour else None,
        until=date_of(until) - timedelta(1) if state != CLOSED and until < NEVER else None,
        session=session_of_path(opened),
        decides=authority_in_short(path),
        missing=(already,) if already else _missing(opened, state, question, people),
        not_told=_not_told(opened, question, people) if state == DEPENDS else (),
        doubtful=bool(doubt_of(question.jour, conditions)),
        decides_doubtful=to_verify(authority(path)[2].confidence),
        named=() if state == OPEN else named(opened, question, people),
    )


def _missing(
    opened: Opening, state: str, question: EligibilityQuestion, people: People
) -> tuple[str, ...]:
    """Return what is not met; nothing is looked for where nothing is missing."""
    if state not in (CLOSED, LATER):
        return ()
    unmet = blocking(judged_conditions(opened, question, people))
    return tuple(dict.fromkeys(missing_words(condition) for condition in unmet))


def _not_told(opened: Opening, question: EligibilityQuestion, people: People) -> tuple[str, ...]:
    """Return the conditions that nobody told, leaving out those whose alternative is met."""
    met = fulfilled(opened, axis_of(question.jour))
    judged = [
        (condition, int(of[0])) for (condition, _), of in zip(opened.judged, met, strict=True)
    ]
    settled = {condition.group for condition, state in judged if condition.group and state > 0}
    return tuple(
        dict.fromkeys(
            to_say(name, needed)
            for condition, state in judged
            for name, _, needed in (words(condition, question, people),)
            if state < 0 and condition.group not in settled
        )
    )


def _opened_by(row: int, every: Sequence[Opening], question: EligibilityQuestion) -> frozenset[str]:
    return frozenset(
        one.path.code
        for one in every
        if one.state[row] == OPEN and one.state[0] != OPEN and not held_already(one.path, question)
    )


def _papers(opened: Opening) -> tuple[Source, ...]:
    return (
        opened.path.papers,
        *(condition.papers for condition, _ in opened.judged),
        authority(opened.path)[2],
    )
