"""What a person keeps in her carnet « formation »: wishes, her week, what she followed."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from pydantic import ValidationError

from iprof_kit.base.errors import InputError
from iprof_kit.calculate.training.conflicts import DAYS, Slot, read_slots
from iprof_kit.calculate.training.question import FormationSuivie
from iprof_kit.services.contract.formation import MOST_CHOSEN, FormationLue
from iprof_kit.ui.kit.carnet import Document
from iprof_kit.ui.screens.formation.sessions import ANSWERS, OPINIONS, Choice

MOST_FOLLOWED = 120
_LONGEST = 200


@dataclass(frozen=True)
class Followed:
    """One training that was followed; `proof` is the certificate's reference, or where it is."""

    id: str
    title: str
    day: date
    hours: float
    nature: str = "formation"
    counts: bool = True
    place: str = ""
    proof: str = ""

    def asked(self) -> FormationSuivie:
        """Return it as what counts the hours reads it."""
        nature = "animation" if self.nature == "animation" else "formation"
        return FormationSuivie(jour=self.day, heures=self.hours, nature=nature, compte=self.counts)


@dataclass(frozen=True)
class Closing:
    """When the list was closed here, in which order, with which receipt."""

    receipt: int
    at: datetime
    order: tuple[str, ...]


@dataclass(frozen=True)
class Intended:
    """A closing that was asked for, kept before its note: `key` is the note's, for one time only.

    What stops between the two leaves it here; the next reading finds the note by its key.
    """

    key: str
    order: tuple[str, ...]


@dataclass(frozen=True)
class Kept:
    """The whole document, read with care: what is not understood is left out."""

    choices: tuple[Choice, ...] = ()
    followed: tuple[Followed, ...] = ()
    week: Mapping[str, str] = field(default_factory=dict)
    closing: Closing | None = None
    intended: Intended | None = None

    @property
    def order(self) -> tuple[str, ...]:
        """The keys of the wishes, in their order."""
        return tuple(one.key for one in self.choices)

    @property
    def is_closed(self) -> bool:
        """Whether the list is as it was when it was closed."""
        return bool(self.choices) and self.closing is not None and self.closing.order == self.order

    def choice(self, key: str) -> Choice | None:
        """Return a wish by its key."""
        return next((one for one in self.choices if one.key == key), None)

    def adding(self, session: FormationLue) -> Kept:
        """Return the same with one more wish, the last.

        Raises
        ------
        InputError
            It is there already, or there are too many.
        """
        if self.choice(session.cle):
            raise InputError(
                "cette session est déjà dans votre liste.",
                remedy="Changez son rang.",
            )
        if len(self.choices) >= MOST_CHOSEN:
            raise InputError(
                f"votre liste a déjà {MOST_CHOSEN} sessions.", remedy="Retirez-en une d’abord."
            )
        return replace(self, choices=(*self.choices, Choice(session)))

    def without(self, key: str) -> Kept:
        """Return the same without one wish."""
        return replace(self, choices=tuple(one for one in self.choices if one.key != key))

    def moving(self, key: str, by: int) -> Kept:
        """Return the same with one wish so many places further."""
        order = list(self.choices)
        at = next((n for n, one in enumerate(order) if one.key == key), None)
        if at is None:
            return self
        one = order.pop(at)
        order.insert(max(0, min(len(order), at + by)), one)
        return replace(self, choices=tuple(order))

    def noting(self, changed: Choice) -> Kept:
        """Return the same with another state of one wish."""
        return replace(
            self, choices=tuple(changed if one.key == changed.key else one for one in self.choices)
        )

    def following(self, one: Followed) -> Kept:
        """Return the same with one more training followed, the latest day first.

        Raises
        ------
        InputError
            It is there already, or there are too many.
        """
        if any(other.id == one.id for other in self.followed):
            raise InputError(
                "cette formation est déjà notée comme suivie.",
                remedy="Retirez-la d’abord pour la corriger.",
            )
        if len(self.followed) >= MOST_FOLLOWED:
            raise InputError(
                f"vous gardez déjà {MOST_FOLLOWED} formations suivies.",
                remedy="Retirez les plus anciennes.",
            )
        everything = sorted((*self.followed, one), key=lambda f: f.day, reverse=True)
        return replace(self, followed=tuple(everything))

    def document(self) -> Document:
        """Return what the carnet keeps."""
        content: Document = {
            "choix": [
                one.session.model_dump(mode="json", exclude_defaults=True)
                | {"avis": one.opinion, "reponse": one.answer, "reponse_le": one.answered}
                for one in self.choices
            ],
            "suivies": [_plain(one) for one in self.followed],
            "semaine": dict(self.week),
        }
        if self.closing:
            content["clos"] = {
                "recu": self.closing.receipt,
                "le": self.closing.at.isoformat(),
                "ordre": list(self.closing.order),
            }
        if self.intended:
            content["a_clore"] = {
                "cle": self.intended.key,
                "ordre": list(self.intended.order),
            }
        return {name: value for name, value in content.items() if value}


