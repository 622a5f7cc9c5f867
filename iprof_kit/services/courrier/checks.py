"""What is wrong in what a person typed to the service of her file, field by field."""

from __future__ import annotations

from iprof_kit.base.characters import name_of, tidy, unfit
from iprof_kit.base.errors import InputError
from iprof_kit.base.words import NBSP
from iprof_kit.services.contract.courrier import LONGEST_MESSAGE, LONGEST_SUBJECT, Agir, Ecrire
from iprof_kit.services.contract.own_file import LONGEST_CLAIM, Donnee, ErreurChamp
from iprof_kit.services.reports.files import FIELD, WITH_PAPERS, too_many
from iprof_kit.services.reports.reporting import REPORT

_FIELDS = {"piece": FIELD}
"""How a form calls what the table of passages asks for, where the names differ."""


def faults_of_new(wanted: Ecrire, datum: Donnee | None) -> list[ErreurChamp]:
    """Return what is wrong in a new message; `datum` is that of the file, None where none is."""
    faults = _faults_of_text("objet", wanted.objet, LONGEST_SUBJECT)
    faults += _faults_of_text("texte", wanted.texte, LONGEST_MESSAGE, lines=True)
    faults += _faults_of_text("indique", wanted.indique, LONGEST_CLAIM)
    if not tidy(wanted.objet).strip() and wanted.nature != REPORT:
        faults.append(
            _wrong("objet", "L’objet manque.", "Dites en quelques mots de quoi il s’agit.")
        )
    if not tidy(wanted.texte).strip():
        faults.append(_wrong("texte", "Ce message est vide.", "Écrivez-le."))
    if datum is None and wanted.donnee:
        faults.append(
            _wrong(
                "donnee",
                "Cette donnée n’est pas dans votre dossier.",
                "Choisissez-la dans la liste.",
            )
        )
    elif datum is None and wanted.nature == REPORT:
        faults.append(
            _wrong("donnee", "La donnée à corriger manque.", "Choisissez-la dans la liste.")
        )
    if wanted.nature == "pieces" and not wanted.pieces:
        faults.append(_wrong(FIELD, "Aucune pièce n’est jointe.", "Choisissez-en une."))
    if (fault := too_many(wanted.pieces, "Un message")) is not None:
        faults.append(fault)
    return faults


def faults_of_act(wanted: Agir) -> list[ErreurChamp]:
    """Return what is wrong in one act, whatever the state of the thread."""
    faults = _faults_of_text("texte", wanted.texte, LONGEST_MESSAGE, lines=True)
    if (fault := too_many(wanted.pieces, "Un message")) is not None:
        faults.append(fault)
    if wanted.pieces and wanted.acte not in WITH_PAPERS:
        faults.append(_wrong(FIELD, "Cet acte ne prend pas de pièce.", "Retirez-la."))
    return faults


def _faults_of_text(
    field: str, value: str, longest: int, *, lines: bool = False
) -> list[ErreurChamp]:
    text = tidy(value).strip()
    if len(text) > longest:
        count = f"{len(text):,}".replace(",", NBSP)
        most = f"{longest:,}".replace(",", NBSP)
        return [
            _wrong(field, f"Ce texte compte {count} caractères.", f"Il en tient {most} au plus.")
        ]
    if unseen := unfit(text, lines=lines):
        return [
            _wrong(
                field,
                f"Ce texte contient {name_of(unseen)}.",
                "Effacez-le, ou saisissez le texte au clavier.",
            )
        ]
    return []


def fault_of(error: InputError) -> ErreurChamp:
    """Return a refusal of the life of a case as what is wrong in a field of the form."""
    message = error.message[:1].upper() + error.message[1:]
    return _wrong(_FIELDS.get(error.where, error.where or "acte"), message, error.remedy)


def _wrong(field: str, message: str, remedy: str) -> ErreurChamp:
    return ErreurChamp(champ=field, message=message, remede=remedy)
