"""Trainings followed or given."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, Literal

from iprof_kit.base.asked import Asked
from iprof_kit.cv.form import DESCRIPTION
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
from iprof_kit.cv.values import hours, line, period
from iprof_kit.documents.model import Entry, Part


class Formation(Item):
    """A training followed or given."""

    intitule: str = ""
    organisme: str = ""
    lieu: str = ""
    debut: str = ""
    fin: str = ""
    heures: str = ""
    role: Literal["stagiaire", "formateur"] = "stagiaire"
    description: str = ""

    form: ClassVar = (
        Asked("intitule", "Intitulé", needed=True),
        Asked("organisme", "Organisme"),
        Asked("lieu", "Lieu"),
        Asked(
            "role",
            "Votre rôle",
            "radio",
            choices=(("stagiaire", "Stagiaire"), ("formateur", "Formateur")),
            needed=True,
            in_a_sentence="rôle",
        ),
        Asked("debut", "Début", "month", needed=True),
        Asked("fin", "Fin", "month", "Laissez vide pour une seule journée ou si elle dure encore."),
        Asked("heures", "Durée, en heures", "number", in_a_sentence="heures", unit="heures"),
        DESCRIPTION,
    )


def write(item: Formation) -> Entry:
    """Return the printed line of a training; a missing end says nothing: most last a day."""
    return entry(
        item.id,
        item.intitule,
        "",
        period(item.debut, item.fin, lasts=False),
        line(item.organisme),
        line(item.lieu),
        hours(item.heures),
        text=item.description,
    )


def _parts(items: Sequence[Formation], _contact_shown: bool) -> tuple[Part, ...]:
    """Return the trainings followed, then those given."""
    followed, given = _by_role(items)
    return filled(
        entries("Formations suivies" if given else "", followed, write),
        entries("Formations animées", given, write),
    )


def _rubriques(items: Sequence[Formation]) -> tuple[Placed, ...]:
    followed, given = _by_role(items)
    return (
        *placed("formation", "Formation continue", followed, write),
        *placed("activites", "Formations animées", given, write),
    )


def _by_role(items: Sequence[Formation]) -> tuple[list[Formation], list[Formation]]:
    """Return the trainings followed and those given."""
    followed = [item for item in items if item.role == "stagiaire"]
    return followed, [item for item in items if item.role == "formateur"]


TRAINING = resume.ResumeList(
    "education",
    (("institution", "organisme"), ("area", "intitule"), *resume.PERIOD),
    given={"role": "stagiaire"},
    constants={"studyType": "Formation continue"},
)
TEACHING = resume.ResumeList(
    "work",
    (
        ("name", "organisme"),
        ("position", "intitule"),
        ("location", "lieu"),
        *resume.PERIOD,
        ("summary", "description"),
    ),
    given={"role": "formateur"},
    described=resume.SITE,
    former=(("company", "name"), ("website", "url")),
)
FORMATIONS = ListSection(
    name="formations",
    title="Formations",
    words=Words("formation", "formations", feminine=True),
    item=Formation,
    tab="formations",
    parts=_parts,
    lasts=False,
    rubriques=_rubriques,
    written_in=lambda item: TEACHING if item.role == "formateur" else TRAINING,
)
