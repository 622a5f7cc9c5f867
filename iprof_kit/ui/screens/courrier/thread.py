"""One thread, ready to show: its way, what happened, what the person may do now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from iprof_kit.services.contract.courrier import Evenement, Fil, FilLu
from iprof_kit.ui.kit.fields.papers import PieceRow, piece_row
from iprof_kit.ui.kit.parts import Step
from iprof_kit.ui.screens.courrier.rows import (
    KIT,
    NATURES,
    SERVICE,
    due_on,
    may_remind,
    moment_of,
    way,
)
from iprof_kit.ui.shared import text
from iprof_kit.ui.shared.menu import MAIL
from iprof_kit.ui.shared.worded import kept_of, worded

LAST = 6
"""Events in sight; those before them are folded."""
ANSWERS = ("envoyer_piece", "completer")


@dataclass(frozen=True)
class Event:
    """One thing that happened. Without words nor paper, it is one line: `by`, `label`, `when`."""

    id: str
    by: str
    label: str
    when: str
    own: bool = False
    words: str = ""
    due: str = ""
    papers: tuple[PieceRow, ...] = ()
    seen: str = ""
    receipt: str = ""
    source: str = ""
    path: str = ""
    done_by: str = ""
    """Who did it, after its label, where the label does not say so."""

    @property
    def brief(self) -> bool:
        """Whether one line says it all."""
        return not (self.words or self.papers)


@dataclass(frozen=True)
class ThreadView:
    """One thread. `late` is since when the announced delay has passed, `remind_on` when it will."""

    id: str
    title: str
    kind: str
    number: str
    with_whom: str
    steps: tuple[Step, ...]
    events: tuple[Event, ...]
    earlier: tuple[Event, ...] = ()
    due: str = ""
    """Before when she should answer, « 4 décembre 2026 »."""
    delay: str = ""
    expected: str = ""
    """Before when the service said that it would answer."""
    may_remind: bool = False
    late: str = ""
    remind_on: str = ""
    may_answer: bool = False
    may_close: bool = False
    may_reopen: bool = False
    closed: bool = False
    of_kit: bool = False
    facts: tuple[tuple[str, str], ...] = ()
    """What the file showed, what she said, what was corrected: label, value."""
    older: str = ""
    older_path: str = ""
    newer_path: str = ""
    printed: str = ""
    taken: str = ""


def thread_view(read: FilLu, today: date, page: int = 0) -> ThreadView:
    """Return a thread as it is shown.

    Parameters
    ----------
    read : FilLu
    today : date
    page : int
        Which part of a long thread; 0 holds its end.
    """
    thread, acts = read.fil, set(read.actes)
    of_kit = thread.nature == "kit"
    events = tuple(_event(read, one) for one in read.evenements)
    kept = thread.relance_le
    due = thread.avant if thread.attend == "vous" else None
    expected = thread.avant if thread.attend == "service" else None
    late = may_remind(thread, today) and "relancer" in acts
    here = f"{MAIL}?fil={thread.id}"
    return ThreadView(
        id=thread.id,
        title=thread.objet,
        kind=NATURES[thread.nature],
        number=thread.numero,
        with_whom="" if of_kit else read.service,
        steps=() if of_kit else way(thread, read.evenements),
        events=events[-LAST:],
        earlier=events[:-LAST],
        due=due_on(thread) if due else "",
        delay=kept_of(due_on(thread), text.delay(today, due)) if due else "",
        expected=due_on(thread) if expected and expected >= today else "",
        may_remind=late,
        late=text.dated(kept, "mail.reminder", thread.id) if late and kept else "",
        remind_on=_remind_on(thread, today),
        may_answer=not acts.isdisjoint(ANSWERS),
        may_close="clore" in acts,
        may_reopen="rouvrir" in acts,
        closed=thread.etat == "clos",
        of_kit=of_kit,
        facts=_facts(read),
        older=_older(read.plus_anciens),
        older_path=f"{here}&page={page + 1}",
        newer_path=(here if page == 1 else f"{here}&page={page - 1}") if page else "",
        printed=f"{MAIL}/fil/{thread.id}.pdf",
        taken=f"{MAIL}/fil/{thread.id}.zip",
    )


def _event(read: FilLu, event: Evenement) -> Event:
    own, of_kit = event.de == "vous", event.de == "kit"
    service = SERVICE if event.service in ("", read.service) else event.service
    by = "Vous" if own else KIT if of_kit else service
    return Event(
        id=f"e-{event.rang}",
        by=by,
        done_by=_done_by(event.libelle, by),
        label=event.libelle,
        when=moment_of(event.le, "event", f"{read.fil.id} {event.rang}"),
        own=own,
        words=event.texte,
        due=text.dated(event.avant, "mail.asked_before", f"{read.fil.id} {event.rang}")
        if event.avant
        else "",
        papers=tuple(piece_row(one) for one in event.pieces),
        seen=_seen(event, read.fil.id, own=own),
        receipt=receipt_path(read.fil.id, event.rang) if own else "",
        source=text.sentence(event.source),
        path=event.adresse if event.adresse.startswith("/") else "",
    )


def _done_by(label: str, by: str) -> str:
    """Return who did what has no words, after its label; nothing where the label says it."""
    if label.endswith((" du service", " du kit")):
        return ""
    return {"Vous": "par vous", SERVICE: "par le service"}.get(by, f"par {by}")


def _seen(event: Evenement, of: str, *, own: bool) -> str:
    if event.vu_le is None:
        return "Pas encore vu par le service." if own else ""
    at = moment_of(event.vu_le, "seen", f"{of} {event.rang}")
    return worded(f"Vu par {'le service' if own else 'vous'} le {{}}.", at)


def _facts(read: FilLu) -> tuple[tuple[str, str], ...]:
    if not (read.affiche or read.indique or read.corrige):
        return ()
    pairs = (
        ("Affiché quand vous avez écrit", read.affiche),
        ("Vous indiquez", read.indique),
        ("Corrigé en", read.corrige or ""),
    )
    return tuple((label, value) for label, value in pairs if value)


def _remind_on(thread: Fil, today: date) -> str:
    day = thread.relance_le
    if day and day > today and thread.attend == "service":
        return text.dated(day, "mail.reminder", thread.id)
    return ""


def _older(many: int) -> str:
    words = {0: "", 1: "Un échange plus ancien"}
    return words.get(many, f"{text.whole(many)} échanges plus anciens")


def receipt_path(thread: str, rank: int) -> str:
    """Return the address of the dated receipt of what the person did."""
    return f"{MAIL}/recu/{thread}/{rank}.pdf"


def last_own(events: Sequence[Evenement]) -> Evenement | None:
    """Return the last thing that the person did."""
    return next((one for one in reversed(events) if one.de == "vous"), None)
