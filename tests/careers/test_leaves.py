"""Time that does not count, in the walk: due dates, seniority read on 31 August, lists closed."""

from datetime import date

import numpy as np

from iprof_kit.base.calendar import axis_of, rentree, school_year_of
from iprof_kit.careers.acts import LEAVE, SLOWED, Acts
from iprof_kit.careers.deciders import Chosen
from iprof_kit.careers.leaves import leave_acts, lost_time, together
from iprof_kit.careers.projection import project
from iprof_kit.law.career.positions import Stays, counted_time, position_code

CERTIFIE = {
    "corps": "certifie", "grade": "classe_normale", "echelon": "9", "date": date(2024, 9, 1),
    "mois": 0,
}  # fmt: skip
EARLY = CERTIFIE | {"echelon": "4", "date": date(2017, 9, 1)}


def acts_of(agents, position, begin, end, motif=None):
    one = np.array([0])
    code = np.array([position_code(position, motif)])
    stays = Stays(one, code, np.array([axis_of(begin)]), np.array([axis_of(end)]))
    return leave_acts(lost_time(stays, counted_time(stays)), agents.entry.astype(np.int64))


def test_six_months_of_disponibilite_move_the_echelon_by_six_months(person, held):
    # CGFP L514-1 ; 9e: 4 years (durees_echelon.csv)
    agents = person(CERTIFIE)
    acts = acts_of(agents, "Disponibilité", date(2025, 3, 1), date(2025, 9, 1))
    assert held(project(agents, acts=acts).events)[0][0] == date(2029, 3, 1)


def test_what_was_lost_before_the_echelon_is_in_its_date_already(person):
    agents = person(CERTIFIE)
    assert not len(acts_of(agents, "Disponibilité", date(2015, 9, 1), date(2016, 1, 16)))


def test_a_disponibilite_is_cut_so_that_each_31_august_reads_what_was_served(person):
    agents = person(CERTIFIE)
    acts = acts_of(agents, "Disponibilité", date(2025, 3, 1), date(2028, 3, 1))
    assert set(acts.kind.tolist()) == {LEAVE}
    assert acts.days.sum() == 3 * 360
    last = school_year_of(acts.day + acts.days - 1)
    assert school_year_of(acts.day).tolist() == last.tolist()
    # six months served before, eighteen after, on 31 August 2029 (décret 90-680 art. 25: 2 years)
    seen = Chosen()
    project(agents, seen, acts)
    assert seen.years_open()[0, "hors_classe"][0] == 2029


def test_nobody_away_on_31_august_is_promouvable(person):
    # bareme_hors_classe.csv, positions: no disponibilité without activity
    agents = person(CERTIFIE | {"date": date(2023, 9, 1)})
    acts = acts_of(agents, "Disponibilité", date(2026, 3, 1), date(2026, 9, 1))
    seen = Chosen()
    project(agents, seen, acts)
    assert seen.years_open()[0, "hors_classe"][:2] == (2025, 2027)


def test_a_conge_parental_closes_no_list(person):
    agents = person(CERTIFIE | {"date": date(2023, 9, 1)})
    acts = acts_of(agents, "Congé parental", date(2026, 3, 1), date(2026, 9, 1))
    seen = Chosen()
    project(agents, seen, acts)
    assert seen.years_open()[0, "hors_classe"][:2] == (2025, 2026)


def test_time_that_counts_by_half_moves_the_echelon_by_half_of_it(person, held):
    # congé parental 2016-2018, lille.snes.edu: half from 2017-09-01; 4e: 2 years, due 2019-09-01
    agents = person(EARLY)
    acts = acts_of(agents, "Congé parental", date(2016, 9, 1), date(2018, 9, 1))
    assert set(acts.kind.tolist()) == {SLOWED}
    assert held(project(agents, acts=acts).events)[0][0] == date(2020, 3, 1)


def test_an_echelon_that_falls_in_half_time_comes_after_twice_what_was_left(person, held):
    # three months left on 2017-09-01, at half rate: six months
    agents = person(EARLY | {"mois": 21})
    acts = acts_of(agents, "Congé parental", date(2016, 9, 1), date(2018, 9, 1))
    assert held(project(agents, acts=acts).events)[0][0] == date(2018, 3, 1)


def test_acts_of_several_origins_are_sorted_together(person, held):
    agents = person(CERTIFIE)
    leave = acts_of(agents, "Disponibilité", date(2025, 3, 1), date(2025, 9, 1))
    other = Acts([0], [rentree(2024) + 30], [LEAVE], [0], [90])
    both = together(None, leave, other)
    assert both.day.tolist() == sorted(both.day.tolist())
    assert held(project(agents, acts=both).events)[0][0] == date(2029, 6, 1)
