"""What a campaign is at a moment: which steps are open, what may still change. Pure questions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Literal

from iprof_kit.base.calendar import MONTHS, add_months_civil
from iprof_kit.base.clock import paris
from iprof_kit.law.campaigns.model import (
    NATIONAL,
    Campaign,
    Change,
    Incident,
    Paper,
    Service,
    State,
    Step,
    Window,
)

_RECENT = 3
"""Campaigns whose weeks are shown as usual."""
Answer = Literal["oui", "non", "inconnu"]


@dataclass(frozen=True)
class Usual:
    """The weeks that a step took in past years: they announce nothing.

    `years` are the campaigns seen, `lived` the first and the last year in which those days were;
    `elsewhere` is True where they are those of another place.
    """

    first: date
    last: date
    years: tuple[int, ...]
    elsewhere: bool = False
    lived: tuple[int, int] = (0, 0)


@dataclass(frozen=True)
class StillPossible:
    """Whether something may still change: yes until, no since, or unknown."""

    change: Change
    answer: Answer
    moment: datetime | None = None
    to_the_hour: bool = False


def concerning(campaign: Campaign, places: Sequence[str] = ()) -> Campaign:
    """Return a campaign with the dates of a person's places: her own stand over the national ones.

    Parameters
    ----------
    places : sequence of str
        « 63 », « Clermont-Ferrand »: her département and her academy.
    """
    windows: dict[str, Window] = {}
    for wanted in (NATIONAL, *places):
        windows.update({one.step: one for one in campaign.windows if one.scope == wanted})
    order = {step.key: number for number, step in enumerate(campaign.service.steps)}
    return replace(campaign, windows=tuple(sorted(windows.values(), key=lambda w: order[w.step])))


def moved(campaign: Campaign, incidents: Iterable[Incident], at: datetime) -> Campaign:
    """Return a campaign with the ends that incidents moved, each by the last one noted by then.

    What was published to begin before a new end, an acknowledgement of what is still being typed,
    begins at that end.
    """
    last: dict[tuple[str, str], Incident] = {}
    for one in sorted(incidents, key=lambda incident: incident.noted):
        if one.campaign == campaign.id and one.noted <= at:
            last[one.step, one.scope] = one

    def of(window: Window) -> Window:
        noted = [
            last[key]
            for scope in dict.fromkeys((window.scope, NATIONAL))
            if (key := (window.step, scope)) in last
        ]
        if not noted:
            return window
        own, was = max(noted, key=lambda one: one.noted), (window.last, window.last_hour)
        end = paris(own.closes)
        if own.closes == window.closes:
            return replace(window, moved=own, was=was)
        hour = f"{end:%H:%M}"
        return replace(window, closes=end, last=end.date(), last_hour=hour, moved=own, was=was)

    windows = tuple(map(of, campaign.windows))
    pushed = [
        (one.step, before.closes, one.closes)
        for one, before in zip(windows, campaign.windows, strict=True)
        if one.closes and before.closes and one.closes > before.closes
    ]
    return replace(campaign, windows=tuple(_after(campaign, one, pushed) for one in windows))


def _after(
    campaign: Campaign, window: Window, pushed: Iterable[tuple[str, datetime, datetime]]
) -> Window:
    """Return a window that begins no earlier than the new end of a step before it."""
    order = [step.key for step in campaign.service.steps]
    for step, before, end in pushed:
        follows = order.index(window.step) > order.index(step)
        if follows and window.opens and before <= window.opens < end:
            day = paris(end)
            last = None if window.last is None else max(window.last, day.date())
            window = replace(
                window, opens=end, first=day.date(), first_hour=f"{day:%H:%M}", last=last
            )
    return window


def window_of(campaign: Campaign, step: str) -> Window | None:
    """Return the dates of a step; None where none is known."""
    return next((one for one in campaign.windows if one.step == step), None)


def opening(campaign: Campaign, step: Step) -> datetime | None:
    """Return when a step opens: its own date, else that of the step that opens it.

    It follows the end of an act of the person, and the beginning of what is shown to her: a score
    is contested while it is displayed.
    """
    own = window_of(campaign, step.key)
    if own and own.opens:
        return own.opens
    before = window_of(campaign, step.after) if step.after else None
    if before is None:
        return None
    if campaign.service.step(step.after).act:
        return before.closes or before.opens
    return before.opens or before.closes


def state_of(campaign: Campaign, step: Step, at: datetime) -> State:
    """Return what a step is at a moment. A day that is only announced is closed once begun.

    Examples
    --------
    >>> from iprof_kit.law.campaigns.files import known_campaigns, moment
    >>> one = next(c for c in known_campaigns() if c.id == "interdepartemental_1d_2026")
    >>> state_of(one, one.service.step("saisie_voeux_siam"), moment("2025-11-26", "11:59"))
    'ouverte'
    >>> state_of(one, one.service.step("saisie_voeux_siam"), moment("2025-11-26", "12:00"))
    'close'
    """
    own = window_of(campaign, step.key)
    if own is None or (own.opens is None and own.closes is None):
        return "inconnue"
    begins = opening(campaign, step)
    if own.closes is None:
        return "a_venir" if begins is not None and at < begins else "close"
    if at >= own.closes:
        return "close"
    return "a_venir" if begins is not None and at < begins else "ouverte"


def still_possible(campaign: Campaign, at: datetime) -> tuple[StillPossible, ...]:
    """Return what may still change and until when; what no date tells is unknown."""
    answers = []
    for change in campaign.service.changes:
        step = campaign.service.step(change.until)
        own = window_of(campaign, step.key)
        if own is None or own.closes is None:
            answers.append(StillPossible(change, "inconnu"))
            continue
        answer: Answer = "oui" if at < own.closes else "non"
        answers.append(StillPossible(change, answer, own.closes, own.to_the_hour))
    return tuple(answers)


def deadlines(campaign: Campaign, at: datetime) -> tuple[Window, ...]:
    """Return the ends still to come of the acts of the person, the nearest first."""
    ahead = [
        window
        for window in campaign.windows
        if window.closes and window.closes > at and campaign.service.step(window.step).act
    ]
    return tuple(sorted(ahead, key=lambda window: window.closes or at))


def usual(
    service: Service, year: int, step: str, campaigns: Iterable[Campaign], places: Sequence[str]
) -> Usual | None:
    """Return the weeks that a step took in the campaigns before, brought to this one's year.

    The person's own places first, then the national ones; where neither is known, those of
    other places, said to be elsewhere. None where no past year has the step.
    """
    seen, elsewhere = seen_before(service, year, step, campaigns, places)
    if not seen:
        return None
    days = [
        add_months_civil(day, (year - then) * len(MONTHS))
        for then, window in seen
        for day in (window.first, window.last)
        if day is not None
    ]
    years = [day.year for _, window in seen for day in (window.first, window.last) if day]
    campaigns_seen = tuple(sorted({then for then, _ in seen}))
    return Usual(min(days), max(days), campaigns_seen, elsewhere, (min(years), max(years)))


def seen_before(
    service: Service, year: int, step: str, campaigns: Iterable[Campaign], places: Sequence[str]
) -> tuple[list[tuple[int, Window]], bool]:
    """Return the windows of a step in the campaigns before, and whether they are of elsewhere."""
    before = [
        (one.year, window)
        for one in campaigns
        if one.service.id == service.id and year - _RECENT <= one.year < year
        for window in one.windows
        if window.step == step and (window.first or window.last)
    ]
    own = [pair for pair in before if pair[1].scope in (NATIONAL, *places)]
    return own or before, not own


def last_day(closes: datetime, *, to_the_hour: bool) -> date:
    """Return the last day of a step in Paris: the one that ends at its closing, or holds it."""
    return (paris(closes) if to_the_hour else paris(closes) - timedelta(minutes=1)).date()


@dataclass(frozen=True)
class Received:
    """Which papers of every wish are missing, which ones came after the step had closed.

    `window` holds the dates of that step: None where no source gives its end, and then nothing
    is late.
    """

    missing: tuple[Paper, ...]
    late: tuple[Paper, ...]
    window: Window | None


def received(campaign: Campaign, papers: Mapping[str, datetime]) -> Received:
    """Return how what was received stands, as the state table and the dates of a year say.

    A paper of one line of the score is not missing: who asks for that line says it.

    Parameters
    ----------
    campaign : Campaign
        With the dates of the person's places (`concerning`), as they are now (`moved`).
    papers : mapping
        When each paper came, by its key.

    Examples
    --------
    >>> from iprof_kit.law.campaigns.files import known_campaigns, moment
    >>> one = next(c for c in known_campaigns() if c.id == "interdepartemental_1d_2026")
    >>> at_noon = received(one, {"demande": moment("2025-12-12", "12:00")})
    >>> [paper.key for paper in at_noon.late], at_noon.missing
    (['demande'], ())
    """
    window = window_of(campaign, campaign.service.papers_step)
    closes = window.closes if window else None
    expected = campaign.service.papers
    return Received(
        missing=tuple(one for one in expected if not one.criteria and one.key not in papers),
        late=tuple(
            one for one in expected if closes and one.key in papers and papers[one.key] >= closes
        ),
        window=window if closes else None,
    )
