"""Professional and personal activities."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, Literal

from iprof_kit.base.asked import Asked
from iprof_kit.cv import lists
from iprof_kit.cv.form import DESCRIPTION, PERIOD
from iprof_kit.cv.sections import resume
from iprof_kit.cv.sections.item import Item
from iprof_kit.cv.sections.section import (
    ListSection,
    Placed,
    Words,
    entries,
    entry,
    filled,
    placed,
)
from iprof_kit.cv.values import line, period
from iprof_kit.documents.model import Entry, Part


class Activite(Item):
    """A professional or personal activity."""

    nature: Literal["professionnelle", "personnelle"] = "professionnelle"
    type: str = ""
    """One of `lists.ACTIVITES` or free."""
    intitule: str = ""
    organisme: str = ""
    lieu: str = ""
    debut: str = ""
    fin: str = ""
    description: str = ""

    latest_first: ClassVar = True
    form: ClassVar = (
        Asked(
            "nature",
            "Nature",
            "radio",
            choices=(("professionnelle", "Professionnelle"), ("personnelle", "Personnelle")),
            needed=True,
        ),
        Asked(
            "type",
            "Type",
            hint="Choisissez dans la liste, ou écrivez le vôtre.",
            suggestions=tuple(lists.ACTIVITES),
        ),
        Asked("intitule", "Intitulé", needed=True),
        Asked("organisme", "Organisme"),
        Asked("lieu", "Lieu"),
        *PERIOD,
        DESCRIPTION,
    )


def write(item: Activite) -> Entry:
    """Return the printed line of an activity."""
    return entry(
        item.id,
        item.intitule,
        item.type,
        period(item.debut, item.fin),
        line(item.organisme),
        line(item.lieu),
        text=item.description,
    )


def _parts(items: Sequence[Activite], _contact_shown: bool) -> tuple[Part, ...]:
    """Return the professional activities, then the personal ones."""
    professional, personal = _by_nature(items)
    return filled(
        entries("Activités professionnelles" if personal else "", professional, write),
        entries("Activités personnelles", personal, write),
    )


def _rubriques(items: Sequence[Activite]) -> tuple[Placed, ...]:
    professional, personal = _by_nature(items)
    return (
        *placed("activites", "Activités professionnelles", professional, write),
        *placed(None, "activités personnelles", personal, write),
    )


def _by_nature(items: Sequence[Activite]) -> tuple[list[Activite], list[Activite]]:
    """Return the professional activities and the personal ones."""
    professional = [item for item in items if item.nature == "professionnelle"]
    return professional, [item for item in items if item.nature == "personnelle"]


PROJECTS = resume.ResumeList(
    "projects",
    (
        ("name", "intitule"),
        ("entity", "organisme"),
        ("type", "type"),
        *resume.PERIOD,
        ("description", "description"),
    ),
    lists=("highlights", "keywords", "roles"),
    given={"nature": "professionnelle"},
)
INTERESTS = resume.ResumeList(
    "interests",
    (("name", "intitule"),),
    lists=("keywords",),
    given={"nature": "personnelle"},
)
ACTIVITES = ListSection(
    name="activites",
    title="Activités professionnelles et personnelles",
    words=Words("activité", "activités", feminine=True),
    item=Activite,
    tab="activites",
    parts=_parts,
    rubriques=_rubriques,
    resume=(PROJECTS, INTERESTS),
    written_in=lambda item: INTERESTS if item.nature == "personnelle" else PROJECTS,
)
