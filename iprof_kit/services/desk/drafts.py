"""The answer that a manager is writing: it outlives the page, and goes when it is sent."""

from __future__ import annotations

from datetime import datetime

from iprof_kit.base.characters import tidy
from iprof_kit.base.clock import paris
from iprof_kit.base.errors import InputError
from iprof_kit.records.cases import AnswerDraft
from iprof_kit.records.database import writing
from iprof_kit.services.access.identity import Identity
from iprof_kit.services.contract.bureau.fils import BrouillonGarde, GarderBrouillon
from iprof_kit.services.contract.courrier import LONGEST_MESSAGE
from iprof_kit.services.desk.thread import forget_draft, seen_thread


def keep(identity: Identity, wanted: GarderBrouillon, now: datetime) -> BrouillonGarde:
    """Keep the answer as it is now; an empty one forgets it.

    Raises
    ------
    Refused
        The thread is in no portfolio of hers today.
    InputError
        It is longer than a message.
    """
    text = tidy(wanted.texte).replace("\x00", "")  # which no database holds
    if len(text.strip()) > LONGEST_MESSAGE:
        raise InputError(
            f"ce texte compte {len(text.strip())} caractères.",
            where="texte",
            remedy=f"Il en tient {LONGEST_MESSAGE} au plus.",
        )
    with writing() as session:
        seen = seen_thread(session, identity, wanted.id, paris(now).date(), lock=True)
        forget_draft(session, seen.case.id, identity.account_id)
        if not text.strip():
            return BrouillonGarde()
        session.add(
            AnswerDraft(case_id=seen.case.id, account_id=identity.account_id, at=now, text=text)
        )
        return BrouillonGarde(le=now)
