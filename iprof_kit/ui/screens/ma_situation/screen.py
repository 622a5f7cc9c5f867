"""Ma situation: the perspectives without account, from a form; nothing is kept."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from iprof_kit.base.errors import KitError
from iprof_kit.ui.components.guichet import portal_today
from iprof_kit.ui.components.screen import Message, Screen
from iprof_kit.ui.fields.situation_fields import read_situation
from iprof_kit.ui.scenarios.asking import Calculate, Comparison, calculate
from iprof_kit.ui.screens.ma_situation.view import ma_situation
from iprof_kit.ui.screens.promotions.view import promotions
from iprof_kit.ui.shared.guarded import guarded
from iprof_kit.ui.shared.messages import texts, word
from iprof_kit.ui.shared.render import render

_WAITING = '<p class="sec" role="status">Ouverture de l’écran.</p>'


class MySituation:
    """The screen without account: a form, then the same perspectives. Nothing is kept."""

    def __init__(self, today: Callable[[], date], ask: Calculate = calculate) -> None:
        self._today = today
        self._ask = ask
        self._values: dict[str, str] = {}
        self._errors: dict[str, KitError] = {}
        self._comparison: Comparison | None = None

    def handle(self, message: Message) -> str:
        """Return the HTML that answers a message of the browser; never raises."""
        return guarded(lambda: self._handle(message))

    def _handle(self, message: Message) -> str:
        values = texts(message.get("values"))
        name = message.get("name") if message["kind"] == "intent" else None
        if name == "scenarios" and self._comparison:
            self._comparison.change(values, word(message.get("changed")))
        elif name == "situation_choix":
            self._values, self._errors = values, {}
        elif name == "situation":
            self._take(values)
        return self._show()

    def _take(self, values: dict[str, str]) -> None:
        self._values, self._comparison = values, None
        situation, self._errors = read_situation(values, self._today())
        if situation is None:
            return
        comparison = Comparison(situation, self._today(), self._ask, proposes=False)
        try:
            comparison.answer()
        except KitError as error:
            self._errors = {"date_effet": error}
        else:
            self._comparison = comparison

    def _show(self) -> str:
        comparison = self._comparison
        answer = (
            promotions(comparison.answer(), refusals=comparison.refusals, by_hand=True)
            if comparison
            else None
        )
        return render("ma_situation", ma_situation(self._values, self._errors, answer))


def open_my_situation() -> Screen:
    """Return the screen without account, on the portal's day."""
    return Screen(MySituation(portal_today).handle, html=_WAITING, routed=False)
