"""« Mes données »: what is kept about a person, why, how long, and who answers for it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, select

from iprof_kit.base.names import words_in
from iprof_kit.records.agents import Agent
from iprof_kit.records.database import writing
from iprof_kit.records.journal import audit
from iprof_kit.records.journal.audit import AuditRow
from iprof_kit.records.person import Person, find_person, journal_of, writes_of
from iprof_kit.records.repository import Write
from iprof_kit.services.academies import Conservation, academie, conservation
from iprof_kit.services.access.own_file import Owner, absent_file
from iprof_kit.services.contract.operation import NoArguments
from iprof_kit.services.contract.own_file import CategorieDonnees, MesDonneesLues
from iprof_kit.services.notices.outbox import FORGOTTEN_AFTER
from iprof_kit.services.own_data.retention import FORGOTTEN_FILES_DAYS, FORGOTTEN_SESSIONS_DAYS

_FILE = ("agents", "echelons", "positions", "affectations", "rendez_vous", "situations")
_ACCOUNT = words_in(
    "accounts account_roles portfolios absences evaluator_portfolios sessions reset_links "
    "sign_on_links sign_on_sessions first_codes totp_keys passkeys recovery_codes factor_steps"
)
_NOTICES = ("notice_choices", "mails")
_CASES = words_in(
    "cases case_events papers paper_slices case_notes answer_drafts mailing_recipients "
    "kit_messages kit_looks kit_choices campaign_sendings"
)
_CV = ("cvs", "cv_versions", "cv_links")
_OWN = ("own_contacts",)
_PROJECTS = ("opinion_projects",)
_SHOWN = "Vous le montrer, et calculer la suite de votre carrière"
_INSTEAD = "Les montrer à la place de celles de l’administration"
_PROOF = "Vous répondre, faire corriger une donnée, et en garder la preuve"
_SHARED = "L’écrire, et le partager quand vous le voulez"
_KNOWN = "Vous ouvrir vos écrans, et à personne d’autre"
_CHANGED = "Montrer ce qui a changé, et quand"
_TOLD = "Vous dire qui a consulté votre dossier"
_KEPT = "Le retrouver à votre prochaine visite"
_WRITTEN_TO = "Vous dire par courriel qu’un message attend, si vous l’avez choisi"
_PREPARED = "Écrire un avis avant de le recopier ailleurs, et vous en montrer ce qu’ils décident"
_UNTIL = "Jusqu’au jour écrit sur chacun, dans Les services, Rendez-vous"
LISTED = frozenset({*_FILE, *_ACCOUNT, *_NOTICES, *_CASES, *_CV, *_OWN, *_PROJECTS})


def read(owner: Owner, _wanted: NoArguments, now: datetime) -> MesDonneesLues:
    """Return the kinds of data that are kept about a person, with how much of each there is."""
    kept = conservation()
    with writing() as session:
        person = find_person(session, owner.numero)
        if person is None:
            raise absent_file()
        code = session.scalar(select(Agent.academie).where(Agent.numero == owner.numero))
        writes = session.scalar(select(func.count(Write.id)).where(writes_of(person))) or 0
        hers = select(func.count(AuditRow.id)).where(journal_of(session, person))
        lines = session.scalar(hers) or 0
        audit.note(
            session,
            at=now,
            actor=owner.compte,
            action="donnees_lues",
            subject=f"dossier:{owner.numero}",
        )
    who = academie(code).donnees
    return MesDonneesLues(**who.model_dump(), categories=_kinds(person, kept, writes, lines))


def lengths(kept: Conservation) -> dict[str, str | None]:
    """Return how long each kind of what is kept is kept, in French; None: not decided."""
    file = _lower(kept.dossiers) if kept.dossiers else None
    account = f"une connexion, {FORGOTTEN_SESSIONS_DAYS} jours après sa fin"
    return {
        "Dossier, coordonnées, CV et ce que vous gardez sur les écrans": file,
        "Courrier et pièces": _reports(kept),
        "Compte et connexions": account,
        "Valeurs remplacées": _months(kept.historique_mois),
        "Journal de ce qui est lu et fait": _journal(kept),
    }


def _kinds(person: Person, kept: Conservation, writes: int, lines: int) -> list[CategorieDonnees]:
    as_file = f"Comme votre dossier : {_lower(kept.dossiers)}" if kept.dossiers else None
    account = f"Une connexion, {FORGOTTEN_SESSIONS_DAYS} jours après sa fin"
    notices = f"Votre choix, comme votre compte ; un avis, {FORGOTTEN_AFTER.days} jours"
    others = [name for name in person.keys if name not in LISTED]

    def kind(what: str, why: str, long: str | None, number: int) -> CategorieDonnees:
        return CategorieDonnees(quoi=what, pourquoi=why, duree=long, nombre=number)

    file, own, cv = person.count(*_FILE), person.count(*_OWN), person.count(*_CV)
    kinds = [
        kind("La copie de votre dossier administratif", _SHOWN, kept.dossiers, file),
        kind("Les coordonnées que vous saisissez", _INSTEAD, as_file, own),
        kind("Votre courrier et ses pièces", _PROOF, _reports(kept), person.count(*_CASES)),
        kind("Votre CV, ses versions et ses liens", _SHARED, as_file, cv),
        kind("Votre compte et vos connexions", _KNOWN, account, person.count(*_ACCOUNT)),
        kind("Vos avis par courriel", _WRITTEN_TO, notices, person.count(*_NOTICES)),
        kind("Les projets d’avis de vos évaluateurs", _PREPARED, _UNTIL, person.count(*_PROJECTS)),
        kind("Les valeurs remplacées", _CHANGED, _months(kept.historique_mois), writes),
        kind("Le journal de ce qui est lu et fait", _TOLD, _journal(kept), lines),
    ]
    if others:
        kinds.append(
            kind("Ce que vous gardez sur les autres écrans", _KEPT, as_file, person.count(*others))
        )
    return kinds


def _lower(words: str) -> str:
    return words[:1].lower() + words[1:]


def _reports(kept: Conservation) -> str | None:
    if kept.signalements_mois is None:
        return None
    parts = [f"{kept.signalements_mois} mois après la réponse, la correction ou la clôture"]
    if kept.pieces_mois:
        parts.append(f"les pièces, {kept.pieces_mois} mois")
    parts.append(f"une pièce qui n’est pas envoyée, {FORGOTTEN_FILES_DAYS} jours")
    return " ; ".join(parts)


def _journal(kept: Conservation) -> str | None:
    if kept.journal_mois is None:
        return None
    addresses = kept.adresses_mois
    more = f" ; l’adresse d’où vient une demande, {addresses} mois" if addresses else ""
    return f"{kept.journal_mois} mois{more}"


def _months(months: int | None) -> str | None:
    return f"{months} mois" if months else None
