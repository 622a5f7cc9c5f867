"""A held order is read as each person would read it, then released, sent back or taken back.

Released, it leaves some minutes later (`leaving.py`): until then who released it stops it, and its
author takes it back.
"""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from iprof_kit.base.characters import tidy
from iprof_kit.base.clock import paris
from iprof_kit.base.errors import InputError, Refused
from iprof_kit.base.words import counted
from iprof_kit.records.cases import HeldOrder
from iprof_kit.records.database import reading, writing
from iprof_kit.records.repository import Order
from iprof_kit.services.access.identity import Identity
from iprof_kit.services.access.reach import manager_names, reach_of
from iprof_kit.services.cases.held import (
    HELD,
    LEAVES,
    SENT_BACK,
    WAITS,
    leaves_at,
    second_readers,
    undo_time,
)
from iprof_kit.services.contract.bureau.ensemble import ReponseApercue
from iprof_kit.services.contract.bureau.relectures import (
    LONGEST_REASON,
    AgirRelecture,
    EtatRelecture,
    LireRelecture,
    Relecture,
    RelectureEnBref,
    RelectureFaite,
    RelecturesLues,
)
from iprof_kit.services.contract.operation import NoArguments
from iprof_kit.services.desk.acting import digest
from iprof_kit.services.desk.confirming import ACT, COUNT, check_count, check_mark
from iprof_kit.services.desk.faults import text_fault, wrong
from iprof_kit.services.desk.noting import note_list
from iprof_kit.services.second_reader.batches import Batch, batch

MOST_LISTED = 50
_RELEASE, _BACK, _TAKE = "remettre", "renvoyer", "reprendre"
_TO: dict[str, EtatRelecture] = {_RELEASE: "part", _BACK: "renvoye", _TAKE: "repris"}
_OF_AUTHOR, _OF_READER = (_TAKE,), (_RELEASE, _BACK)
REASON = "motif"


def read_all(identity: Identity, _wanted: NoArguments, now: datetime) -> RelecturesLues:
    """Return what waits for her reading, what she wrote or released that has not left."""
    today = paris(now).date()
    with writing() as session:
        academies = {one.academie for one in reach_of(session, identity, today).own}
        of_author = HeldOrder.author == identity.account_id
        query = (
            select(HeldOrder)
            .where(HeldOrder.academie.in_(academies))
            .where(
                (HeldOrder.state == WAITS)
                | (of_author & HeldOrder.state.in_((LEAVES, SENT_BACK)))
                | ((HeldOrder.reader == identity.account_id) & (HeldOrder.state == LEAVES))
            )
            .order_by(HeldOrder.since, HeldOrder.id)
        )
        listed = []
        for row in session.scalars(query.limit(MOST_LISTED)):
            try:
                one = _seen(session, identity, row, now)
            except Refused:
                continue
            listed.append(RelectureEnBref(**_brief(session, identity, row, one, today)))
        note_list(session, identity, now, "relectures_lues", counted(len(listed), "envoi"))
        return RelecturesLues(relectures=listed)


def read(identity: Identity, wanted: LireRelecture, now: datetime) -> Relecture:
    """Return one as each person would read it today.

    Raises
    ------
    Refused
        It is not hers, nor one that she may release.
    """
    today = paris(now).date()
    with writing() as session:
        row = _row(session, wanted.id)
        one = _seen(session, identity, row, now)
        note_list(session, identity, now, "relecture_lue", row.name)
        changed = row.state in (WAITS, LEAVES) and one.mark != row.mark
        return Relecture(
            **_brief(session, identity, row, one, today),
            reponses=[
                ReponseApercue(
                    fil=case.name,
                    personne=f"{agent.prenom} {agent.nom}",
                    objet=case.title,
                    texte=text,
                )
                for case, agent, text in one.threads
            ],
            empreinte=one.mark,
            ecart="Un de ces fils a changé depuis : renvoyez-le à qui l’a écrit."
            if changed
            else "",
            actes=_open(identity, row, changed=changed),
        )


