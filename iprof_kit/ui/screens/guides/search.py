"""The search in guides, help and glossary: each word asked begins a word of the answer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from iprof_kit.base.words import plain_letters
from iprof_kit.calculate.guides.glossary import terms
from iprof_kit.calculate.guides.law_pages import CHAPTERS, chapters, rules
from iprof_kit.calculate.interface.official_texts import official
from iprof_kit.ui.shared import text
from iprof_kit.ui.shared.menu import places
from iprof_kit.ui.texts import texts_of

MOST = 12
_IN_TITLE = 4


@dataclass(frozen=True)
class Hit:
    """One answer: where, in what, and the words that were found."""

    path: str
    title: str
    where: str
    words: str
    degree: str = ""


@dataclass(frozen=True)
class Search:
    """What was asked, and what was found; nothing was asked where `asked` is empty."""

    asked: str = ""
    hits: tuple[Hit, ...] = ()
    count: int = 0

    @property
    def how_many(self) -> str:
        """How many answers, in words."""
        if not self.asked:
            return ""
        if not self.count:
            return f"Aucun résultat pour « {self.asked} ». Essayez un mot plus court."
        shown = f", {len(self.hits)} montrés" if self.count > len(self.hits) else ""
        return f"{self.count} résultat{'s' if self.count > 1 else ''}{shown}."


def search(asked: str, degrees: tuple[str, ...] = ()) -> Search:
    """Return the best answers to a question; accents and capitals do not count.

    What is of another degree than those of the person's corps is not on her pages: it is left out.
    """
    wanted = plain(asked).split()
    if not wanted:
        return Search(asked.strip())
    entries = [e for e in _entries() if not degrees or e[0].degree in ("", *degrees)]
    scored = [(_score(entry, wanted), entry[0]) for entry in entries]
    best = sorted((s for s in scored if s[0]), key=lambda s: -s[0])
    return Search(asked.strip(), tuple(hit for _, hit in best[:MOST]), len(best))


def plain(words: str) -> str:
    """Return words without accents, capitals or apostrophes."""
    return plain_letters(words.replace("’", " ").replace("'", " ")).lower()


def _score(entry: tuple[Hit, frozenset[str], frozenset[str]], wanted: list[str]) -> int:
    """Return nothing unless every word is found; one of the title counts more, and a whole one."""
    _, title, body = entry
    score = 0
    for word in wanted:
        exact = _IN_TITLE * ((word in title) + any(one.startswith(word) for one in title))
        if not exact and not any(one.startswith(word) for one in body):
            return 0
        score += exact + 1 + (word in body)
    return score


@cache
def _entries() -> tuple[tuple[Hit, frozenset[str], frozenset[str]], ...]:
    hits = [*_of_guides(), *_of_help(), *_of_glossary(), *_of_law()]
    return tuple((hit, _set(hit.title), _set(f"{hit.words} {hit.where}")) for hit in hits)


def _set(words: str) -> frozenset[str]:
    return frozenset("".join(c if c.isalnum() else " " for c in plain(words)).split())


def _of_guides() -> Iterator[Hit]:
    for one in texts_of("guides"):
        path = f"/guides/{one['nom']}"
        yield Hit(path, one["titre"], "Guide", text.french(one["phrase"]))
        for number, part in enumerate(one["parties"], start=1):
            sentences = [rules()[name][-1].sentence for name in part.get("regles", ())]
            words = " ".join([*part.get("texte", ()), *sentences, part.get("legende", "")])
            yield Hit(
                f"{path}#partie-{number}",
                part["titre"],
                f"Guide : {one['titre']}",
                words,
                part.get("degre", ""),
            )


def _of_help() -> Iterator[Hit]:
    for path, one in texts_of("aide")["ecrans"].items():
        if path not in places():
            continue
        words = f"{one['montre']} {' '.join(one['faire'])} {one.get('acte', '')}"
        yield Hit(f"/aide{path}", one["titre"], "Aide", text.french(words))


def _of_glossary() -> Iterator[Hit]:
    for term in terms():
        meaning = ". ".join(words for words in (term.expansion, term.definition) if words)
        yield Hit(f"/guides/glossaire#{anchor(term.term)}", term.term, "Glossaire", meaning)


def _of_law() -> Iterator[Hit]:
    for name, chapter in chapters().items():
        for number, rule in enumerate(chapter.rules, start=1):
            if rule.until is None:
                yield Hit(
                    f"/guides/textes/{name}#regle-{number}",
                    official(rule.source) or "Règle",
                    f"Texte : {CHAPTERS[name]}",
                    rule.sentence,
                )


def anchor(words: str) -> str:
    """Return the id of a word of the glossary on its page."""
    plain_words = plain(words).replace("+", " plus")
    return "t-" + "-".join("".join(c if c.isalnum() else " " for c in plain_words).split())
