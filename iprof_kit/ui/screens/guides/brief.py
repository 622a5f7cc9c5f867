"""« En bref, pour vous »: where a person stands and her own dates, at the head of a guide."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, time

from iprof_kit.base.clock import PARIS
from iprof_kit.base.errors import KitError, Refused
from iprof_kit.base.reference import moving
from iprof_kit.calculate.campaigns.calculation import SUBJECT
from iprof_kit.calculate.campaigns.question import CampagnesAnswer, CampagnesQuestion, CampagneVue
from iprof_kit.calculate.interface.local_time import LocalClock, place_of
from iprof_kit.services.contract.dossier import Dossier
from iprof_kit.services.contract.posts import ZONE, kind_of, posts_of
from iprof_kit.services.contract.standing import current_echelon
from iprof_kit.ui.kit.parts import Lanes, Result
from iprof_kit.ui.kit.visiting import Visit
from iprof_kit.ui.own_situation.posted import own_post, since_of
from iprof_kit.ui.own_situation.reader import OwnReader
from iprof_kit.ui.own_situation.wishes import WishesCarnet
from iprof_kit.ui.screens.accueil.dates import Ahead, coming_dates
from iprof_kit.ui.screens.accueil.questions import points_words
from iprof_kit.ui.screens.autres_affectations.choices import own_points
from iprof_kit.ui.screens.autres_affectations.start import SERVICES, degree_of
from iprof_kit.ui.screens.campaigns import words
from iprof_kit.ui.screens.campaigns.reading import read_campaigns
from iprof_kit.ui.screens.campaigns.steps_figure import lanes_of
from iprof_kit.ui.shared import text
from iprof_kit.ui.shared.worded import Worded, figure, joined, worded

MOBILITY = "mutation"
"""The guide that has them."""


@dataclass(frozen=True)
class Dated:
    """The campaigns of the movements by service, and where the hour is not that of Paris."""

    campaigns: dict[str, CampagneVue]
    here: LocalClock | None = None

    def caption(self, service: str) -> str:
        """Return whose dates they are; those of past years are told as such, line by line."""
        campaign = self.campaigns.get(service)
        return f"{campaign.titre} {campaign.annee}" if campaign else ""

    def rows(self, service: str) -> tuple[tuple[str, str, bool], ...]:
        """Return each step that has days, or had some: its name, its days, whether to verify."""
        campaign = self.campaigns.get(service)
        steps = campaign.etapes if campaign else ()
        return tuple(
            (one.titre, words.whole(one, self.here), one.a_verifier)
            for one in steps
            if one.du or one.au or one.habitude
        )

    def source(self, service: str) -> str:
        """Return what the days rest on."""
        return self.campaigns[service].source


def dated(name: str, visit: Visit) -> Dated:
    """Return the campaigns that a guide dates: the person's, or those that everybody reads."""
    if name != MOBILITY:
        return Dated({})
    with suppress(KitError):
        dossier = visit.dossier()
        if dossier.corps:
            answer = read_campaigns(visit).answer
            return Dated(_by_service(answer), place_of(dossier.departement))
    noon = datetime.combine(visit.who().aujourdhui, time(12), PARIS)
    first_corps = (moving("1d")[0], moving("2d")[0])
    asked = (CampagnesQuestion(corps=one, instant=noon) for one in first_corps)
    by_service: dict[str, CampagneVue] = {}
    for one in asked:
        by_service |= _by_service(SUBJECT.one(one))
    return Dated(by_service)


def _by_service(answer: CampagnesAnswer) -> dict[str, CampagneVue]:
    return {one.service: one for one in answer.campagnes}


_DATES = {
    "avancement": "echelon.",
    "hors-classe": "promouvable.hors_classe",
    "classe-exceptionnelle": "promouvable.classe_exceptionnelle",
}
"""Guide → how the events that it speaks of are named among the dates that come."""
PERSONAL = ("avancement", "hors-classe", "classe-exceptionnelle", "paie", "retraite", MOBILITY)
"""The guides that say the person's own place, or date; the others read no file."""


