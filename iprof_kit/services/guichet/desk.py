"""The operations of the desk: each for a case manager, about whom she follows today."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TypeVar, cast

from iprof_kit.base.plain import Plain
from iprof_kit.services.access.identity import Identity
from iprof_kit.services.access.own_file import Operation, of_role
from iprof_kit.services.access.reach import MANAGER
from iprof_kit.services.campaigns import board, board_acts
from iprof_kit.services.desk import (
    absences,
    acting,
    drafts,
    file,
    notes,
    people,
    templates,
    thread,
    together,
    waiting,
)
from iprof_kit.services.mailings import acting as mailing_acting
from iprof_kit.services.mailings import reading as mailing_reading
from iprof_kit.services.second_reader import releasing

_W = TypeVar("_W", bound=Plain)


def _managed(work: Callable[[Identity, _W, datetime], Plain]) -> Operation:
    """Return an operation for a case manager alone; `work` decides whom she sees."""

    def operation(identity: Identity | None, wanted: Plain, now: datetime) -> Plain:
        return work(of_role(identity, MANAGER, "la gestion"), cast(_W, wanted), now)

    return operation


DESK_TABLE: dict[str, Operation] = {
    "bureau": _managed(waiting.read),
    "bureau_fil": _managed(thread.read),
    "bureau_agir": _managed(acting.do),
    "bureau_brouillon": _managed(drafts.keep),
    "bureau_note": _managed(notes.write),
    "bureau_dossier": _managed(file.read),
    "bureau_portefeuille": _managed(people.read),
    "bureau_ensemble_apercu": _managed(together.preview),
    "bureau_ensemble": _managed(together.do),
    "bureau_modeles": _managed(templates.read),
    "bureau_absences": _managed(absences.read),
    "bureau_absence": _managed(absences.declare),
    "bureau_campagnes": _managed(board.read),
    "bureau_campagne_apercu": _managed(board_acts.preview),
    "bureau_campagne_agir": _managed(board_acts.do),
    "relectures": _managed(releasing.read_all),
    "relecture": _managed(releasing.read),
    "relecture_agir": _managed(releasing.do),
    "envois": _managed(mailing_reading.read_all),
    "envoi": _managed(mailing_reading.read),
    "envoi_garder": _managed(mailing_acting.keep),
    "envoi_agir": _managed(mailing_acting.do),
}
