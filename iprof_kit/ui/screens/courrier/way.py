"""The way of one thread as a stair: what was done, where it stands, what may still come."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from iprof_kit.services.contract.courrier import Evenement, Fil
from iprof_kit.ui.kit.parts import Step
from iprof_kit.ui.shared import text
from iprof_kit.ui.shared.worded import figure

NOT_YET = "pas encore"
_ENTERED = {
    "envoye": ("envoyer",),
    "pris_en_charge": ("prendre", "attendre", "envoyer_piece"),
    "piece_demandee": ("demander_piece",),
    "repondu": ("repondre",),
    "decide": ("corriger", "confirmer"),
    "recevable": ("admettre",),
    "irrecevable": ("ecarter",),
    "clos": ("clore",),
    "rouvert": ("rouvrir",),
}
"""By which acts a thread comes to each state, in the order of a life."""
_LABELS = {
    "envoye": "Envoyé", "pris_en_charge": "Pris en charge", "piece_demandee": "Pièce demandée",
    "repondu": "Répondu", "decide": "Décidé", "recevable": "Noté recevable",
    "irrecevable": "Noté irrecevable", "clos": "Clos", "rouvert": "Rouvert",
}  # fmt: skip
STEP = "mail.step"
"""When a thread came to a state; that where it stands, where none is named."""
_ENDS = {"clos", "ecrit", "informe", "rappele"}
"""After which nothing is to come by itself."""
_ANSWERED = {"repondu", "decide", "recevable", "irrecevable"}


def way(thread: Fil, events: Sequence[Evenement]) -> tuple[Step, ...]:
    """Return the steps of a thread, from its sending to its end.

    What did not happen before the state of today is left out; what may follow is « pas encore ».
    """
    before = _passed(thread, events)
    now = Step(thread.libelle, _day(thread.depuis, STEP, thread.id), "on")
    return (*before, now, *(Step(_LABELS[code], NOT_YET, "next") for code in _ahead(thread.etat)))


def _passed(thread: Fil, events: Sequence[Evenement]) -> tuple[Step, ...]:
    """Return the states that the thread has left, each with the last day on which it came there."""
    days: dict[str, datetime] = {}
    for event in events:
        for code, acts in _ENTERED.items():
            if event.acte in acts and code != thread.etat and event.le <= thread.depuis:
                days.pop(code, None)
                days[code] = event.le
    if thread.etat != "rouvert":  # an older life of the thread is told by its events
        ended = max((days[code] for code in ("clos", "rouvert") if code in days), default=None)
        days = {k: at for k, at in days.items() if k == "envoye" or not ended or at >= ended}
        days.pop("clos", None)
    order = sorted(days, key=lambda code: days[code])
    return tuple(
        Step(_LABELS[code], _day(days[code], f"{STEP}.{code}", thread.id), "done") for code in order
    )


def _ahead(state: str) -> tuple[str, ...]:
    if state in _ENDS:
        return ()
    if state in _ANSWERED:
        return ("clos",)
    if state in ("envoye", "rouvert"):
        return ("pris_en_charge", "repondu", "clos")
    return ("repondu", "clos")


def _day(moment: datetime, quantity: str, thread: str) -> str:
    day = text.in_paris(moment)
    return figure(" ".join(text.short_day(day)), quantity, day, thread)
