"""Who read a file: date, role and purpose of each reading that the journal holds."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from iprof_kit.base.clock import paris
from iprof_kit.records.accounts import Account, AccountRole
from iprof_kit.records.database import writing
from iprof_kit.records.journal import audit
from iprof_kit.records.journal.audit import AuditRow
from iprof_kit.services.access.own_file import Owner
from iprof_kit.services.contract.operation import NoArguments
from iprof_kit.services.contract.operations import OPERATIONS
from iprof_kit.services.contract.own_file import Consultation, ConsultationsLues

MOST_LINES = 2_000
_ELSEWHERE = {
    "signalement_lu": ("Un signalement", "traiter un signalement"),
    "signalement_pris_en_charge": ("Un signalement", "prendre en charge un signalement"),
    "signalement_repondu": ("Un signalement", "répondre à un signalement"),
    "signalement_corrige": ("Un signalement", "noter une correction"),
    "fil_emporte": ("Un fil de votre courrier", "imprimer ou emporter un fil"),
    "piece_lue": ("Une pièce", "relire une pièce jointe"),
    "cv_lien_lu": ("Une version du CV", "lire un CV partagé par un lien"),
    "cv_lien_telecharge": ("Une version du CV", "télécharger un CV partagé par un lien"),
    "donnees_emportees": ("Toutes les données", "emporter toutes ses données"),
    "fiche_imprimee": ("La fiche", "imprimer la fiche"),
    "recu_lu": ("Un reçu", "télécharger un reçu"),
    "bureau_piece_lue": ("Une pièce d’un fil", ""),
}
"""What is read without an operation: by a command, or as a file that the server sends."""
READINGS: dict[str, tuple[str, str]] = _ELSEWHERE | {
    one.reads.action: (one.reads.what, one.reads.why) for one in OPERATIONS.values() if one.reads
}
"""What each action of the journal reads, and for what: the words that who read wrote down where it
is empty. Another action is not a reading."""
_ROLES = {
    "gestionnaire": "Gestionnaire",
    "evaluateur": "Évaluateur",
    "analyste": "Analyste",
    "formateur": "Formateur",
    "administrateur": "Administrateur du kit",
    "enseignant": "Un autre compte d’enseignant",
}
_LINK = "lien:"
_ABOUT = {"dossier", "cv", "carnet"}


def read(owner: Owner, _wanted: NoArguments, now: datetime) -> ConsultationsLues:
    """Return the readings of one's own file, newest first; one's own are counted by day."""
    with writing() as session:
        about_her = lines_about(session, owner.numero)
        readings = (about_her, AuditRow.action.in_(READINGS))
        lines = list(
            audit.readable_lines(session, *readings, newest_first=True, most=MOST_LINES + 1)
        )
        consultations = _consultations(session, lines[:MOST_LINES], owner)
        since = session.scalar(select(func.min(AuditRow.at)).where(about_her))
        audit.note(
            session,
            at=now,
            actor=owner.compte,
            action="consultations_lues",
            subject=f"dossier:{owner.numero}",
        )
        return ConsultationsLues(
            consultations=consultations, depuis=since, abregee=len(lines) > MOST_LINES
        )


def lines_about(session: Session, numero: str) -> ColumnElement[bool]:
    """Return the condition of the lines about a file, its CV and what is tried on its screens."""
    names = audit.names_about(session, [numero])
    about = [one.pseudonym for one in names if one.name.partition(":")[0] in _ABOUT]
    return AuditRow.subject.in_(about)


def who_reads(session: Session, actor: str, own: Iterable[str]) -> str:
    """Return the role of an actor of the journal, never a name."""
    if actor in own:
        return "Vous"
    if actor.startswith(_LINK):
        return "Le lecteur d’un lien que vous avez créé"
    if actor.startswith("iprof "):
        return "Service gestionnaire, par une commande du kit"
    roles = session.scalars(
        select(AccountRole.role)
        .join(Account)
        .where(Account.compte == actor)
        .order_by(AccountRole.id)
    ).all()
    known = [_ROLES.get(role, role) for role in roles]
    return ", ".join(known) or "Un compte qui n’existe plus"


def _consultations(
    session: Session, lines: Iterable[audit.JournalLine], owner: Owner
) -> list[Consultation]:
    consultations: list[Consultation] = []
    today: dict[tuple[str, str], int] = {}
    roles: dict[str, str] = {}
    for line in lines:
        what, why = READINGS[line.action]
        own = line.actor == owner.compte
        day = (paris(line.at).date().isoformat(), line.action)
        if own and day in today:
            place = today[day]
            consultations[place] = consultations[place].model_copy(
                update={"nombre": consultations[place].nombre + 1}
            )
            continue
        if line.actor not in roles:
            roles[line.actor] = who_reads(session, line.actor, [owner.compte])
        if own:
            today[day] = len(consultations)
        consultations.append(
            Consultation(
                le=line.at, qui=roles[line.actor], objet=what, motif=why or line.detail, vous=own
            )
        )
    return consultations
