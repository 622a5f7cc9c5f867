"""Affectations, functions and missions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, Literal

from iprof_kit.base.asked import Asked
from iprof_kit.cv import lists
from iprof_kit.cv.form import DESCRIPTION, PERIOD
from iprof_kit.cv.sections import resume
from iprof_kit.cv.sections.item import Item
from iprof_kit.cv.sections.section import ListSection, Placed, Words, entry, listed, placed
from iprof_kit.cv.values import line, period, share
from iprof_kit.documents.model import Entry


class Fonction(Item):
    """An affectation, a function or a mission, one line per period (or per school year)."""

    nature: Literal["affectation", "fonction", "mission"] = "fonction"
    type: str = ""
    """One of `lists.FONCTIONS` or free: tutorat, PEMF, coordination…"""
    intitule: str = ""
    etablissement: str = ""
    lieu: str = ""
    discipline: str = ""
    education_prioritaire: str = ""
    """"", « REP » or « REP+ »."""
    quotite: str = ""
    debut: str = ""
    fin: str = ""
    """Empty: still held."""
    description: str = ""

    latest_first: ClassVar = True
    form: ClassVar = (
        Asked(
            "nature",
            "Nature",
            "radio",
            choices=(
                ("affectation", "Affectation"),
                ("fonction", "Fonction"),
                ("mission", "Mission"),
            ),
            needed=True,
        ),
        Asked(
            "type",
            "Type",
            hint="Choisissez dans la liste, ou écrivez le vôtre.",
            suggestions=tuple(lists.FONCTIONS),
        ),
        Asked("intitule", "Intitulé", needed=True),
        Asked("etablissement", "Établissement ou école", in_a_sentence="établissement"),
        Asked("lieu", "Commune", in_a_sentence="lieu"),
        Asked("discipline", "Discipline ou niveau de classe", in_a_sentence="discipline"),
        Asked(
            "education_prioritaire",
            "Éducation prioritaire",
            "select",
            "REP : réseau d’éducation prioritaire ; REP+ : réseau d’éducation prioritaire "
            "renforcé.",
            choices=(("", "Non"), ("REP", "REP"), ("REP+", "REP+")),
        ),
        Asked("quotite", "Quotité, en pourcentage", "number", in_a_sentence="quotité", unit="%"),
        *PERIOD,
        DESCRIPTION,
    )


def write(item: Fonction) -> Entry:
    """Return the printed line of an affectation, a function or a mission."""
    return entry(
        item.id,
        item.intitule,
        item.type,
        period(item.debut, item.fin),
        line(item.etablissement),
        line(item.lieu),
        line(item.discipline),
        line(item.education_prioritaire),
        _part_time(item.quotite),
        text=item.description,
    )


def _part_time(value: str) -> str:
    """Return « temps plein », « à 50 % », or what was typed."""
    printed = share(value)
    return f"à {printed}" if printed.endswith("%") and printed[:1].isdigit() else printed


def _rubriques(items: Sequence[Fonction]) -> tuple[Placed, ...]:
    by_nature = {
        nature: [item for item in items if item.nature == nature]
        for nature in ("affectation", "fonction", "mission")
    }
    return (
        *placed("itineraire", "Affectations", by_nature["affectation"], write),
        *placed("itineraire", "Fonctions", by_nature["fonction"], write),
        *placed("activites", "Missions", by_nature["mission"], write),
    )


WORK = resume.ResumeList(
    "work",
    (
        ("name", "etablissement"),
        ("position", "intitule"),
        ("location", "lieu"),
        *resume.PERIOD,
        ("summary", "description"),
    ),
    lists=("highlights",),
    described=resume.SITE,
    former=(("company", "name"), ("website", "url")),
)
FONCTIONS = ListSection(
    name="fonctions",
    title="Affectations, fonctions et missions",
    words=Words(
        "affectation, fonction ou mission", "affectations, fonctions et missions", feminine=True
    ),
    item=Fonction,
    tab="activites",
    parts=listed(write),
    rubriques=_rubriques,
    resume=(WORK,),
)
