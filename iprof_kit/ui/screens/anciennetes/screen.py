"""Votre dossier › Anciennetés: counted at the date that the person chooses."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import date

from iprof_kit.base.errors import InputError
from iprof_kit.calculate.anciennetes.calculation import SUBJECT
from iprof_kit.calculate.anciennetes.question import CODES
from iprof_kit.ui.kit.fields import read_day
from iprof_kit.ui.kit.screen import KitScreen, State, intent
from iprof_kit.ui.kit.visiting import Shown
from iprof_kit.ui.screens.anciennetes.view import anciennetes, date_field, question_of
from iprof_kit.ui.shared import text
from iprof_kit.ui.shared.messages import Intent

_FURTHEST_YEARS = 2


@dataclass
class Dated(State):
    """The day chosen, the one that the address asks, what was typed and why it is not read."""

    day: date | None = None
    asked: str | None = None
    typed: str | None = None
    wrong: tuple[str, str] = ("", "")


class Anciennetes(KitScreen[Dated]):
    """The durations at a date; one that cannot be read leaves those of the last valid one."""

    def page(self) -> Shown:
        """Return the screen."""
        dossier, today = self._visit.dossier(), self._visit.who().aujourdhui
        self._follow_address(today)
        day = self.state.day or today
        opened = tuple(code for code in CODES if code in self.state.opened)
        question = question_of(dossier, day, today, opened)
        answer = SUBJECT.one(question)
        typed = text.typed_day(day) if self.state.typed is None else self.state.typed
        field = date_field(typed, *self.state.wrong)
        return "anciennetes", anciennetes(dossier, answer, today, field)

    @intent("anciennetes_au")
    def choose(self, asked: Intent) -> None:
        """Take the date typed."""
        typed, state = asked.values.get("au", ""), self.state
        state.typed, state.wrong = None, ("", "")
        try:
            state.day = _within(read_day(typed), self._visit.who().aujourdhui)
        except InputError as error:
            state.typed, state.wrong = typed[:40], (error.message, error.remedy)

    def _follow_address(self, today: date) -> None:
        """Take the date of the address, « ?au=2026-08-31 », where it is a new one."""
        asked, state = self._visit.query.get("au"), self.state
        if asked == state.asked:
            return
        state.asked = asked
        state.day, state.typed, state.wrong = None, None, ("", "")
        with suppress(ValueError, InputError):
            state.day = _within(date.fromisoformat(asked or ""), today)


def _within(day: date, today: date) -> date:
    """Return a day that is not too far to come: nothing of a file holds for long."""
    last = date(today.year + _FURTHEST_YEARS, 12, 31)
    if day > last:
        raise InputError(
            f"Le {text.day(day)} est trop loin : votre dossier ne dit rien de ces années.",
            remedy=f"Choisissez un jour jusqu’au {text.day(last)}.",
        )
    return day
