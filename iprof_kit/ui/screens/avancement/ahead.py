"""The first year of each tableau and of each list, on one axis: what is possible, on decision."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from iprof_kit.base.calendar import rentree_day
from iprof_kit.base.errors import KitError
from iprof_kit.calculate.campaigns.question import CampagneVue
from iprof_kit.calculate.career.question import CareerQuestion, Eligibility
from iprof_kit.services.contract.dossier import Dossier
from iprof_kit.services.contract.standing import situation_of
from iprof_kit.ui.kit.asking import calculate
from iprof_kit.ui.kit.parts import Axis, Lane, Lanes
from iprof_kit.ui.screens.avancement.standing import PlaceInCampaign
from iprof_kit.ui.shared import text
from iprof_kit.ui.shared.held import with_open_position
from iprof_kit.ui.shared.worded import figure, worded

_YEARS_AHEAD, _AFTER, _MARKS = 8, 4, 6
"""Least years that are drawn; years after the last first one; years written on the axis."""
_ACTS = {True: "si vous candidatez", False: "sans acte de vous"}


@dataclass(frozen=True)
class First:
    """The first year in which a tableau or a list looks at her; None where it is not known."""

    name: str
    year: int | None
    small: str
    path: str = ""
    unknown: str = "dépend de vos réponses"
    """What is read where the year is not known."""
    act: bool = False
    """Whether nothing is looked at without a candidature."""
    quantity: str = ""
    """What its first year is, the same name on every screen."""

    @property
    def first_year(self) -> str:
        """Return its first year, with its fact."""
        return figure(f"{self.year}", self.quantity, f"{self.year}")


def firsts(
    dossier: Dossier,
    campaigns: Sequence[CampagneVue],
    standings: Mapping[str, PlaceInCampaign],
    today: date,
) -> tuple[First, ...]:
    """Return what comes first, as Promotions and Autres parcours give it; the soonest first."""
    lists = [
        _of_a_list(one, standings[one.id])
        for one in campaigns
        if one.avancement and one.avancement.parcours
    ]
    grades = [
        replace(first, small=with_open_position(first.small, dossier.positions))
        for first in (
            _of_a_grade(one, campaigns)
            for one in _eligibilities(dossier, today)
            if not one.non_calcule
        )
    ]
    return tuple(sorted([*grades, *lists], key=lambda one: (one.year is None, one.year or 0)))


def _eligibilities(dossier: Dossier, today: date) -> tuple[Eligibility, ...]:
    situation = situation_of(dossier, today)
    if situation is None:
        return ()
    try:
        return calculate(CareerQuestion(situation=situation, aujourdhui=today)).eligibilites
    except KitError:
        return ()


def _of_a_grade(one: Eligibility, campaigns: Sequence[CampagneVue]) -> First:
    of_the_grade = [
        each for each in campaigns if each.avancement and each.avancement.grade == one.grade
    ]
    path = f"{of_the_grade[0].adresse}?campagne={of_the_grade[0].id}" if of_the_grade else ""
    condition = one.empechement or one.condition
    small = text.seen(condition, one.premiere_campagne, one.campagne)
    name = one.libelle_grade[:1].upper() + one.libelle_grade[1:]
    year, quantity = one.premiere_campagne, f"promotion.{one.grade}"
    return First(name, year, small, path, "pas avant un autre grade", quantity=quantity)


def _of_a_list(campaign: CampagneVue, standing: PlaceInCampaign) -> First:
    missing = next((one for one in standing.conditions if one.met is False), None)
    needed = f" ; {missing.title[:1].lower()}{missing.title[1:]}".rstrip(".") if missing else ""
    year = campaign.annee if standing.open else standing.since.year if standing.since else None
    path = f"{campaign.adresse}?campagne={campaign.id}"
    small = f"candidature{needed}"
    code = campaign.avancement.parcours if campaign.avancement else ""
    return First(campaign.titre, year, small, path, act=True, quantity=f"path.{code}")


def lanes_of(firsts_known: Sequence[First], year: int, today: date) -> Lanes | None:
    """Return the figure; None where no first year is known."""
    known = [one.year for one in firsts_known if one.year is not None]
    if not known:
        return None
    last = max(max(known) + _AFTER, today.year + _YEARS_AHEAD)
    step = -(-(last - today.year) // _MARKS)
    axis = Axis(rentree_day(today.year), rentree_day(last))
    return Lanes(
        caption="Plein : possible, sur décision de l’autorité",
        marks=tuple(
            (axis.at(rentree_day(y)), str(y)) for y in range(today.year + step, last, step)
        ),
        rows=tuple(_lane(axis, one, today) for one in firsts_known),
        today=axis.at(today),
        spoken=" ; ".join(f"{one.name} : {_when(one, year)}" for one in firsts_known),
        reading=tuple(
            (each, axis.at(rentree_day(each)), reading_of(firsts_known, each))
            for each in range(year, last)
        ),
    )


def reading_of(firsts_known: Sequence[First], year: int) -> str:
    """Return what is possible in the campaign of a year, and which act it asks.

    Examples
    --------
    >>> soon = First("Hors classe", 2030, ""), First("Liste des agrégés", 2028, "", act=True)
    >>> reading_of(soon, 2027)
    'En 2027 : aucun ne peut encore vous concerner, rien à faire.'
    >>> reading_of(soon, 2029)
    'En 2029, sur décision : liste des agrégés, si vous candidatez.'
    """
    possible = [one for one in firsts_known if one.year is not None and one.year <= year]
    asked = [one for one in firsts_known if one.year is None and one.act]
    waits = " ; à préciser : " + ", ".join(_lowered(one) for one in asked) if asked else ""
    if not possible:
        idle = "" if asked else ", rien à faire"
        return f"En {year} : aucun ne peut encore vous concerner{idle}{waits}."
    named = [f"{_lowered(one)}, {_ACTS[one.act]}" for one in possible]
    return f"En {year}, sur décision : {' ; '.join(named)}{waits}."


def _lowered(one: First) -> str:
    return f"{one.name[:1].lower()}{one.name[1:]}"


def _lane(axis: Axis, one: First, today: date) -> Lane:
    if one.year is None:
        return Lane(one.name, (), one.small, one.unknown, one.path)
    begins = max(rentree_day(one.year), today)
    waits = [axis.stretch("coming", today, begins)] if begins > today else []
    bar = axis.stretch("done", begins, axis.last, one.first_year)
    return Lane(one.name, (*waits, bar), one.small, path=one.path)


def _when(one: First, year: int) -> str:
    if one.year is None:
        return one.unknown
    return "possible cette année" if one.year <= year else f"possible dès {one.year}"


def coming(firsts_known: Sequence[First], year: int) -> Iterator[str]:
    """Yield what becomes possible after a year, soonest first: « hors classe, dès 2033 »."""
    for one in firsts_known:
        if one.year is not None and one.year > year:
            yield worded("{}, dès {}", _lowered(one), one.first_year)
