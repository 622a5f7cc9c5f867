"""Diplomas and titles."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, ClassVar, Literal

from iprof_kit.base.asked import Asked
from iprof_kit.cv import lists
from iprof_kit.cv.dates import moment
from iprof_kit.cv.form import DESCRIPTION
from iprof_kit.cv.sections import resume
from iprof_kit.cv.sections.item import Item
from iprof_kit.cv.sections.section import (
    ListSection,
    Placed,
    Words,
    entry,
    listed,
    placed,
    prefixed,
)
from iprof_kit.cv.values import line, short
from iprof_kit.documents.model import Entry


class Diplome(Item):
    """A diploma or a title."""

    nature: Literal["diplome", "titre"] = "diplome"
    intitule: str = ""
    specialite: str = ""
    niveau: str = ""
    """Code of `lists.NIVEAUX_DIPLOME`, "3" to "8"."""
    etablissement: str = ""
    lieu: str = ""
    annee: str = ""
    """When it was obtained, or is expected."""
    etat: Literal["obtenu", "en_cours"] = "obtenu"
    mention: str = ""
    description: str = ""

    form: ClassVar = (
        Asked(
            "nature",
            "Nature",
            "radio",
            choices=(("diplome", "Diplôme"), ("titre", "Titre")),
            needed=True,
        ),
        Asked(
            "intitule",
            "Intitulé",
            hint="Par exemple : master MEEF, premier degré. MEEF : métiers"
            " de l’enseignement, de l’éducation et de la formation.",
            needed=True,
        ),
        Asked("specialite", "Spécialité"),
        Asked(
            "niveau",
            "Niveau",
            "select",
            choices=(("", "À choisir"), *lists.NIVEAUX_DIPLOME.items()),
        ),
        Asked("etablissement", "Établissement"),
        Asked("lieu", "Lieu"),
        Asked(
            "etat",
            "Où vous en êtes",
            "radio",
            choices=(("obtenu", "Obtenu"), ("en_cours", "En cours")),
            needed=True,
            in_a_sentence="état",
        ),
        Asked(
            "annee",
            "Date d’obtention, ou prévue",
            "month",
            "L’année suffit.",
            needed=True,
            in_a_sentence="année",
        ),
        Asked("mention", "Mention"),
        DESCRIPTION,
    )


def write(item: Diplome) -> Entry:
    """Return the printed line of a diploma or a title."""
    return entry(
        item.id,
        item.intitule,
        item.specialite,
        short(item.annee),
        line(item.etablissement),
        line(item.lieu),
        prefixed("niveau", item.niveau),
        prefixed("mention", item.mention),
        "en cours" if item.etat == "en_cours" else "",
        text=item.description,
    )


def _rubriques(items: Sequence[Diplome]) -> tuple[Placed, ...]:
    return placed("formation", "Diplômes et titres", items, write)


def _as_read(item: Diplome, given: Mapping[str, Any], today: date) -> Diplome:
    """Say in progress a study of another tool without a past end."""
    end = moment(item.annee)
    to_come = end.first > today if end else bool(given.get("startDate") and not item.annee)
    return item.model_copy(update={"etat": "en_cours"}) if to_come else item


EDUCATION = resume.ResumeList(
    "education",
    (
        ("institution", "etablissement"),
        ("area", "specialite"),
        ("studyType", "intitule"),
        ("endDate", "annee"),
        ("score", "mention"),
    ),
    lists=("courses",),
    described=(("startDate", "Début"), *resume.SITE),
    former=(("gpa", "score"),),
)
CERTIFICATES = resume.ResumeList(
    "certificates",
    (("name", "intitule"), ("issuer", "etablissement"), ("date", "annee")),
    given={"nature": "titre"},
)
AWARDS = resume.ResumeList(
    "awards",
    (
        ("title", "intitule"),
        ("awarder", "etablissement"),
        ("date", "annee"),
        ("summary", "description"),
    ),
    given={"nature": "titre"},
)
DIPLOMES = ListSection(
    name="diplomes",
    title="Diplômes et titres",
    words=Words("diplôme ou titre", "diplômes et titres", feminine=False),
    item=Diplome,
    tab="diplomes",
    parts=listed(write),
    rubriques=_rubriques,
    resume=(EDUCATION, CERTIFICATES, AWARDS),
    written_in=lambda item: CERTIFICATES if item.nature == "titre" else EDUCATION,
    as_read=_as_read,
)
