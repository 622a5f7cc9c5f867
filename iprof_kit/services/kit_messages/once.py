"""Each message is written once to each person, whoever asks again: a thread without answer.

The people of a batch are locked before it is looked what they were written: of two runners, the
second one sees what the first wrote.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from uuid import uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from iprof_kit.records.agents import Agent
from iprof_kit.records.cases import Case
from iprof_kit.records.journal import audit
from iprof_kit.records.outbox import KitChoice, KitMessage
from iprof_kit.services.cases.acting import Act, Opening, act, begin
from iprof_kit.services.cases.life import KIT
from iprof_kit.services.kit_messages.texts import Written, family_of

BY = "iprof travaux"
EVERYTHING = "tout"
"""What is refused by who wants no message of the kit."""


def lock(session: Session, numeros: Iterable[str]) -> Mapping[str, int]:
    """Keep other runners from some people until the end of the transaction.

    Returns
    -------
    mapping
        The version of each file that is still there.
    """
    query = select(Agent.numero, Agent.version).where(Agent.numero.in_(list(numeros)))
    query = query.order_by(Agent.id).with_for_update(key_share=True)
    return dict(session.execute(query).all())


def send(session: Session, messages: Mapping[str, Sequence[Written]], now: datetime) -> int:
    """Write what was not written yet and is not refused; return how many messages that is.

    Parameters
    ----------
    session : Session
        That of the transaction, which has locked these people (`lock`).
    messages : mapping
        By number of file.
    now : datetime
        Aware.
    """
    known, refused = _known(session, messages), _refused(session, messages)
    sent = 0
    for numero, hers in messages.items():
        for one in hers:
            unwanted = {EVERYTHING, family_of(one.kind)} & refused.get(numero, set())
            always = family_of(one.kind) is None
            if (numero, one.key) in known or (unwanted and not always):
                continue
            _write(session, numero, one, now)
            known.add((numero, one.key))
            sent += 1
    return sent


def _write(session: Session, numero: str, message: Written, now: datetime) -> None:
    case = Case(name=uuid4().hex, version=1)
    begin(case, Opening(numero, KIT, message.subject), now)
    session.add(case)
    done = Act(
        "informer", KIT, text=message.text, source=message.source, address=message.address or None
    )
    act(session, case, done, now)
    session.add(KitMessage(numero=numero, key=message.key, at=now))
    audit.note(
        session,
        at=now,
        actor=BY,
        action="message_du_kit",
        subject=f"dossier:{numero}",
        detail=message.kind,
    )


def _known(session: Session, numeros: Iterable[str]) -> set[tuple[str, str]]:
    query = select(KitMessage.numero, KitMessage.key).where(KitMessage.numero.in_(list(numeros)))
    return set(session.execute(query))


def _refused(session: Session, numeros: Iterable[str]) -> dict[str, set[str]]:
    query = select(KitChoice.numero, KitChoice.refused).where(KitChoice.numero.in_(list(numeros)))
    return {numero: set(codes.split()) for numero, codes in session.execute(query)}
