"""The dates to come of the competitions that a person prepares: for Accueil and her agenda."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from iprof_kit.calculate.campaigns.question import CampagneVue, EtapeVue
from iprof_kit.ui.agenda.coming import Coming, paper_of
from iprof_kit.ui.shared import text


def competitions_ahead(campaigns: Iterable[CampagneVue], today: date) -> tuple[Coming, ...]:
    """Return the ends to come of the acts of each session, recalled by an agenda some days before.

    Parameters
    ----------
    campaigns : iterable of CampagneVue
        Those that are no session of a competition give nothing.
    today : date
    """
    return tuple(
        _date(one, step, step.au, today)
        for one in campaigns
        if one.concours
        for step in one.deadlines
        if step.au is not None
    )


def _date(campaign: CampagneVue, step: EtapeVue, day: date, today: date) -> Coming:
    title = f"{campaign.titre} {campaign.annee}"
    return Coming(
        key=f"concours.{campaign.id}.{step.etape}",
        when=text.day(day),
        what=text.french(f"{title} : {step.titre[:1].lower()}{step.titre[1:]}, dernier jour"),
        detail=text.french(f"{step.acte} : {step.ou}."),
        delay=text.delay(today, day),
        day=day,
        after=day,
        source=paper_of(step.source),
        link=f"{campaign.adresse}?campagne={campaign.id}",
        verify=step.a_verifier,
        brief=text.french(f"{step.titre}, {campaign.titre}"),
        note=text.french(step.ou),
        recalled=not step.facultatif,
    )
