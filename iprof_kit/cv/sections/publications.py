"""Publications."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from iprof_kit.cv.form import DESCRIPTION, Spec
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
        Spec("titre", "Titre", optional=False),
        Spec("auteurs", "Auteurs", most=5_000),
        Spec("editeur", "Éditeur ou revue", in_a_sentence="éditeur"),
        Spec("annee", "Date de parution", "month", "L’année suffit.", in_a_sentence="année"),
        Spec("adresse", "Adresse sur le web", in_a_sentence="adresse", most=2_000),
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
