"""One projection of a population: everybody lives the law, year after year, and is counted."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
import pandas as pd

from iprof_kit.analytics.population import postings
from iprof_kit.analytics.population.decisions import Territories, columns_of
from iprof_kit.analytics.population.entrants import (
    Draw,
    Entrants,
    Whole,
    enter,
    exit_reasons,
    recruitment,
    spent,
)
from iprof_kit.analytics.population.laws import PER_CENT, corps_codes, value
from iprof_kit.analytics.population.merit import Merit, draw_merit
from iprof_kit.analytics.population.past import ReplayStart, start
from iprof_kit.analytics.population.postings import first_functions
from iprof_kit.analytics.population.replay import EXCEPTIONNELLE, replay
from iprof_kit.analytics.projection.counting import Counted, Observer, PartTime, Year, stock, years
from iprof_kit.analytics.projection.departures import draw_departures, simulation_day
from iprof_kit.analytics.projection.everybody import Everybody
from iprof_kit.analytics.projection.open_lists import OpenLists, closed_lists
from iprof_kit.analytics.projection.people import People, opinions
from iprof_kit.analytics.projection.scenario import Scenario
from iprof_kit.base.calendar import YEAR, rentree, school_year_of, to_dates
from iprof_kit.careers.acts import Acts
from iprof_kit.careers.campaigns import Beyond, table_share
from iprof_kit.careers.deciders import Decider
from iprof_kit.careers.pensioners import pensioners
from iprof_kit.careers.pensions import bracket
from iprof_kit.careers.projection import Projection
from iprof_kit.careers.ranking import Share
from iprof_kit.law.career.advancement import following
from iprof_kit.law.career.traitement import indice_majore
from iprof_kit.law.pension.amounts import retained_index
from iprof_kit.law.pension.dates import effect_date


def retirements(all_: Everybody, walk: Projection, asked: range) -> pd.DataFrame:
    """Return sums of the retirements by year, corps, academy and sex.

    Returns
    -------
    DataFrame
        `nombre`, `age` (sum of ages), `pensions` (how many are calculated), `pension_basse` and
        `pension_haute` (sums, euros a month): without any quarter of another scheme, and with all
        those that may help; the table does not know them.
    """
    who = all_.who
    rows = np.flatnonzero(who.retired & (who.left <= rentree(asked[-1])))
    left = who.left[rows]
    leaves = to_dates(left)
    index = _retained(rows, left, all_, walk)
    low, high = np.full(rows.size, np.nan), np.full(rows.size, np.nan)
    if rows.size:
        low, high = bracket(
            pensioners(
                naissance=to_dates(who.born[rows]),
                effet=effect_date(leaves),
                cessation=leaves,
                simulation=simulation_day(rentree(asked[0])),
                categorie=all_.category[rows],
                liquidation=left - all_.services[rows],
                indice=index,
            )
        )
    people = pd.DataFrame(
        {
            "annee": -((rentree(0) - left) // YEAR),
            "corps": np.array(corps_codes())[who.corps[rows]],
            "authority": all_.academy[rows],
            "femme": who.woman[rows].astype(int),
            "nombre": 1,
            "age": (left - who.born[rows]) / YEAR,
            "pensions": (~np.isnan(low)).astype(int),
            "pension_basse": low,
            "pension_haute": high,
        }
    )
    return people.groupby(["annee", "corps", "authority", "femme"], as_index=False).sum()


def _retained(rows: Whole, left: Whole, all_: Everybody, walk: Projection) -> Whole:
    """Return the index from which each pension is computed: that of six months, or the one before.

    `walk` ends for each one on her departure: her last two events tell both. Whoever had none came
    to her cell before the table was made: by seniority, or it is not known from where.
    """
    events = walk.events
    if not rows.size:
        return rows
    wanted = np.zeros(len(all_.who), bool)
    wanted[rows] = True
    of_leavers = np.flatnonzero(wanted[events.row])
    order = of_leavers[np.argsort(events.row[of_leavers], kind="stable")]
    owner = events.row[order]
    begin, end = np.searchsorted(owner, rows), np.searchsorted(owner, rows, side="right")
    last = order[np.maximum(end - 1, 0)] if order.size else np.zeros(rows.size, np.int64)
    before = order[np.maximum(end - 1 - 1, 0)] if order.size else last
    moved, twice = end > begin, end > begin + 1
    since = all_.effect[rows]
    current = previous = all_.start.cell[rows].astype(np.int64)
    came = _left_by_seniority(previous, int(left.min()) - 1)
    came[all_.start.entered_grade[rows] >= since] = -1
    previous = np.where(moved, previous, came)
    if order.size:
        since = np.where(moved, events.day[last], since)
        current = np.where(moved, events.cell[last], current)
        previous = np.where(twice, events.cell[before], previous)
    day = left - 1
    eve = np.where(moved, since - 1, day)  # a grid may no longer hold the cell left
    known = previous >= 0
    before = np.zeros(rows.size, np.int64)
    before[known] = indice_majore(previous[known], eve[known])
    return retained_index(indice_majore(current, day), to_dates(since), before, to_dates(left))


def _left_by_seniority(cell: Whole, day: int) -> Whole:
    """Return the cell from which each one is reached by seniority, −1 where none is."""
    after = following(day)
    left = np.flatnonzero(after >= 0)
    before = np.full(len(after), -1, np.int64)
    before[after[left]] = left
    return before[cell]


_SUBJECTS = ("merite", "sorties", "entrees", "affectations", "entrants", "viviers", "services")
Columns = TypeVar("Columns", Entrants, ReplayStart, Merit)
Seed = int | np.random.SeedSequence


@dataclass(frozen=True)
class Sums:
    """What a projection counted; columns are sums, so that any grouping is exact.

    Attributes
    ----------
    stock : DataFrame
        annee, cell, authority, femme; `moment` 0 on the day of the observation, 1 on the
        1 September of a year, after entries, exits and promotions.
    """

    stock: pd.DataFrame
    campaigns: pd.DataFrame
    flows: pd.DataFrame
    retired: pd.DataFrame


def everybody(
    people: People, campaigns: range, scenario: Scenario, draws: dict[str, Draw]
) -> Everybody:
    """Return who lives in the walk, each with her day of departure."""
    new = draw_recruits(recruits(people, campaigns, scenario), campaigns, draws["entrees"])
    began = start(new, draws["entrants"])
    function = first_functions(new.corps)
    merit = draw_merit(began, function, draws["entrants"])
    who = _joined(people.who, new)
    category = np.concatenate([people.category, np.zeros(len(new), np.int64)])
    left, reason = draw_departures(
        who, category, rentree(people.year), scenario.sorties, draws["sorties"]
    )
    who = Entrants(who.corps, who.born, who.entered, left, who.woman, reason == 0, who.credit)
    return Everybody(
        who,
        _joined(people.start, began),
        _joined(opinions(people, draws["merite"]), merit),
        np.concatenate([people.academy, draw_authorities(people, new, draws["affectations"])]),
        np.concatenate([people.function, function]),
        category,
        np.concatenate([people.effect, began.day]),
        np.concatenate([people.services, new.entered - new.credit]),
        reason,
    )


def shares(scenario: Scenario, suppose: Beyond) -> Share:
    """Return the ratios of the scenario, else those of the tables."""
    known = table_share(suppose)

    def share(corps: str, grade: str, year: int) -> int:
        rate = scenario.rate(corps, grade, year)
        return known(corps, grade, year) if rate is None else round(rate * PER_CENT)

    return share


@dataclass(frozen=True)
class Walk:
    """Everybody, her career, and the campaigns counted."""

    all: Everybody
    lived: Projection
    viviers: Acts
    campaigns: Counted


def walk(
    people: People,
    jusqua: int,
    graine: Seed,
    scenario: Scenario,
    suppose: Beyond,
    around: Callable[[Territories], Decider] | None = None,
) -> tuple[Walk, dict[str, Draw]]:
    """Live the careers up to the 1 September of a year, included.

    `around` puts another decider around that of the authorities, by default one that counts.
    """
    seeds = graine if isinstance(graine, np.random.SeedSequence) else np.random.SeedSequence(graine)
    children = seeds.spawn(len(_SUBJECTS))
    draws = {
        name: np.random.Generator(np.random.PCG64(child))
        for name, child in zip(_SUBJECTS, children, strict=True)
    }
    campaigns = range(people.year, jusqua + 1)
    all_ = everybody(people, campaigns, scenario, draws)
    columns = columns_of(all_.who, all_.start.entered_grade, all_.merit)
    columns["debut_services"] = all_.services
    territories = Territories(all_.academy, columns, all_.merit.first, shares(scenario, suppose))
    counted = Counted(territories, all_.who, all_.academy, columns)
    decider = counted if around is None else around(territories)
    decider = OpenLists(decider, closed_lists(people.positions, campaigns))
    lived, viviers = replay(
        all_.who,
        all_.start,
        all_.merit,
        decider,
        campaigns,
        draws["viviers"],
        end=rentree(jusqua) + 1,
    )
    return Walk(all_, lived, viviers, counted), draws


def run(
    people: People,
    jusqua: int,
    graine: Seed,
    scenario: Scenario,
    suppose: Beyond,
    observer: Observer | None = None,
) -> Sums:
    """Project a population and return its sums; same parameters as `start.projeter`."""
    done, draws = walk(people, jusqua, graine, scenario, suppose)
    all_ = done.all
    asked = range(people.year, jusqua + 1)
    frames = [_observed(people)]
    law = PartTime.of(all_.who, scenario.temps_partiel)
    for year, cell, rows in years(all_.who, all_.start.cell, done.lived.events, asked):
        quotite = law.draw(all_.who, rows, rentree(year), draws["services"])
        frames.append(
            stock(
                all_.who, all_.academy, len(people.academies), rentree(year), cell, rows, quotite
            ).assign(annee=year, moment=1)
        )
        if observer is not None:
            observer(Year(year, rows, cell[rows], quotite))
    return Sums(
        pd.concat(frames, ignore_index=True),
        _campaigns(done),
        _flows(people, all_, asked),
        retirements(all_, done.lived, asked),
    )


def _observed(people: People) -> pd.DataFrame:
    counted = stock(
        people.who,
        people.academy,
        len(people.academies),
        people.day,
        people.start.cell,
        np.arange(len(people)),
        people.quotite,
    )
    return counted.assign(annee=people.year, moment=0)


def _campaigns(done: Walk) -> pd.DataFrame:
    """Return the campaigns counted, and the promotions by viviers, whose lists are not drawn."""
    acts, all_ = done.viviers, done.all
    day, row = acts.day.astype(np.int64), acts.row
    woman = all_.who.woman[row]
    promoted = pd.DataFrame(
        {
            "annee": (day - rentree(0)) // YEAR,
            "corps": np.array(corps_codes())[all_.who.corps[row]],
            "grade": EXCEPTIONNELLE,
            "authority": all_.academy[row],
            "promus": 1,
            "femmes_promues": woman.astype(int),
            "age_promus": (day - all_.who.born[row]) / YEAR,
        }
    )
    sums = promoted.groupby(["annee", "corps", "grade", "authority"], as_index=False).sum()
    frames = [frame for frame in (*done.campaigns.frames, sums) if len(frame)]
    return pd.concat(frames or [sums], ignore_index=True)


def _flows(people: People, all_: Everybody, asked: range) -> pd.DataFrame:
    """Return entries and exits by year, corps, academy and reason; a year ends on 1 September."""
    who = all_.who
    names = np.array(["entree", *exit_reasons()], dtype=object)
    new = np.arange(len(people), len(who))
    gone = np.flatnonzero(who.left <= rentree(asked[-1]))
    rows = np.concatenate([new, gone])
    when = np.concatenate([who.entered[new], who.left[gone]])
    what = np.concatenate([np.zeros(new.size, np.int64), 1 + all_.reason[gone]])
    year = -((rentree(asked[0]) - when) // YEAR)
    shape = (len(asked), len(corps_codes()), len(people.academies), len(names))
    key = np.ravel_multi_index((year, who.corps[rows], all_.academy[rows], what), shape)
    counts = np.bincount(key)
    kept = np.flatnonzero(counts)
    year, corps, authority, what = np.unravel_index(kept, shape)
    return pd.DataFrame(
        {
            "annee": asked[0] + year,
            "corps": np.array(corps_codes(), object)[corps],
            "authority": authority,
            "motif": names[what],
            "nombre": counts[kept],
        }
    )


def _joined(one: Columns, two: Columns) -> Columns:
    """Return two sets of columns one after the other, along the last axis."""
    names = one.__dataclass_fields__
    return type(one)(*(np.concatenate([getattr(one, n), getattr(two, n)], axis=-1) for n in names))


def recruits(people: People, years: range, scenario: Scenario) -> Whole:
    """Return how many people enter [corps, year].

    Without a scenario, recruitments go on as the last years of the table show, with the profile
    of the generator's series: its last known value holds after it.
    """
    entries = np.zeros((len(corps_codes()), len(years)), np.int64)
    for place, code in enumerate(corps_codes()):
        scale = _scale(people, place)
        usual = np.diff(np.round(np.cumsum(scale * recruitment(code, np.array(years)))), prepend=0)
        given = [scenario.recruited(code, year) for year in years]
        entries[place] = [
            round(own) if own is not None else usually
            for own, usually in zip(given, usual, strict=True)
        ]
    return entries


def _scale(people: People, place: int) -> float:
    """Return the people who enter for a weight of one, as the last years of the table show."""
    back = np.arange(people.year - int(value("projection_recul")), people.year)
    of_corps = people.who.corps == place
    entered = school_year_of(people.who.entered[of_corps])
    stayed = np.exp(-spent((people.year - 1 - back).astype(float)))
    weight = float((recruitment(corps_codes()[place], back) * stayed).sum())
    return float(np.isin(entered, back).sum()) / weight if weight else 0.0


def draw_recruits(numbers: Whole, years: range, draw: Draw) -> Entrants:
    """Draw the people who enter, corps by corps; when they leave is not decided here."""
    days = rentree(np.array(years))  # type: ignore[arg-type]  # for columns too
    parts = [
        enter(place, np.repeat(days, numbers[place]), draw) for place in range(len(corps_codes()))
    ]
    names = Entrants.__dataclass_fields__
    return Entrants(*(np.concatenate([getattr(part, name) for part in parts]) for name in names))


def draw_authorities(people: People, new: Entrants, draw: Draw) -> Whole:
    """Draw the academy of those who enter, among those of the table.

    The generator's weights of the recent people of each corps, restricted to these academies;
    where it knows none of them, the shares of the table.
    """
    known = postings.academies().tolist()
    academy = np.zeros(len(new), np.int64)
    stock = np.bincount(people.academy, minlength=len(people.academies)).astype(float)
    for place, code in enumerate(corps_codes()):
        rows = np.flatnonzero(new.corps == place)
        law = dict(zip(known, postings.academy_weights(code, recent=True), strict=True))
        weights = np.array([law.get(name, 0) for name in people.academies])
        weights = weights if weights.sum() else stock
        academy[rows] = draw.choice(len(weights), rows.size, p=weights / weights.sum())
    return academy
