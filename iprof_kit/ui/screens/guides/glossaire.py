"""The glossary: each sigle and each word of the law, with its source."""

from __future__ import annotations

from dataclasses import dataclass

from iprof_kit.calculate.guides.glossary import Term, glossary_verified, terms
from iprof_kit.ui.kit.parts import Page
from iprof_kit.ui.screens.guides.entries import anchor, plain
from iprof_kit.ui.shared import text


@dataclass(frozen=True)
class Entry:
    """A word and its meanings."""

    id: str
    term: str
    readings: tuple[Term, ...]


@dataclass(frozen=True)
class GlossaireView(Page):
    """The glossary, by first letter."""

    letters: tuple[tuple[str, tuple[Entry, ...]], ...] = ()
    count: str = ""
    verified: str = ""
    doubt: str = ""

    def extent(self, entries: tuple[Entry, ...]) -> str:
        """Return the first and the last word of a letter: what stands on the line of its fold."""
        first, last = entries[0].term, entries[-1].term
        return first if first == last else f"de {first} à {last}"


def glossaire() -> GlossaireView:
    """Return the glossary."""
    readings: dict[str, list[Term]] = {}
    for term in terms():
        readings.setdefault(term.term, []).append(term)
    letters: dict[str, list[Entry]] = {}
    for name, meanings in readings.items():
        entry = Entry(anchor(name), name, tuple(meanings))
        letters.setdefault(plain(name)[:1].upper(), []).append(entry)
    doubtful = sum(term.verify for term in terms())
    return GlossaireView(
        title="Glossaire",
        letters=tuple((letter, tuple(entries)) for letter, entries in letters.items()),
        count=f"{len(readings)} entrées",
        verified=f"vérifiées jusqu’au {text.day(glossary_verified())}",
        doubt=f"{doubtful} définitions ne reposent que sur une source, ou sur l’usage : un trait "
        "pointillé les marque, à gauche.",
    )
