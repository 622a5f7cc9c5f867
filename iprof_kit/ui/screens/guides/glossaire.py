"""The glossary: each sigle and each word of the law, with its source."""

from __future__ import annotations

from dataclasses import dataclass

from iprof_kit.calculate.guides.glossary import Term, glossary_verified, terms
from iprof_kit.ui.screens.guides.search import Search, anchor, plain
from iprof_kit.ui.shared import text
from iprof_kit.ui.shared.parts import Page


@dataclass(frozen=True)
class Reading:
    """One meaning of a word, with its papers."""

    words: str
    source: str
    verify: bool


@dataclass(frozen=True)
class Entry:
    """A word and its meanings."""

    id: str
    term: str
    readings: tuple[Reading, ...]


@dataclass(frozen=True)
class GlossaireView(Page):
    """The glossary, by first letter."""

    letters: tuple[tuple[str, tuple[Entry, ...]], ...] = ()
    verified: str = ""
    search: Search | None = None


def glossaire(search: Search) -> GlossaireView:
    """Return the glossary."""
    readings: dict[str, list[Reading]] = {}
    for term in terms():
        readings.setdefault(term.term, []).append(_reading(term))
    letters: dict[str, list[Entry]] = {}
    for name, held in readings.items():
        entry = Entry(anchor(name), name, tuple(held))
        letters.setdefault(plain(name)[:1].upper(), []).append(entry)
    return GlossaireView(
        title="Glossaire",
        lead="Chaque sigle est aussi développé à sa première lecture, sur chaque écran.",
        letters=tuple((letter, tuple(found)) for letter, found in letters.items()),
        verified=f"Table vérifiée jusqu’au {text.day(glossary_verified())}.",
        search=search,
    )


def _reading(term: Term) -> Reading:
    said = [text.sentence(words) for words in (term.expansion, term.definition) if words]
    return Reading(" ".join(said), f"{term.source} (confiance {term.confidence})", term.verify)
