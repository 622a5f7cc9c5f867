"""« Absences »: dates, and who answers meanwhile."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from datetime import date

from iprof_kit.base.errors import InputError
from iprof_kit.services.contract.bureau.fils import BUREAU_ABSENCE, BUREAU_ABSENCES, AbsencesLues
from iprof_kit.services.contract.own_file import ErreurChamp
from iprof_kit.ui.kit.fields import read_day
from iprof_kit.ui.kit.parts import Field, Notice
from iprof_kit.ui.kit.screen import KitScreen, State, intent
from iprof_kit.ui.kit.visiting import Shown
from iprof_kit.ui.screens.bureau.words import DeskPage, desk_field, period
from iprof_kit.ui.shared import text
from iprof_kit.ui.shared.messages import Intent

SAY, TAKE_BACK = "absence_dire", "absence_retirer"
_DAYS = {"du": "Premier jour", "au": "Dernier jour"}
_HINT = "Jour, mois, année : 21/12/2026"


@dataclass(frozen=True, kw_only=True)
class AbsencesView(DeskPage):
    """The form, and what was planned."""

    read: AbsencesLues
    today: date
    fields: tuple[Field, ...]


@dataclass
class Planning(State):
    """What is typed of an absence, and what is wrong with it."""

    typed: dict[str, str] = field(default_factory=dict)
    faults: list[ErreurChamp] = field(default_factory=list)


class Absences(KitScreen[Planning]):
    """The absences of a case manager; what is wrong in one stays as typed."""

    def page(self) -> Shown:
        """Return the screen."""
        read = self._visit.ask(BUREAU_ABSENCES)
        today = self._visit.who().aujourdhui
        strong, rest = lead(read, today)
        return "bureau_absences", AbsencesView(
            title="Absences",
            lead_strong=strong,
            lead=rest,
            read=read,
            today=today,
            fields=self._fields(read),
            faults=tuple(self.state.faults),
        )

    @intent(SAY)
    def say(self, asked: Intent) -> None:
        """Plan an absence."""
        names = (*_DAYS, "suppleant")
        self.state.typed = {name: asked.values.get(name, "").strip() for name in names}
        self.state.faults = []
        days = {name: self._day(name) for name in _DAYS}
        if not self.state.typed["suppleant"]:
            self._wrong("suppleant", "Choisissez qui répond.")
        if self.state.faults:
            return
        answer = self._visit.ask(
            BUREAU_ABSENCE,
            du=days["du"],
            au=days["au"],
            suppleant=self.state.typed["suppleant"][:60],
            cle=self.key(SAY),
        )
        self.answered(SAY)
        self.state.faults = list(answer.erreurs)
        if not self.state.faults:
            self.state.typed = {}
            self.look_at("absences-t")
            self.state.notices = (Notice("Absence enregistrée.", "", "ok"),)

    @intent(TAKE_BACK)
    def take_back(self, asked: Intent) -> None:
        """Take an absence back."""
        wanted = asked.values.get("of", "")
        if not wanted.isdecimal():
            return
        answer = self._visit.ask(BUREAU_ABSENCE, retirer=int(wanted), cle=secrets.token_hex(12))
        self.state.faults = list(answer.erreurs)
        if not self.state.faults:
            self.state.notices = (Notice("Absence retirée.", "", "ok"),)

    def _day(self, name: str) -> date | None:
        try:
            return read_day(self.state.typed[name])
        except InputError as error:
            self._wrong(name, error.message, error.remedy)
            return None

    def _wrong(self, name: str, message: str, remedy: str = "") -> None:
        self.state.faults.append(ErreurChamp(champ=name, message=message, remede=remedy))

    def _fields(self, read: AbsencesLues) -> tuple[Field, ...]:
        typed, faults = self.state.typed, self.state.faults
        chosen = typed.get("suppleant", "")
        choices = (("", "Choisir"), *read.suppleants.items())
        days = [
            desk_field(name, label, "day", typed.get(name, ""), faults, _HINT)
            for name, label in _DAYS.items()
        ]
        label, hint = "Qui répond", "Un gestionnaire de ce kit"
        who = desk_field("suppleant", label, "select", chosen, faults, hint, choices=choices)
        return (*days, who)


def lead(read: AbsencesLues, today: date) -> tuple[str, str]:
    """Return when the next absence is, and who answers."""
    if not read.absences:
        return "Aucune absence n’est prévue.", ""
    first = min(read.absences, key=lambda one: one.du)
    answers = "répond" if first.du <= today <= first.au else "répondra"
    who = first.suppleant_nom or first.suppleant
    return f"Du {period(first.du, first.au)}.", text.sentence(f"{who} {answers} à votre place.")
