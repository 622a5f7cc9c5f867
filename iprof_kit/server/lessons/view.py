"""What a phone shows of a lesson: final French text, from the room and the phone's own answer."""

from __future__ import annotations

import hashlib
import math
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from iprof_kit.base.calendar import date_text
from iprof_kit.base.words import NBSP, counted, number_text
from iprof_kit.calculate.played_lesson import Question, Reponse
from iprof_kit.server.lessons.charts import Dots, dots, measure
from iprof_kit.services.contract.lecons import MOST_PARTICIPANTS, Compte
from iprof_kit.services.lessons.room import Room

LETTERS = "ABCDEFGH"
Kind = Literal["attente", "ecran", "question", "comptee", "close", "revelation"]
_PERIOD, _PHONES_A_SECOND = 2_000, 30
"""Milliseconds between two looks of a phone, and how many phones look in a second at most."""
_MARKED = "à vérifier"
"""What stands for a source that is not official; the mark beside it says the same."""
_WATCHING = 5
"""Who has no place looks less often, so many times."""


@dataclass(frozen=True)
class ChoiceShown:
    """One choice: its letter or its rank, its words, and what the phone and the room made of it."""

    sign: str
    text: str
    value: int
    chosen: bool = False
    right: bool = False
    number: int = 0
    share: float = 0.0
    """Of the longest bar, between 0 and 100."""
    own: str = ""
    """« votre réponse », « vous l’aviez en 2e »."""


@dataclass(frozen=True)
class Slider:
    """A slider: its ends, its step, where it stands, and how its values are written."""

    minimum: str
    maximum: str
    step: str
    value: str
    unit: str
    low: str
    high: str
    one: str
    """« 1 % », « 100 € »: what its two buttons add and take away."""


@dataclass(frozen=True)
class Reveal:
    """The right answer, how the room answered, why, and where it comes from."""

    above: str
    value: str
    because: str
    sources: str
    to_verify: bool
    lines: tuple[ChoiceShown, ...] = ()
    chart: Dots | None = None
    also: str = ""


@dataclass(frozen=True)
class PhoneView:
    """One state of a phone.

    `stage` changes where the page is another one; what changes meanwhile (numbers, the clock) is
    brought up to date inside it. `tag` changes with anything that is shown.
    """

    kind: Kind
    stage: str
    tag: str
    code: str
    screen: int
    place: str
    title: str
    text: str
    present: str
    answered: str
    replied: str
    """« a répondu » or « ont répondu », as the number before it asks."""
    seconds: int | None
    period: int
    form: str = ""
    watching: bool = False
    lines: tuple[ChoiceShown, ...] = ()
    slider: Slider | None = None
    answer: str = ""
    """« C », « 75 % », « votre ordre », whose lines follow: what was counted, shown again."""
    keep: tuple[tuple[str, str], ...] = ()
    last: bool = False
    """No question comes after this screen."""
    reveal: Reveal | None = None


def spoken(code: str) -> str:
    """Return a code as it is read aloud: « KJ7 M4 »."""
    return f"{code[:3]}{NBSP}{code[3:]}"


def phone_view(
    room: Room,
    mark: str,
    now: datetime,
    *,
    changing: bool = False,
    order: tuple[int, ...] = (),
) -> PhoneView:
    """Return what a phone shows.

    Parameters
    ----------
    room : Room
    mark : str
        The hash of the phone's mark; empty for who watches a full room.
    now : datetime
    changing : bool
        The phone asks for its question again.
    order : tuple of int, optional
        The order under way, where the page has no script.
    """
    own = room.answers.get(mark)
    kind = _kind(room, own, now, changing=changing)
    question = room.question
    seconds = _seconds(room, now) if kind in {"question", "comptee"} else None
    watching = mark not in room.phones
    stage = f"{room.id}-{room.screen}-{kind}-{int(watching)}"
    words: dict[str, Any] = {
        "kind": kind,
        "stage": stage,
        "tag": _tag(stage, room, own),
        "code": room.code,
        "screen": room.screen,
        "place": _place(room),
        "present": counted(len(room.phones), "personne"),
        "answered": f"{len(room.answers)} sur {len(room.phones)}",
        "replied": "ont répondu" if len(room.answers) > 1 else "a répondu",
        "seconds": seconds,
        "period": _period(room, watching=watching),
        "watching": watching,
    }
    if kind == "attente":
        return PhoneView(title="Vous y êtes", text="", **words)
    shown = room.shown
    if question is None:
        after = room.lesson.ecrans[room.screen :]
        return PhoneView(
            title=shown.titre,
            text=shown.texte,
            keep=shown.retenir,
            last=not any(one.question for one in after),
            **words,
        )
    compte = room.distribution()
    return PhoneView(
        title=question.texte,
        text=question.precision,
        form=question.forme,
        lines=_lines(question, own, order),
        slider=_slider(question, own),
        answer=_answer(question, own),
        reveal=_reveal(room, question, compte, own) if compte else None,
        **words,
    )


def _kind(room: Room, own: Reponse | None, now: datetime, *, changing: bool) -> Kind:
    if not room.launched:
        return "attente"
    if room.question is None:
        return "ecran"
    if room.revealed:
        return "revelation"
    if not room.takes_answers(now):
        return "close"
    return "question" if own is None or changing else "comptee"


def _tag(stage: str, room: Room, own: Reponse | None) -> str:
    """Return what differs as soon as anything that this phone shows does."""
    parts = (stage, room.closes_at, len(room.phones), len(room.answers), own)
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:20]


