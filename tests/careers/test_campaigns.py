"""Campaigns of promotion in a population, ranked as the tables say."""

import numpy as np
import pytest

from iprof_kit.base.calendar import axis_of, rentree
from iprof_kit.base.errors import InputError, LawError
from iprof_kit.careers.agents import Agents
from iprof_kit.careers.campaigns import Campaigns, table_share
from iprof_kit.careers.deciders import Chosen, Replayed
from iprof_kit.careers.events import BONIFICATION, GRADE
from iprof_kit.careers.first_campaign import NO_CAMPAIGN, first_campaign
from iprof_kit.careers.lists import list_code
from iprof_kit.careers.projection import project
from iprof_kit.careers.ranking import Ranking
from iprof_kit.law.tables.cells import CELLS, cell_code

YEAR = 360


def columns(agents, seed=5):
    draw = np.random.default_rng(seed)
    size = len(agents)
    return {
        "appreciation": draw.integers(0, 4, size),
        "avis_tres_favorables": draw.integers(0, 3, size),
        "avis_defavorables": draw.integers(0, 2, size),
        "entree_corps": agents.entry - draw.integers(0, 9_000, size),
        "entree_grade": agents.entry.astype(np.int64),
        "femme": draw.integers(0, 2, size),
        "superieur": draw.integers(0, 2, size),
    }


def campaigns(known, **changes):
    return Campaigns(known, table_share("dernier_connu"), first_year=2027, **changes)


def lived(events):
    return [getattr(events, name).tolist() for name in ("day", "cell", "kind", "kept")]


def test_one_row_equals_many(population):
    agents = population(400)
    many = project(agents, campaigns(columns(agents)))
    assert (many.events.kind == GRADE).sum() > 50
    for row in range(0, 400, 9):
        alone = Replayed(many.outcomes.of([row]))
        one = project(agents.take([row]), alone)
        alone.check()
        assert lived(one.events.of(0)) == lived(many.events.of(row))


def test_row_order_has_no_effect(population):
    agents = population(400)
    known = columns(agents)
    order = np.random.default_rng(2).permutation(len(agents))
    moved = {name: column[order] for name, column in known.items()}
    straight = project(agents, campaigns(known))
    shuffled = project(agents.take(order), campaigns(moved))
    for new, old in enumerate(order.tolist()):
        assert lived(shuffled.events.of(new)) == lived(straight.events.of(old))


def test_each_list_takes_its_contingent(population):
    agents = population(4_000)
    many = project(agents, campaigns(columns(agents)))
    seen = Chosen()
    project(agents, seen)
    lists = next(c for c in seen.seen if c.year == 2027 and c.is_promotion)
    # 23 % (2025, last known, supposed) and 9.5 % (2026, supposed) of those listed, whole part
    for corps, grade, tenths in (("pe", "hors_classe", 230), ("plp", "classe_exceptionnelle", 95)):
        code = list_code(corps, grade)
        listed = int((lists.list_code == code).sum())
        taken = (many.outcomes.year == 2027) & (many.outcomes.list_code == code)
        assert int(taken.sum()) == listed * tenths // 1_000 > 0


def test_nobody_is_taken_before_a_better_one(population):
    agents = population(3_000)
    known = columns(agents)
    plain = {name: column for name, column in known.items() if name not in ("femme", "superieur")}
    outcomes = project(agents, campaigns(plain)).outcomes
    seen = Chosen()
    project(agents, seen)
    lists = next(c for c in seen.seen if c.year == 2027 and c.is_promotion)
    rows = lists.rows[lists.list_code == list_code("certifie", "classe_exceptionnelle")]
    taken = np.isin(rows, outcomes.row[outcomes.year == 2027])
    opinions = known["avis_tres_favorables"][rows]
    assert opinions[taken].min() >= opinions[~taken].max()


