"""The zone, the attachment and the posts of the years, on one axis; when one asks, as usual."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from iprof_kit.base.calendar import rentree_day
from iprof_kit.calculate.campaigns.question import CampagneVue, EtapeVue
from iprof_kit.services.contract.dossier import AffectationTenue, Dossier
from iprof_kit.services.contract.posts import Posts, kind_of
from iprof_kit.ui.kit.parts import Axis, Lane, Lanes, Stretch
from iprof_kit.ui.own_situation.posted import UNKNOWN_ATTACHMENT
from iprof_kit.ui.screens.campaigns import words
from iprof_kit.ui.shared import text

WISHES, PREFERENCES = "saisie_voeux_siam", "preferences_remplacement"
_PAST_YEARS, _NARROW = 6, 20.0
"""Years before today that are drawn; hundredths under which a bar has no name."""


@dataclass(frozen=True)
class Demand:
    """One thing that she may ask for: until when, where, and the screen that prepares it."""

    what: str
    until: str
    where: str
    path: str
    act: str


def lanes_of(
    dossier: Dossier, posts: Posts, campaign: CampagneVue | None, today: date
) -> Lanes | None:
    """Return the figure of who holds a zone; None for anybody else."""
    zone = posts.zone
    if zone is None:
        return None
    first = max(zone.debut, rentree_day(today.year - _PAST_YEARS))
    axis = Axis(first, rentree_day(today.year + 2))
    spoken = " ; ".join(
        f"{one.etablissement} depuis le {text.day(one.debut)}"
        for one in (zone, posts.attachment, posts.yearly)
        if one
    )
    return Lanes(
        caption="De septembre en septembre ; hachuré : quand demander, d’ordinaire",
        marks=tuple(
            (axis.at(rentree_day(year)), str(year))
            for year in range(today.year + 1, first.year, -2)
        ),
        rows=(
            Lane("Zone", _held(axis, zone, today, first)),
            _attachment(axis, posts, today, first),
            Lane("Poste", tuple(_yearly(axis, dossier, zone, today))),
            Lane("Demander", tuple(_windows(axis, campaign)), end=_asked(campaign)),
        ),
        today=axis.at(today),
        spoken=spoken,
    )


def _held(axis: Axis, one: AffectationTenue, today: date, first: date) -> tuple[Stretch, ...]:
    end = one.fin or axis.last
    name = one.etablissement
    return (
        axis.stretch("done", max(one.debut, first), today, name),
        axis.stretch("coming", today, end),
    )


def _attachment(axis: Axis, posts: Posts, today: date, first: date) -> Lane:
    if posts.attachment:
        return Lane("Rattachement", _held(axis, posts.attachment, today, first))
    unknown = axis.stretch("missing", first, axis.last, UNKNOWN_ATTACHMENT)
    return Lane("Rattachement", (unknown,))


def _yearly(axis: Axis, dossier: Dossier, zone: AffectationTenue, today: date) -> Iterator[Stretch]:
    """Yield the posts of the years since the zone was obtained, and what is not known yet."""
    last = today
    for one in sorted(dossier.affectations, key=lambda line: line.debut):
        end = one.fin or axis.last
        if kind_of(one) or end < max(axis.first, zone.debut):
            continue
        last = max(last, end)
        holds = one.debut <= today <= end
        bar = axis.stretch("now" if holds else "done", one.debut, min(end, axis.last))
        name = one.etablissement if bar.width > _NARROW else ""
        yield Stretch(bar.look, bar.left, bar.width, name)
    if last < axis.last:
        yield axis.stretch("coming", last, axis.last, "?")


def _step(campaign: CampagneVue | None, name: str) -> EtapeVue | None:
    steps = campaign.etapes if campaign else ()
    return next((one for one in steps if one.etape == name), None)


def _days(step: EtapeVue | None) -> tuple[date, date] | None:
    """Return the days of a step: those published, else those of past years."""
    if step is None:
        return None
    known = [day for day in (step.du, step.au) if day]
    if known:
        return min(known), max(known)
    return (step.habitude.du, step.habitude.au) if step.habitude else None


def _windows(axis: Axis, campaign: CampagneVue | None) -> Iterator[Stretch]:
    for name in (WISHES, PREFERENCES):
        step = _step(campaign, name)
        if days := _days(step):
            known = step is not None and (step.du or step.au)
            yield axis.stretch("now" if known else "usual", *days)


def _asked(campaign: CampagneVue | None) -> str:
    """Return what the hatched weeks are for."""
    names = [
        name
        for key, name in ((WISHES, "poste fixe"), (PREFERENCES, "préférences"))
        if _days(_step(campaign, key))
    ]
    return ", puis ".join(names)


def demands_of(
    campaign: CampagneVue | None, inter: CampagneVue | None, written: str, where: str
) -> Iterator[Demand]:
    """Yield what the holder of a zone may ask for, with the same dates as Services.

    Parameters
    ----------
    campaign, inter : CampagneVue or None
        The movements inside her academy and between academies.
    written : str
        Her preferences: « 0 sur 10 ».
    where : str
        Where preferences are entered, as her academy says.
    """
    if campaign:
        path = f"{campaign.adresse}?campagne={campaign.id}"
        wishes = _until(_step(campaign, WISHES))
        yield Demand(
            "Un poste fixe dans l’académie", wishes, "SIAM, mouvement intra", path, "Mes vœux"
        )
    preferences = _until(_step(campaign, PREFERENCES))
    yield Demand(
        f"Vos préférences dans la zone ({written})",
        preferences,
        where or "selon votre circulaire",
        "#preferences",
        "Préparer",
    )
    yield Demand(
        "Un autre rattachement",
        "aucun délai connu de ce kit ; il peut être refusé",
        "lettre à votre gestionnaire",
        "/courrier",
        "Écrire",
    )
    if inter:
        first = next((one for one in inter.etapes if one.du or one.au or one.habitude), None)
        path = "/perspectives/autres-affectations"
        yield Demand(
            "Une autre académie", _until(first), "SIAM, mouvement inter", path, "Mes points"
        )


def _until(step: EtapeVue | None) -> str:
    if step is None:
        return "date inconnue de ce kit"
    when = words.whole(step)
    return when if step.du or step.au else f"date inconnue ; {when}" if step.habitude else when
