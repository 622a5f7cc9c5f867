"""Publications."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from iprof_kit.base.asked import Asked
from iprof_kit.cv.form import DESCRIPTION
from iprof_kit.cv.sections.item import Item
from iprof_kit.cv.sections.resume import ResumeList
from iprof_kit.cv.sections.section import ListSection, Placed, Words, entry, listed, placed
from iprof_kit.cv.values import line, short
from iprof_kit.documents.model import Entry


class Publication(Item):
    """A publication."""

    titre: str = ""
    auteurs: str = ""
    editeur: str = ""
    annee: str = ""
    adresse: str = ""
    description: str = ""

    named_by: ClassVar = "titre"
    form: ClassVar = (
        Asked("titre", "Titre", needed=True),
        Asked("auteurs", "Auteurs", most=5_000),
        Asked("editeur", "Éditeur ou revue", in_a_sentence="éditeur"),
        Asked("annee", "Date de parution", "month", "L’année suffit.", in_a_sentence="année"),
        Asked("adresse", "Adresse sur le web", in_a_sentence="adresse", most=2_000),
        DESCRIPTION,
    )


def write(item: Publication) -> Entry:
    """Return the printed line of a publication; its address is printed as it is."""
    return entry(
        item.id,
        item.titre,
        "",
        short(item.annee),
        line(item.auteurs),
        line(item.editeur),
        item.adresse.strip(),
        text=item.description,
    )


def _rubriques(items: Sequence[Publication]) -> tuple[Placed, ...]:
    return placed("activites", "Publications", items, write)


PUBLICATIONS = ListSection(
    name="publications",
    title="Publications",
    words=Words("publication", "publications", feminine=True),
    item=Publication,
    tab="activites",
    parts=listed(write),
    rubriques=_rubriques,
    resume=(
        ResumeList(
            "publications",
            (
                ("name", "titre"),
                ("publisher", "editeur"),
                ("releaseDate", "annee"),
                ("url", "adresse"),
                ("summary", "description"),
            ),
            former=(("website", "url"),),
        ),
    ),
)
