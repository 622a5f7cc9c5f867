"""What the calibration measures in a generated population: one function an indicator.

A measure is read on the history: who was there on a 1 September, and which campaigns were held.
A function returns NaN where nobody answers (a population too small).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from iprof_kit.analytics.population.build import Population
from iprof_kit.analytics.population.decisions import Decided
from iprof_kit.analytics.population.entrants import Whole
from iprof_kit.analytics.population.laws import PER_CENT, corps_codes
from iprof_kit.analytics.population.postings import SERVING, academies
from iprof_kit.analytics.population.replay import EXCEPTIONNELLE, situation
from iprof_kit.base.calendar import YEAR, rentree
from iprof_kit.base.reference import in_first_degree
from iprof_kit.careers.lists import list_names
from iprof_kit.law.promotion.bareme import APPRECIATIONS
from iprof_kit.law.tables.cells import CELLS
from iprof_kit.law.tables.schema import EVERYBODY

Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Asked:
    """What a published figure is about: corps, sex, key (an age, a grade, a code), year."""

    corps: str
    sexe: str
    cle: str
    annee: int


Measure = Callable[[Population, Asked], float]


def _corps(pop: Population, corps: str) -> Flags:
    if corps == EVERYBODY:
        return np.ones(len(pop.people), bool)
    return np.asarray(pop.people.corps == corps_codes().index(corps))


def _there(pop: Population, asked: Asked) -> Flags:
    return pop.people.present(min(rentree(asked.annee), rentree(pop.year) - 1))


def _age(pop: Population, asked: Asked) -> npt.NDArray[np.float64]:
    age: npt.NDArray[np.float64] = (rentree(asked.annee) - pop.people.born) / YEAR
    return age


def _of_age(pop: Population, asked: Asked) -> Flags:
    """Tell who is of the ages of a key: « moins_30 », « 50_plus », or all."""
    words = asked.cle.split("_")
    if words[0] == "moins":
        return np.asarray(_age(pop, asked) < int(words[1]))
    if words[0].isdigit():
        return np.asarray(_age(pop, asked) >= int(words[0]))
    return np.ones(len(pop.people), bool)


def _percent(part: Flags, whole: Flags) -> float:
    return float((part & whole).sum() / whole.sum() * PER_CENT) if whole.any() else np.nan


def _mean(values: npt.NDArray[np.float64]) -> float:
    return float(values.mean()) if values.size else np.nan


def part_corps(pop: Population, asked: Asked) -> float:
    """Return the share of a corps in the stock."""
    return _percent(_corps(pop, asked.corps), _there(pop, asked))


def part_femmes(pop: Population, asked: Asked) -> float:
    """Return the share of women, of the ages of the key."""
    whole = _there(pop, asked) & _corps(pop, asked.corps) & _of_age(pop, asked)
    return _percent(pop.people.woman, whole)


def age_moyen(pop: Population, asked: Asked) -> float:
    """Return the mean age."""
    return _mean(_age(pop, asked)[_there(pop, asked) & _corps(pop, asked.corps)])


def part_age(pop: Population, asked: Asked) -> float:
    """Return the share of the ages of the key."""
    return _percent(_of_age(pop, asked), _there(pop, asked) & _corps(pop, asked.corps))


def _campaign(pop: Population, asked: Asked, what: str) -> tuple[Whole, Whole, Whole]:
    """Return rows, cells and answers (1: taken) of the lists of a campaign."""
    names = list_names()
    rows, cells, taken = [], [], []
    for decided in _decided_in(pop, asked.annee):
        wanted = np.array([n.object == what and asked.corps in (n.corps, EVERYBODY) for n in names])
        of_lists = wanted[decided.campaign.list_code]
        rows.append(decided.campaign.rows[of_lists])
        cells.append(decided.campaign.cell[of_lists])
        taken.append(decided.taken[of_lists])
    empty = np.zeros(0, np.int64)

    def joined(parts: list[Whole]) -> Whole:
        return np.concatenate([empty, *parts]).astype(np.int64)

    return joined(rows), joined(cells), joined(taken)


def _decided_in(pop: Population, year: int) -> list[Decided]:
    return [decided for decided in pop.careers.decided if decided.campaign.year == year]


def _promoted(pop: Population, asked: Asked, what: str) -> Whole:
    """Return who was promoted, by rank or from the viviers."""
    rows, _, taken = _campaign(pop, asked, what)
    promoted = rows[taken > 0]
    if what == EXCEPTIONNELLE:
        acts = pop.careers.recorded
        promoted = np.concatenate([promoted, acts.row[acts.day == rentree(asked.annee)]])
    return promoted[_corps(pop, asked.corps)[promoted]].astype(np.int64)


def promouvables(pop: Population, asked: Asked) -> float:
    """Return how many real people the promouvables stand for."""
    return _campaign(pop, asked, asked.cle)[0].size * pop.weight


def promus(pop: Population, asked: Asked) -> float:
    """Return how many real people the promoted stand for."""
    return _promoted(pop, asked, asked.cle).size * pop.weight


def part_grade(pop: Population, asked: Asked) -> float:
    """Return the share of a grade in a corps, after the promotions of the year."""
    day = rentree(asked.annee)
    cell = situation(pop.start, pop.careers.walk.events, day).cell
    whole = _there(pop, asked) & _corps(pop, asked.corps)
    return _percent(np.asarray(CELLS.grade[cell] == asked.cle), whole)


def part_femmes_promouvables(pop: Population, asked: Asked) -> float:
    """Return the share of women among the promouvables."""
    return _share_of(pop.people.woman, _campaign(pop, asked, asked.cle)[0])


def part_femmes_promus(pop: Population, asked: Asked) -> float:
    """Return the share of women among the promoted."""
    return _share_of(pop.people.woman, _promoted(pop, asked, asked.cle))


def _share_of(flags: Flags, rows: Whole) -> float:
    return float(flags[rows].mean() * PER_CENT) if rows.size else np.nan


HC = "hors_classe"


def echelon_promus(pop: Population, asked: Asked) -> float:
    """Return the share of an échelon among the promoted to the hors classe."""
    _, cells, taken = _campaign(pop, asked, HC)
    return _share_of(CELLS.echelon == asked.cle, cells[taken > 0])


def appreciation_promus(pop: Population, asked: Asked) -> float:
    """Return the share of an appréciation among the promoted to the hors classe."""
    given = pop.merit.last == APPRECIATIONS.index(asked.cle)
    return _share_of(given, _promoted(pop, asked, HC))


def excellents_promouvables(pop: Population, asked: Asked) -> float:
    """Return the share of excellents among the promouvables of an échelon."""
    rows, cells, _ = _campaign(pop, asked, HC)
    return _share_of(pop.merit.last == 0, rows[CELLS.echelon[cells] == asked.cle])


def fonction_promouvables(pop: Population, asked: Asked) -> float:
    """Return the share of a function among the promouvables."""
    return _share_of(pop.function == asked.cle, _campaign(pop, asked, HC)[0])


def fonction_promus(pop: Population, asked: Asked) -> float:
    """Return the share of a function among the promoted."""
    return _share_of(pop.function == asked.cle, _promoted(pop, asked, HC))


def part_acceleree(pop: Population, asked: Asked) -> float:
    """Return the share of a list of bonification that was taken."""
    taken = _campaign(pop, asked, asked.cle)[2]
    return float(taken.mean() * PER_CENT) if taken.size else np.nan


def _leavers(pop: Population, asked: Asked) -> Flags:
    left = pop.people.left
    begin = rentree(asked.annee)
    return np.asarray((left > begin - YEAR) & (left <= begin)) & _corps(pop, asked.corps)


def age_retraite(pop: Population, asked: Asked) -> float:
    """Return the mean age of those who retire in the year."""
    gone = _leavers(pop, asked) & pop.people.retired
    return _mean(((pop.people.left - pop.people.born) / YEAR)[gone])


def taux_retraite(pop: Population, asked: Asked) -> float:
    """Return the retirements of a year as a share of the stock of before."""
    before = pop.people.present(rentree(asked.annee - 1)) & _corps(pop, asked.corps)
    return _percent(_leavers(pop, asked) & pop.people.retired, before)


def departs_retraite(pop: Population, asked: Asked) -> float:
    """Return how many real people retire in the year."""
    return float((_leavers(pop, asked) & pop.people.retired).sum() * pop.weight)


def sortie_stagiaires(pop: Population, asked: Asked) -> float:
    """Return the share of the entrants of a year who are gone one year later."""
    new = (pop.people.entered == rentree(asked.annee)) & _corps(pop, asked.corps)
    return _percent(pop.people.left <= rentree(asked.annee + 1), new)


def entrees(pop: Population, asked: Asked) -> float:
    """Return how many real people enter in the year."""
    new = (pop.people.entered == rentree(asked.annee)) & _corps(pop, asked.corps)
    return float(new.sum() * pop.weight)


def entrees_pour_10_retraites(pop: Population, asked: Asked) -> float:
    """Return the entries for ten retirements."""
    gone = departs_retraite(pop, asked)
    return 10 * entrees(pop, asked) / gone if gone else np.nan


def _rows(pop: Population, asked: Asked) -> Flags:
    table = pop.table
    chosen = table["position"] == SERVING
    if asked.corps != EVERYBODY:
        chosen &= table["corps"] == asked.corps
    if asked.sexe:
        chosen &= table["sexe"] == asked.sexe
    return chosen.to_numpy(bool)


def temps_partiel(pop: Population, asked: Asked) -> float:
    """Return the share of part-time among those who serve, on the day of observation."""
    quotite = pop.table["quotite"].to_numpy()[_rows(pop, asked)]
    return float((quotite < PER_CENT).mean() * PER_CENT) if quotite.size else np.nan


def quotite_moyenne(pop: Population, asked: Asked) -> float:
    """Return the mean quotité of those who serve, on the day of observation."""
    return _mean(pop.table["quotite"].to_numpy(np.float64)[_rows(pop, asked)])


def education_prioritaire(pop: Population, asked: Asked) -> float:
    """Return the share of éducation prioritaire, on the day of observation."""
    inside = (pop.table["education_prioritaire"] != "").to_numpy()[_rows(pop, asked)]
    return float(inside.mean() * PER_CENT) if inside.size else np.nan


def _second_degree(pop: Population) -> Flags:
    only_first = np.array([in_first_degree(code) for code in corps_codes()])
    return np.asarray(~only_first[pop.people.corps])


def part_corps_academie(pop: Population, asked: Asked) -> float:
    """Return the share of a corps in the second degree of an academy."""
    of_academy = pop.academy == int(np.flatnonzero(academies() == asked.cle)[0])
    return _percent(_corps(pop, asked.corps), _there(pop, asked) & of_academy & _second_degree(pop))


def part_academie_promus(pop: Population, asked: Asked) -> float:
    """Return the share of an academy in the promotions to the hors classe."""
    of_academy = pop.academy == int(np.flatnonzero(academies() == asked.cle)[0])
    return _share_of(of_academy, _promoted(pop, asked, HC))


def age_promus(pop: Population, asked: Asked) -> float:
    """Return the mean age of the promoted."""
    return _mean(_age(pop, asked)[_promoted(pop, asked, asked.cle)])


MEASURES: dict[str, Measure] = {
    measure.__name__: measure
    for measure in (
        part_corps,
        part_femmes,
        age_moyen,
        part_age,
        promouvables,
        promus,
        part_grade,
        part_femmes_promouvables,
        part_femmes_promus,
        echelon_promus,
        appreciation_promus,
        excellents_promouvables,
        fonction_promouvables,
        fonction_promus,
        part_acceleree,
        age_retraite,
        taux_retraite,
        departs_retraite,
        sortie_stagiaires,
        entrees,
        entrees_pour_10_retraites,
        temps_partiel,
        quotite_moyenne,
        education_prioritaire,
        part_corps_academie,
        part_academie_promus,
        age_promus,
    )
}

OF_TABLE = frozenset({"temps_partiel", "quotite_moyenne", "education_prioritaire"})
"""Those that are read in the table of the day of observation, not in the history."""
