"""What a service has received for a campaign, beside its list of papers and its dates."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from iprof_kit.law.campaigns.model import Campaign, Paper, Window
from iprof_kit.law.campaigns.moments import window_of


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
