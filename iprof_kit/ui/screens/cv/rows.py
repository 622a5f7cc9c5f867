"""The sections of the CV that is shown: one list, a row each, at most one of them open."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from iprof_kit.cv.model import Choix, Cible, Cv, Faits, shown_items
from iprof_kit.cv.remarks.remark import Remarque
from iprof_kit.cv.sections import LISTS, TITLES, ItemSection, Section
from iprof_kit.cv.sections.item import Item
from iprof_kit.cv.targets import is_filled, is_written
from iprof_kit.ui.screens.cv.compare import name_of
from iprof_kit.ui.screens.cv.fields import of_part
from iprof_kit.ui.screens.cv.list_view import Editing, Form, form_of, has_error


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
    key: str
    name: str
    when: str
    shown: bool
    place: int
    moving: bool = False
    wrong: bool = False
    form: Form | None = None


@dataclass(frozen=True)
class SectionRow:
    """One section that holds something, in the order of the page."""

    section: str
    title: str
    usual: str
    typed: str
    count: str
    words: str
    """The count for who hears it: « 4 lignes », « 2 lignes sur 4 »."""
    visible: bool
    place: int
    places: int
    open: bool = False
    naming: bool = False
    moving: bool = False
    own_order: bool = False
    one: str = ""
    """What is added to it: « une formation »; empty for the situation."""
    lines: tuple[LineRow, ...] = ()


@dataclass(frozen=True)
class EmptySection:
    """A section where nothing is written yet: the menu offers it."""

    section: str
    title: str
    one: str


@dataclass(frozen=True)
class Rows:
    """The list, what may be added to it, and how far the CV is."""

    sections: tuple[SectionRow, ...] = ()
    empty: tuple[EmptySection, ...] = ()

    @property
    def filled(self) -> int:
        """Return how many sections hold something."""
        return len(self.sections)


def progress(faits: Faits) -> tuple[int, int]:
    """Return in how many sections something is written, and how many there are."""
    return sum(is_written(faits, section) for section in TITLES), len(TITLES)


def rows_of(
    cv: Cv, cible: Cible, remarks: Sequence[Remarque], editing: Editing | None, asked: Asked
) -> Rows:
    """Return the list of the sections of a CV, in its order.

    Parameters
    ----------
    cv, cible
        The facts, and the CV made of them that is shown; it names every section.
    remarks : sequence of Remarque
        What the checks say.
    editing : Editing or None
        The line whose form is open; its section then is open too.
    asked : Asked
        What else the person has opened.
    """
    opened = editing.section if editing else asked.section
    filled = [choice for choice in cible.sections if is_filled(cv.faits, choice.section)]
    rows = []
    for place, choice in enumerate(filled, start=1):
        row = _row(cv.faits, choice, place, len(filled), asked)
        if choice.section == opened:
            row = replace(
                row, open=True, lines=_lines(cv.faits, choice, remarks, editing, asked.moving)
            )
        rows.append(row)
    empty = tuple(
        EmptySection(choice.section, TITLES[choice.section], _one(choice.section))
        for choice in cible.sections
        if not is_filled(cv.faits, choice.section)
    )
    return Rows(tuple(rows), empty)


def _row(faits: Faits, choice: Choix, place: int, places: int, asked: Asked) -> SectionRow:
    section = choice.section
    every = () if section == "situation" else getattr(faits, section)
    shown = () if section == "situation" else shown_items(faits, choice)
    count = "" if section == "situation" else _count(len(shown), len(every))
    return SectionRow(
        section,
        choice.titre or TITLES[section],
        TITLES[section],
        choice.titre or TITLES[section],
        count,
        f"{count} ligne{'s' if len(every) > 1 else ''}" if count else "",
        choice.visible,
        place,
        places,
        naming=asked.title == section,
        moving=asked.moving == section,
        own_order=choice.items is not None,
        one=_one(section),
    )


def _one(section: Section) -> str:
    return "" if section == "situation" else LISTS[section].words.a


def _lines(
    faits: Faits,
    choice: Choix,
    remarks: Sequence[Remarque],
    editing: Editing | None,
    moving: str,
) -> tuple[LineRow, ...]:
    """Return the lines that the CV shows, in its order, then those that it leaves out."""
    if choice.section == "situation":
        return ()
    shown = shown_items(faits, choice)
    ids = {one.id for one in shown}
    items: tuple[Item, ...] = getattr(faits, choice.section)
    ordered = (*shown, *(one for one in items if one.id not in ids))
    rows = []
    for place, item in enumerate(ordered, start=1):
        of = f"{choice.section}:{item.id}"
        own = of_part(remarks, f"faits.{choice.section}.{item.id}")
        form = None
        if editing and (editing.section, editing.item) == (choice.section, item.id):
            form = form_of(choice.section, item, place - 1, len(ordered), own, editing)
        rows.append(
            LineRow(
                of,
                of.replace(":", "-"),
                name_of(item),
                _years(choice.section, item),
                item.id in ids,
                place,
                moving=moving == of,
                wrong=has_error(own),
                form=form,
            )
        )
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


def _count(shown: int, every: int) -> str:
    return f"{every}" if shown == every else f"{shown} sur {every}"
