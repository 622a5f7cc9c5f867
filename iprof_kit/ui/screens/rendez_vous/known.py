"""What is known of the procedure that runs: what was typed, and the delays that follow."""

from __future__ import annotations

from datetime import date
from typing import get_args

from iprof_kit.base.calendar import school_year
from iprof_kit.base.errors import LawError
from iprof_kit.calculate.career.meetings import Evaluation, evaluation_in, last_meeting
from iprof_kit.calculate.career.rendez_vous.calculation import delays_of
from iprof_kit.calculate.career.rendez_vous.question import RendezVousAnswer
from iprof_kit.calculate.promotion.question import Appreciation
from iprof_kit.services.contract.dossier import Dossier
from iprof_kit.services.contract.posts import posts_of
from iprof_kit.services.contract.standing import foreseen_question
from iprof_kit.ui.kit.carnet import LONG, Carnet
from iprof_kit.ui.kit.visiting import Visit
from iprof_kit.ui.screens.rendez_vous.entry import (
    APPRECIATION,
    IN_QUESTION,
    code_of,
    read_entry,
)
from iprof_kit.ui.screens.rendez_vous.foreseen import Subject, subject_of
from iprof_kit.ui.screens.rendez_vous.procedure import Facts


def running(
    dossier: Dossier, foreseen: RendezVousAnswer | None, kept: Kept, today: date
) -> Facts | None:
    """Return what is known of the rendez-vous of a file; None where there is none."""
    subject = subject_of(dossier, foreseen, today)
    return facts_of(subject, dossier, kept, today) if subject else None


def last_number(dossier: Dossier, today: date) -> int:
    """Return the number of the rendez-vous whose appreciation counts for the hors classe.

    0 for a corps without any.
    """
    return last_meeting(dossier.corps or "", school_year(today))


def last_level(dossier: Dossier, kept: Kept, today: date) -> str:
    """Return the code of the appreciation of the last rendez-vous, as the file or she tells it.

    It is the one that counts for the hors classe; "" before it is notified.
    """
    last = last_number(dossier, today)
    lines = [line for line in dossier.rendez_vous if line.numero == last]
    levels: tuple[str, ...] = get_args(Appreciation)
    typed = kept.of(last, DATES).get(APPRECIATION, "")
    if typed in levels:
        return typed
    return code_of(lines[-1].appreciation, levels) if lines else ""


def facts_of(subject: Subject, dossier: Dossier, kept: Kept, today: date) -> Facts:
    """Return what is known of a rendez-vous: the days that were typed and their delays."""
    meeting = subject.meeting
    typed = kept.of(meeting.number, DATES)
    entry = read_entry(typed, meeting.year, meeting.levels, subject.recorded)
    base = foreseen_question(dossier, today)
    if base is None:
        raise LawError("votre dossier ne dit pas votre échelon.")
    days = {name: entry.days.get(kind) for kind, name in IN_QUESTION.items()}
    question = base.model_copy(update=days)
    delays = {one.cle: one for one in delays_of(question, meeting.year)}
    return Facts(
        subject, entry, delays, question, evaluation_of(dossier, meeting.year, today), today
    )


def evaluation_of(dossier: Dossier, year: int, today: date) -> Evaluation | None:
    """Return who evaluates a person in a school year, where she works today.

    The first position of her corps where it is not told; None for a corps without rendez-vous.
    """
    place = posts_of(dossier, today).works_at
    where = (place.type_etablissement or "") if place else ""
    duty = (place.fonction or "") if place else ""
    return evaluation_in(dossier.corps or "", where, duty, year)


DATES, GRID, LETTERS = "dates", "grille", "lettres"
LONGEST_LETTER = 6_000
"""Characters of what is typed in one letter."""


class Kept(Carnet):
    """The carnet of the rendez-vous; the screen says what its fields are called in `labels`."""

    def __init__(self, visit: Visit) -> None:
        super().__init__(visit, "rendez_vous", longest=LONG)

    def of(self, number: int, part: str) -> dict[str, str]:
        """Return the fields of a part as they were typed, readable or not."""
        return self.fields(str(number), part)

    def name_of(self, path: tuple[str, ...]) -> str:
        """Return what a field is called, and of which rendez-vous it is."""
        return f"Rendez-vous {path[0]}, {super().name_of(path)}"
