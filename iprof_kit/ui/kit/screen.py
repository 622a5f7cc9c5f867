"""The base of every screen: an opening, intents by name, what is open, what is said of an act.

A screen is its methods: `page` shows it, each `@intent` does what a person asks, `arrive` prepares
an opening of the page. What it keeps between two messages is its `state`, plain data, and the
records of its parts (a carnet); what it reads once an opening is `once`, and can be read again.
"""

from __future__ import annotations

import secrets
from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, ClassVar, Generic, Protocol, TypeVar, cast, get_args, get_origin

from iprof_kit.base.errors import KitError
from iprof_kit.ui.kit.parts import Acted, Notice, failed
from iprof_kit.ui.kit.visiting import Shown, Visit
from iprof_kit.ui.shared.messages import Intent
from iprof_kit.ui.shared.part import Part

WHY = "pourquoi"
"""The intent that opens a reason."""
_MOST_OPEN, _LONGEST = 60, 120
_NAMES = "intents"
T = TypeVar("T")
S = TypeVar("S", bound="State")
Method = TypeVar("Method", bound=Callable[..., None])


class Takes(Protocol):
    """Something on a screen that has intents of its own, as a carnet has."""

    def receive(self, intent: Intent) -> bool:
        """Do what is asked of it; False where the intent is not its own."""


@dataclass
class State:
    """What a screen keeps between two messages: nothing else of it survives one."""

    opening: int = -1
    """Which opening of the page it is of."""
    notices: tuple[Notice, ...] = ()
    receipt: str = ""
    """What the server answered of the last act."""
    opened: frozenset[str] = frozenset()
    """The reasons that are open: they alone are calculated."""
    keys: dict[str, str] = field(default_factory=dict)
    """The key of each act that no answer came of: it is asked again under the same."""
    turn: int = 0
    """Grows where the kit itself changes the fields: the browser then drops its own."""
    focus: str = ""
    """Where the focus goes."""


def intent(*names: str) -> Callable[[Method], Method]:
    """Mark the method that does what these intents ask."""

    def marked(method: Method) -> Method:
        setattr(method, _NAMES, names)
        return method

    return marked


class KitScreen(Part, ABC, Generic[S]):
    """One screen of a person, or a few that share what is being done on them.

    Parameters
    ----------
    visit : Visit
        That of the notebook, which all its screens share.

    Attributes
    ----------
    state : State
        What it keeps: the record that `KitScreen[…]` names, made at the first message.
    """

    keeps = ("state",)
    state: S
    carnets: Sequence[Takes] = ()
    """What has intents of its own here; the first that takes one has it."""
    _acts: ClassVar[dict[str, str]] = {}
    _record: ClassVar[type[State]] = State

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        own = {
            name: act for act, method in vars(cls).items() for name in getattr(method, _NAMES, ())
        }
        cls._acts = {**cls._acts, **own}
        for base in vars(cls).get("__orig_bases__", ()):
            kind, record = get_origin(base), (*get_args(base), None)[0]
            if isinstance(kind, type) and issubclass(kind, KitScreen) and isinstance(record, type):
                cls._record = record

    def __init__(self, visit: Visit) -> None:
        self._visit, self.state = visit, cast(S, self._record())
        self._memory: dict[str, Any] = {}

    @property
    def shown_turn(self) -> int:
        """Which turn of its forms is shown."""
        return self.state.turn

    @abstractmethod
    def page(self) -> Shown:
        """Return what is shown at `visit.path`."""

    def arrive(self) -> None:
        """Prepare an opening of the page."""

    def takers(self) -> Sequence[Takes]:
        """Return what has intents of its own, in the order in which it is asked."""
        return self.carnets

    def before(self, asked: Intent) -> None:
        """Put away what belongs to the act before."""

    def show(self, path: str) -> Shown:
        """Return the screen at an address, with what is said of the last act."""
        self._visit.path = path
        self._begin()
        template, view = self.page()
        if isinstance(view, Acted):
            view = replace(view, turn=self.shown_turn, focus=self.state.focus)
        return template, replace(view, notices=(*self.state.notices, *view.notices))

    def receive(self, asked: Intent) -> None:
        """Do what an intent asks, nothing where it is another screen's; say why it failed."""
        self._begin()
        if any(one.receive(asked) for one in self.takers()):
            return
        act = self._acts.get(asked.name)
        if act is None:
            return
        if asked.name != WHY:  # what is being read stays
            self.state.notices, self.state.receipt = (), ""
            self.before(asked)
        try:
            getattr(self, act)(asked)
        except KitError as error:
            self.state.notices = (failed(error),)

    @intent(WHY)
    def explain(self, asked: Intent) -> None:
        """Open a reason."""
        if len(self.state.opened) < _MOST_OPEN:
            self.state.opened |= {asked.values.get("of", "")[:_LONGEST]}

    def once(self, name: str, read: Callable[[], T]) -> T:
        """Return what is read once an opening; `again` has it read anew."""
        if name not in self._memory:
            self._memory[name] = read()
        return cast(T, self._memory[name])

    def again(self) -> None:
        """Read anew what was read: something was done."""
        self._memory = {}

    def key(self, about: str) -> str:
        """Return the key of an act: the same one while no answer came (`answered`)."""
        return self.state.keys.setdefault(about, secrets.token_hex(12))

    def answered(self, about: str) -> None:
        """Forget the key of an act that was answered."""
        self.state.keys.pop(about, None)

    def look_at(self, *places: str) -> None:
        """Send the focus to the first of these places that is there."""
        self.state.turn += 1
        self.state.focus = " ".join(place for place in places if place)

    def _begin(self) -> None:
        """Leave behind what was said at the opening before, where this is another one."""
        if self.state.opening == self._visit.openings:
            return
        self.state.opening = self._visit.openings
        self.state.notices, self.state.receipt = (), ""
        self.again()
        self.arrive()


KitScreen._acts = {WHY: "explain"}


def page_of(asked: Intent) -> int:
    """Return the page of a list that an intent asks for, from 0; the first where it is none."""
    wanted = asked.values.get("of", "")
    return int(wanted) - 1 if wanted.isdecimal() and 0 < int(wanted) < 10_000 else 0