def read_kept(content: Document) -> Kept:
    """Return what a document says.

    Examples
    --------
    >>> read_kept({"choix": "?", "semaine": {"lundi": "8h-12h"}}).week
    {'lundi': '8h-12h'}
    """
    week = content.get("semaine")
    return Kept(
        choices=tuple(_each(content.get("choix"), _choice))[:MOST_CHOSEN],
        followed=tuple(_each(content.get("suivies"), _followed))[:MOST_FOLLOWED],
        week={day: str(week[day])[:_LONGEST] for day in DAYS if week.get(day)}
        if isinstance(week, dict)
        else {},
        closing=_closing(content.get("clos")),
        intended=_intended(content.get("a_clore")),
    )


def identifier(*parts: str) -> str:
    """Return twelve hexadecimal digits that are always those of the same texts."""
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:12]


def slots_of(week: Mapping[str, str]) -> tuple[dict[int, tuple[Slot, ...]], dict[str, InputError]]:
    """Return the hours of a week that can be read, and what is wrong with the others."""
    slots, errors = {}, {}
    for number, day in enumerate(DAYS):
        try:
            slots[number] = read_slots(week.get(day, ""))
        except InputError as error:
            errors[day] = error
    return slots, errors


def described(content: Document) -> tuple[str, ...]:
    """Return the document in short sentences, to choose between two."""
    kept = read_kept(content)
    state = "Liste close." if kept.is_closed else "Liste non close."
    lines = [f"{n}. {one.session.intitule}" for n, one in enumerate(kept.choices, 1)]
    lines += [f"Suivie : {one.title}" for one in kept.followed]
    lines += [f"{day.capitalize()} : {hours}" for day, hours in kept.week.items()]
    return (state, *lines)


def _each(value: Any, read: Any) -> Iterable[Any]:
    for one in value if isinstance(value, list) else ():
        if isinstance(one, dict) and (known := read(one)) is not None:
            yield known


def _choice(one: dict[str, Any]) -> Choice | None:
    fields = {name: one[name] for name in FormationLue.model_fields if name in one}
    try:
        session = FormationLue.model_validate(fields)
    except ValidationError:
        return None
    opinion, answer = str(one.get("avis", "")), str(one.get("reponse", ""))
    return Choice(
        session,
        opinion if opinion in OPINIONS else "",
        answer if answer in ANSWERS else "",
        str(one.get("reponse_le", ""))[:10],
    )


def _followed(one: dict[str, Any]) -> Followed | None:
    try:
        return Followed(
            id=str(one["id"])[:40],
            title=str(one["intitule"])[:250],
            day=date.fromisoformat(str(one["jour"])),
            hours=float(one["heures"]),
            nature=str(one.get("nature", "formation")),
            counts=bool(one.get("compte", True)),
            place=str(one.get("lieu", ""))[:_LONGEST],
            proof=str(one.get("attestation", ""))[:_LONGEST],
        )
    except (KeyError, TypeError, ValueError):
        return None


def _plain(one: Followed) -> dict[str, Any]:
    return {
        "id": one.id,
        "intitule": one.title,
        "jour": one.day.isoformat(),
        "heures": one.hours,
        "nature": one.nature,
        "compte": one.counts,
        "lieu": one.place,
        "attestation": one.proof,
    }


def _closing(value: Any) -> Closing | None:
    if not isinstance(value, dict):
        return None
    try:
        order = tuple(str(key) for key in value["ordre"])
        return Closing(int(value["recu"]), datetime.fromisoformat(str(value["le"])), order)
    except (KeyError, TypeError, ValueError):
        return None


def _intended(value: Any) -> Intended | None:
    if not isinstance(value, dict) or not isinstance(value.get("ordre"), list):
        return None
    return Intended(str(value.get("cle", "")), tuple(map(str, value["ordre"])))
