"""« Absences »: dates, and who answers meanwhile."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import date

from iprof_kit.base.errors import InputError, KitError
from iprof_kit.services.contract.bureau.fils import BUREAU_ABSENCE, BUREAU_ABSENCES, AbsencesLues
from iprof_kit.services.contract.own_file import ErreurChamp
from iprof_kit.ui.fields.forms import read_day
from iprof_kit.ui.screens.bureau.view import standing_in
from iprof_kit.ui.screens.bureau.words import BANNER, period
from iprof_kit.ui.screens.cv.fields import CvField
from iprof_kit.ui.shared import text
from iprof_kit.ui.shared.messages import Intent
from iprof_kit.ui.shared.parts import Notice, Option, Page, failed
from iprof_kit.ui.visit.visiting import Shown, Visit

SAY, TAKE_BACK = "absence_dire", "absence_retirer"
_DAYS = {"du": "Premier jour", "au": "Dernier jour"}
_HINT = "Jour, mois, année : 21/12/2026"


@dataclass(frozen=True)
class AbsenceRow:
    """One absence that is not over."""

    id: str
    period: str
    who: str
    now: bool


@dataclass(frozen=True)
class AbsencesView(Page):
    """The form, and what was planned."""

    banner: str = BANNER
    form_key: str = ""
    fields: tuple[CvField, ...] = ()
    faults: tuple[ErreurChamp, ...] = ()
    absences: tuple[AbsenceRow, ...] = ()
    standing_in: tuple[str, ...] = ()
    turn: str = ""
    focus: str = ""


class Absences:
    """The absences of a case manager; what is wrong in one stays as typed."""

    def __init__(self, visit: Visit) -> None:
        self._visit = visit
        self._opening = -1
        self._typed: dict[str, str] = {}
        self._faults: list[ErreurChamp] = []
        self._notices: tuple[Notice, ...] = ()
        self._key = ""
        self._turn, self._focus = 0, ""

    def show(self, path: str) -> Shown:
        """Return the screen."""
        del path
        if self._visit.openings != self._opening:
            self._opening = self._visit.openings
            self._notices = ()
        read = self._visit.ask(BUREAU_ABSENCES)
        today = self._visit.who().aujourdhui
        strong, rest = lead(read, today)
        return "bureau_absences", AbsencesView(
            title="Absences",
            lead_strong=strong,
            lead=rest,
            form_key=f"absence-{self._turn}",
            fields=self._fields(read),
            faults=tuple(self._faults),
            absences=tuple(
                AbsenceRow(str(one.id), text.french(f"Du {period(one.du, one.au)}"),
                           one.suppleant_nom or one.suppleant, one.du <= today <= one.au)
                for one in read.absences
            ),
            standing_in=tuple(standing_in(one, today) for one in read.suppleances),
            turn=str(self._turn),
            focus=self._focus,
            notices=self._notices,
        )  # fmt: skip

    def receive(self, intent: Intent) -> None:
        """Plan an absence, or take one back."""
        self._opening = self._visit.openings
        self._notices = ()
        try:
            if intent.name == SAY:
                self._say(intent)
            elif intent.name == TAKE_BACK:
                self._take_back(intent)
        except KitError as error:
            self._notices = (failed(error),)

    def _say(self, intent: Intent) -> None:
        names = (*_DAYS, "suppleant")
        self._typed = {name: intent.values.get(name, "").strip() for name in names}
        self._faults = []
        days = {name: self._day(name) for name in _DAYS}
        if not self._typed["suppleant"]:
            self._faults.append(ErreurChamp(champ="suppleant", message="Choisissez qui répond."))
        if self._faults:
            return
        self._key = self._key or secrets.token_hex(12)  # the same one while no answer came
        answer = self._visit.ask(
            BUREAU_ABSENCE,
            du=days["du"],
            au=days["au"],
            suppleant=self._typed["suppleant"][:60],
            cle=self._key,
        )
        self._key, self._faults = "", list(answer.erreurs)
        if not self._faults:
            self._typed = {}
            self._turn += 1
            self._focus = "absences-t"
            self._notices = (Notice("Absence enregistrée.", "", "ok"),)

    def _take_back(self, intent: Intent) -> None:
        wanted = intent.values.get("of", "")
        if not wanted.isdecimal():
            return
        answer = self._visit.ask(BUREAU_ABSENCE, retirer=int(wanted), cle=secrets.token_hex(12))
        self._faults = list(answer.erreurs)
        if not self._faults:
            self._notices = (Notice("Absence retirée.", "", "ok"),)

    def _day(self, name: str) -> date | None:
        try:
            return read_day(self._typed[name])
        except InputError as error:
            self._faults.append(ErreurChamp(champ=name, message=error.message, remede=error.remedy))
            return None

    def _fields(self, read: AbsencesLues) -> tuple[CvField, ...]:
        wrong = {one.champ: one for one in self._faults}
        chosen = self._typed.get("suppleant", "")
        options = [Option("", "Choisir", not chosen)]
        options += [Option(key, name, key == chosen) for key, name in read.suppleants.items()]
        days = [
            CvField(name, label, "day", self._typed.get(name, ""), hint=_HINT, optional=False)
            for name, label in _DAYS.items()
        ]
        who = CvField("suppleant", "Qui répond", "select", chosen, options=tuple(options),
                      hint="Un gestionnaire de ce kit", optional=False)  # fmt: skip
        return tuple(_marked(one, wrong) for one in (*days, who))


def lead(read: AbsencesLues, today: date) -> tuple[str, str]:
    """Return when the next absence is, and who answers."""
    if not read.absences:
        return "Aucune absence n’est prévue.", ""
    first = min(read.absences, key=lambda one: one.du)
    who = first.suppleant_nom or first.suppleant
    now = first.du <= today <= first.au
    return (
        text.french(f"Du {period(first.du, first.au)}."),
        text.sentence(f"{who} {'répond' if now else 'répondra'} à votre place."),
    )


def _marked(one: CvField, wrong: dict[str, ErreurChamp]) -> CvField:
    fault = wrong.get(one.name)
    if fault is None:
        return one
    return CvField(
        one.name, one.label, one.kind, one.value, hint=one.hint, optional=one.optional,
        options=one.options, error=fault.message, remedy=fault.remede,
    )  # fmt: skip
