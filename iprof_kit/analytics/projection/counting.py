"""What is kept of a walk: sums by year, cell, academy and sex; nobody's name."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt
import pandas as pd

from iprof_kit.analytics.population.decisions import Territories
from iprof_kit.analytics.population.entrants import Draw, Entrants, Whole
from iprof_kit.analytics.population.laws import PER_CENT, distribution, series, value
from iprof_kit.analytics.population.postings import by_corps_and_sex
from iprof_kit.base.calendar import YEAR, rentree, school_year_of
from iprof_kit.base.errors import InputError
from iprof_kit.base.words import NBSP
from iprof_kit.careers.agents import Flags
from iprof_kit.careers.criteria import Candidates, Numbers, criterion
from iprof_kit.careers.events import Events
from iprof_kit.careers.lists import Campaign, list_names
from iprof_kit.law.career.traitement import paid_fraction

Floats = npt.NDArray[np.float64]
SEXES = ("H", "F")
AUTHORISED = "sur_autorisation"
HORS_CLASSE = "hors_classe"
_SUMS = ("effectif", "en_service", "temps_partiel", "etp", "etp_paye", "age")


class Counted:
    """A decider whose campaigns are counted, list by list and academy by academy."""

    def __init__(
        self, decider: Territories, who: Entrants, academy: Whole, columns: dict[str, Numbers]
    ) -> None:
        self._decider, self._who, self._academy, self._columns = decider, who, academy, columns
        self.frames: list[pd.DataFrame] = []

    def decide(self, campaign: Campaign) -> Flags:
        """Let the other decide, and count."""
        taken = self._decider.decide(campaign)
        if campaign.is_promotion:
            self.frames.append(self._count(campaign, taken))
        return taken

    def _count(self, campaign: Campaign, taken: Flags) -> pd.DataFrame:
        names, rows = list_names(), campaign.rows
        woman = self._who.woman[rows]
        people = pd.DataFrame(
            {
                "code": campaign.list_code,
                "authority": self._academy[rows],
                "promouvables": 1,
                "femmes_promouvables": woman,
                "promus": taken,
                "femmes_promues": taken & woman,
                "age_promus": taken * (rentree(campaign.year) - self._who.born[rows]) / YEAR,
                "barre": self._bars(campaign, taken),
            }
        )
        how = dict.fromkeys(people.columns[2:-1], "sum") | {"barre": "min"}
        lists = people.groupby(["code", "authority"], as_index=False).agg(how)
        code = lists["code"]
        places = {each: self._decider.contingents(campaign.year, each) for each in code.unique()}
        lists["contingent"] = [
            places[each][authority]
            for each, authority in zip(code, lists["authority"], strict=True)
        ]
        lists["annee"] = campaign.year
        lists["corps"] = [names[each].corps for each in code]
        lists["grade"] = [names[each].object for each in code]
        return lists.drop(columns="code")

    def _bars(self, campaign: Campaign, taken: Flags) -> Floats:
        """Return the barème of the promoted to the hors classe, NaN for the others."""
        scores = np.full(len(campaign), np.nan)
        graded = np.array([name.object == HORS_CLASSE for name in list_names()])
        promoted = np.flatnonzero(taken & graded[campaign.list_code])
        if promoted.size:
            as_in = max(campaign.year, int(value("ordre_hors_classe")))
            scores[promoted] = criterion(
                "bareme",
                Candidates(
                    as_in,
                    campaign.ids[promoted],
                    campaign.cell[promoted],
                    campaign.days[promoted],
                    self._columns,
                    campaign.rows[promoted],
                ),
            )
        return scores


@dataclass(frozen=True)
class Year:
    """Everybody who is there on a 1 September: what `etats` writes."""

    annee: int
    rows: Whole
    cell: Whole
    quotite: Whole


Observer = Callable[[Year], None]


def stock(
    who: Entrants,
    academy: Whole,
    academies: int,
    day: int,
    cell: Whole,
    rows: Whole,
    quotite: Whole,
) -> pd.DataFrame:
    """Return sums by cell, academy and sex of those who are there."""
    key = (cell[rows].astype(np.int64) * academies + academy[rows]) * len(SEXES) + who.woman[rows]
    share = quotite / PER_CENT
    values = {
        "effectif": None,
        "en_service": quotite > 0,
        "temps_partiel": (quotite > 0) & (quotite < PER_CENT),
        "etp": share,
        "etp_paye": fractions_paid()[quotite],
        "age": (day - who.born[rows]) / YEAR,
    }
    sums = {
        name: np.bincount(key, None if weights is None else weights.astype(float))
        for name, weights in values.items()
    }
    kept = np.flatnonzero(sums["effectif"])
    sums_by_cell = pd.DataFrame({name: sums[name][kept] for name in _SUMS})
    place, sex = np.divmod(kept, len(SEXES))
    cells, authority = np.divmod(place, academies)
    sums_by_cell["cell"], sums_by_cell["authority"], sums_by_cell["femme"] = cells, authority, sex
    return sums_by_cell


def years(
    who: Entrants, cell: Whole, events: Events, asked: range
) -> Iterator[tuple[int, Whole, Whole]]:
    """Yield each 1 September: year, cells after the promotions, rows of those who are there."""
    cell = cell.copy()
    # The log is written period after period: what comes by a 1 September is a prefix of it.
    ends = np.searchsorted(school_year_of(events.day - 1), np.array(asked))
    begin = 0
    for year, end in zip(asked, ends.tolist(), strict=True):
        cell[events.row[begin:end]] = events.cell[begin:end]
        begin = end
        yield year, cell, np.flatnonzero(who.present(rentree(year)))


@dataclass(frozen=True)
class PartTime:
    """The generator's law of part-time and of absences, drawn again each year."""

    chance: Floats
    """Of part-time at the mean profile of ages, by person."""
    away: float
    """Share of those who are not paid here: leaves, disponibilité, détachement."""

    @classmethod
    def of(cls, who: Entrants, multiplier: float) -> PartTime:
        """Return the law of some people; a multiplier that gives more than everybody is refused."""
        chance = by_corps_and_sex("temps_partiel", who) * multiplier
        highest = _profile()[1].max() * float(chance.max(initial=0))
        if highest > 1:
            raise InputError(
                f"la part de temps partiel dépasserait 100{NBSP}% ({highest:.0%} à certains âges).",
                where="scenario.temps_partiel",
                remedy="Diminuez ce multiplicateur.",
            )
        return cls(chance, sum(series("position").values()) / PER_CENT)

    def draw(self, who: Entrants, rows: Whole, day: int, draw: Draw) -> Whole:
        """Draw the quotités of a year, in per cent; 0 for whoever is not paid here."""
        starts, profile = _profile()
        age = (day - who.born[rows]) // YEAR
        chance = self.chance[rows] * profile[np.searchsorted(starts, age, side="right") - 1]
        drawn = draw.random(rows.size)
        away = (drawn < self.away) & (who.entered[rows] <= day - YEAR)
        drawn = (drawn - self.away) / (1 - self.away)
        codes, weights = distribution("quotite")
        part = np.flatnonzero((drawn >= 0) & (drawn < chance))
        bounds = np.cumsum(weights)
        place = np.searchsorted(bounds, drawn[part] / chance[part], side="right")
        quotite = np.full(rows.size, PER_CENT)
        quotite[part] = codes.astype(np.int64)[np.minimum(place, len(codes) - 1)]
        quotite[away] = 0
        return quotite


@cache
def _profile() -> tuple[Whole, Floats]:
    ages = series("temps_partiel_age")
    weights = np.array(list(ages.values()))
    return np.array([int(age) for age in ages]), weights / weights.mean()


@cache
def fractions_paid() -> Floats:
    """Return the fraction paid of each quotité from 0 to 100; outside the law, the quotité."""
    paid = np.arange(PER_CENT + 1) / PER_CENT
    for quotite in range(1, PER_CENT + 1):
        try:
            above, below = paid_fraction(quotite, AUTHORISED)
        except InputError:
            continue
        paid[quotite] = above / below
    return paid
