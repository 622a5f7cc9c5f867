"""« Bilan sans nom »: the report of one campaign that may leave the desk, from its page."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from iprof_kit.analytics.promotions.campaign import Campagne
from iprof_kit.analytics.publication.keys import FICTITIOUS
from iprof_kit.analytics.publication.publish import digest_of
from iprof_kit.analytics.publication.rules import rules
from iprof_kit.analytics.reports.draft import NATIONAL, Draft, counted_people, source_name
from iprof_kit.analytics.reports.draft import with_proposal as proposed
from iprof_kit.analytics.reports.plan import CORPS, PROMOUVABLES, read_plan
from iprof_kit.analytics.reports.report import assembled, write
from iprof_kit.base.calendar import eve_of_rentree

SUFFIX = ".html"
_CAMPAIGN = ("contingent", "equilibre", "etapes")


def balance_without_names(campaign: Campagne, *, motif: str | None) -> bytes:
    """Return what a campaign proposes as counts and shares, every cell under secrecy: one page.

    Parameters
    ----------
    motif : str or None
        Why, for whom: the log of exports keeps it, and the ledger of publications what was shown.
        None where the people are fictitious: nothing is then to be accounted for.

    Raises
    ------
    InputError
        A motive that says nothing, nobody promouvable.
    Unavailable
        The log or the ledger cannot be written.
    Refused
        Nothing may be shown beside what was already published.
    """
    draft, asked = _drafted(campaign), rules(None)
    if motif is None:
        return assembled(replace(draft, source=FICTITIOUS), asked, ()).html().encode()
    with TemporaryDirectory() as folder:
        file = Path(folder) / f"bilan{SUFFIX}"
        write(draft, asked, [file], motif)
        return file.read_bytes()


_TITLE = "Bilan de campagne, sans nom"


def _drafted(campaign: Campagne) -> Draft:
    """Return the report of the promouvables alone: a campaign does not hold its whole corps."""
    plan = read_plan(None)
    kept = [one for one in plan.sections if one.campagne in _CAMPAIGN or one.gens == PROMOUVABLES]
    hypotheses = list(campaign.hypotheses)
    day = eve_of_rentree(campaign.annee)
    people = counted_people(proposed(campaign, hypotheses), day)
    return Draft(
        plan.model_copy(update={"titre": _TITLE, "sections": tuple(kept)}),
        campaign,
        {CORPS: people, PROMOUVABLES: people},
        ", ".join(campaign.filtres.values()) or NATIONAL,
        str(campaign.filtres.get("academie", "")),
        source_name(campaign.source),
        digest_of(campaign.gens),
        tuple(hypotheses),
        nominatif=False,
    )
