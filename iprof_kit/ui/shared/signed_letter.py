"""A letter to be read again, signed and sent elsewhere: who writes, to whom, as a PDF."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from iprof_kit.documents.model import Document, Fact, Letter
from iprof_kit.services.contract.dossier import Dossier
from iprof_kit.ui.components.screen import Download
from iprof_kit.ui.shared import text
from iprof_kit.ui.shared.held import rank_words

NOTICE = "Lettre préparée avec un kit libre, non officiel, qui ne l’a transmise à personne."


def signed_letter(
    dossier: Dossier, to: str, subject: str, body: str, today: date, file_name: str
) -> Download:
    """Return a letter headed by the name and address of a file.

    Parameters
    ----------
    dossier : Dossier
        Whose name and address head it, as `Visit.letterhead` gives it.
    to, subject, body : str
        To whom, about what, and its paragraphs.
    today : date
    file_name : str
        Under which it is taken away.
    """
    who = dossier.identite
    name = f"{who.prenom} {who.nom}"
    town = dossier.adresse.ville
    place = f"{town}, le {text.day(today)}" if town else f"Le {text.day(today)}"
    document = Document(
        title=f"Lettre de {name}",
        author=name,
        date=today,
        name=name,
        headline=rank_words(dossier),
        contact=tuple(_contact(dossier)),
        letter=Letter((to,), place, subject, body, name),
        notice=NOTICE,
    )
    from iprof_kit.documents.typesetting import compile_sheet, pdf_sheet  # few sessions need it

    content = compile_sheet(pdf_sheet(document, "classique", None))[0]
    return Download(file_name, "application/pdf", content)


def _contact(dossier: Dossier) -> Iterator[Fact]:
    home = dossier.adresse
    where = " ".join(part for part in (home.code_postal, home.ville) if part)
    address = ", ".join(part for part in (home.rue, where) if part)
    for label, value in (("Adresse", address), ("Courriel", home.courriel_professionnel or "")):
        if value:
            yield Fact(label, value)
