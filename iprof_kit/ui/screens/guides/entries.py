"""What the search looks in: screens, requests, services, guides, help, glossary and rules."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from iprof_kit.base.words import plain_letters
from iprof_kit.calculate.guides.glossary import terms
from iprof_kit.calculate.guides.law.pages import CHAPTERS, chapters, rules
from iprof_kit.calculate.guides.searched import named_paths, named_requests, named_services
from iprof_kit.calculate.interface.official_texts import official
from iprof_kit.ui.shared.menu import places
from iprof_kit.ui.texts import Help, guide_texts, helps_of_screens, texts_of


@cache
def helps() -> dict[str, Help]:
    """Return the help of each address of the menu, in its order."""
    written = helps_of_screens()
    return {path: written[path] for path in places() if path in written}


KINDS = ("Écran", "Demande", "Service", "Parcours", "Guide", "Glossaire", "Texte", "Aide")
"""The kinds of answers, in the order in which they are read."""
_PLURAL = 4


@dataclass(frozen=True)
class Hit:
    """One answer: where, in what, and the words that were found."""

    path: str
    title: str
    where: str
    words: str
    degree: str = ""

    @property
    def kind(self) -> str:
        """What it is: « Guide » of « Guide : Retraite »."""
        return self.where.partition(" : ")[0]


@dataclass(frozen=True)
class Entry:
    """A hit, and the words by which it is found."""

    hit: Hit
    title: frozenset[str]
    body: frozenset[str]


def plain(words: str) -> str:
    """Return words without accents, capitals or apostrophes."""
    return plain_letters(words.replace("’", " ").replace("'", " ")).lower()


def tokens(words: str) -> tuple[str, ...]:
    """Return the words of a text, plain, each without the mark of its plural.

    Examples
    --------
    >>> tokens("Les trop-perçus départementaux")
    ('les', 'trop', 'percu', 'departemental')
    """
    apart = "".join(c if c.isalnum() or c in "+%" else " " for c in plain(words))
    return tuple(map(_singular, apart.split()))


def wanted_of(asked: str) -> tuple[str, ...]:
    """Return the words of a question that say something; all of them where none does."""
    every = tokens(asked)
    return tuple(word for word in every if word not in _small()) or every


@cache
def _small() -> frozenset[str]:
    """Return the words that say nothing of what is asked."""
    return frozenset(texts_of("recherche")["petits"].split())


def _singular(word: str) -> str:
    if len(word) < _PLURAL:
        return word
    if word.endswith("aux") and len(word) > _PLURAL:
        return f"{word[:-3]}al"
    return word[:-1] if word[-1] in "sx" else word


@cache
def entries() -> tuple[Entry, ...]:
    """Return everything that may be found, each with its words."""
    hits = (*_of_screens(), *_of_named(), *_of_guides(), *_of_glossary(), *_of_law(), *_of_help())
    return tuple(
        Entry(hit, frozenset(tokens(hit.title)), frozenset(tokens(f"{hit.words} {hit.where}")))
        for hit in hits
    )


def _of_screens() -> Iterator[Hit]:
    for path, one in helps().items():
        if not path.startswith("/guides"):
            yield Hit(path, places()[path].title, "Écran", one.montre)
    for path, title, words in _FEET:
        yield Hit(path, title, "Écran", words)


_FEET = (
    ("/mes-donnees", "Mes données", "Tout ce que ce kit garde de vous, à emporter ou à effacer."),
    ("/consultations", "Qui a consulté mon dossier", "Chaque lecture, avec son rôle et son motif."),
    ("/accessibilite", "Accessibilité", "Ce qui a été vérifié, ce qui reste à faire."),
)


def _of_named() -> Iterator[Hit]:
    for one in named_requests():
        yield Hit(f"/services/demandes?demande={one.key}", one.title, "Demande", one.words)
    for one in named_services():
        yield Hit("/services", one.title, "Service", one.words)
    for one in named_paths():
        yield Hit("/perspectives/autres-parcours", one.title, "Parcours", one.words)


def _of_guides() -> Iterator[Hit]:
    for one in guide_texts():
        path = f"/guides/{one.nom}"
        yield Hit(path, one.titre, "Guide", one.phrase)
        for number, part in enumerate(one.parties, start=1):
            sentences = [rules()[name][-1].sentence for name in part.regles]
            words = " ".join([*part.texte, *sentences, part.legende])
            where = f"Guide : {one.titre}"
            yield Hit(f"{path}#partie-{number}", part.titre, where, words, part.degre)


def _of_help() -> Iterator[Hit]:
    for path, one in helps().items():
        words = f"{one.montre} {' '.join(one.faire)} {one.acte}"
        yield Hit(f"/aide{path}", one.titre, "Aide", words)


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
