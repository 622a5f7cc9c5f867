"""What the room sees at one step: final French text, and nothing that it need not read."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

import segno

from iprof_kit.base.clock import utc_now
from iprof_kit.base.configuration.sub_path import whole_address
from iprof_kit.base.errors import KitError, Unavailable
from iprof_kit.calculate.interface.official_texts import named_text, officials
from iprof_kit.calculate.played_lesson import Ecran, Question, Revelation
from iprof_kit.services.contract.lecons import Compte, EtatLecon
from iprof_kit.ui.kit.filters import plural
from iprof_kit.ui.kit.parts import Page
from iprof_kit.ui.screens.projecteur.counted import (
    NARROW,
    WIDE,
    Choice,
    Order,
    choices,
    dotted,
    in_words,
    orders,
)
from iprof_kit.ui.screens.projecteur.figure import Projected, projected
from iprof_kit.ui.screens.projecteur.led import Kind, Led, starts
from iprof_kit.ui.shared import text

PHONES = "/lecon"
"""What phones open; followed by the code, it joins the lesson at once."""
_ORIGIN = re.compile(r"https?://[A-Za-z0-9.\-]{1,200}(?::\d{1,5})?")
_OF_ONE_MACHINE = re.compile(r"localhost|127(?:\.\d+){3}")
_HALF = 3


@dataclass(frozen=True)
class Address:
    """What is read, typed and photographed; `local`, where no phone can reach it."""

    typed: str
    whole: str
    qr: str
    local: bool


def address_of(origin: str, code: str) -> Address | None:
    """Return where phones join a lesson.

    Parameters
    ----------
    origin : str
        What stands before the path in the address of the trainer's own page.

    Examples
    --------
    >>> address_of("https://exemple.fr", "KJ7M4").typed
    'exemple.fr/lecon'
    >>> address_of("javascript:alert(1)", "KJ7M4") is None
    True
    """
    if not _ORIGIN.fullmatch(origin) or not code:
        return None
    host = urlsplit(origin).hostname or ""
    phones = whole_address(origin, PHONES)
    typed = phones.partition("//")[2]
    whole = f"{phones}/{code}"
    return Address(typed, whole, _drawn(whole), _OF_ONE_MACHINE.fullmatch(host) is not None)


def spelled(code: str) -> str:
    """Return a code in two parts, as it is said: « KJ7 M4 »."""
    return f"{code[:_HALF]}\u00a0{code[_HALF:]}" if len(code) > _HALF else code


def _drawn(address: str) -> str:
    """Return a QR code as inline SVG, in black on white whatever the theme."""
    drawn = segno.make(address, error="m").svg_inline(omitsize=True, border=4, light="#fff")
    return drawn.replace("<svg ", '<svg aria-hidden="true" focusable="false" ', 1)


EVERY, WHEN_SILENT = 2_000, 10_000
"""Milliseconds between two looks at who answered: while the server leads, while it is silent."""
MOST_SOURCES = 3


@dataclass(frozen=True)
class Clock:
    """The time left to answer, where a question is asked."""

    left: int
    whole: int
    running: bool


@dataclass(frozen=True, kw_only=True)
class Wall(Page):
    """One step of a lesson on the wall."""

    led: Led
    sub: str
    body: str
    state: EtatLecon | None
    """The lesson as the server has it, where phones may answer."""
    code: str
    phones: Address | None
    answered: str
    choices: tuple[Choice, ...]
    orders: tuple[Order, ...]
    clock: Clock | None
    figure: Projected | None
    valued: Revelation | None
    """The answer whose value, or figure, is shown."""
    sources: tuple[str, ...]
    spoken: str
    trouble: str
    screens: tuple[str, ...]
    """The screens of the lesson that one may go to."""
    number: int
    """Which one the room sees, from 1."""
    forward: str
    refresh: int
    address: str
    leave: str
    leave_words: str

    @property
    def kind(self) -> Kind:
        """What the step shows."""
        return self.led.step.kind


def wall_of(led: Led, origin: str, address: str, leave: str, leave_words: str) -> Wall:
    """Return the step that a room sees.

    Parameters
    ----------
    led : Led
        The lesson, where it stands.
    origin : str
        What stands before the path in the address of the page; "" until the page has told it.
    address : str
        What gives this very step back.
    leave, leave_words : str
        Where « Échap » leads.
    """
    kind, one = led.step.kind, led.lecon.ecrans[led.step.ecran]
    revealed = one.revelation if led.step.revealed else None
    asked = one.question if kind in ("question", "revealed") else None
    state = led.state if led.live else None
    counted = state.compte if state and led.heard else None
    valued = revealed if kind in ("value", "figure") else None
    shown, places = Shown.of(led, one), starts(led.steps)
    known = asked and revealed and kind == "revealed"
    return Wall(
        title=shown.title,
        led=led,
        sub=shown.sub,
        body=shown.body,
        state=state,
        code=spelled(state.code) if state else "",
        phones=address_of(origin, state.code) if state else None,
        answered=_answered(led) if asked else "",
        choices=choices(asked, revealed, counted) if asked else (),
        orders=orders(revealed, counted) if asked and revealed and asked.forme == "ordre" else (),
        clock=_clock(led, asked) if asked else None,
        figure=_figure(led, one, revealed, counted),
        valued=valued,
        sources=_sources(valued) if valued else (),
        spoken=in_words(asked, revealed, counted) if known and asked and revealed else "",
        trouble=_trouble(led.silence) if led.live else "",
        screens=tuple(_name(led, place) for place in places),
        number=max((n for n, place in enumerate(places, 1) if place <= led.at), default=1),
        forward=_forward(led),
        refresh=(EVERY if led.heard else WHEN_SILENT) if led.live else 0,
        address=address,
        leave=leave,
        leave_words=leave_words,
    )


@dataclass(frozen=True)
class Shown:
    """The words of a step: what is read first, what is under it, what explains."""

    title: str
    sub: str = ""
    body: str = ""

    @staticmethod
    def of(led: Led, one: Ecran) -> Shown:
        """Return the words of the step where a lesson stands."""
        question, revealed = one.question, one.revelation
        match led.step.kind:
            case "join":
                return Shown("Prenez votre téléphone")
            case "end":
                return Shown("C’est fini, merci", "La leçon continue sur vos questions.")
            case "value" if revealed is not None:
                return Shown(revealed.valeur, revealed.chapeau, revealed.texte)
            case "figure" if revealed is not None:
                return Shown(revealed.valeur, revealed.chapeau)
            case "question" | "revealed" if question is not None:
                return Shown(question.texte, question.precision)
        return Shown(one.titre, one.texte)


def _name(led: Led, place: int) -> str:
    """Return what a screen is called in the list of screens: an answer is not given away there."""
    step = led.steps[place]
    if step.kind in ("join", "end"):
        return {"join": "Le code", "end": "Fin"}[step.kind]
    return led.lecon.ecrans[step.ecran].titre


def _answered(led: Led) -> str:
    """Return « 17 réponses sur 23 », « réponses closes »."""
    if not led.live or not led.heard or led.state is None:
        return ""
    if led.step.kind == "revealed" or (led.until is not None and led.until <= utc_now()):
        return "réponses closes"
    return f"{plural(led.state.reponses, 'réponse')} sur {led.state.presents}"


def _sources(revealed: Revelation) -> tuple[str, ...]:
    """Return the first official texts that an answer rests on, each once."""
    named = (part for one in officials(revealed.sources) for part in one.split(" ; "))
    # The mark at the title says « à vérifier » already.
    return tuple(one for one in dict.fromkeys(named) if named_text(one))[:MOST_SOURCES]


def _clock(led: Led, question: Question) -> Clock | None:
    if led.step.kind == "revealed":
        return Clock(0, question.secondes, False) if led.live else None
    if led.until is None:
        return Clock(question.secondes, question.secondes, False)
    left = max(0, round((led.until - utc_now()).total_seconds()))
    return Clock(left, question.secondes, left > 0)


def _figure(
    led: Led, one: Ecran, revealed: Revelation | None, counted: Compte | None
) -> Projected | None:
    """Return what is drawn: the axis of a slider while it is asked, the figure after its value."""
    kind, asked = led.step.kind, one.question
    if kind in ("question", "revealed") and asked and asked.forme == "estimation":
        wide, narrow = (dotted(asked, revealed, counted, size) for size in (WIDE, NARROW))
        return Projected((wide, narrow))
    if not one.figure or kind not in ("words", "figure"):
        return None
    try:
        return projected(one.figure)
    except KitError:  # the words of the screen stand without it
        return None


def _forward(led: Led) -> str:
    if led.at == len(led.steps) - 1:
        return ""
    return "révéler" if led.step.kind == "question" else "suite"


def _trouble(silence: KitError | None) -> str:
    if silence is None:
        return ""
    silent = isinstance(silence, Unavailable)
    cause = "Le serveur ne répond pas." if silent else text.sentence(silence.message)
    return f"{cause} La leçon continue sans téléphones."
