"""One thread, ready to show: its way, what happened, what the person may do now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from iprof_kit.services.contract.courrier import Evenement, FilLu
from iprof_kit.ui.kit.parts import Step
from iprof_kit.ui.screens.courrier.rows import KIT, NATURES, SERVICE, due_on, may_remind, way
from iprof_kit.ui.shared import text
from iprof_kit.ui.shared.menu import MAIL
from iprof_kit.ui.shared.worded import kept_of

LAST = 6
"""Events in sight; those before them are folded."""
ANSWERS = ("envoyer_piece", "completer")


@dataclass(frozen=True)
class Event:
    """One thing that happened: who did it, as a message is signed, and after the label of an act.

    `done_by` is "" where the label says it.
    """

    it: Evenement
    by: str
    done_by: str


@dataclass(frozen=True)
class ThreadView:
    """One thread, a part of it where it is long; 0 holds its end."""

    read: FilLu
    part: int
    kind: str
    steps: tuple[Step, ...]
    events: tuple[Event, ...]
    earlier: tuple[Event, ...]
    due: str
    """Before when she or the service should answer, where a day was said and it is to come."""
    delay: str
    """In how long, where it is she."""
    may_remind: bool
    """Whether the announced delay has passed, and she may say so."""
    waits: bool
    """Whether she may, from a day to come on."""


def thread_view(read: FilLu, today: date, part: int = 0) -> ThreadView:
    """Return a thread as it is shown, or a part of a long one."""
    thread = read.fil
    hers, service = thread.attend == "vous", thread.attend == "service"
    events = tuple(_event(read, one) for one in read.evenements)
    due = due_on(thread) if thread.avant and (hers or (service and thread.avant >= today)) else ""
    late = may_remind(thread, today)
    delay = kept_of(due, text.delay(today, thread.avant)) if hers and thread.avant else ""
    return ThreadView(
        read,
        part,
        NATURES[thread.nature],
        steps=() if thread.nature == "kit" else way(thread, read.evenements),
        events=events[-LAST:],
        earlier=events[:-LAST],
        due=due,
        delay=delay,
        may_remind=late and "relancer" in read.actes,
        waits=thread.relance_le is not None and not late and service,
    )


def _event(read: FilLu, event: Evenement) -> Event:
    service = SERVICE if event.service in ("", read.service) else event.service
    by = {"vous": "Vous", "kit": KIT}.get(event.de, service)
    named = event.libelle.endswith((" du service", " du kit"))
    done_by = {"Vous": "par vous", SERVICE: "par le service"}.get(by, f"par {by}")
    return Event(event, by, "" if named else done_by)


def receipt_path(thread: str, rank: int) -> str:
    """Return the address of the dated receipt of what the person did."""
    return f"{MAIL}/recu/{thread}/{rank}.pdf"


def last_own(events: Sequence[Evenement]) -> Evenement | None:
    """Return the last thing that the person did."""
    return next((one for one in reversed(events) if one.de == "vous"), None)
