"""The operations of « Votre courrier », each for the person asking and about her own file only."""

from __future__ import annotations

from iprof_kit.services.access.own_file import Operation, own
from iprof_kit.services.courrier import sending, thread, threads

_WHAT = "un courrier"

COURRIER_TABLE: dict[str, Operation] = {
    "courrier": own(_WHAT, threads.read),
    "courrier_comptes": own(_WHAT, threads.counts),
    "courrier_fil": own(_WHAT, thread.read),
    "courrier_ecrire": own(_WHAT, sending.write),
    "courrier_agir": own(_WHAT, sending.do),
}
