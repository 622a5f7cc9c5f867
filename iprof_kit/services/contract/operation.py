"""An operation, said once: its name, arguments, answer and limit, who may, what it reads of whom.

The guichet answers it and the screens ask it by this one object.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, Literal, ParamSpec, Protocol, TypeVar, cast

from iprof_kit.base.plain import Plain

SHORT, LONG = 40_000, 1_100_000
"""Bytes of a request that holds names and choices; of one that holds what somebody wrote."""
Role = Literal[
    "enseignant", "gestionnaire", "evaluateur", "analyste", "formateur", "administrateur"
]


@dataclass(frozen=True)
class Anybody:
    """Who may: everybody, account or not."""


@dataclass(frozen=True)
class OwnFile:
    """Who may: a teacher, about her own file; `what` would be opened, for the refusal."""

    what: str


@dataclass(frozen=True)
class OwnFileOrTrainer:
    """Who may: a teacher for her file, who works on fictitious people for those."""

    what: str


@dataclass(frozen=True)
class OfRole:
    """Who may: an account that has a role; what she then sees is decided by the work itself."""

    role: Role
    what: str


@dataclass(frozen=True)
class Reading:
    """What an operation reads of somebody, as she is told of it: noted in the journal as `action`.

    `why` is empty where who reads writes it down.
    """

    action: str
    what: str
    why: str = ""


Who = Anybody | OwnFile | OwnFileOrTrainer | OfRole
P = ParamSpec("P")
M = TypeVar("M", bound=Who)
W = TypeVar("W", bound=Plain)
A = TypeVar("A", bound=Plain)


class NoArguments(Plain):
    """An operation that takes nothing: the person asking is known by the guichet."""


class Asks(Protocol):
    """The guichet, as the screens see it: names and plain arguments go to it."""

    def ask(self, op: str, **args: Any) -> Any:
        """Return the answer of an operation; refusals are raised as `KitError`."""


@dataclass(frozen=True)
class Operation(Generic[M, P, W, A]):
    """What may be asked of the guichet, under a name; `largest` is in bytes of a request.

    `stays`: it is still answered to a closed account, as everything is that `reads`.
    """

    name: str
    arguments: Callable[P, W]
    answer: type[A]
    who: M
    largest: int
    reads: Reading | None = None
    stays: bool = False

    @property
    def acts(self) -> bool:
        """Whether it does something that a closed account may not do any more."""
        open_to_all = isinstance(self.who, Anybody)
        return not (open_to_all or self.stays or self.reads is not None)

    def read(self, args: Mapping[str, object]) -> W:
        """Return the arguments, checked; `ValidationError` where it does not take them."""
        return cast("type[W]", self.arguments).model_validate(args)

    def ask(self, guichet: Asks, /, *_none: P.args, **args: P.kwargs) -> A:
        """Return what the guichet answers."""
        return cast(A, guichet.ask(self.name, **args))


AnyOperation = Operation[Any, ..., Any, Any]


class Operations(dict[str, AnyOperation], Generic[M]):
    """The operations of a subject that the same people may ask, by name."""

    def __init__(self, who: M) -> None:
        super().__init__()
        self._who = who

    def add(
        self,
        name: str,
        arguments: Callable[P, W],
        answer: type[A],
        largest: int = SHORT,
        reads: Reading | None = None,
        *,
        stays: bool = False,
    ) -> Operation[M, P, W, A]:
        """Return a new operation of these."""
        made = Operation(name, arguments, answer, self._who, largest, reads, stays)
        self[name] = made
        return made
