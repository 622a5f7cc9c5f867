"""Vos perspectives › Et si… › Une année de maladie: nothing that is typed here is ever kept."""

from __future__ import annotations

from iprof_kit.base.errors import InputError, KitError
from iprof_kit.calculate.et_si.question import EtSiQuestion, ScenarioEtSi
from iprof_kit.calculate.illness.calculation import answer
from iprof_kit.calculate.illness.question import MaladieAnswer
from iprof_kit.ui.kit.parts import failed, why_of
from iprof_kit.ui.kit.screen import KitScreen, State, intent
from iprof_kit.ui.kit.visiting import Shown, Visit
from iprof_kit.ui.own_situation.positions import unpaid_note
from iprof_kit.ui.own_situation.reader import OwnReader
from iprof_kit.ui.screens.maladie.entry import PREFIX, Entry, read
from iprof_kit.ui.screens.maladie.page import page_to_keep
from iprof_kit.ui.screens.maladie.view import (
    DAYS,
    TITLE,
    MaladieView,
    calls,
    dates,
    lead,
    levers,
    lines,
)
from iprof_kit.ui.shared import text
from iprof_kit.ui.shared.messages import Intent

_NO_CORPS = (
    "Votre dossier ne dit ni corps ni échelon : ce kit ne compte pas cette paie. Les personnes et "
    "les services ci-dessus répondent à tous."
)


class Maladie(KitScreen[State]):
    """One stoppage; what is typed of it lives in the memory of the page alone."""

    def __init__(self, visit: Visit) -> None:
        super().__init__(visit)
        self._person = OwnReader(visit)

    def page(self) -> Shown:
        """Return the screen."""
        who, person = self._visit.who(), self._asked_of()
        reached = calls(who.academie.sante)
        if person is None:
            return "maladie", MaladieView(TITLE, calls=reached, stopped=_NO_CORPS)
        try:
            entry, answered = self._answered(person)
        except KitError as error:  # whom to call never depends on what is counted
            stopped = text.sentence(f"{error.message} {error.remedy}")
            return "maladie", MaladieView(TITLE, calls=reached, stopped=stopped)
        strong, rest = lead(answered, person.aujourdhui)
        place = person.situation
        return "maladie", MaladieView(
            TITLE,
            lead_strong=strong,
            lead=rest,
            answer=answered,
            today=person.aujourdhui,
            standing=text.sentence(
                text.position_label(str(place.grade), str(place.echelon), place.chevron)
            ),
            calls=reached,
            dates=dates(answered, person.aujourdhui),
            levers=levers(entry),
            months=entry.months,
            lines=lines(entry, self._typed()),
            why=why_of(answered.explication) if answered.explication else None,
            stopped=unpaid_note(self._visit.dossier(), person.aujourdhui),
            notices=tuple(map(failed, entry.errors.values())),
        )

    @intent("maladie")
    def take(self, asked: Intent) -> None:
        """Hold what is typed in memory."""
        self._visit.sensitive.take(
            {name: value for name, value in asked.values.items() if name.startswith(PREFIX)}
        )

    @intent("maladie_oublier")
    def forget(self, _asked: Intent) -> None:
        """Forget what was typed."""
        self._visit.sensitive.forget(*self._typed())
        self.state.turn += 1

    @intent("maladie_page")
    def give_page(self, _asked: Intent) -> None:
        """Give the page to take away: the kit keeps no copy."""
        person = self._asked_of()
        if person is not None:
            _, answered = self._answered(person)
            today = person.aujourdhui
            self._visit.download = page_to_keep(self._visit.dossier(), answered, today)

    def _asked_of(self) -> EtSiQuestion | None:
        return self._person.own().supposing((ScenarioEtSi(),))

    def _typed(self) -> dict[str, str]:
        typed = self._visit.sensitive.typed()
        return {name: value for name, value in typed.items() if name.startswith(PREFIX)}

    def _answered(self, person: EtSiQuestion) -> tuple[Entry, MaladieAnswer]:
        """Return what was typed and its answer; a field that the answer refuses is left out."""
        entry = read(self._typed())
        while True:
            question = entry.question(person).model_copy(
                update={"expliquer": DAYS in self.state.opened}
            )
            try:
                return entry, answer(question)
            except InputError as error:
                entry = entry.without(error)
