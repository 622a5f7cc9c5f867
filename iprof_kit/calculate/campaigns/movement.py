"""The dates that an academy gave or moved, as those of the movements that screens read."""

from __future__ import annotations

from collections.abc import Iterable

from iprof_kit.base.words import french
from iprof_kit.calculate.campaigns.question import CampagneVue, EtapeVue
from iprof_kit.calculate.mobility.dates import Movement, MovementDate
from iprof_kit.law.campaigns.files import services

_ADDRESSES = ("/services/siam", "/services/candidature")
"""Where the campaigns of a movement are shown: those of other services are no date of it."""
_MAIN = ("interdepartemental_1d", "interacademique_2d")
"""The services whose missing dates `Movement.unknown` tells."""


def with_given(movement: Movement, campaigns: Iterable[CampagneVue]) -> Movement:
    """Return the dates of the movements, those given or moved here in the place of the kit's.

    Parameters
    ----------
    movement : Movement
        As the tables of the kit say it.
    campaigns : iterable of CampagneVue
        The person's, at the moment; the sessions of competitions are no movement.
    """
    known = tuple(one for one in campaigns if one.adresse in _ADDRESSES)
    own = {one.key: one for campaign in known for one in _dates(campaign)}
    replaced = tuple(f"{_head(one)}." for one in known if one.donnee)
    kept = [
        one
        for one in movement.dates
        if one.key not in own and not (replaced and one.key.startswith(replaced))
    ]
    has_main = any(one.donnee and one.service in _MAIN for one in known)
    return Movement((*kept, *own.values()), "" if has_main else movement.unknown)


def _head(campaign: CampagneVue) -> str:
    service = services()[campaign.service]
    return f"{service.degree}.{service.phase}.{campaign.annee}"


def _dates(campaign: CampagneVue) -> Iterable[MovementDate]:
    for step in campaign.etapes:
        wanted = campaign.donnee or step.deplacee
        if wanted and step.etat in ("ouverte", "a_venir") and (step.du or step.au):
            yield _date(campaign, step)


def _date(campaign: CampagneVue, step: EtapeVue) -> MovementDate:
    moved = f"échéance déplacée : {step.deplacee}" if step.deplacee else ""
    return MovementDate(
        key=f"{_head(campaign)}.{step.etape}.{step.portee}",
        phase=f"{campaign.titre} {campaign.annee}",
        step=step.titre,
        opens=step.du,
        closes=step.au,
        hour=step.heure_au,
        note=french(moved) or step.note,
        source=step.source,
        to_verify=step.a_verifier,
    )
