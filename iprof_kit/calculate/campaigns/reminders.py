"""What happens to campaigns between two moments: openings, closings, reminders before them.

Pure: whoever writes a message asks what happened since the last time, and writes it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Literal

from iprof_kit.base.clock import PARIS, paris
from iprof_kit.calculate.campaigns.question import CampagneVue, EtapeVue

DAYS_BEFORE = (7, 2)
"""Days before an end at which it is recalled."""
Kind = Literal["ouverte", "rappel", "close"]


@dataclass(frozen=True)
class Event:
    """One thing that happens to a campaign; `key` names it for ever.

    `days` is how long before the end a reminder comes, else 0.
    """

    key: str
    kind: Kind
    at: datetime
    campaign: CampagneVue
    step: EtapeVue
    days: int = 0


def events_between(
    campaigns: Iterable[CampagneVue], since: datetime, until: datetime
) -> tuple[Event, ...]:
    """Return what happens after `since`, up to and with `until`, in order.

    Only acts of the person, and only where their moment is published: what is unknown gives
    nothing. A reminder comes at the beginning of its day in Paris.
    """
    seen = [one for campaign in campaigns for one in _events(campaign)]
    return tuple(sorted((one for one in seen if since < one.at <= until), key=_order))


def soon(
    campaigns: Iterable[CampagneVue], at: datetime
) -> tuple[tuple[int, CampagneVue, EtapeVue], ...]:
    """Return the acts that end within seven days: how many days are left, 0 for the last one."""
    today = paris(at).date()
    near = []
    for campaign in campaigns:
        for step in campaign.awaited:
            day = step.au
            if day is not None and step.etat == "ouverte" and (day - today).days <= DAYS_BEFORE[0]:
                near.append(((day - today).days, campaign, step))
    return tuple(sorted(near, key=lambda one: (one[0], one[1].id, one[2].etape)))


def _events(campaign: CampagneVue) -> Iterable[Event]:
    for step in campaign.etapes:
        if not step.acte:
            continue
        key = f"{campaign.id}.{step.etape}"
        if step.du is not None:
            yield Event(f"{key}.ouverte", "ouverte", _start(step), campaign, step)
        if step.fermeture is not None and step.au is not None:
            for days in () if step.facultatif else DAYS_BEFORE:
                at = _midnight(step.au - timedelta(days=days))
                yield Event(f"{key}.rappel{days}.{step.au}", "rappel", at, campaign, step, days)
            yield Event(f"{key}.close.{step.au}", "close", step.fermeture, campaign, step)


def _start(step: EtapeVue) -> datetime:
    at = time.fromisoformat(step.heure_du) if step.heure_du else time()
    return datetime.combine(step.du or date.min, at, PARIS)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), PARIS)


def _order(one: Event) -> tuple[datetime, str]:
    return one.at, one.key
