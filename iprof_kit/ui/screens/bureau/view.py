"""The desk as it is shown: its answer, three results, the queue, the thread, the person."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from iprof_kit.services.contract.bureau.ensemble import ReponsesFaites
from iprof_kit.services.contract.bureau.fils import (
    PAS_DANS_UNE_NOTE,
    Absence,
    BureauLu,
    FilEnAttente,
    FilTransmis,
    Modele,
    Suppleance,
)
from iprof_kit.ui.kit.parts import Page
from iprof_kit.ui.screens.bureau import glance
from iprof_kit.ui.screens.bureau import queue as queues
from iprof_kit.ui.screens.bureau import thread as threads
from iprof_kit.ui.screens.bureau.answering import ANSWER, CORRECT
from iprof_kit.ui.screens.bureau.delays import histogram, median_words, most_words
from iprof_kit.ui.screens.bureau.together import TogetherView
from iprof_kit.ui.screens.bureau.words import BANNER, at, counted, days, period
from iprof_kit.ui.shared import text

CLOSING = frozenset({ANSWER, CORRECT})
"""The acts after which a thread may be closed at once."""


@dataclass(frozen=True)
class BureauView(Page):
    """The desk; `thread` and `person` are None before a thread is opened."""

    banner: str = BANNER
    about: str = ""
    to_read: str = ""
    waiting: str = ""
    late: str = ""
    waiting_rest: str = ""
    median: str = ""
    most: str = ""
    figure: str = ""
    waits: str = ""
    holders: tuple[glance.Holder, ...] = ()
    replaced: tuple[str, ...] = ()
    absence: str = ""
    absence_words: str = ""
    queue: queues.Queue | None = None
    thread: threads.Thread | None = None
    person: threads.Person | None = None
    together: TogetherView | None = None
    oldest: FilEnAttente | None = None
    oldest_words: str = ""
    templates: tuple[Modele, ...] = ()
    followed: str = ""
    note: str = ""
    note_words: str = PAS_DANS_UNE_NOTE
    receipt: str = ""
    address: str = ""
    turn: str = ""
    focus: str = ""


def bureau(
    desk: BureauLu,
    shown: Sequence[FilEnAttente],
    asked: Mapping[str, str],
    today: date,
    name: str,
    picked: Sequence[str],
) -> BureauView:
    """Return the desk without the thread that is open.

    Parameters
    ----------
    shown : sequence of FilEnAttente
        The threads of the queue.
    asked : mapping
        What narrows it.
    name : str
        The thread that is open; "" where none is.
    picked : sequence of str
        Those that are answered together.
    """
    strong, rest = queues.lead(desk)
    away, who = absence(desk.absence, today)
    plain = not any(asked.get(one) for one in ("cherche", "etat", *glance.FILTERS))
    oldest = shown[0] if shown and plain else None
    return BureauView(
        title="Bureau",
        lead_strong=strong,
        lead=rest,
        about=about(desk, today),
        waiting=counted(desk.en_attente, "fil"),
        late=late(desk),
        waiting_rest=rest_of(desk),
        median=median_words(desk.delais),
        most=most_words(desk.delais),
        figure=histogram(desk.delais, desk.delai_jours),
        waits=glance.waits(desk),
        holders=glance.holders(desk.equipe, today),
        replaced=glance.replaced(desk.equipe, today),
        absence=away,
        absence_words=who,
        queue=queues.queue(desk, shown, name, asked, picked),
        oldest=oldest,
        oldest_words=days(oldest.jours) if oldest else "",
        followed=counted(desk.suivies, "personne"),
    )


def about(desk: BureauLu, today: date) -> str:
    """Return who is followed, by which service, in which announced delay."""
    words = f"{counted(desk.suivies, 'personne suivie', 'personnes suivies')}."
    if desk.delai_jours is not None:
        words += f" Délai annoncé : {counted(desk.delai_jours, 'jour')}."
    if desk.service:
        words += f" {text.sentence(desk.service)}"
    for one in desk.suppleances:
        words += f" {standing_in(one, today)}"
    return words


def standing_in(one: Suppleance, today: date) -> str:
    """Return « Vous suppléez X du 21 décembre 2026 au 3 janvier 2027. », or from when."""
    verb = "Vous suppléez" if one.du <= today else "Vous suppléerez"
    days = f"le {text.day(one.du)}" if one.du == one.au else f"du {period(one.du, one.au)}"
    return f"{verb} {one.service} {days}."


def sent(done: ReponsesFaites, today: date) -> str:
    """Return how many answers were confirmed, and the receipt, or wait for a second person."""
    if done.tenues:
        waits = counted(done.tenues, "réponse attend", "réponses attendent")
        return f"{waits} la relecture d’une autre personne du service. Rien n’est parti."
    when = f" {at(done.le, today)}" if done.le else ""
    kept = counted(done.faites, "réponse confirmée", "réponses confirmées")
    return f"{kept}{when}, reçu n° {done.recu}."


def passed(done: FilTransmis, today: date) -> str:
    """Return to whom a thread was passed, when, and the receipt."""
    when = f", {at(done.le, today)}" if done.le else ""
    return f"Fil transmis : {done.vers}{when}. Reçu n° {done.recu}."


def late(desk: BureauLu) -> str:
    """Return « 3 depuis plus de 10 jours »; nothing where none is."""
    if not desk.depasses or desk.delai_jours is None:
        return ""
    return f"{desk.depasses} depuis plus de {counted(desk.delai_jours, 'jour')}"


def rest_of(desk: BureauLu) -> str:
    """Return what is said of the threads that are not late."""
    if desk.delai_jours is None:
        return "Aucun délai n’est annoncé."
    if not desk.depasses and not desk.moitie:
        return "Aucun n’a passé la moitié du délai."
    if not desk.moitie:
        return ""
    return f"{desk.moitie} à plus de la moitié du délai"


def absence(away: Absence | None, today: date) -> tuple[str, str]:
    """Return the dates of the absence that runs or comes, and who answers meanwhile."""
    if away is None:
        return "aucune", "Personne ne répond pour vous."
    who = away.suppleant_nom or away.suppleant
    now = "répond en ce moment" if away.du <= today <= away.au else "répondra"
    return period(away.du, away.au), f"{who} {now}."
