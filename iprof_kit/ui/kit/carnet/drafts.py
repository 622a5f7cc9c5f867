"""What is written and not sent yet: one draft a thread, one for a new message, kept in the carnet.

Two devices that write to two threads lose nothing and choose nothing; in the same field, both
writings are there and the person chooses.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import Any

from iprof_kit.services.contract.courrier import LONGEST_MESSAGE
from iprof_kit.ui.kit.carnet.carnet import Carnet
from iprof_kit.ui.kit.carnet.keeping import new_key
from iprof_kit.ui.kit.carnet.two_writings import Document
from iprof_kit.ui.kit.visiting import Visit

NEW = "nouveau"
"""The name of the draft of a new message, and what its papers are sent for."""
MOST_QUOTED = 160


@dataclass(frozen=True)
class Draft:
    """One message as it is typed; `cle` goes with it, so that it is never sent twice."""

    texte: str = ""
    nature: str = ""
    objet: str = ""
    donnee: str = ""
    indique: str = ""
    cle: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether nothing was written in it."""
        return not any(one.strip() for one in (self.texte, self.objet, self.indique))


class Drafts(Carnet):
    """Every draft of one person, by the thread that it is for."""

    def __init__(self, visit: Visit) -> None:
        super().__init__(visit, "courrier")

    def of(self, name: str) -> Draft:
        """Return the draft of a thread, or of a new message; empty where there is none."""
        return _read(self.load().get(name))

    def write_down(self, name: str, draft: Draft) -> Draft:
        """Keep a draft as it is typed, and return it with the key that it will be sent with."""
        kept = replace(draft, cle=self.of(name).cle or new_key())
        if len(draft.texte) <= LONGEST_MESSAGE:  # a longer one stays on the screen that says so
            self._write(name, vars(kept))
        return kept

    def sent(self, name: str) -> None:
        """Forget a draft: it was sent."""
        if name in self.load():
            self._write(name, None)

    def _write(self, name: str, draft: dict[str, Any] | None) -> None:
        others = {key: value for key, value in self.load().items() if key != name}
        self.write(others if draft is None else {**others, name: draft})

    def described(self, content: Document) -> tuple[str, ...]:
        """Return the beginning of each text."""
        drafts = [_read(one) for one in content.values()]
        words = [one for draft in drafts for one in (draft.objet, draft.indique, draft.texte)]
        return tuple(
            f"{one[:MOST_QUOTED]}…" if len(one) > MOST_QUOTED else one
            for one in words
            if one.strip()
        )


def _read(kept: object) -> Draft:
    if not isinstance(kept, dict):
        return Draft()
    names = [one.name for one in fields(Draft)]
    return Draft(**{name: kept[name] for name in names if isinstance(kept.get(name), str)})
