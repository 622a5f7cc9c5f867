"""The desk as it is shown: its answer, what waits, the thread that is open."""

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
    FilGere,
    FilTransmis,
    Modele,
)
from iprof_kit.ui.kit.parts import Field, Option
from iprof_kit.ui.screens.bureau import glance
from iprof_kit.ui.screens.bureau.thread import Thread
from iprof_kit.ui.screens.bureau.together import TogetherView
from iprof_kit.ui.screens.bureau.words import DeskPage, counted, in_letters, period
from iprof_kit.ui.shared import text

SEARCHED = ("cherche", "etat", *glance.FILTERS)
"""What narrows the queue, its groups aside."""


@dataclass(frozen=True, kw_only=True)
class BureauView(DeskPage):
    """The desk; `thread` is None before a thread is opened."""

    desk: BureauLu
    today: date
    shown: tuple[FilEnAttente, ...]
    """The threads of the queue."""
    asked: Mapping[str, str]
    """What was searched: `cherche`, `etat`, `par`, `dans`, and the filters."""
    narrowed: bool
    picked: Sequence[str]
    """The threads that one answer is being written to."""
    filters: tuple[Field, ...]
    states: tuple[Option, ...]
    waits: str
    median: str
    most: str
    figure: str
    absence: str
    absence_words: str
    oldest: FilEnAttente | None
    templates: tuple[Modele, ...]
    to_read: str
    thread: Thread | None
    together: TogetherView | None
    note: str
    note_words: str = PAS_DANS_UNE_NOTE
    receipt: str
    address: str


def states(desk: BureauLu, chosen: str) -> tuple[Option, ...]:
    """Return the states with how many threads are in each; nothing where there is only one."""
    if len(desk.par_etat) < 2 and not chosen:
        return ()
    every = Option("", f"Ce qui attend ({desk.en_attente})", not chosen)
    return (
        every,
        *(
            Option(state, f"{desk.etats.get(state, state)} ({count})", state == chosen)
            for state, count in desk.par_etat.items()
        ),
    )


def lead(desk: BureauLu) -> tuple[str, str]:
    """Return the answer of the screen, its strong part first."""
    if not desk.en_attente:
        return "Aucun fil n’attend votre service.", ""
    oldest = desk.fils[0].depuis if desk.fils else None
    since = f"le plus ancien attend depuis le {text.day(text.in_paris(oldest))}." if oldest else ""
    late = desk.depasses
    if late:
        words = f"{in_letters(late)} fil{'s ont' if late > 1 else ' a'} passé le délai annoncé"
        return words, f"; {since}"
    waits = "attendent" if desk.en_attente > 1 else "attend"
    none = ", aucun n’a passé le délai annoncé" if desk.delai_jours is not None else ""
    return f"{counted(desk.en_attente, 'fil')} {waits}{none}", f"; {since}"


def sent(done: ReponsesFaites, today: date) -> str:
    """Return how many answers were confirmed, and the receipt, or wait for a second person."""
    if done.tenues:
        waits = counted(done.tenues, "réponse attend", "réponses attendent")
        return f"{waits} la relecture d’une autre personne du service. Rien n’est parti."
    when = f" {text.said_at(done.le, today)}" if done.le else ""
    return f"{counted(done.faites, 'réponse confirmée')}{when}, reçu n° {done.recu}."


def passed(done: FilTransmis, today: date) -> str:
    """Return to whom a thread was passed, when, and the receipt."""
    when = f", {text.said_at(done.le, today)}" if done.le else ""
    return f"Fil transmis : {done.vers}{when}. Reçu n° {done.recu}."


def taken_back(gere: FilGere) -> str:
    """Return how a thread that she passed is taken back, where she follows the person."""
    if not gere.suivie:
        return ""
    return "Pour le reprendre : rouvrez-le depuis le dossier de la personne, puis touche P."


def absence(away: Absence | None, today: date) -> tuple[str, str]:
    """Return the dates of the absence that runs or comes, and who answers meanwhile."""
    if away is None:
        return "aucune", "Personne ne répond pour vous."
    who = away.suppleant_nom or away.suppleant
    now = "répond en ce moment" if away.du <= today <= away.au else "répondra"
    return period(away.du, away.au), f"{who} {now}."