def do(identity: Identity, wanted: AgirRelecture, now: datetime) -> RelectureFaite:
    """Release it for all or none, send it back or take it back; once, however often it is asked.

    Raises
    ------
    Refused
        It is not hers, nor one that she may release.
    """
    with reading() as session:
        _seen(session, identity, _row(session, wanted.id), now)
    done: list[int] = []

    def change(session: Session, row: HeldOrder) -> None:
        session.flush()
        one = _seen(session, identity, row, now, lock=True)
        if wanted.acte not in _open(identity, row):
            raise InputError("ce n’est plus possible.", where=ACT, remedy="Rechargez la page.")
        row.reason = _reason(wanted) if wanted.acte == _BACK else ""
        if wanted.acte == _RELEASE:
            check_mark(row.mark, one.mark, "un de ces fils")
            check_mark(wanted.empreinte, one.mark, "un de ces fils")
            check_count(len(one.threads), wanted.compte, "des personnes", "Relisez les aperçus")
            done.append(len(one.threads))
        row.state, row.since, row.reader = _TO[wanted.acte], now, identity.account_id

    def journal(session: Session) -> None:
        note_list(session, identity, now, "relecture_acte", f"{wanted.acte}, {wanted.id}")

    order = Order(f"relu:{identity.compte}:{wanted.cle}:{digest(wanted)}", identity.compte, now)
    try:
        receipt = HELD.store(wanted.id, change, order, journal)
    except InputError as error:
        field = error.where if error.where in (COUNT, REASON) else ACT
        return RelectureFaite(erreurs=[wrong(field, error.message, error.remedy or "")])
    released = wanted.acte == _RELEASE
    return RelectureFaite(
        etat=_TO[wanted.acte],
        faites=sum(done),
        recu=receipt.number,
        le=receipt.at,
        part_le=receipt.at + undo_time() if released else None,
    )


def _row(session: Session, name: str) -> HeldOrder:
    row = HELD.find(session, name)
    if row is None:
        raise _not_hers()
    return row


def _seen(
    session: Session, identity: Identity, row: HeldOrder, now: datetime, *, lock: bool = False
) -> Batch:
    """Return what it would do: for its author, a second person while it waits, who ended it."""
    of_author = identity.account_id == row.author
    if row.state != WAITS and not of_author and identity.account_id != row.reader:
        raise _not_hers()
    one = batch(session, row, now, lock=lock)
    if of_author or row.state != WAITS:
        return one
    today = paris(now).date()
    read = [(case, agent) for case, agent, _ in one.threads]
    if identity.account_id not in second_readers(session, row.author, read, today):
        raise _not_hers()
    return one


def _not_hers() -> Refused:
    return Refused("cet envoi ne vous est pas donné à relire.", remedy="Rechargez la page.")


def _open(identity: Identity, row: HeldOrder, *, changed: bool = False) -> list[str]:
    if row.state not in (WAITS, LEAVES, SENT_BACK):
        return []
    if identity.account_id == row.author:
        return list(_OF_AUTHOR)
    if row.state == LEAVES:
        return [_BACK]
    return [one for one in _OF_READER if one != _RELEASE or not changed]


def _brief(
    session: Session, identity: Identity, row: HeldOrder, one: Batch, today: date
) -> dict[str, object]:
    return {
        "id": row.name,
        "quoi": one.what,
        "etat": row.state,
        "depuis": row.since,
        "part_le": leaves_at(row),
        "nombre": len(one.threads),
        "par_vous": identity.account_id == row.author,
        "auteur": manager_names(session, today).get(row.author, ""),
        "motif": row.reason,
    }


def _reason(wanted: AgirRelecture) -> str:
    reason = tidy(wanted.motif).strip()
    if not reason:
        raise InputError("le motif manque.", where=REASON, remedy="Écrivez-le.")
    if (fault := text_fault(REASON, reason, LONGEST_REASON)) is not None:
        raise InputError(fault.message, where=REASON, remedy=fault.remede)
    return reason
