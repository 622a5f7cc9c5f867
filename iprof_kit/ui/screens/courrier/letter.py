"""Where nobody reads in this kit: the same message as a letter, to be signed and sent elsewhere."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from iprof_kit.services.contract.dossier import Dossier
from iprof_kit.services.contract.own_file import Donnee, ErreurChamp, Piece
from iprof_kit.ui.components.screen import Download
from iprof_kit.ui.kit.carnet import Draft
from iprof_kit.ui.shared.signed_letter import signed_letter

FILE_NAME = "lettre.pdf"
PROOF = (
    "Imprimez-la, signez-la, joignez vos pièces. Gardez la preuve de l’envoi : le récépissé d’un "
    "dépôt, ou l’avis de réception d’un recommandé."
)


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
    service : str
        To whom.
    papers : sequence of Piece
        What is to be joined: their names are listed.
    datum : Donnee or None
        What it is about, with what the file shows.
    """
    body = "\n\n".join([draft.texte.strip(), *_ends(draft, papers, datum)])
    return signed_letter(dossier, service, draft.objet.strip(), body, today, FILE_NAME)


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


def _ends(draft: Draft, papers: Sequence[Piece], datum: Donnee | None) -> Iterator[str]:
    if datum is not None:
        yield f"Mon dossier indique, pour « {datum.libelle} » : {datum.valeur}."
    if draft.nature == "erreur" and draft.indique.strip():
        yield f"Ce qui devrait y être : {draft.indique.strip()}"
    if papers:
        names = ", ".join(one.nom for one in papers)
        yield f"Pièces jointes : {names}."
