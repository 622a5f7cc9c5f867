"""The sections of the CV that is shown: one list, a row each, at most one of them open."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from iprof_kit.cv.model import Choix, Cible, Cv, Faits, shown_items
from iprof_kit.cv.remarks.remark import Remarque
from iprof_kit.cv.sections import LISTS, TITLES, ItemSection, Section
from iprof_kit.cv.sections.item import Item
from iprof_kit.cv.targets import is_filled, is_written
from iprof_kit.ui.screens.cv.compare import name_of
from iprof_kit.ui.screens.cv.fields import of_part
from iprof_kit.ui.screens.cv.list_view import Editing, Form, form_of, has_error, of_item


@dataclass(frozen=True)
class Asked:
    """What of the list is open: a section, a title being written, a row being moved."""

    section: str = ""
    title: str = ""
    moving: str = ""
    """A section, or « section:line »."""


@dataclass(frozen=True)
class LineRow:
    """One line of the section that is open; `form` where it is being edited."""

    of: str
    name: str
    when: str
    shown: bool
    wrong: bool = False
    form: Form | None = None


@dataclass(frozen=True)
class SectionRow:
    """One section that holds something, in the order of the page."""

    choice: Choix
    usual: str
    shown: int = 0
    every: int = 0
    """Its lines, and those that this CV shows."""
    one: str = ""
    """What is added to it: « une formation »; empty for the situation."""
    lines: tuple[LineRow, ...] = ()
    """Where it is open."""

    @property
    def title(self) -> str:
        """Return the title that it has in this CV."""
        return self.choice.titre or self.usual


@dataclass(frozen=True)
class Rows:
    """The list, and the titles of what may be added to it: nothing is written there yet."""

    sections: tuple[SectionRow, ...]
    empty: dict[Section, str]


def progress(faits: Faits) -> tuple[int, int]:
    """Return in how many sections something is written, and how many there are."""
    return sum(is_written(faits, section) for section in TITLES), len(TITLES)


def rows_of(
    cv: Cv, cible: Cible, remarks: Sequence[Remarque], editing: Editing | None, opened: str
) -> Rows:
    """Return the list of the sections of a CV, in its order.

    Parameters
    ----------
    cv, cible
        The facts, and the CV made of them that is shown; it names every section.
    editing : Editing or None
        The line whose form is open.
    opened : str
        The section that is open.
    """
    filled, empty = list[SectionRow](), dict[Section, str]()
    for choice in cible.sections:
        if is_filled(cv.faits, choice.section):
            lines = choice.section == opened
            filled.append(_row(cv.faits, choice, remarks, editing, with_lines=lines))
        else:
            empty[choice.section] = TITLES[choice.section]
    return Rows(tuple(filled), empty)


def _row(
    faits: Faits,
    choice: Choix,
    remarks: Sequence[Remarque],
    editing: Editing | None,
    *,
    with_lines: bool,
) -> SectionRow:
    if choice.section == "situation":
        return SectionRow(choice, TITLES[choice.section])
    return SectionRow(
        choice,
        TITLES[choice.section],
        len(shown_items(faits, choice)),
        len(getattr(faits, choice.section)),
        LISTS[choice.section].words.a,
        _lines(faits, choice, choice.section, remarks, editing) if with_lines else (),
    )


def _lines(
    faits: Faits,
    choice: Choix,
    section: ItemSection,
    remarks: Sequence[Remarque],
    editing: Editing | None,
) -> tuple[LineRow, ...]:
    """Return the lines that the CV shows, in its order, then those that it leaves out."""
    shown = shown_items(faits, choice)
    ids = {one.id for one in shown}
    items: tuple[Item, ...] = getattr(faits, section)
    ordered = (*shown, *(one for one in items if one.id not in ids))
    rows = []
    for number, item in enumerate(ordered):
        own = of_part(remarks, f"faits.{section}.{item.id}")
        form = form_of(section, item, number, len(ordered), own, editing)
        when = _years(section, item)
        name, of = name_of(item), of_item(section, item.id)
        rows.append(LineRow(of, name, when, item.id in ids, has_error(own), form))
    return tuple(rows)


def _years(section: ItemSection, item: Item) -> str:
    """Return « 2024-2026 », « depuis 2019 », « 2014 »: what fits at the head of a row."""
    start, end = _year(item, "debut"), _year(item, "fin")
    if start and end:
        return start if start == end else f"{start}-{end}"
    if start:
        return f"depuis {start}" if LISTS[section].lasts else start
    return end or _year(item, "annee")


def _year(item: Item, field: str) -> str:
    year = str(getattr(item, field, ""))[:4]
    return year if len(year) == 4 and year.isdecimal() else ""
