"""The round over the files of those who have an account: some at a time, resumed where it stopped.

A file that was looked at is left alone until the day that its look named, until an import changes
it, or until the tables of the law do.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from iprof_kit.base.clock import paris
from iprof_kit.base.errors import Unavailable
from iprof_kit.base.paths import CAMPAIGNS, COURRIER, REFERENCE
from iprof_kit.base.words import counted
from iprof_kit.records.accounts import Account
from iprof_kit.records.agents import Agent
from iprof_kit.records.database import reading, writing
from iprof_kit.records.movements.campaigns import CampaignNote
from iprof_kit.records.outbox import KitLook
from iprof_kit.services.campaigns.given import given_files, incidents
from iprof_kit.services.contract.campagnes import IncidentLu
from iprof_kit.services.contract.dossier import Dossier
from iprof_kit.services.dossier.storing import dossiers_of, without_situations
from iprof_kit.services.kit_messages.asked import Added, Looked
from iprof_kit.services.kit_messages.once import lock, send
from iprof_kit.services.kit_messages.questioning import Questioner
from iprof_kit.services.kit_messages.registers import write_registers
from iprof_kit.services.kit_messages.texts import delays

_SEE = "Comparez data/reference et data/courrier/messages.yml à ceux que le kit livre."
MOST_PEOPLE, AT_ONCE = 10_000, 200
"""Files of one round, and of one transaction."""


@dataclass(frozen=True)
class _Read:
    dossier: Dossier
    version: int


def write_due(now: datetime, most: int = MOST_PEOPLE) -> str:
    """Write what is due to people; return what was done, in numbers alone.

    Parameters
    ----------
    now : datetime
        Aware.
    most : int
        Files looked at; the next round begins after them.

    Raises
    ------
    Unavailable
        The database does not answer, no file at all could be answered, or the process fell too
        often: nobody is left out, what was written stays.
    """
    today, seen, unread = paris(now).date(), 0, 0
    sent = write_registers(now)
    added = _added_here()
    mark = law_mark(added)
    with Questioner(added) as questioner:
        while seen < most and (batch := _due(today, mark, min(AT_ONCE, most - seen))):
            looked = questioner.ask([one.dossier for one in batch], today)
            if not looked and len(batch) > 1:
                raise Unavailable("aucun dossier n’a pu être calculé.", remedy=_SEE)
            sent += _write(batch, looked, mark, now)
            seen, unread = seen + len(batch), unread + len(batch) - len(looked)
    counts = ((sent, "message écrit"), (seen, "dossier lu"), (unread, "dossier non calculé"))
    return ", ".join(counted(number, words) for number, words in counts if number)


def law_mark(added: Added) -> str:
    """Return what changes with the law, with what the messages say, with the campaigns here."""
    return hashlib.sha256(_files_mark() + added.model_dump_json().encode()).hexdigest()[:16]


@cache
def _files_mark() -> bytes:
    digest = hashlib.sha256()
    files = (REFERENCE.glob("*.csv"), CAMPAIGNS.rglob("*.yml"), [COURRIER / "messages.yml"])
    for file in (one for some in files for one in sorted(some)):
        digest.update(file.name.encode() + file.read_bytes())
    return digest.digest()


def _added_here() -> Added:
    """Return what this installation adds to the campaigns of the kit."""
    with reading() as session:
        moved = tuple(
            IncidentLu(
                campagne=one.campaign,
                etape=one.step,
                jusqu_au=one.closes,
                motif=one.reason,
                note_le=one.noted,
                portee=one.scope,
            )
            for one in incidents(session)
        )
        return Added(files=given_files(session), incidents=moved)


def _due(today: date, mark: str, most: int) -> list[_Read]:
    """Return the next files that are worth a look, those that were never looked at included."""
    stale = or_(
        KitLook.id.is_(None),
        KitLook.of_version != Agent.version,
        KitLook.law != mark,
        KitLook.again_on <= today,
    )
    query = select(Agent.__table__).outerjoin(KitLook, KitLook.numero == Agent.numero)
    query = query.where(Agent.id.in_(select(Account.agent_id)), stale).order_by(Agent.id)
    with reading() as session:
        rows = session.execute(query.limit(most)).all()
        files = dossiers_of(session, rows)
    return [
        _Read(without_situations(file), row.version) for row, file in zip(rows, files, strict=True)
    ]


def _write(batch: Sequence[_Read], answers: Sequence[Looked], mark: str, now: datetime) -> int:
    """Write what was deduced, all or nothing; a file that changed meanwhile is looked at again."""
    looked = {one.numero: one for one in answers}
    later = paris(now).date() + timedelta(days=delays().relecture_jours)
    with writing() as session:
        there = lock(session, [one.dossier.numero for one in batch])
        same = [one for one in batch if there.get(one.dossier.numero) == one.version]
        done = _done_steps(session, looked)
        messages = {
            numero: [one for one in looked[numero].messages if (numero, one.step) not in done]
            for read in same
            if (numero := read.dossier.numero) in looked
        }
        sent = send(session, messages, now)
        again = {one.numero: one.again_on for one in answers}
        _note_looks(session, same, again, later, mark)
    return sent


def _done_steps(session: Session, numeros: Iterable[str]) -> set[tuple[str, str]]:
    """Return the steps that people have noted as done: nobody is reminded of them."""
    query = select(CampaignNote.numero, CampaignNote.campaign, CampaignNote.step).where(
        CampaignNote.numero.in_(list(numeros)), CampaignNote.kind == "fait"
    )
    return {(numero, f"{campaign}.{step}") for numero, campaign, step in session.execute(query)}


def _note_looks(
    session: Session, read: Sequence[_Read], again: Mapping[str, date], later: date, mark: str
) -> None:
    """Note when each file is worth another look; `later` where it could not be answered."""
    numeros = [one.dossier.numero for one in read]
    query = select(KitLook).where(KitLook.numero.in_(numeros))
    rows = {row.numero: row for row in session.scalars(query)}
    for one in read:
        numero = one.dossier.numero
        row = rows.get(numero) or KitLook(numero=numero)
        row.of_version, row.law, row.again_on = one.version, mark, again.get(numero, later)
        session.add(row)
