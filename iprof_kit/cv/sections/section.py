"""A section of lines: how it is called, asked for, printed and exchanged, said in one place."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Generic, Literal, TypeVar

from iprof_kit.cv.sections.item import Item
from iprof_kit.cv.sections.resume import ResumeList
from iprof_kit.cv.values import line, printed_words
from iprof_kit.documents.model import Entry, Part

I = TypeVar("I", bound=Item)  # noqa: E741  # an item of the section

Tab = Literal["diplomes", "formations", "activites"]
Rubrique = Literal["formation", "itineraire", "activites"]
Placed = tuple[Rubrique | None, Part]
"""A part of the statutory CV, and its rubrique; None: it has no place in it."""


@dataclass(frozen=True)
class Words:
    """How a section and its items are named."""

    one: str
    many: str
    feminine: bool

    def count(self, number: int) -> str:
        """Return « 4 formations », « Aucun diplôme »."""
        if number == 0:
            return f"{'Aucune' if self.feminine else 'Aucun'} {self.one}"
        return f"{number} {self.one if number == 1 else self.many}"

    @property
    def a(self) -> str:
        """Return « une formation »."""
        return f"{'une' if self.feminine else 'un'} {self.one}"

    @property
    def the(self) -> str:
        """Return « la formation », « l’activité »."""
        if self.one[0] in "aeéiouh":
            return f"l’{self.one}"
        return f"{'la' if self.feminine else 'le'} {self.one}"

    @property
    def e(self) -> str:
        """Return the ending of a participle."""
        return "e" if self.feminine else ""


@dataclass(frozen=True)
class ListSection(Generic[I]):
    """A section of lines.

    Its form is that of `item`. `parts` prints lines, given whether contact details are shown.
    """

    name: str
    """Its field in `model.Faits`."""
    title: str
    words: Words
    item: type[I]
    tab: Tab
    """The page on which its lines are written."""
    parts: Callable[[Sequence[I], bool], tuple[Part, ...]]
    short: bool = False
    """Whether it may stand in the narrow column of a page."""
    lasts: bool = True
    """Whether a line that has no end still goes on."""
    rubriques: Callable[[Sequence[I]], tuple[Placed, ...]] | None = None
    """Where the statutory CV prints its lines; None: nowhere, and the person is told."""
    resume: tuple[ResumeList, ...] = ()
    """The lists of JSON Resume whose lines, written by another tool, are of this section."""
    written_in: Callable[[I], ResumeList] | None = None
    """The list in which an item is written; None: the first of `resume`."""
    as_read: Callable[[I, Mapping[str, Any], date], I] = lambda item, _given, _today: item
    """Returns an item read from another tool, from what the tool wrote, in the words of the kit."""

    def resume_list(self, item: I) -> ResumeList:
        """Return the list of JSON Resume in which an item is written."""
        return self.written_in(item) if self.written_in else self.resume[0]

    def statutory(self, items: Sequence[I]) -> tuple[Placed, ...]:
        """Return what the statutory CV prints of some lines, and what it has no place for."""
        if self.rubriques is None:
            return ((None, Part(self.words.many)),) if items else ()
        return self.rubriques(items)


def listed(write: Callable[[I], Entry]) -> Callable[[Sequence[I], bool], tuple[Part, ...]]:
    """Return the `parts` of a section that is printed as one list."""
    return lambda items, _contact_shown: filled(entries("", items, write))


def placed(
    rubrique: Rubrique | None, title: str, items: Sequence[I], write: Callable[[I], Entry]
) -> tuple[Placed, ...]:
    """Return some lines as a part of a rubrique of the statutory CV; nothing if there is none."""
    return ((rubrique, Part(title, entries=tuple(map(write, items)))),) if items else ()


def entries(title: str, items: Iterable[I], write: Callable[[I], Entry]) -> Part:
    """Return the lines that have something to print."""
    written = map(write, items)
    return Part(
        title,
        entries=tuple(one for one in written if one.title or one.dates or one.details or one.text),
    )


def filled(*parts: Part) -> tuple[Part, ...]:
    """Return the parts that have something to print."""
    return tuple(part for part in parts if part.facts or part.entries or part.text)


def entry(key: str, name: str, otherwise: str, dates: str, *details: str, text: str) -> Entry:
    """Return a line under its name, or under what else it has, the rest being details."""
    title, second = line(name), line(otherwise)
    if not title:
        title, second = second, ""
    kept = [detail for detail in (second if second != title else "", *details) if detail]
    return Entry(title, dates, tuple(kept), printed_words(text), key)


def prefixed(word: str, value: str) -> str:
    """Return « mention bien » for « bien », the word not said twice."""
    value = line(value)
    return value if not value or value.casefold().startswith(word) else f"{word} {value}"
