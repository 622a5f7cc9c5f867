"""What a form about a pension starts from: services of a file, versions of the law, rules."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache

import numpy as np

import iprof_kit.careers.pensions  # noqa: F401  # registers the rules of pensions
from iprof_kit.base.calendar import MONTH, date_text
from iprof_kit.base.explanation import datum, hypothesis
from iprof_kit.base.words import euros_text, number_text
from iprof_kit.calculate.pay.positions import paid_position, resumed_on
from iprof_kit.calculate.pension.question import (
    CarriereLongue,
    Enfant,
    Foyer,
    Nature,
    PeriodeService,
)
from iprof_kit.law.career.positions import UNKNOWN, label, position_code
from iprof_kit.law.pension import levies
from iprof_kit.law.pension.generations import (
    CATEGORIES,
    active_services_minimum,
    generation,
)
from iprof_kit.law.pension.limits import option_services_required
from iprof_kit.law.pension.parents import closing_day
from iprof_kit.law.pension.versions import first_effects, known_since, law_version, versions
from iprof_kit.law.tables.rules import RULES

_DAY = timedelta(days=1)
_FULL = 100
_PARENTAL, _FOR_A_CHILD = "congé parental", "disponibilité pour élever un enfant"
_BY_RIGHT = "droit"


@dataclass(frozen=True)
class Held:
    """One position of a file; `fin` is its last day, None: open."""

    position: str
    motif: str | None
    modalite: str
    quotite: int
    debut: date
    fin: date | None


@dataclass(frozen=True)
class Services:
    """Periods for a question about a pension, and what had to be supposed, in French."""

    periods: tuple[PeriodeService, ...]
    supposed: tuple[str, ...]
    days: tuple[tuple[str, date], ...] = ()
    """The days that those sentences name, each with what it is."""


@dataclass(frozen=True)
class LawVersion:
    """One version of the law of pensions.

    Attributes
    ----------
    name : str
        « V2026 ».
    effects : date
        First effect date of the pensions that it governs.
    last_day : date or None
        Last day on which a simulation knows no later version; None for the version of today.
    """

    name: str
    effects: date
    last_day: date | None


@cache
def law_versions() -> tuple[LawVersion, ...]:
    """Return the versions of the law of pensions, newest first."""
    effects = first_effects().tolist()
    known: list[date | None] = [day - _DAY for day in known_since().tolist()[1:]]
    made = zip(versions(), effects, [*known, None], strict=True)
    return tuple(LawVersion(*parts) for parts in made)[::-1]


def rule_sentence(name: str) -> str:
    """Return what a rule says, one French sentence."""
    return RULES[name][-1].sentence


def rule_source(name: str) -> str:
    """Return the text that a rule comes from."""
    return RULES[name][-1].source


def days_of_months(months: int) -> int:
    """Return months in days of the 360-day year."""
    return months * MONTH


def early_ages() -> tuple[int, ...]:
    """Return the ages of the quarters that a carrière longue asks, lowest first."""
    named = (name.split("_") for name in CarriereLongue.model_fields)
    return tuple(int(age[1]) for age in named if age[0] == "avant")


def months_between(first: date, last: date) -> int:
    """Return the months from one day to another, 0 where it does not follow."""
    return max(0, (last.year - first.year) * 12 + last.month - first.month)


def active_services(naissance: date, day: date) -> int:
    """Return the months as an instituteur of whom her file says that she is of the active category.

    It says no number: the most that the law asks, of her generation and for the option.
    """
    cohort = generation(
        np.array([naissance], "datetime64[D]"),
        np.array([CATEGORIES.index("active")]),
        law_version(np.array([day], "datetime64[D]"), np.array([day], "datetime64[D]")),
    )
    own = float(active_services_minimum(cohort)[0]) if cohort.known[0] else 0.0
    return max(int(own), option_services_required(date.max))


def services_of(
    stays: Sequence[Held],
    children: Sequence[Enfant],
    entry: date | None,
    today: date,
    later: int,
    corps: str | None = None,
) -> Services:
    """Return the services that a file shows, prolonged to any departure.

    Parameters
    ----------
    stays : sequence of Held
        Positions of the whole career, oldest first.
    entry : date or None
        Entry in the corps: what the positions do not cover since then is supposed worked.
    later : int
        Quotité supposed from tomorrow to the departure, in per cent.
    corps : str or None
        Whose part-times say which quotités are paid.
    """
    supposed: list[str] = []
    days: list[tuple[str, date]] = []
    periods: list[PeriodeService] = []
    past = [stay for stay in stays if stay.debut <= today]
    first = past[0].debut if past else today
    if entry is not None and entry < first:
        periods.append(PeriodeService(debut=entry, fin=first - _DAY))
        supposed.append(
            f"Votre dossier ne montre aucune position du {date_text(entry)} au "
            f"{date_text(first - _DAY)} : ce temps est supposé travaillé."
        )
        days += [("untold.from", entry), ("untold.until", first - _DAY)]
    if past and past[-1].fin is not None and past[-1].fin < today:
        last = past[-1].fin
        supposed.append(
            f"La dernière position de votre dossier s’arrête le {date_text(last)} : elle est "
            "supposée continuer."
        )
        days.append(("position.last", last))
        past[-1] = replace(past[-1], fin=None)  # as its pay is read
    for stay, coming in zip(past, [*past[1:], None], strict=True):
        ends = [today] + [day for day in (stay.fin, coming and coming.debut - _DAY) if day]
        if min(ends) >= stay.debut:
            periods.append(_period(stay, min(ends), children, supposed))
            days.append(("position.since", stay.debut))
    resumed = _goes_on(past, today, corps)
    if resumed is not None and periods[-1].fin == today:
        periods[-1] = periods[-1].model_copy(update={"fin": resumed - _DAY})
    periods.append(PeriodeService(debut=resumed or today + _DAY, quotite=later))
    sentences = tuple(dict.fromkeys(supposed))
    return Services(tuple(periods), sentences, tuple(days))


def _goes_on(past: Sequence[Held], today: date, corps: str | None) -> date | None:
    """Return the day on which a service is resumed, where the position of today pays none."""
    now = [stay for stay in past if stay.fin is None or stay.fin >= today]
    if not now:
        return None
    last = now[-1]
    paid = paid_position(last.position, last.motif, last.modalite, last.quotite, corps).paid
    return None if paid == "service" else resumed_on(last.fin, today)


def _period(
    stay: Held, last: date, children: Sequence[Enfant], supposed: list[str]
) -> PeriodeService:
    nature, share = _nature(stay, supposed), stay.quotite or _FULL
    rank = _child_of(stay.debut, children)
    if nature == "activite" and share < _FULL and _BY_RIGHT in stay.modalite.lower() and rank:
        nature = "temps_partiel_droit_enfant"
    if nature in ("activite", "hors_services"):
        return PeriodeService(debut=stay.debut, fin=last, nature=nature, quotite=share)
    if not rank:
        supposed.append(
            f"{label(position_code(stay.position, stay.motif)).capitalize()} depuis le "
            f"{date_text(stay.debut)} : non compté tant que l’enfant concerné n’est pas indiqué."
        )
        return PeriodeService(debut=stay.debut, fin=last, nature="hors_services")
    return PeriodeService(debut=stay.debut, fin=last, nature=nature, quotite=share, enfant=rank)


def _nature(stay: Held, supposed: list[str]) -> Nature:
    code = position_code(stay.position, stay.motif)
    if code == UNKNOWN:
        supposed.append(
            f"« {stay.position} » n’est pas une position que ce kit connaît : le temps est compté."
        )
        return "activite"
    name = label(code)
    if name == _PARENTAL:
        return "conge_parental"
    if name == _FOR_A_CHILD:
        return "disponibilite_enfant"
    paid = paid_position(stay.position, stay.motif, stay.modalite, stay.quotite).paid
    return "hors_services" if paid == "aucune" else "activite"


def _child_of(day: date, children: Sequence[Enfant]) -> int | None:
    """Return the rank of the youngest child born before a day, None where there is none."""
    born = [(child.naissance, n) for n, child in enumerate(children, 1) if child.naissance <= day]
    return max(born)[1] if born else None


def parents_closing_day(on: date) -> date:
    """Return the day before which a parent met the conditions of an early departure."""
    return closing_day(on)


def net_of(gross: float, home: Foyer | None, day: date) -> float:
    """Return the net before tax of a gross pension, at the full CSG where no income is known.

    Parameters
    ----------
    gross : float
        Euros a month.
    home : Foyer or None
        None: the band that takes most is supposed, and the screen says so.
    day : date
        First day of the pension.
    """
    if home is None:
        supposed = "non indiqué, taux de CSG le plus élevé supposé"
        hypothesis("Revenu fiscal de référence", supposed, doubtful=False)
        return levies.levies(gross, levies.BANDS[-1], day).net
    datum("Revenu fiscal de référence", euros_text(home.rfr))
    datum("Parts fiscales", number_text(home.parts))
    band = levies.csg_band(home.rfr, home.parts, home.rfr_precedent, day)
    return levies.levies(gross, band, day).net