def test_the_decimal_is_carried_from_a_campaign_to_the_next():
    size = 3
    cell = np.full(size, cell_code("pe", "classe_normale", "11"))
    entry = np.full(size, axis_of(np.datetime64("2020-09-01").item()))
    agents = Agents(np.arange(size), cell, entry, np.zeros(size), np.full(size, rentree(2030)))
    nothing = np.zeros(size, np.int64)
    known = dict.fromkeys(("appreciation", "avis_tres_favorables", "avis_defavorables"), nothing)
    known |= {"entree_corps": entry, "entree_grade": entry}
    decider = Campaigns(
        known, lambda corps, what, year: 2_000 if what == "hors_classe" else 0, first_year=2026
    )
    outcomes = project(agents, decider).outcomes
    # 20 % of 3, 3, 2 and 2: 0.6, then 1.2 (one taken, 0.2 left), 0.6, 1.0 (one taken)
    assert outcomes.year.tolist() == [2027, 2029]
    assert outcomes.row.tolist() == [0, 1]


def test_a_year_without_ratio_is_refused_unless_something_is_supposed():
    with pytest.raises(LawError, match="taux non trouvé, dernier connu"):
        table_share()("pe", "hors_classe", 2027)
    assert table_share("dernier_connu")("pe", "hors_classe", 2027) == 2300
    assert table_share("projet")("pe", "hors_classe", 2027) == 2700
    assert table_share()("pe", "hors_classe", 2025) == 2300


def test_a_missing_column_stops_the_campaign(population):
    agents = population(300)
    with pytest.raises(InputError, match="appreciation"):
        project(agents, campaigns({}))


def test_bonifications_have_their_own_decider(population):
    agents = population(600)
    share = Ranking(lambda corps, what, year: 3_000, first_year=2027)
    without = project(agents, campaigns(columns(agents)))
    with_them = project(agents, campaigns(columns(agents), bonifications=share))
    assert BONIFICATION not in without.events.kind
    assert BONIFICATION in with_them.events.kind


@pytest.mark.parametrize(
    ("words", "days", "target", "expected"),
    [
        # décret 90-680: 7e since 2024-09-01, 8e 2027-09-01, 9e 2031-03-01, two years on 2033-08-31
        (("pe", "classe_normale", "7"), 2 * YEAR, "hors_classe", 2033),
        (("certifie", "classe_normale", "9"), 2 * YEAR, "hors_classe", 2026),
        (("certifie", "classe_normale", "9"), 2 * YEAR - 1, "hors_classe", 2027),
        (("pe", "hors_classe", "5"), 0, "classe_exceptionnelle", 2026),
        # HC 4 lasts two years and a half
        (("pe", "hors_classe", "4"), 30, "classe_exceptionnelle", 2029),
        (("pe", "classe_normale", "11"), 0, "classe_exceptionnelle", NO_CAMPAIGN),
    ],
)
def test_the_first_campaign_at_the_pace_of_right(words, days, target, expected):
    cell = np.array([cell_code(*words)])
    assert first_campaign(cell, np.array([days]), target, 2026).tolist() == [expected]


def test_more_seniority_never_delays_the_first_campaign():
    cells = np.flatnonzero((CELLS.corps == "pe") & (CELLS.grade == "classe_normale"))
    years = [
        first_campaign(cells, np.full(len(cells), d), "hors_classe", 2026)
        for d in range(0, 700, 50)
    ]
    assert (np.diff(np.array(years), axis=0) <= 0).all()


def test_each_authority_ranks_its_list_as_if_it_were_alone():
    cell = cell_code("certifie", "classe_normale", "11", None)
    size = 301
    agents = Agents(
        np.arange(size),
        np.full(size, cell),
        np.full(size, rentree(2024)),
        np.zeros(size, np.int64),
        np.full(size, rentree(2030)),
    )
    known, authority = columns(agents), np.arange(size) % 3
    together = project(agents, campaigns(known, authority=authority)).outcomes
    for code in range(3):
        mine = np.flatnonzero(authority == code)
        its = {name: values[mine] for name, values in known.items()}
        alone = project(agents.take(mine), campaigns(its)).outcomes
        found = together.of(mine)
        assert len(alone)
        assert np.array_equal(
            np.sort(found.row * 10_000 + found.year), np.sort(alone.row * 10_000 + alone.year)
        )
