"""The operations by which a person watches over her own file: hers only."""

from __future__ import annotations

from iprof_kit.services import (
    consultations,
    contacts,
    own_data,
    report_files,
    reports,
    visits,
)
from iprof_kit.services.own_file import Operation, own

_WHAT = "un dossier"

DOSSIER_TABLE: dict[str, Operation] = {
    "visite": own(_WHAT, visits.read),
    "contact": own(_WHAT, contacts.read),
    "contact_enregistrer": own(_WHAT, contacts.save),
    "signalements": own(_WHAT, reports.read),
    "signaler": own(_WHAT, reports.send),
    "piece_deposer": own(_WHAT, report_files.receive),
    "piece_retirer": own(_WHAT, report_files.withdraw),
    "consultations": own(_WHAT, consultations.read),
    "mes_donnees": own(_WHAT, own_data.read),
}
