"""The sentence that answers: every event that it counts by its name, then what they change."""

from __future__ import annotations

from collections.abc import Sequence

from iprof_kit.calculate.et_si.answer import ScenarioCalcule
from iprof_kit.calculate.et_si.naming import event_name
from iprof_kit.calculate.et_si.question import Evenement
from iprof_kit.ui.screens.et_si.essais import in_order
from iprof_kit.ui.screens.et_si.instrument import (
    HORIZON,
    Compared,
    gap_said,
    pension_range,
    today_said,
)
from iprof_kit.ui.screens.et_si.words import AVERAGE, departure_said, flag_words
from iprof_kit.ui.shared import text
from iprof_kit.ui.shared.worded import kept_of, worded

_SHORT = {
    "conge_maladie": "congé de maladie", "conge_parental": "congé parental",
    "disponibilite": "disponibilité", "disponibilite_activite": "disponibilité",
    "disponibilite_enfant": "disponibilité", "direction": "direction d’école",
    "changement_corps": "changement de corps", "hors_classe": "hors classe",
    "classe_exceptionnelle": "classe exceptionnelle", "bonification": "bonification",
    "retraite": "départ",
}  # fmt: skip


def leading(two: Compared) -> str:
    """Return the sentence that answers: what one event gives a month, or several in all.

    A difference counts the events of both scenarios: those of A are named where it has some.
    """
    gap, last = two.gap, two.scenarios[-1]
    pay, events = today_said(last), applied(last)
    if gap is None:
        left = kept_of(departure_said(last), str(last.depart.year))
        words = f"{{}}{{}} nets {AVERAGE} aujourd’hui, départ en {{}}."
        return worded(words, _head(named(events)), pay, left)
    before = applied(two.scenarios[0])
    if [one.nature for one in events] == ["retraite"] and not before:
        pension = pension_range(last)
        day = departure_said(last)
        return worded("Départ le {} : pension brute de {} par mois.", day, pension)
    head = named(events)
    if before:
        head = f"{head or 'Aucun événement'}, comparé à A ({_lower(named(before))})"
    if gap.debut is None:
        words = f"{_head(head)}même paie que A jusqu’en {gap.jusqu_au.year}"
        words = f"{words[:1].upper()}{words[1:]}, {{}} nets {AVERAGE} aujourd’hui."
        return worded(words, pay)
    if len(events) + len(before) == 1:
        more = _euros(gap_said(two, gap.ecart_premier, "net", gap.debut), gap.ecart_premier)
        return worded(f"{{}} dès {text.month(gap.debut)} : {{}} {AVERAGE}.", head, more)
    more = _euros(gap_said(two, gap.cumul_net, "sum"), gap.cumul_net)
    return worded(f"{{}}{{}} en tout {HORIZON} {text.month(gap.jusqu_au)}.", _head(head), more)


def applied(one: ScenarioCalcule) -> list[Evenement]:
    """Return the events that a scenario counts, in the order of their days."""
    refused = {refusal.rang for refusal in one.refus}
    return [event for rank, event in in_order(one.evenements) if rank not in refused]


def named(events: Sequence[Evenement]) -> str:
    """Return « À 100 % », « Congé parental, à 80 % et hors classe »: every event, at the head."""
    if len(events) == 1:
        return _whole(events[0])
    words = text.listed(map(_in_short, events))
    return f"{words[:1].upper()}{words[1:]}"


def _whole(event: Evenement) -> str:
    if event.nature == "temps_partiel":
        return f"À {event.quotite}{text.NBSP}%"
    name = event_name(event).removeprefix("Passage à la ").removeprefix("Poste en ")
    return f"{name[:1].upper()}{name[1:].partition(' (')[0]}"


def _in_short(event: Evenement) -> str:
    if event.nature == "temps_partiel":
        return f"à {event.quotite}{text.NBSP}%"
    return _SHORT.get(event.nature) or flag_words(event) or _lower(event_name(event))


def _lower(words: str) -> str:
    return words[:1].lower() + words[1:]


def _head(words: str) -> str:
    return f"{words} : " if words else ""


def _euros(gap: str, amount: float) -> str:
    side = "plus" if amount >= 0 else "moins"
    return worded(f"{{}} nets de {side}", kept_of(gap, text.euros(abs(amount))))
