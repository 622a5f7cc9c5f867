"""The dates that an academy gave or moved, as those of the movements that screens read."""

from __future__ import annotations

from collections.abc import Container, Iterable

from iprof_kit.calculate.campaigns.question import CampagneVue, EtapeVue
from iprof_kit.calculate.mobility.dates import Movement, MovementDate
from iprof_kit.law.campaigns.files import services

MOVEMENTS = ("/services/siam", "/services/candidature")
"""Where the campaigns of a movement are shown: those of other services are no date of it."""
_MAIN = ("interdepartemental_1d", "interacademique_2d")
"""The services whose missing dates `Movement.unknown` tells."""


def with_given(movement: Movement, campaigns: Iterable[CampagneVue]) -> Movement:
    """Return the dates of the movements, those given or moved here in the place of the kit's.

    An end that a campaign knows and that calendar lacks is added: a date is said everywhere.

    Parameters
    ----------
    movement : Movement
        As the tables of the kit say it.
    campaigns : iterable of CampagneVue
        The person's, at the moment; the sessions of competitions are no movement.
    """
    known = tuple(one for one in campaigns if one.adresse in MOVEMENTS)
    listed = {one.key for one in movement.dates}
    own = {one.key: one for campaign in known for one in _dates(campaign, listed)}
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


def _dates(campaign: CampagneVue, listed: Container[str]) -> Iterable[MovementDate]:
    """Yield what was given or moved here, and each end that the calendar of the kit lacks."""
    for step in campaign.etapes:
        lacks = step in campaign.deadlines and _key(campaign, step) not in listed
        wanted = campaign.donnee or step.deplacee or lacks
        if wanted and step.etat in ("ouverte", "a_venir") and (step.du or step.au):
            yield _date(campaign, step)


def _key(campaign: CampagneVue, step: EtapeVue) -> str:
    return f"{_head(campaign)}.{step.etape}.{step.portee}"


def _date(campaign: CampagneVue, step: EtapeVue) -> MovementDate:
    moves = step.deplacee and not step.deplacee_retiree
    moved = f"échéance déplacée : {step.deplacee}" if moves else ""
    return MovementDate(
        key=_key(campaign, step),
        phase=f"{campaign.titre} {campaign.annee}",
        step=step.titre,
        opens=step.du,
        closes=step.au,
        hour=step.heure_au,
        note=moved or step.note,
        source=step.source,
        to_verify=step.a_verifier,
    )
