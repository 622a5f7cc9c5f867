"""What a whole campaign is at a moment: a rule of the registry, which what serves does not load."""

from __future__ import annotations

from datetime import datetime

from iprof_kit.base.calendar import date_of, rentree
from iprof_kit.base.clock import paris
from iprof_kit.law.campaigns.model import Campaign, State
from iprof_kit.law.campaigns.moments import opening, window_of
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
    if paris(at).date() >= date_of(rentree(campaign.year)):
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
