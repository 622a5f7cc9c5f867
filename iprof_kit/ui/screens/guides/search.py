"""The search: what was understood, the answer first, then all that holds the words; else who knows.

What people type is not what the texts say: `recherche.fr.yml` tells which words mean which, and who
knows what this kit does not. Each word asked begins a word of the answer.

No list of what people look for and do not find: a word may name an illness, and nothing of that is
kept here (docs/decisions/0018); a message that says so is ready, and sent by the person alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any
from urllib.parse import quote

from iprof_kit.base.words import counted, hard_spaces
from iprof_kit.services.contract.dossier import Academie
from iprof_kit.ui.screens.guides.entries import KINDS, Entry, Hit, entries, wanted_of
from iprof_kit.ui.shared.menu import CV, PORTAL, Place, places
from iprof_kit.ui.texts import texts_of

SUBJECT = "Assistant carrière : un mot qui ne trouve rien"
_BEFORE = "Bonjour,\n\nDans la recherche de l’assistant carrière, ces mots ne trouvent rien : « "
_AFTER = " ».\nJ’espérais y lire : \n"
_LONGEST = 100
_SAFE = "@.+-_"


@dataclass(frozen=True)
class MissingWord:
    """What says that a word is missing: to whom, the words, where her own mail opens them."""

    to: str
    message: str
    link: str = ""
    """« mailto: » of who keeps this site; "" where the configuration names no address."""


def missing_word(asked: str, academie: Academie) -> MissingWord:
    """Return the message about a word that finds nothing.

    Parameters
    ----------
    asked : str
        As it was typed.
    academie : Academie
        Whose assistance keeps this site.

    Examples
    --------
    >>> here = Academie(code="", nom="Test", assistance_nom="Assistance de Test",
    ...     assistance_courriel="aide@exemple.fr")
    >>> said = missing_word("place en crèche", here)
    >>> said.to, said.link.partition("?")[0], "place en crèche" in said.message
    ('Assistance de Test', 'mailto:aide@exemple.fr', True)
    """
    word = " ".join(asked[:_LONGEST].split())
    address = academie.assistance_courriel or ""
    link = ""
    if address:
        body = f"{hard_spaces(_BEFORE)}{word}{hard_spaces(_AFTER)}"  # her words as she typed them
        asking = f"subject={quote(hard_spaces(SUBJECT))}&body={quote(body)}"
        link = f"mailto:{quote(address, safe=_SAFE)}?{asking}"
    return MissingWord(academie.assistance_nom, f"{_BEFORE}{word}{_AFTER}", link)


MOST = 12
_IN_TITLE = 4
_NEAR = 3
_OF_A_KIND = 3
_QUOTES = '"«» '
_ASK = "gestionnaire"


@dataclass(frozen=True)
class Knows:
    """Somebody who knows: what for, and where one writes, if it is here."""

    title: str
    words: str
    path: str = ""
    link: str = ""


@dataclass(frozen=True)
class Search:
    """What was asked, and what was found; nothing was asked where `asked` is empty."""

    asked: str = ""
    answer: str = ""
    """One sentence, where the words have one."""
    understood: tuple[str, ...] = ()
    best: Hit | None = None
    hits: tuple[Hit, ...] = ()
    """The others; where nothing was found, what is near."""
    count: int = 0
    knows: tuple[Knows, ...] = ()
    missing: MissingWord | None = None
    """What says that a word is missing, where nothing was found."""

    @property
    def how_many(self) -> str:
        """How many answers, in words; "" where there is none."""
        if not self.count:
            return ""
        shown = f", {len(self.hits) + 1} montrés" if self.count > len(self.hits) + 1 else ""
        return f"{counted(self.count, 'résultat')}{shown}."


_OF_OTHERS: dict[bool, Callable[[Place], bool]] = {
    True: lambda place: place.notebook not in (PORTAL, CV),
    False: lambda place: place.of_a_file,
}
"""Whether a screen is somebody else’s: of a service, for a teacher; of a file, for the others."""


@dataclass(frozen=True)
class Reader:
    """Whose pages are searched: the degrees of her corps, and whether she has a file here."""

    degrees: tuple[str, ...] = ()
    teacher: bool = True

    def reaches(self, hit: Hit) -> bool:
        """Tell whether an answer is one of her pages."""
        place = places().get(hit.path.partition("?")[0].removeprefix("/aide"))
        of_others = _OF_OTHERS[self.teacher]
        closed = place is not None and of_others(place)
        return not closed and (not self.degrees or hit.degree in ("", *self.degrees))


_ANYBODY = Reader()


def search(asked: str, reader: Reader = _ANYBODY) -> Search:
    """Return the answer to a question, then what else holds its words, the best of each kind first.

    Between quotes, the words alone are looked for, without what they mean.
    """
    asked = asked.strip()
    wanted = wanted_of(asked)
    if not wanted:
        return Search(asked, knows=_who([_ASK], reader))
    exact = asked[:1] in '"«'
    known = [entry for entry in entries() if reader.reaches(entry.hit)]
    subject, away = ({}, {}) if exact else _meant(wanted)
    scored = _scored(known, wanted, subject.get("compris", ()))
    first = _addressed(known, subject.get("adresses", ()))
    answers = list(dict.fromkeys([*first, *(hit for _, hit in scored)]))
    knows = _who(subject.get("parler", ()) or away.get("qui", ()), reader)
    if away or not answers:
        near = _addressed(known, away.get("proche", ())) if away else _near(known, wanted)
        return Search(
            asked.strip(_QUOTES),
            hits=tuple(near[:_NEAR]),
            knows=knows or _who([_ASK], reader),
        )
    best, *others = answers
    rest = sorted(_few(others), key=lambda hit: (hit not in first, KINDS.index(hit.kind)))
    return Search(
        asked.strip(_QUOTES),
        answer=subject.get("reponse", ""),
        understood=tuple(subject.get("compris", ())),
        best=best,
        hits=tuple(rest),
        count=len(answers),
        knows=knows,
    )


def _few(hits: Iterable[Hit]) -> list[Hit]:
    """Return the best of each kind, a few of each."""
    taken: Counter[str] = Counter()
    few = []
    for hit in hits:
        taken[hit.kind] += 1
        if taken[hit.kind] <= _OF_A_KIND:
            few.append(hit)
    return few[: MOST - 1]


def _meant(wanted: tuple[str, ...]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return what the words mean here, or elsewhere: the one that more of them say."""
    here, subject = _subject(wanted, "sujets")
    elsewhere, away = _subject(wanted, "ailleurs")
    return (subject, {}) if here >= elsewhere else ({}, away)


