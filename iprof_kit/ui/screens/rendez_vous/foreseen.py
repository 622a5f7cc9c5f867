"""Which rendez-vous a screen is about: this year's, last year's, the next, or none."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from iprof_kit.base.calendar import school_year, school_year_text
from iprof_kit.calculate.career.meetings import Meeting, Tenure, meeting_of, never_recorded
from iprof_kit.calculate.career.rendez_vous.question import RendezVousAnswer
from iprof_kit.calculate.guides.law.facts import Standing
from iprof_kit.services.contract.dossier import Dossier, RendezVous

State = Literal["recorded", "called", "missed", "ahead"]


@dataclass(frozen=True)
class Subject:
    """The rendez-vous of the screen; `recorded` is its line in the file, if any.

    `missed` is one of last year that the file does not tell of; `ahead` one of a later year.
    """

    meeting: Meeting
    state: State
    recorded: RendezVous | None = None
    effect_on: date | None = None
    """The day on which the bonification would take effect."""
    reached: date | None = None
    """The day on which the échelon was, or will be, reached, seniority kept."""


def subject_of(dossier: Dossier, answer: RendezVousAnswer | None, today: date) -> Subject | None:
    """Return what the screen is about: the procedure that runs, else the next one."""
    year = school_year(today)
    recorded = {line.annee_scolaire: line for line in dossier.rendez_vous}
    for when in (year, year - 1):
        if (subject := _of_year(dossier, answer, recorded, when, year)) is not None:
            return subject
    coming = [one for one in answer.rendez_vous if one.etat == "a_venir"] if answer else []
    for one in coming:
        if not one.deja_tenu:
            return _subject(dossier, one.numero, int(one.annee_scolaire[:4]), "ahead", answer)
    return None


def forgotten(dossier: Dossier, today: date) -> tuple[tuple[int, str], ...]:
    """Return the number and the school year of each rendez-vous past that the file lacks."""
    steps = [one for one in dossier.echelons if one.corps == dossier.corps]
    ends = [*(one.date_effet for one in steps[1:]), None]
    tenures = [
        Tenure(
            Standing(one.corps, one.grade, one.echelon, one.chevron),
            one.date_effet,
            end,
            one.reliquat_jours,
        )
        for one, end in zip(steps, ends, strict=True)
    ]
    done = {line.numero for line in dossier.rendez_vous}
    lacking = never_recorded(tenures, done, today)
    return tuple((one.number, school_year_text(one.year)) for one in lacking)


def _of_year(
    dossier: Dossier,
    answer: RendezVousAnswer | None,
    recorded: dict[str, RendezVous],
    year: int,
    this_year: int,
) -> Subject | None:
    """Return the rendez-vous of a school year, as the file or the tables know it."""
    line = recorded.get(school_year_text(year))
    if line is not None:
        return _subject(dossier, line.numero, year, "recorded", answer, line)
    for one in answer.rendez_vous if answer else ():
        if one.annee_scolaire == school_year_text(year) and not one.deja_tenu:
            state: State = "called" if year == this_year else "missed"
            return _subject(dossier, one.numero, year, state, answer)
    return None


def _subject(
    dossier: Dossier,
    number: int,
    year: int,
    state: State,
    answer: RendezVousAnswer | None,
    recorded: RendezVous | None = None,
) -> Subject | None:
    meeting = meeting_of(dossier.corps or "", number, year)
    if meeting is None:
        return None
    same = [one for one in answer.rendez_vous if one.numero == number] if answer else []
    return Subject(
        meeting,
        state,
        recorded,
        same[0].effet_au if same else None,
        _reached(dossier, meeting.echelon),
    )


def _reached(dossier: Dossier, echelon: str) -> date | None:
    steps = [one for one in dossier.echelons if one.corps == dossier.corps]
    return next((one.date_effet for one in reversed(steps) if one.echelon == echelon), None)
