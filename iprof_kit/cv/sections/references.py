"""People who can be asked, and what they wrote."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from iprof_kit.base.asked import Asked
from iprof_kit.cv.sections.item import Item
from iprof_kit.cv.sections.resume import ResumeList
from iprof_kit.cv.sections.section import ListSection, Words, entries, entry, filled
from iprof_kit.cv.values import line
from iprof_kit.documents.model import Entry, Part


class Recommandation(Item):
    """A person who can be asked, and what she wrote."""

    nom: str = ""
    fonction: str = ""
    organisme: str = ""
    contact: str = ""
    texte: str = ""

    named_by: ClassVar = "nom"
    form: ClassVar = (
        Asked("nom", "Nom", needed=True),
        Asked("fonction", "Fonction"),
        Asked("organisme", "Établissement ou organisme", in_a_sentence="organisme"),
        Asked(
            "contact",
            "Comment la joindre",
            hint="Avec l’accord de cette personne.",
            in_a_sentence="contact",
        ),
        Asked("texte", "Ce qu’elle a écrit", "long", in_a_sentence="texte"),
    )


def write(item: Recommandation, *, contact_shown: bool) -> Entry:
    """Return the printed line; how to reach her is a contact detail like the others."""
    return entry(
        item.id,
        item.nom,
        "",
        "",
        line(item.fonction),
        line(item.organisme),
        item.contact.strip() if contact_shown else "",
        text=item.texte,
    )


def _parts(items: Sequence[Recommandation], contact_shown: bool) -> tuple[Part, ...]:
    return filled(entries("", items, lambda item: write(item, contact_shown=contact_shown)))


REFERENCES = ListSection(
    name="references",
    title="Références",
    words=Words("référence", "références", feminine=True),
    item=Recommandation,
    tab="activites",
    parts=_parts,
    resume=(ResumeList("references", (("name", "nom"), ("reference", "texte"))),),
)
