"""Sessions of the plan: how one is said, what falls at the same time, the search."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from iprof_kit.base.asked import Asked
from iprof_kit.base.errors import InputError
from iprof_kit.calculate.training.conflicts import DAYS, Meeting, Slot, in_the_week, together
from iprof_kit.calculate.training.holidays import SchoolHolidays
from iprof_kit.services.contract.formation import MOST_SHOWN, FormationLue, FormationsLues
from iprof_kit.ui.kit.fields import read_day, shown
from iprof_kit.ui.kit.parts import Field, Option
from iprof_kit.ui.shared import text

OPINIONS = {"": "pas encore rendu", "favorable": "favorable", "defavorable": "défavorable"}
ANSWERS = {"": "attendue", "retenue": "retenue", "attente": "liste d’attente",
           "refusee": "non retenue"}  # fmt: skip
MODALITIES = {"presentiel": "en présence", "distance": "à distance", "hybride": "hybride"}
PUBLICS = {"individuelle": "candidature individuelle", "designe": "public désigné"}
LISTS = {
    "theme": ("Thème", "tous"),
    "niveau": ("Niveau", "tous"),
    "lieu": ("Lieu", "tous"),
    "modalite": ("Modalité", "toutes"),
    "public": ("Accès", "tous"),
}
"""The lists of the search: their label, and what stands for no choice."""
NAMES = ("texte", *LISTS, "du")


@dataclass(frozen=True)
class Choice:
    """A session as the plan says it, with the opinion and the answer that she noted."""

    session: FormationLue
    opinion: str = ""
    answer: str = ""
    answered: str = ""

    @property
    def key(self) -> str:
        """What names the session in the plan."""
        return self.session.cle

    @property
    def id(self) -> str:
        """Its key as the id of an element."""
        return "".join(sign if sign.isalnum() else "-" for sign in self.key)

    @property
    def meeting(self) -> Meeting:
        """When it meets."""
        one = self.session
        return Meeting(one.debut, one.fin, one.heure_debut, one.heure_fin)

    @property
    def when(self) -> str:
        """« mardi 12 janvier 2027, 9 h à 12 h », or that no day is known yet."""
        one = self.session
        if one.debut is None:
            return one.precision or "dates à venir"
        between = ""
        if one.heure_debut and one.heure_fin:
            between = f", {_hour(one.heure_debut)} à {_hour(one.heure_fin)}"
        if one.fin and one.fin != one.debut:
            return f"du {text.day(one.debut)} au {text.day(one.fin)}{between}"
        return f"{_weekday(one.debut)} {text.day(one.debut)}{between}"

    @property
    def where(self) -> str:
        """« Clermont-Ferrand, en présence, 6 h »."""
        one = self.session
        length = text.hours(one.heures) if one.heures else ""
        return ", ".join(filter(None, (one.lieu, MODALITIES.get(one.modalite, ""), length)))

    @property
    def codes(self) -> str:
        """« 26A0060012, module 41003, session S1 »: what GAIA asks for."""
        one = self.session
        parts = {"module": one.module, "groupe": one.groupe, "session": one.session}
        return ", ".join(
            (one.dispositif, *(f"{name} {code}" for name, code in parts.items() if code))
        )

    @property
    def state(self) -> str:
        """What is known of its opinion and of its answer."""
        opinion = f"avis {OPINIONS[self.opinion]}" if self.opinion else ""
        day = f" le {self.answered}" if self.answered else ""
        answer = f"{ANSWERS[self.answer]}{day}" if self.answer else ""
        return ", ".join(filter(None, (opinion, answer))) or "réponse attendue"


@dataclass(frozen=True)
class Beside:
    """What a session may fall together with: her hours, her list, the holidays of her zone."""

    choices: Sequence[Choice]
    week: Mapping[int, tuple[Slot, ...]]
    holidays: SchoolHolidays

    def clashes(self, choice: Choice) -> Iterator[str]:
        """Yield what falls at the same time as a session."""
        ends = (choice.meeting.first, choice.meeting.last)
        if name := next((name for day in ends if day and (name := self.holidays.on(day))), ""):
            yield f"pendant les vacances ({name}) : à confirmer"
        taught = (day for day, _ in in_the_week(choice.meeting, self.week))
        for day in dict.fromkeys(day for day in taught if not self.holidays.on(day)):
            yield f"pendant vos cours du {_weekday(day)} {text.day(day)}"
        ranks = [
            str(rank)
            for rank, other in enumerate(self.choices, 1)
            if other.key != choice.key and together(choice.meeting, other.meeting)
        ]
        if ranks:
            yield f"en même temps que le n° {' et le n° '.join(ranks)} de votre liste"


@dataclass(frozen=True)
class Found:
    """One session that was found: what it falls together with, whether it is in the list."""

    choice: Choice
    clash: str
    chosen: bool


@dataclass(frozen=True)
class Finding:
    """The search and its page of results."""

    read: FormationsLues
    typed: Mapping[str, str]
    rows: tuple[Found, ...]

    @property
    def pages(self) -> int:
        """How many pages were found."""
        return max(1, -(-self.read.total // MOST_SHOWN))

    @property
    def narrowed(self) -> bool:
        """Whether a filter beside the words is chosen: it stays in sight."""
        return any(self.typed.get(name, "").strip() for name in NAMES[1:])

    @property
    def asked(self) -> bool:
        """Whether she is searching: the plan stays open then, below a list that has sessions."""
        return self.read.page > 1 or any(self.typed.get(name, "").strip() for name in NAMES)

    @property
    def fields(self) -> tuple[Field, ...]:
        """The fields of the search: its words first; none where there is no plan."""
        if not self.read.sessions:
            return ()
        typed = self.typed.get("texte", "")
        words = Field("texte", "Mots ou code", needed=True, most=80, value=typed)
        return (words, *map(self._list, LISTS), _day_field(self.typed.get("du", "")))

    def _list(self, name: str) -> Field:
        read, (label, every), chosen = self.read, LISTS[name], self.typed.get(name, "")
        known: dict[str, Mapping[str, str]] = {
            "theme": dict(zip(read.themes, read.themes, strict=True)),
            "niveau": dict(zip(read.niveaux, read.niveaux, strict=True)),
            "lieu": dict(zip(read.lieux, read.lieux, strict=True)),
            "modalite": MODALITIES,
            "public": PUBLICS,
        }
        choices = (("", every), *known[name].items())
        return Field(name, label, choices=choices, value=chosen)


def asked_of(typed: Mapping[str, str], degree: str, page: int) -> dict[str, Any]:
    """Return the arguments of a search; a date that cannot be read is left out."""
    asked: dict[str, Any] = {name: typed.get(name, "") for name in ("texte", *LISTS)}
    asked["texte"] = asked["texte"][:80]
    try:
        asked["du"] = read_day(typed["du"]) if typed.get("du", "").strip() else None
    except InputError:
        asked["du"] = None
    return asked | {"degre": degree, "page": page}


def finding(read: FormationsLues, typed: Mapping[str, str], beside: Beside) -> Finding:
    """Return the search, and what each session that was found is for her."""
    own = {one.key for one in beside.choices}
    sessions = map(Choice, read.formations)
    rows = (Found(one, next(beside.clashes(one), ""), one.key in own) for one in sessions)
    return Finding(read, typed, tuple(rows))


def options(known: Mapping[str, str], chosen: str) -> tuple[Option, ...]:
    """Return the choices of a list."""
    return tuple(Option(value, label, value == chosen) for value, label in known.items())


def _day_field(typed: str) -> Field:
    fault = None
    try:
        if typed.strip():
            read_day(typed)
    except InputError as error:
        fault = error
    return shown(Asked("du", "À partir du", "number", needed=True), typed, fault)


def _hour(written: str) -> str:
    """Return « 9 h », « 13 h 30 » for « 09:00 », « 13:30 »."""
    first, _, minutes = written.partition(":")
    whole = f"{int(first)}{text.NBSP}h"
    return whole if minutes == "00" else f"{whole}{text.NBSP}{minutes}"


def _weekday(day: date) -> str:
    return (*DAYS, "dimanche")[day.weekday()]