NO_MOVEMENT = "Les mouvements de ce guide sont ceux des titulaires."


@dataclass(frozen=True)
class Opening:
    """What a guide answers to a person before its rules: a sentence, and its figure."""

    strong: str = ""
    rest: str = ""
    lanes: Lanes | None = None


def opening_of(name: str, visit: Visit) -> Opening:
    """Return the first screen of the guide of a movement; nothing where no file may be read.

    Who has no movement reads where she works, and until when.
    """
    if name != MOBILITY:
        return Opening()
    try:
        dossier, today = visit.dossier(), visit.who().aujourdhui
    except Refused:
        return Opening()
    degree = degree_of(dossier.corps)
    campaign = dated(MOBILITY, visit).campaigns.get(SERVICES[degree]) if degree else None
    if campaign is None:
        own = own_post(dossier, today)
        return Opening(own.strong, NO_MOVEMENT, own.lanes) if own else Opening()
    points = _points(dossier, visit, today)
    strong = worded("{}, quel que soit le vœu.", _points_said(points)) if points else ""
    return Opening(strong, "", lanes_of(campaign, today))


def _points(dossier: Dossier, visit: Visit, today: date) -> float | None:
    with suppress(KitError):
        wishes = WishesCarnet(visit, lambda _: ()).load()
        return own_points(dossier, wishes, today)
    return None


def _points_said(points: float) -> Worded:
    return figure(points_words(points), "points", points)


def brief_of(name: str, visit: Visit) -> tuple[Result, ...]:
    """Return what a guide says of the person first; nothing where no file may be read."""
    if name not in PERSONAL:
        return ()
    try:
        dossier = visit.dossier()
    except Refused:
        return ()
    place, today = current_echelon(dossier), visit.who().aujourdhui
    if place is None:
        return ()
    if name == MOBILITY:
        return tuple(_of_a_movement(dossier, visit, today))
    standing = text.position_label(place.grade, place.echelon, place.chevron)
    since = text.dated(place.date_effet, "echelon.since")
    return (
        Result("Votre place", worded(f"{standing}, depuis le {{}}", since)),
        *_dates(name, visit, today),
    )


def _of_a_movement(dossier: Dossier, visit: Visit, today: date) -> Iterator[Result]:
    """Yield what she is titular of, her points as Accueil has them, the days of her movement."""
    own = posts_of(dossier, today).own
    if own:
        where = own.etablissement
        since = since_of(own, "zone" if kind_of(own) == ZONE else "fixed")
        yield Result("Votre poste", worded(f"{where}, depuis le {{}}", since))
    points = _points(dossier, visit, today)
    if points is not None:
        yield Result("Vos points, quel que soit le vœu", _points_said(points))
    degree = degree_of(dossier.corps)
    shown = dated(MOBILITY, visit)
    campaign = shown.campaigns.get(SERVICES[degree]) if degree else None
    for step in campaign.etapes if campaign else ():
        if step.acte and (step.du or step.au or step.habitude):
            yield Result(step.titre, words.whole(step, shown.here), verify=step.a_verifier)
            break


def _dates(name: str, visit: Visit, today: date) -> tuple[Result, ...]:
    """Return the dates of the career that the guide is about, as Accueil says them."""
    wanted = _DATES.get(name)
    career = None
    if wanted:
        with suppress(KitError):
            comparison = OwnReader(visit).comparison(sourced=True)
            career = comparison.answer() if comparison else None
    if not wanted or career is None:
        return ()
    coming = coming_dates(visit.dossier(), Ahead(career=career), today)
    return tuple(
        Result(
            one.what,
            joined(", ", (one.shown_when, one.shown_delay)),
            verify=one.verify,
        )
        for one in coming
        if one.key.startswith(wanted)
    )[:2]
