"""The operations by which a person watches over her own file: hers only."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TypeVar, cast

from iprof_kit.services import (
    consultations,
    contacts,
    own_data,
    report_files,
    reports,
    visits,
)
from iprof_kit.services.contract import Plain
from iprof_kit.services.identity import Identity
from iprof_kit.services.own_file import Owner, owner_of

Operation = Callable[[Identity | None, Plain, datetime], Plain]
_W = TypeVar("_W", bound=Plain)


def _own(work: Callable[[Owner, _W, datetime], Plain]) -> Operation:
    """Return an operation that runs `work` on the own file of who is asking, or refuses."""

    def operation(identity: Identity | None, wanted: Plain, now: datetime) -> Plain:
        return work(owner_of(identity), cast(_W, wanted), now)

    return operation


DOSSIER_TABLE: dict[str, Operation] = {
    "visite": _own(visits.read),
    "contact": _own(contacts.read),
    "contact_enregistrer": _own(contacts.save),
    "signalements": _own(reports.read),
    "signaler": _own(reports.send),
    "piece_deposer": _own(report_files.receive),
    "piece_retirer": _own(report_files.withdraw),
    "consultations": _own(consultations.read),
    "mes_donnees": _own(own_data.read),
}
