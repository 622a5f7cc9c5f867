"""Votre dossier › Anciennetés: counted at the date that the person chooses."""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from typing import cast

from iprof_kit.base.errors import InputError
from iprof_kit.calculate import ask
from iprof_kit.calculate.anciennetes.question import CODES, AnciennetesAnswer, Code
from iprof_kit.ui.fields.forms import read_day
from iprof_kit.ui.screens.anciennetes.view import anciennetes, date_field, question_of
from iprof_kit.ui.shared import text
from iprof_kit.ui.shared.messages import Intent
from iprof_kit.ui.visit.visiting import Shown, Visit

_FURTHEST_YEARS = 2


class Anciennetes:
    """The durations at a date; one that cannot be read leaves those of the last valid one."""

    def __init__(self, visit: Visit) -> None:
        self._visit = visit
        self._day: date | None = None
        self._asked: str | None = None
        self._typed: str | None = None
        self._error: InputError | None = None
        self._opened: frozenset[Code] = frozenset()

    def show(self, path: str) -> Shown:
        """Return the screen."""
        del path
        dossier, today = self._visit.dossier(), self._visit.who().aujourdhui
        self._follow_address(today)
        day = self._day or today
        question = question_of(dossier, day, today, tuple(self._opened))
        answer = cast(AnciennetesAnswer, ask("anciennetes", question))
        typed = text.typed_day(day) if self._typed is None else self._typed
        wrong = self._error
        field = date_field(typed, wrong.message, wrong.remedy) if wrong else date_field(typed)
        return "anciennetes", anciennetes(dossier, answer, today, field)

    def receive(self, intent: Intent) -> None:
        """Take the date typed, or have a reason calculated."""
        if intent.name == "pourquoi":
            self._opened |= {code for code in CODES if code == intent.values.get("of")}
        if intent.name != "anciennetes_au":
            return
        typed = intent.values.get("au", "")
        self._typed, self._error = None, None
        try:
            self._day = _within(read_day(typed), self._visit.who().aujourdhui)
        except InputError as error:
            self._typed, self._error = typed[:40], error

    def _follow_address(self, today: date) -> None:
        """Take the date of the address, « ?au=2026-08-31 », where it is a new one."""
        asked = self._visit.query.get("au")
        if asked == self._asked:
            return
        self._asked = asked
        self._day, self._typed, self._error = None, None, None
        with suppress(ValueError, InputError):
            self._day = _within(date.fromisoformat(asked or ""), today)


def _within(day: date, today: date) -> date:
    """Return a day that is not too far to come: nothing of a file holds for long."""
    last = date(today.year + _FURTHEST_YEARS, 12, 31)
    if day > last:
        raise InputError(
            f"Le {text.day(day)} est trop loin\u00a0: votre dossier ne dit rien de ces années.",
            remedy=f"Choisissez un jour jusqu’au {text.day(last)}.",
        )
    return day
