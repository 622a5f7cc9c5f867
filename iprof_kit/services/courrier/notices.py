"""Whether and where a person is told by e-mail: her choice, and what became of the last notices."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from iprof_kit.base.errors import Conflict
from iprof_kit.records.accounts import Account
from iprof_kit.records.database import reading, writing
from iprof_kit.records.journal import audit
from iprof_kit.records.outbox import Mail, NoticeChoice
from iprof_kit.records.repository import Order, Repository
from iprof_kit.services.academies import travaux
from iprof_kit.services.access.mailed_codes import KIND as FIRST_CODES
from iprof_kit.services.access.own_file import Owner, absent_file
from iprof_kit.services.contract.avis import AvisChoisis, AvisEnvoye, AvisLus, ChoisirAvis
from iprof_kit.services.contract.operation import NoArguments
from iprof_kit.services.contract.own_file import ErreurChamp
from iprof_kit.services.dossier import contacts
from iprof_kit.services.dossier.storing import find_dossier
from iprof_kit.services.notices.carrier import carrier
from iprof_kit.services.notices.outbox import FORGOTTEN_AFTER, NEVER

MOST_SHOWN = 5
_A_NOTICE = Mail.key.not_like(f"{FIRST_CODES}%")
"""What she chose: a first code is no notice."""
_CHOICES: Repository[NoticeChoice] = Repository(NoticeChoice, NoticeChoice.name)


def read(owner: Owner, _wanted: NoArguments, now: datetime) -> AvisLus:
    """Return what she chose, the addresses that she may choose, the last notices."""
    with writing() as session:
        _note(session, owner, now, "avis_lus")
        return _choice(session, owner, now)


def choose(owner: Owner, wanted: ChoisirAvis, now: datetime) -> AvisChoisis:
    """Keep her choice; what was prepared under the former one is not sent any more.

    Raises
    ------
    Unavailable
        The database does not answer; nothing has been written.
    """
    with reading() as session:
        before = _choice(session, owner, now)
    if wanted.rythme != NEVER and wanted.adresse not in before.adresses:
        wrong = ErreurChamp(
            champ="adresse",
            message="Cette adresse n’est pas dans votre dossier ni dans vos coordonnées.",
            remede="Écrivez-la dans Coordonnées, puis revenez la choisir.",
        )
        return AvisChoisis(issue="erreurs", avis=before, erreurs=[wrong])

    def change(session: Session, row: NoticeChoice) -> None:
        row.account_id = _account(session, owner)
        row.pace, row.chosen_at = wanted.rythme, now
        row.told_event = row.reminded_event = 0  # what was prepared may never have left
        row.address = "" if wanted.rythme == NEVER else wanted.adresse
        for mail in session.scalars(_unsent(row.account_id)):
            session.delete(mail)

    def journal(session: Session) -> None:
        _note(session, owner, now, "avis_choisis", wanted.rythme)

    key = f"avis:{owner.numero}:{wanted.cle}"
    try:
        order = Order(key, owner.compte, now, expected_version=wanted.revision)
        receipt = _CHOICES.store(owner.compte, change, order, journal)
    except Conflict:
        with reading() as session:
            return AvisChoisis(issue="conflit", avis=_choice(session, owner, now))
    with reading() as session:
        return AvisChoisis(
            issue="enregistre", avis=_choice(session, owner, now), numero=receipt.number
        )


def _choice(session: Session, owner: Owner, now: datetime) -> AvisLus:
    row = _CHOICES.find(session, owner.compte)
    since = now - FORGOTTEN_AFTER
    sent = select(Mail).where(
        Mail.account_id == _account(session, owner), Mail.prepared_at >= since, _A_NOTICE
    )
    newest = sent.order_by(Mail.id.desc()).limit(MOST_SHOWN)
    return AvisLus(
        possible=carrier(travaux().courriels) is not None,
        adresses=_addresses(session, owner),
        adresse=row.address if row else "",
        rythme=row.pace if row else NEVER,
        revision=row.version if row else 0,
        choisi_le=row.chosen_at if row else None,
        derniers=[
            AvisEnvoye(le=one.ended_at or one.prepared_at, etat=one.state)
            for one in session.scalars(newest)
        ],
    )


def _addresses(session: Session, owner: Owner) -> list[str]:
    """Return the addresses of the file and the one that she wrote, each once."""
    dossier = find_dossier(session, owner.numero)
    if dossier is None:
        raise absent_file()
    own = contacts.written(session, owner.numero)
    written = [one.valeur for one in own if one.champ == "courriel_personnel"]
    home = dossier.adresse
    recorded = (home.courriel_professionnel, home.courriel_personnel)
    return [one for one in dict.fromkeys([*written, *recorded]) if one]


def _account(session: Session, owner: Owner) -> int:
    return session.scalars(select(Account.id).where(Account.compte == owner.compte)).one()


def _unsent(account: int) -> Select[Mail]:
    return select(Mail).where(Mail.account_id == account, Mail.next_at.is_not(None), _A_NOTICE)


def _note(session: Session, owner: Owner, now: datetime, action: str, detail: str = "") -> None:
    audit.note(
        session,
        at=now,
        actor=owner.compte,
        action=action,
        subject=f"dossier:{owner.numero}",
        detail=detail,
    )
