"""The ends to come of the campaigns of a person: those of « Les services », one reading for all."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from iprof_kit.calculate.campaigns.movement import MOVEMENTS
from iprof_kit.calculate.campaigns.question import CampagneVue, EtapeVue
from iprof_kit.calculate.interface.local_time import LocalClock, hour_text
from iprof_kit.ui.agenda.coming import Coming, paper_of


def campaign_ends(
    campaigns: Iterable[CampagneVue], here: LocalClock | None, today: date
) -> tuple[Coming, ...]:
    """Return the ends to come of the acts of each campaign that is no movement of posts.

    Those of the movements are dates of `with_given`, which knows the calendar published.

    Parameters
    ----------
    campaigns : iterable of CampagneVue
        Competitions that are prepared, tableaux, lists, training: what « Les services » shows.
    here : LocalClock, optional
        Where the hour of the person is not that of Paris.
    today : date
    """
    return tuple(
        _end(one, step, step.au, here, today)
        for one in campaigns
        if one.adresse not in MOVEMENTS
        for step in one.deadlines
        if step.au is not None
    )


def _end(
    campaign: CampagneVue, step: EtapeVue, day: date, here: LocalClock | None, today: date
) -> Coming:
    title = f"{campaign.titre} {campaign.annee}"
    hour = f", {hour_text(day, step.heure_au, here)}" if step.heure_au else ""
    kind = "concours" if campaign.concours else "campagne"
    return Coming(
        key=f"{kind}.{campaign.id}.{step.etape}",
        what=f"{title} : {step.titre[:1].lower()}{step.titre[1:]}, dernier jour{hour}",
        detail=f"{step.acte} : {step.ou}.",
        day=day,
        today=today,
        source=paper_of(step.source),
        link=f"{campaign.adresse}?campagne={campaign.id}",
        verify=step.a_verifier,
        brief=f"{step.titre}, {campaign.titre}",
        note=step.ou,
        recalled=not step.facultatif,
        ends=step.fermeture if step.heure_au else None,
    )
