"""A paper of a thread, for the service that follows the person: given as it came, noted."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import undefer

from iprof_kit.base.clock import paris
from iprof_kit.records.cases import Case, CaseEvent, Paper
from iprof_kit.records.database import writing
from iprof_kit.services.access.identity import Identity
from iprof_kit.services.access.own_file import of_role
from iprof_kit.services.access.reach import MANAGER, outside
from iprof_kit.services.cases.acting import number_of
from iprof_kit.services.desk.noting import note
from iprof_kit.services.desk.thread import seen_thread
from iprof_kit.services.reports.files import StoredFile


def stored_file(identity: Identity | None, name: str, now: datetime) -> StoredFile:
    """Return a paper that a person sent in a thread of hers; the person sees that it was read.

    Raises
    ------
    NotLoggedIn, Refused
        Nobody is logged in; the account is no manager's; the paper is not sent, or its thread is
        in no portfolio of hers today.
    """
    manager = of_role(identity, MANAGER, "la gestion")
    with writing() as session:
        query = (
            select(Paper, Case)
            .join(CaseEvent, CaseEvent.id == Paper.event_id)
            .join(Case, Case.id == CaseEvent.case_id)
            .where(Paper.name == name, Paper.media_type.is_not(None))
            .options(undefer(Paper.content))
        )
        row = session.execute(query).one_or_none()
        if row is None:
            raise outside()
        paper, case = row
        seen_thread(session, manager, case.name, paris(now).date())
        why = f"traiter le fil n° {number_of(case)}, pièce {paper.file_name}"
        note(session, manager, now, "bureau_piece_lue", case.numero, why)
        return StoredFile(paper.file_name, paper.media_type or "", paper.content)