def _subject(wanted: tuple[str, ...], part: str) -> tuple[int, dict[str, Any]]:
    """Return the subject whose words are most of those asked; nothing where none is whole."""
    best: tuple[int, dict[str, Any]] = (0, {})
    for phrase, subject in _phrases(part):
        if set(phrase) <= set(wanted) and sum(map(len, phrase)) > best[0]:
            best = (sum(map(len, phrase)), subject)
    return best


@cache
def _phrases(part: str) -> tuple[tuple[tuple[str, ...], dict[str, Any]], ...]:
    return tuple(
        (wanted_of(words), subject)
        for subject in texts_of("recherche")[part]
        for words in subject["mots"]
    )


def _scored(
    known: Iterable[Entry], wanted: tuple[str, ...], understood: Iterable[str]
) -> list[tuple[int, Hit]]:
    """Return what holds the words asked, then what holds those understood."""
    meant = [wanted_of(words) for words in understood]
    scored = []
    for entry in known:
        own = _score(entry, wanted)
        score = own * len(KINDS) or max((_score(entry, words) for words in meant), default=0)
        if score:
            scored.append((score, entry.hit))
    return sorted(scored, key=lambda one: -one[0])


def _score(entry: Entry, wanted: tuple[str, ...]) -> int:
    """Return nothing unless every word is found; one of the title counts more, and a whole one."""
    score = 0
    for word in wanted:
        exact = _IN_TITLE * (
            (word in entry.title) + any(one.startswith(word) for one in entry.title)
        )
        if not exact and not any(one.startswith(word) for one in entry.body):
            return 0
        score += exact + 1 + (word in entry.body)
    return score


def _addressed(known: Iterable[Entry], addresses: Iterable[str]) -> list[Hit]:
    by_path: dict[str, Hit] = {}
    for entry in known:
        by_path.setdefault(entry.hit.path, entry.hit)
    return [by_path[path] for path in addresses if path in by_path]


def _near(known: Iterable[Entry], wanted: tuple[str, ...]) -> list[Hit]:
    """Return what holds one of the words, the longest word first."""
    for word in sorted(wanted, key=len, reverse=True):
        if scored := _scored(known, (word,), ()):
            return [hit for _, hit in scored]
    return []


def _who(keys: Iterable[str], reader: Reader) -> tuple[Knows, ...]:
    people = texts_of("recherche")["qui"]
    return tuple(
        Knows(
            people[key]["titre"],
            people[key]["phrase"],
            people[key].get("adresse", "") if reader.teacher else "",
            people[key].get("lien", ""),
        )
        for key in keys
    )
