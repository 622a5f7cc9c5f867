"""Vos perspectives › Ma paie › Un trop-perçu: nothing that is typed here is ever kept."""

from __future__ import annotations

from iprof_kit.base.errors import InputError, KitError
from iprof_kit.calculate.et_si.question import EtSiQuestion, ScenarioEtSi
from iprof_kit.calculate.overpayment.calculation import answer
from iprof_kit.calculate.overpayment.question import TropPercuAnswer, TropPercuQuestion
from iprof_kit.ui.kit.parts import failed, why_of
from iprof_kit.ui.kit.screen import KitScreen, State, intent
from iprof_kit.ui.kit.visiting import Shown, Visit
from iprof_kit.ui.own_situation.positions import unpaid_note
from iprof_kit.ui.own_situation.reader import OwnReader
from iprof_kit.ui.screens.trop_percu.entry import PREFIX, Changes, Entry, changes_of, read
from iprof_kit.ui.screens.trop_percu.view import (
    REASONS,
    TITLE,
    TropPercuView,
    alike,
    bars,
    charges,
    lead,
    lines,
    reading,
    results,
    waits,
)
from iprof_kit.ui.shared import text
from iprof_kit.ui.shared.messages import Intent

_NO_CORPS = (
    "Votre dossier ne dit ni corps ni échelon : ce kit ne compte pas cette paie. Ce qui se demande "
    "est le même pour tous."
)


class TropPercu(KitScreen[State]):
    """One change that her pay learned late; what is typed lives in the memory of the page alone."""

    def __init__(self, visit: Visit) -> None:
        super().__init__(visit)
        self._person = OwnReader(visit)

    def page(self) -> Shown:
        """Return the screen."""
        person = self._person.own().supposing((ScenarioEtSi(),))
        if person is None:
            return "trop_percu", TropPercuView(TITLE, stopped=_NO_CORPS)
        try:
            changes = changes_of(person)
            entry, question, answered = self._answered(person, changes)
        except KitError as error:  # what may be asked never depends on what is counted
            stopped = text.sentence(f"{error.message} {error.remedy}")
            return "trop_percu", TropPercuView(TITLE, stopped=stopped)
        strong, rest = lead(answered)
        return "trop_percu", TropPercuView(
            TITLE,
            answer=answered,
            question=question,
            lead_strong=strong,
            lead=rest,
            results=results(answered),
            bars=bars(answered, question),
            reading=reading(answered, question),
            waits=() if "corrige" in entry.values else waits(entry, person.aujourdhui),
            charges=charges(entry),
            spread=question.mensualites,
            lines=lines(entry, changes, self._typed()),
            months=tuple(alike(answered.par_mois)),
            whys=tuple(map(why_of, answered.explications)),
            stopped=unpaid_note(self._visit.dossier(), person.aujourdhui),
            notices=tuple(map(failed, entry.errors.values())),
        )

    @intent("trop_percu")
    def take(self, asked: Intent) -> None:
        """Hold what is typed in memory."""
        self._visit.sensitive.take(
            {name: value for name, value in asked.values.items() if name.startswith(PREFIX)}
        )

    @intent("trop_percu_oublier")
    def forget(self, _asked: Intent) -> None:
        """Forget what was typed."""
        self._visit.sensitive.forget(*self._typed())
        self.state.turn += 1

    def _typed(self) -> dict[str, str]:
        typed = self._visit.sensitive.typed()
        return {name: value for name, value in typed.items() if name.startswith(PREFIX)}

    def _answered(
        self, person: EtSiQuestion, changes: Changes
    ) -> tuple[Entry, TropPercuQuestion, TropPercuAnswer]:
        """Return what was typed and its answer; a field that the answer refuses is left out."""
        entry = read(self._typed(), changes)
        while True:
            asked = {"expliquer": REASONS in self.state.opened}
            question = entry.question(person).model_copy(update=asked)
            try:
                return entry, question, answer(question)
            except InputError as error:
                entry = entry.without(error)
