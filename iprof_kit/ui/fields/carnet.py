"""What a person tries on a screen, kept: read once an opening, saved with its revision.

A rubrique makes one `Carnet` for its subject, calls `load` before it shows, `write` at each
change, gives its intents to `receive` first, and shows `view()` by the macro `carnet.state`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar

from iprof_kit.services.contract.carnet import CARNET_ENREGISTRER, CARNET_LIRE, Sujet
from iprof_kit.ui.fields.by_field import ByField, Document
from iprof_kit.ui.fields.keeping import Sent, new_key
from iprof_kit.ui.kit.visiting import Visit
from iprof_kit.ui.shared.messages import Intent

__all__ = ["Carnet", "Document"]


class Carnet(ByField):
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

    keeps: ClassVar[tuple[str, ...]] = (*ByField.keeps, "_opening", "turn")

    def __init__(
        self, visit: Visit, sujet: Sujet, describe: Callable[[Document], Sequence[str]]
    ) -> None:
        super().__init__({}, self._ask_to_save, describe)
        self._visit, self._sujet = visit, sujet
        self._opening = -1
        self.turn = 0
        """Grows where the kit itself changes the fields: the browser then drops its own."""

    def load(self) -> Document:
        """Return the document, {} before anything was kept; asked once an opening of a screen."""
        if self._opening != self._visit.openings:
            read = self._visit.ask(CARNET_LIRE, sujet=self._sujet)
            if self.would_take(read.revision):
                self.take_kept(read.contenu or {}, read.revision, read.enregistre_le)
            self._opening = self._visit.openings
        return self.content

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
        self.turn += 1
        return True

    def _ask_to_save(self, content: Document, revision: int) -> Sent[Document]:
        answer = self._visit.ask(
            CARNET_ENREGISTRER,
            sujet=self._sujet,
            contenu=content,
            revision=revision,
            cle=new_key(),
        )
        return Sent(answer.revision, answer.enregistre_le, answer.autre)