def _period(room: Room, *, watching: bool) -> int:
    """Return the milliseconds between two looks: the more phones, the longer."""
    crowd = _PERIOD * max(1.0, len(room.phones) * 1_000 / (_PHONES_A_SECOND * _PERIOD))
    return int(crowd * (_WATCHING if watching else 1))


def _seconds(room: Room, now: datetime) -> int | None:
    if room.closes_at is None:
        return None
    return max(0, math.ceil((room.closes_at - now).total_seconds()))


def _place(room: Room) -> str:
    """Return « Question 2 sur 4 »; a screen without question has none."""
    asked = [place for place, one in enumerate(room.lesson.ecrans) if one.question]
    if room.screen not in asked:
        return room.lesson.titre
    return f"Question {asked.index(room.screen) + 1} sur {len(asked)}"


def _lines(
    question: Question, own: Reponse | None, order: tuple[int, ...] = ()
) -> tuple[ChoiceShown, ...]:
    """Return what there is to choose; an order begins as it is shown, or as it was answered."""
    chosen = own.choix if own else ()
    places = order or chosen if question.forme == "ordre" else ()
    return tuple(
        ChoiceShown(
            sign=str(rank + 1) if question.forme == "ordre" else LETTERS[place],
            text=question.choix[place],
            value=place,
            chosen=question.forme != "ordre" and place in chosen,
        )
        for rank, place in enumerate(places or range(len(question.choix)))
    )


def _slider(question: Question, own: Reponse | None) -> Slider | None:
    low, high, step = question.minimum, question.maximum, question.pas
    if question.forme != "estimation" or low is None or high is None or step is None:
        return None
    middle = low + round((high - low) / 2 / step) * step
    value = middle if own is None or own.valeur is None else own.valeur
    return Slider(
        minimum=f"{low:.9g}",
        maximum=f"{high:.9g}",
        step=f"{step:.9g}",
        value=f"{value:.9g}",
        unit=question.unite,
        low=measure(low, question),
        high=measure(high, question),
        one=number_text(step),
    )


def _answer(question: Question, own: Reponse | None) -> str:
    if own is None:
        return ""
    if own.valeur is not None:
        return measure(own.valeur, question)
    if question.forme == "ordre":
        return "votre ordre"
    return f"{NBSP}+{NBSP}".join(LETTERS[place] for place in own.choix)


def _reveal(room: Room, question: Question, compte: Compte, own: Reponse | None) -> Reveal:
    reveal = room.shown.revelation
    if reveal is None:
        raise ValueError("a question has its reveal")  # the shape of a screen sees to it
    chart = None
    if question.forme == "estimation":
        chart = dots(question, compte, reveal.juste.valeur, own.valeur if own else None)
    day = f"Droit du {date_text(reveal.droit_du)}."
    return Reveal(
        above=reveal.chapeau or question.texte,
        value=reveal.valeur,
        because=reveal.texte,
        sources=" ".join(
            [*(f"{one[:1].upper()}{one[1:]}." for one in reveal.sources if one != _MARKED), day]
        ),
        to_verify=reveal.a_verifier,
        lines=_ranked(question, reveal.juste, compte, own)
        if question.forme == "ordre"
        else _barred(question, reveal.juste, compte, own),
        chart=chart,
        also=_same_order(reveal.juste, compte) if question.forme == "ordre" else "",
    )


def _barred(
    question: Question, right: Reponse, compte: Compte, own: Reponse | None
) -> tuple[ChoiceShown, ...]:
    longest = max(compte.choix, default=0) or 1
    chosen = own.choix if own else ()
    return tuple(
        ChoiceShown(
            sign=LETTERS[place],
            text=question.choix[place],
            value=place,
            right=place in right.choix,
            number=number,
            share=round(100 * number / longest, 1),
            own="votre réponse" if place in chosen else "",
        )
        for place, number in enumerate(compte.choix)
    )


def _ranked(
    question: Question, right: Reponse, compte: Compte, own: Reponse | None
) -> tuple[ChoiceShown, ...]:
    """Return the right order, with the rank that this phone gave to each."""
    given = list(own.choix) if own else []
    longest = max(compte.choix, default=0) or 1
    return tuple(
        ChoiceShown(
            sign=str(rank),
            text=question.choix[place],
            value=place,
            right=True,
            number=compte.choix[place],
            share=round(100 * compte.choix[place] / longest, 1),
            own=_own_rank(given.index(place) + 1, rank) if place in given else "",
        )
        for rank, place in enumerate(right.choix, 1)
    )


def _own_rank(given: int, right: int) -> str:
    if given == right:
        return "vous aussi"
    return f"vous l’aviez en {given}{'re' if given == 1 else 'e'} place"


def _same_order(right: Reponse, compte: Compte) -> str:
    """Return how many gave the right order, as far as it is among those that are told."""
    number = dict(compte.ordres).get(right.choix, 0)
    answers = counted(compte.reponses, "réponse")
    if compte.reponses == 0:
        return "Personne n’a répondu."
    if number == 0:
        return f"Sur {answers}, cet ordre n’est pas parmi les plus donnés."
    return f"Sur {answers}, {number} dans cet ordre."


FULL = (
    f"La salle est complète : {MOST_PARTICIPANTS} téléphones y répondent. Vous lisez ici les "
    "questions et les réponses, sans répondre."
)
