"""What a person tries on a screen, kept: read once an opening, saved with its revision.

A rubrique makes one `Carnet` for its subject, calls `load` before it shows, `write` at each
change, gives its intents to `receive` first, and shows `view()` by the macro `carnet.state`.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from iprof_kit.services.contract.carnet import CarnetEnregistre, CarnetLu, Sujet
from iprof_kit.ui.fields import two_writings
from iprof_kit.ui.fields.carnet_view import CarnetView, carnet_view
from iprof_kit.ui.fields.keeping import Keeping, Other, Sent, new_key
from iprof_kit.ui.shared.messages import Intent
from iprof_kit.ui.visit.visiting import Visit

Document = dict[str, Any]


class Carnet(Keeping[Document]):
    """The document of one subject.

    Parameters
    ----------
    visit : Visit
        Whose guichet keeps it.
    sujet : str
        Which document.
    describe : callable
        Says a document in short sentences, so that a person can choose between two.
    """

    def __init__(
        self, visit: Visit, sujet: Sujet, describe: Callable[[Document], Sequence[str]]
    ) -> None:
        super().__init__({}, self._ask_to_save)
        self._visit, self._sujet, self._describe = visit, sujet, describe
        self._opening = -1
        self._clashes: list[two_writings.Clash] = []

    def load(self) -> Document:
        """Return the document, {} before anything was kept; asked once an opening of a screen."""
        if self._opening != self._visit.openings:
            read: CarnetLu = self._visit.ask("carnet_lire", sujet=self._sujet)
            if self._clashes or self.would_take(read.revision):
                shown, self._clashes = two_writings.opened(read.contenu or {})
                self.take(copy.deepcopy(shown), shown, read.revision, read.enregistre_le)
                self._wait_for_a_choice()
            self._opening = self._visit.openings
        return self.content

    def write(self, content: Document) -> None:
        """Take a new writing of the document and save it; the caller's own is not held."""
        super().write(copy.deepcopy(content))

    def force(self) -> None:
        """Save it; what another device wrote meanwhile is put with it, field by field."""
        if self._clashes:
            self.other = None  # the other fields are kept all the same
        start = self._start
        super().force()
        if self.other is not None:
            whole, clashes = two_writings.merged(start, self.content, self.other.content)
            known = {one.path for one in clashes}
            self._clashes = [*clashes, *(one for one in self._clashes if one.path not in known)]
            self.settle(whole)
        self._wait_for_a_choice()

    def keep_mine(self) -> None:
        """Keep what was written here of the fields that both changed."""
        self._choose(self.content)

    def take_other(self) -> None:
        """Take what was written elsewhere of the fields that both changed."""
        self._choose(
            two_writings.put(self.content, [(one.path, one.elsewhere) for one in self._clashes])
        )

    def _choose(self, content: Document) -> None:
        if not self._clashes:
            return
        self._clashes, self.other = [], None
        self.content = content
        self.force()

    def _wait_for_a_choice(self) -> None:
        """Say that fields wait for a choice, as they were written elsewhere."""
        self._clashes = [
            one for one in self._clashes
            if two_writings.at(self.content, one.path) != one.elsewhere
        ]  # fmt: skip
        if self._clashes and self.other is None:
            values = [(one.path, one.elsewhere) for one in self._clashes]
            elsewhere = two_writings.put(self.content, values)
            self.other = Other(elsewhere, self.revision, self.saved_at)

    def receive(self, intent: Intent) -> bool:
        """Do what is asked of the carnet itself; False where the intent is the rubrique's."""
        acts = {
            "carnet_enregistrer": self.save,
            "carnet_garder_ici": self.keep_mine,
            "carnet_prendre_autre": self.take_other,
        }
        if intent.name not in acts:
            return False
        self.load()
        acts[intent.name]()
        return True

    def view(self) -> CarnetView:
        """Return what is shown of it: dated receipt, trouble, or the two writings."""
        view = carnet_view(self, self._describe)
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

    def _ask_to_save(self, content: Document, revision: int) -> Sent[Document]:
        answer: CarnetEnregistre = self._visit.ask(
            "carnet_enregistrer",
            sujet=self._sujet,
            contenu=two_writings.stored(content, self._clashes),
            revision=revision,
            cle=new_key(),
        )
        if answer.autre is None:
            return Sent(answer.revision, answer.enregistre_le)
        plain = {name: one for name, one in answer.autre.items() if name != two_writings.BOTH}
        return Sent(answer.revision, answer.enregistre_le, plain)
