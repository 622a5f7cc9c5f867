"""What a whole campaign is at a moment: a rule of the registry, which what serves does not load."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from iprof_kit.base.calendar import date_text, rentree_day
from iprof_kit.base.clock import paris
from iprof_kit.base.explanation import Parameter, Words, explaining, note
from iprof_kit.law.campaigns.model import NATIONAL, Campaign, State, Window
from iprof_kit.law.campaigns.moments import Usual, opening, seen_before, usual, window_of
from iprof_kit.law.tables.rules import rule


@rule(
    name="campagne_etat",
    sentence="Une campagne est ouverte de son premier acte à sa dernière date publiée, close une "
    "fois venue la rentrée qu’elle vise ; sans date publiée, elle est inconnue.",
    source="notes de service annuelles du mouvement",
    since="2013-09-01",
    tables=("mouvement_calendrier",),
)
def campaign_state(campaign: Campaign, at: datetime) -> State:
    """Return what a campaign is: open from its first act to its last known date.

    A campaign is closed once its rentrée has come, whatever is unknown of it.
    """
    if paris(at).date() >= rentree_day(campaign.year):
        return "close"
    dated = [one for one in campaign.windows if one.opens or one.closes]
    if not dated:
        return "inconnue"
    acts = [step for step in campaign.service.steps if step.act]
    starts = [start for step in acts if (start := opening(campaign, step)) is not None]
    if starts and at < min(starts):
        return "a_venir"
    whole = len({one.step for one in dated}) == len(campaign.service.steps)
    ends = [one.closes or one.opens for one in dated]
    last = max(end for end in ends if end is not None)
    has_result = window_of(campaign, campaign.service.outcome.key) is not None
    return "close" if at >= last and (whole or has_result) else "ouverte"


def _unpublished(given: Mapping[str, Any], window: Window | None) -> tuple[Words, ...]:
    del given
    dated = window is not None and (window.first or window.last)
    return () if dated else (("Dates publiées", "aucune connue de ce kit"),)


@rule(
    name="campagne_dates",
    sentence="Les dates d’une étape sont celles que l’administration publie pour l’année ; celles "
    "du département ou de l’académie passent avant les nationales.",
    source="notes de service annuelles du mouvement",
    since="2013-09-01",
    tables=("mouvement_calendrier",),
    reads=_unpublished,
)
def published(campaign: Campaign, step: str) -> Window | None:
    """Return the dates of a step as they were published; None where none is known.

    Parameters
    ----------
    campaign : Campaign
        With the dates of the person's places, see `concerning`.
    """
    window = window_of(campaign, step)
    if window is not None and explaining():
        _tell(window)
    return window


def _tell(window: Window) -> None:
    """Have a reason say each day of a step, and whose it is, under the text that gives it."""
    source = window.source
    opens = "Ouverture" if window.last else "Jour publié"
    days = ((opens, window.first, window.first_hour), ("Clôture", window.last, window.last_hour))
    read = [(name, _moment(day, hour)) for name, day, hour in days if day]
    if window.scope != NATIONAL:
        read.append(("Publiée pour", window.scope))
    for words in read:
        note(Parameter(*words, source.text, confidence=source.confidence, words=words))


@rule(
    name="campagne_semaines",
    sentence="Sans date publiée, les semaines des campagnes passées sont un repère : elles "
    "n’annoncent rien.",
    source="notes de service annuelles du mouvement",
    since="2013-09-01",
    tables=("mouvement_calendrier",),
)
def usual_weeks(
    campaign: Campaign, step: str, campaigns: Sequence[Campaign], places: Sequence[str]
) -> Usual | None:
    """Return the weeks that a step took in past years, None where none is known; see `usual`."""
    asked = (campaign.service, campaign.year, step, campaigns, places)
    if explaining():
        for year, window in seen_before(*asked)[0]:
            _tell_past(year, window)
    return usual(*asked)


def _tell_past(year: int, window: Window) -> None:
    days = [day for day in (window.first, window.last) if day]
    place = "" if window.scope == NATIONAL else f" ({window.scope})"
    words = (f"Campagne {year}{place}", " au ".join(map(date_text, dict.fromkeys(days))))
    source = window.source
    note(Parameter(*words, source.text, confidence=source.confidence, words=words))


def _moment(day: date, hour: str) -> str:
    return f"{date_text(day)}, {hour}" if hour else date_text(day)
