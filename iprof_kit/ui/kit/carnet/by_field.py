"""Two writings of one thing, put together field by field: the choice is of those both changed.

What waits for a choice is kept in the document itself, so that no reload of the page loses it.
"""

from __future__ import annotations

import copy
from abc import abstractmethod
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, ClassVar, TypeVar

from iprof_kit.ui.kit.carnet import two_writings
from iprof_kit.ui.kit.carnet.keeping import CarnetView, Keeping, Other, Sent
from iprof_kit.ui.kit.carnet.two_writings import Document

T = TypeVar("T")
ACTS = ("carnet_enregistrer", "carnet_garder_ici", "carnet_prendre_autre")
"""The intents of `carnet.html`."""


class FieldByField(Keeping[T]):
    """One writing that may be changed in two places at once.

    Parameters
    ----------
    empty : T
        The writing before anything was typed or read.
    send : callable
        Saves a writing from a revision: at the fields that wait, what was written elsewhere.
    """

    keeps: ClassVar[tuple[str, ...]] = (*Keeping.keeps, "_clashes")

    def __init__(self, empty: T, send: Callable[[T, int], Sent[T]]) -> None:
        super().__init__(empty, send)
        self._clashes: list[two_writings.Clash] = []

    @abstractmethod
    def _document(self, content: T) -> Document:
        """Return a writing as a document of fields."""

    @abstractmethod
    def _content(self, document: Document, here: T, elsewhere: T) -> T:
        """Return the writing that a document says, made of two."""

    def force(self) -> None:
        """Save it; what another device wrote meanwhile is put with it, field by field."""
        if self._clashes:
            self.other = None  # the other fields are kept all the same
        start = self._start
        super().force()
        if self.other is not None:
            here, elsewhere = self.content, self.other.content
            whole, clashes = two_writings.merged(*map(self._document, (start, here, elsewhere)))
            known = {one.path for one in clashes}
            self._clashes = [*clashes, *(one for one in self._clashes if one.path not in known)]
            self.settle(self._content(whole, here, elsewhere))
        self._wait_for_a_choice()

    def keep_mine(self) -> None:
        """Keep what was written here of the fields that both changed."""
        self._choose(self.content)

    def take_other(self) -> None:
        """Take what was written elsewhere of the fields that both changed."""
        self._choose(self._with_theirs(self.content))

    def _choose(self, content: T) -> None:
        if not self._clashes:
            return
        self._clashes, self.other = [], None
        self.content = content
        self.force()

    def _wait_for_a_choice(self) -> None:
        """Say that fields wait for a choice, as they were written elsewhere."""
        whole = self._document(self.content) if self._clashes else {}
        self._clashes = [
            one for one in self._clashes if two_writings.at(whole, one.path) != one.elsewhere
        ]
        if self._clashes and self.other is None:
            self.other = Other(self._with_theirs(self.content), self.revision, self.saved_at)

    def _with_theirs(self, content: T) -> T:
        """Return a writing with, at the fields that wait, what was written elsewhere."""
        if not self._clashes:
            return content
        values = [(one.path, one.elsewhere) for one in self._clashes]
        other = self.other.content if self.other is not None else content
        return self._content(two_writings.put(self._document(content), values), content, other)


class ByField(FieldByField[Document]):
    """One document that may be written in two places at once.

    Parameters
    ----------
    empty : dict
        The document before anything was typed or read.
    send : callable
        Saves a document, with what waits for a choice in it, from a revision.
    describe : callable
        Says a document in short sentences, so that a person can choose between two.
    """

    def __init__(
        self,
        empty: Document,
        send: Callable[[Document, int], Sent[Document]],
        describe: Callable[[Document], Sequence[str]],
    ) -> None:
        super().__init__(empty, self._send_with_both)
        self._send_kept, self._describe = send, describe

    def _document(self, content: Document) -> Document:
        return content

    def _content(self, document: Document, here: Document, elsewhere: Document) -> Document:
        del here, elsewhere
        return document

    def would_take(self, revision: int) -> bool:
        """Return whether what was read replaces what is shown: what waits is in what is read."""
        return bool(self._clashes) or super().would_take(revision)

    def take_kept(self, kept: Document, revision: int, saved_at: datetime | None) -> None:
        """Take a document as it was kept, with the fields that wait for a choice."""
        shown, self._clashes = two_writings.opened(kept)
        self.take(copy.deepcopy(shown), shown, revision, saved_at)
        self._wait_for_a_choice()

    def write(self, content: Document) -> None:
        """Take a new writing of the document and save it; the caller’s own is not held."""
        super().write(copy.deepcopy(content))

    def do(self, act: str) -> bool:
        """Save, or choose between two writings; False where it is none of these acts."""
        acts = dict(zip(ACTS, (self.save, self.keep_mine, self.take_other), strict=True))
        if act not in acts:
            return False
        acts[act]()
        return True

    def view(self) -> CarnetView:
        """Return what is shown of it: dated receipt, trouble, or the fields to choose."""
        view = self.view_of(self._describe)
        if not self._clashes:
            return view
        here = self._described_alone(
            [(one.path, two_writings.at(self.content, one.path)) for one in self._clashes]
        )
        elsewhere = self._described_alone([(one.path, one.elsewhere) for one in self._clashes])
        if here == elsewhere:  # the fields say nothing alone: the whole writings do
            return view
        return replace(view, on_screen=here, other=elsewhere)

    def _described_alone(self, values: Sequence[tuple[tuple[str, ...], Any]]) -> tuple[str, ...]:
        """Return what the fields that wait for a choice are, without those that are kept."""
        return tuple(self._describe(two_writings.put({}, values)))

    def _send_with_both(self, content: Document, revision: int) -> Sent[Document]:
        answer = self._send_kept(two_writings.stored(content, self._clashes), revision)
        if answer.other is None:
            return answer
        plain = {name: one for name, one in answer.other.items() if name != two_writings.BOTH}
        return replace(answer, other=plain)
