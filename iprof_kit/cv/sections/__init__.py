"""The sections of a CV, one file each: what is asked, what is printed, what other tools read.

A section is added here, in `ItemSection` and in `LISTS`, and as a field of `model.Faits`.
"""

from __future__ import annotations

from typing import Any, Literal

from iprof_kit.cv.sections import situation
from iprof_kit.cv.sections.activites import ACTIVITES
from iprof_kit.cv.sections.competences import COMPETENCES
from iprof_kit.cv.sections.diplomes import DIPLOMES
from iprof_kit.cv.sections.engagements import ENGAGEMENTS
from iprof_kit.cv.sections.fonctions import FONCTIONS
from iprof_kit.cv.sections.formations import FORMATIONS
from iprof_kit.cv.sections.item import Item
from iprof_kit.cv.sections.publications import PUBLICATIONS
from iprof_kit.cv.sections.references import REFERENCES
from iprof_kit.cv.sections.resume import ResumeList
from iprof_kit.cv.sections.section import ListSection

ItemSection = Literal[
    "fonctions",
    "diplomes",
    "formations",
    "activites",
    "competences",
    "publications",
    "engagements",
    "references",
]
Section = Literal["situation", ItemSection]

LISTS: dict[ItemSection, ListSection[Any]] = {
    "fonctions": FONCTIONS,
    "diplomes": DIPLOMES,
    "formations": FORMATIONS,
    "activites": ACTIVITES,
    "competences": COMPETENCES,
    "publications": PUBLICATIONS,
    "engagements": ENGAGEMENTS,
    "references": REFERENCES,
}
"""The sections of lines, in the usual order of a CV."""

ITEMS: dict[ItemSection, type[Item]] = {name: one.item for name, one in LISTS.items()}
TITLES: dict[Section, str] = {
    "situation": situation.TITLE,
    **{name: one.title for name, one in LISTS.items()},
}
SHORT: frozenset[Section] = frozenset(
    {"situation", *(name for name, one in LISTS.items() if one.short)}
)
"""Sections that may stand in the narrow column of a page."""
FROM_OTHERS: dict[str, tuple[ItemSection, ResumeList]] = {
    lines.key: (name, lines) for name, one in LISTS.items() for lines in one.resume
}
"""The section of a list of JSON Resume that another tool wrote, and how it is read."""
