"""Commitments, in associations, by election or in a union."""

from __future__ import annotations

from typing import ClassVar, Literal

from iprof_kit.base.asked import Asked
from iprof_kit.cv.form import DESCRIPTION, PERIOD
from iprof_kit.cv.sections import resume
from iprof_kit.cv.sections.item import Item
from iprof_kit.cv.sections.section import ListSection, Words, entry, listed
from iprof_kit.cv.values import line, period
from iprof_kit.documents.model import Entry


class Engagement(Item):
    """A commitment. « syndical » is sensitive data: `checks.check` warns, it never refuses."""

    nature: Literal["associatif", "electif", "syndical", "autre"] = "associatif"
    intitule: str = ""
    organisme: str = ""
    debut: str = ""
    fin: str = ""
    description: str = ""

    latest_first: ClassVar = True
    form: ClassVar = (
        Asked(
            "nature",
            "Nature",
            "select",
            "Un mandat syndical est une donnée sensible : ne l’écrivez que si vous le voulez.",
            choices=(
                ("associatif", "Associatif"),
                ("electif", "Électif"),
                ("syndical", "Syndical"),
                ("autre", "Autre"),
            ),
            needed=True,
        ),
        Asked("intitule", "Intitulé", needed=True),
        Asked("organisme", "Organisme"),
        *PERIOD,
        DESCRIPTION,
    )


def write(item: Engagement) -> Entry:
    """Return the printed line of a commitment."""
    return entry(
        item.id,
        item.intitule,
        "",
        period(item.debut, item.fin),
        line(item.organisme),
        text=item.description,
    )


ENGAGEMENTS = ListSection(
    name="engagements",
    title="Engagements",
    words=Words("engagement", "engagements", feminine=False),
    item=Engagement,
    tab="activites",
    parts=listed(write),
    resume=(
        resume.ResumeList(
            "volunteer",
            (
                ("organization", "organisme"),
                ("position", "intitule"),
                *resume.PERIOD,
                ("summary", "description"),
            ),
            lists=("highlights",),
            described=resume.SITE,
            former=(("website", "url"),),
        ),
    ),
)
