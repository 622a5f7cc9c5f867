"""The operations by which a person watches over her own file: hers only."""

from __future__ import annotations

from iprof_kit.services.access.own_file import Operation, own
from iprof_kit.services.dossier import consultations, contacts, visits
from iprof_kit.services.own_data import inventory
from iprof_kit.services.reports import files as report_files
from iprof_kit.services.reports import reporting

_WHAT = "un dossier"

DOSSIER_TABLE: dict[str, Operation] = {
    "visite": own(_WHAT, visits.read),
    "contact": own(_WHAT, contacts.read),
    "contact_enregistrer": own(_WHAT, contacts.save),
    "signalements": own(_WHAT, reporting.read),
    "signaler": own(_WHAT, reporting.send),
    "piece_deposer": own(_WHAT, report_files.receive),
    "piece_retirer": own(_WHAT, report_files.withdraw),
    "consultations": own(_WHAT, consultations.read),
    "mes_donnees": own(_WHAT, inventory.read),
}
