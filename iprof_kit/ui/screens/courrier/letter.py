"""Where nobody reads in this kit: the same message as a letter, to be signed and sent elsewhere."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from iprof_kit.documents.model import Document, Fact, Letter
from iprof_kit.services.contract.dossier import Dossier
from iprof_kit.services.contract.own_file import Donnee, ErreurChamp, Piece
from iprof_kit.ui.components.screen import Download
from iprof_kit.ui.screens.courrier.drafts import Draft
from iprof_kit.ui.shared import text

FILE_NAME = "lettre.pdf"
PROOF = (
    "Imprimez-la, signez-la, joignez vos pièces. Gardez la preuve de l’envoi : le récépissé d’un "
    "dépôt, ou l’avis de réception d’un recommandé."
)
NOTICE = "Lettre préparée avec un kit libre, non officiel, qui ne l’a transmise à personne."


def letter_of(
    dossier: Dossier,
    draft: Draft,
    service: str,
    papers: Sequence[Piece],
    datum: Donnee | None,
    today: date,
) -> Download:
    """Return the letter that a draft makes, ready to be signed.

    Parameters
    ----------
    dossier : Dossier
        Whose name and address head it.
    draft : Draft
    service : str
        To whom.
    papers : sequence of Piece
        What is to be joined: their names are listed.
    datum : Donnee or None
        What it is about, with what the file shows.
    today : date
    """
    who = dossier.identite
    name = f"{who.prenom} {who.nom}"
    town = dossier.adresse.ville
    place = f"{town}, le {text.day(today)}" if town else f"Le {text.day(today)}"
    body = "\n\n".join([draft.texte.strip(), *_ends(draft, papers, datum)])
    document = Document(
        title=f"Lettre de {name}",
        author=name,
        date=today,
        name=name,
        headline=text.french(dossier.libelle_corps or dossier.statut),
        contact=tuple(_contact(dossier)),
        letter=Letter((service,), place, draft.objet.strip(), body, name),
        notice=NOTICE,
    )
    from iprof_kit.documents.typesetting import compile_sheet, pdf_sheet  # few sessions need it

    return Download(
        FILE_NAME, "application/pdf", compile_sheet(pdf_sheet(document, "classique", None))[0]
    )


def faults_of(draft: Draft) -> list[ErreurChamp]:
    """Return what a letter lacks."""
    wanted = (
        ("objet", draft.objet, "L’objet manque.", "Dites en quelques mots de quoi il s’agit."),
        ("texte", draft.texte, "Cette lettre est vide.", "Écrivez-la."),
    )
    return [
        ErreurChamp(champ=name, message=message, remede=remedy)
        for name, value, message, remedy in wanted
        if not value.strip()
    ]


def _contact(dossier: Dossier) -> Iterator[Fact]:
    home = dossier.adresse
    where = " ".join(part for part in (home.code_postal, home.ville) if part)
    address = ", ".join(part for part in (home.rue, where) if part)
    for label, value in (("Adresse", address), ("Courriel", home.courriel_professionnel or "")):
        if value:
            yield Fact(label, value)


def _ends(draft: Draft, papers: Sequence[Piece], datum: Donnee | None) -> Iterator[str]:
    if datum is not None:
        yield text.french(f"Mon dossier indique, pour « {datum.libelle} » : {datum.valeur}.")
    if draft.nature == "erreur" and draft.indique.strip():
        yield text.french(f"Ce qui devrait y être : {draft.indique.strip()}")
    if papers:
        names = ", ".join(one.nom for one in papers)
        yield text.french(f"Pièces jointes : {names}.")
