"""What is written on one screen and what the server keeps of it: two writings, never one lost.

Nothing of another device is overwritten: a save that comes second is not written, both writings
are here, and the person chooses.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar, Generic, TypeVar

from iprof_kit.base.errors import KitError
from iprof_kit.ui.shared import text
from iprof_kit.ui.shared.part import Part

T = TypeVar("T")
_REMEMBERED = 3


@dataclass(frozen=True)
class Other(Generic[T]):
    """What was saved elsewhere meanwhile: its content, its revision, when."""

    content: T
    revision: int
    saved_at: datetime | None


@dataclass(frozen=True)
class Sent(Generic[T]):
    """The answer to one save; `other` is what the server holds where it did not write."""

    revision: int
    saved_at: datetime | None
    other: T | None = None


@dataclass(frozen=True)
class CarnetView:
    """What is said of what is kept: a dated receipt, a trouble, a choice to make.

    `saved` is when, "" before the first save; `when` says when the other was saved; `on_screen` and
    `other` are two writings to choose.
    """

    saved: str = ""
    trouble: str = ""
    remedy: str = ""
    when: str = ""
    on_screen: tuple[str, ...] = ()
    other: tuple[str, ...] = ()


def new_key() -> str:
    """Return a new idempotency key."""
    return secrets.token_hex(12)


class Keeping(Part, Generic[T]):
    """One writing being changed here, and what the server has of it.

    Parameters
    ----------
    empty : T
        The writing before anything was typed or read.
    send : callable
        Saves a writing from a revision and returns the answer of the server.

    Attributes
    ----------
    content : T
        The writing as it is on this screen.
    other : Other or None
        The other writing, until the person has chosen.
    trouble : KitError or None
        Why the last save was not done; the writing is still here.
    """

    keeps: ClassVar[tuple[str, ...]] = (
        "content",
        "_start",
        "_saved",
        "_unanswered",
        "loaded",
        "revision",
        "saved_at",
        "other",
        "trouble",
    )

    def __init__(self, empty: T, send: Callable[[T, int], Sent[T]]) -> None:
        self._send_to_server = send
        self._saved: T | None = None
        self._unanswered: list[T] = []
        self.loaded = False
        self.content = self._start = empty
        self.revision = 0
        self.saved_at: datetime | None = None
        self.other: Other[T] | None = None
        self.trouble: KitError | None = None

    def would_take(self, revision: int) -> bool:
        """Return whether what was read at this revision replaces what is shown.

        It does not where something here is not saved yet or waits for a choice.
        """
        if not self.loaded:
            return True
        return revision != self.revision and not self.pending and self.other is None

    def take(self, saved: T | None, start: T, revision: int, saved_at: datetime | None) -> None:
        """Take what was read: what is `saved`, and what is shown at the `start`."""
        self._saved = saved
        self.content = self._start = start
        self.revision, self.saved_at = revision, saved_at
        self.loaded = True

    @property
    def pending(self) -> bool:
        """Whether something that the person wrote here is not on the server."""
        return self.content != self._start

    @property
    def unsaved(self) -> bool:
        """Whether the server does not hold exactly this writing."""
        return self.content != self._saved

    def write(self, content: T) -> None:
        """Take a new writing and save it, unless a choice is being waited for."""
        self.content = content
        self.save()

    def save(self) -> None:
        """Save the writing if it changed; `other` or `trouble` says where it could not be."""
        if self.pending:
            self.force()

    def force(self) -> None:
        """Save the writing even if the person changed nothing of it."""
        if self.other is not None:
            return
        try:
            self._try()
        except KitError as error:
            self.trouble = error
        else:
            self.trouble = None

    def keep_mine(self) -> None:
        """Write this writing over the other, which the person has seen."""
        self.settle(self.content)

    def take_other(self) -> None:
        """Take the other writing in place of this one, which the person has seen."""
        if self.other is not None:
            self.settle(self.other.content)

    def settle(self, chosen: T) -> None:
        """End the choice between two writings by a third that the person has seen."""
        if self.other is None:
            return
        self._saved = self._start = self.other.content
        self.revision = self.other.revision
        self.saved_at, self.other = self.other.saved_at, None
        self.write(chosen)

    def view_of(self, describe: Callable[[T], Sequence[str]]) -> CarnetView:
        """Return what is shown of it, two writings said by `describe`."""
        other, trouble = self.other, self.trouble
        when = ""
        if other is not None:
            when = f"le {text.moment(other.saved_at)}" if other.saved_at else "entre-temps"
        return CarnetView(
            saved=text.moment(self.saved_at) if self.saved_at else "",
            trouble=text.sentence(trouble.message) if trouble else "",
            remedy=trouble.remedy if trouble else "",
            when=when,
            on_screen=tuple(describe(self.content)) if other is not None else (),
            other=tuple(describe(other.content)) if other is not None else (),
        )

    def _try(self) -> None:
        answer = self._send()
        other = answer.other
        if other is not None:
            if other in self._unanswered:  # our own write, whose answer was lost on the way
                self._saved, self.revision = other, answer.revision
                answer = self._send() if other != self.content else answer
                other = answer.other if answer.other is not None else self.content
            if other != self.content:
                self.other = Other(other, answer.revision, answer.saved_at)
                return
        self.revision, self.saved_at = answer.revision, answer.saved_at
        self._saved = self._start = self.content
        self._unanswered = []

    def _send(self) -> Sent[T]:
        self._unanswered = [*self._unanswered[-_REMEMBERED:], self.content]
        answer = self._send_to_server(self.content, self.revision)
        if answer.other is not None and answer.other != self.content:
            self._unanswered.pop()  # answered: it was not written
        return answer
