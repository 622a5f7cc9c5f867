"""What the room sees at one step: final French text, and nothing that it need not read."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

import segno

from iprof_kit.base.clock import utc_now
from iprof_kit.base.errors import KitError, Unavailable
from iprof_kit.calculate.interface.official_texts import named_text, officials
from iprof_kit.calculate.played_lesson import Ecran, Question, Revelation
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
from iprof_kit.ui.screens.projecteur.led import Led, starts
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
    typed = origin.partition("//")[2] + PHONES
    whole = f"{origin}{PHONES}/{code}"
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


@dataclass(frozen=True)
class Jump:
    """A screen of the lesson, in the list of those that one may go to."""

    number: int
    words: str
    current: bool


@dataclass(frozen=True)
class Wall(Page):
    """One step of a lesson on the wall."""

    lesson: str = ""
    kind: str = ""
    sub: str = ""
    body: str = ""
    code: str = ""
    letters: str = ""
    phones: Address | None = None
    present: int | None = None
    answered: str = ""
    choices: tuple[Choice, ...] = ()
    orders: tuple[Order, ...] = ()
    clock: Clock | None = None
    figure: Projected | None = None
    kept: tuple[tuple[str, str], ...] = ()
    sources: tuple[str, ...] = ()
    law: str = ""
    verify: bool = False
    spoken: str = ""
    trouble: str = ""
    number: int = 1
    every: int = 1
    screens: tuple[Jump, ...] = ()
    forward: str = ""
    backward: bool = False
    live: bool = False
    turn: int = 0
    refresh: int = 0
    address: str = ""
    leave: str = ""
    leave_words: str = ""


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
    step, one = led.step, led.lecon.ecrans[led.step.ecran]
    question, revealed = one.question, one.revelation if led.step.revealed else None
    answering = step.kind in ("question", "revealed") and question is not None
    counted = led.state.compte if led.live and led.heard and led.state else None
    valued = revealed if step.kind in ("value", "figure") else None
    shown = Shown.of(led, one)
    places = starts(led.steps)
    own = max((n for n, place in enumerate(places) if place <= led.at), default=0)
    screens = tuple(Jump(n + 1, _name(led, place), n == own) for n, place in enumerate(places))
    return Wall(
        title=shown.title,
        lesson=led.lecon.titre,
        kind=step.kind,
        sub=shown.sub,
        body=shown.body,
        code=spelled(led.state.code) if led.live and led.state else "",
        letters=" ".join(led.state.code) if led.live and led.state else "",
        phones=address_of(origin, led.state.code) if led.live and led.state else None,
        present=led.state.presents if led.live and led.heard and led.state else None,
        answered=_answered(led) if answering else "",
        choices=choices(question, revealed, counted) if answering and question else (),
        orders=(
            orders(revealed, counted)
            if answering and question and revealed and question.forme == "ordre"
            else ()
        ),
        clock=_clock(led, question) if answering and question else None,
        figure=_figure(led, one, question, revealed),
        kept=tuple((a, b) for a, b in one.retenir) if step.kind == "keep" else (),
        sources=_sources(valued) if valued else (),
        law=text.day(valued.droit_du) if valued else "",
        verify=bool(valued and valued.a_verifier),
        spoken=in_words(question, revealed, counted)
        if question and revealed and step.kind == "revealed"
        else "",
        trouble=_trouble(led.silence) if led.live else "",
        number=own + 1,
        every=len(places),
        screens=screens,
        forward=_forward(led),
        backward=led.at > 0,
        live=led.live,
        turn=led.at,
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
    many = led.state.reponses
    return f"{many} réponse{'s' if many > 1 else ''} sur {led.state.presents}"


def _sources(revealed: Revelation) -> tuple[str, ...]:
    """Return the first official texts that an answer rests on, each once."""
    named = (part for one in officials(revealed.sources) for part in one.split(f"{text.NBSP}; "))
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
    led: Led, one: Ecran, question: Question | None, revealed: Revelation | None
) -> Projected | None:
    """Return what is drawn: the axis of a slider while it is asked, the figure after its value."""
    kind = led.step.kind
    if kind in ("question", "revealed") and question and question.forme == "estimation":
        counted = led.state.compte if led.live and led.heard and led.state else None
        return Projected(
            (dotted(question, revealed, counted, WIDE), dotted(question, revealed, counted, NARROW))
        )
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
    cause = (
        "Le serveur ne répond pas."
        if isinstance(silence, Unavailable)
        else text.sentence(silence.message)
    )
    return f"{cause} La leçon continue sans téléphones."
