"""A population and one person: the same month of pay, the same pension."""

from datetime import date

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from projected_people import STILL, alike

import iprof_kit
from iprof_kit.analytics.projection.budget import CONTRIBUTIONS, month
from iprof_kit.analytics.projection.departures import simulation_day
from iprof_kit.analytics.projection.scenario import Scenario
from iprof_kit.base.calendar import axis_of
from iprof_kit.calculate.subjects import ask
from iprof_kit.law.career.advancement import cells_at
from iprof_kit.law.career.traitement import majore, paid_fraction
from iprof_kit.law.tables.cells import CELLS, cell_code

TODAY, LEFT = date(2026, 11, 25), date(2026, 9, 1)
PLACES = [cell for cell in cells_at(axis_of(TODAY)) if majore(axis_of(TODAY))[cell] > 0]
QUOTITES = (100, 90, 80, 70, 60, 50)
A_CENT = 0.0101
AS_PLAIN = Scenario()


@settings(max_examples=12, deadline=None)
@given(
    people=st.lists(
        st.tuples(st.sampled_from(PLACES), st.sampled_from(QUOTITES)), min_size=1, max_size=5
    ),
    number=st.integers(1, 12),
)
def test_the_pay_of_a_population_is_the_payslip_of_each(people, number):
    on = date(2026, number, 1)
    paid = [np.divide(*paid_fraction(quotite, "sur_autorisation")) for _, quotite in people]
    stock = pd.DataFrame({"cell": [cell for cell, _ in people], "etp_paye": paid})
    table = month(stock, on, AS_PLAIN)
    for row, (cell, quotite) in zip(table.to_dict("records"), people, strict=True):
        slip = ask("pay", asked(cell, quotite, on))
        lines = {line.code: line.montant for line in slip.lignes}
        assert row["traitement_brut"] == pytest.approx(lines["TIB"], abs=A_CENT)
        for code in CONTRIBUTIONS:
            assert row[code.lower()] == pytest.approx(lines[code], abs=A_CENT)


@settings(max_examples=8, deadline=None)
@given(
    echelon=st.sampled_from(["8", "9", "10", "11"]),
    since=st.sampled_from(["2020-09-01", "2024-01-15", "2026-03-01", "2026-06-01"]),
    born=st.dates(date(1956, 1, 1), date(1959, 8, 1)),
    started=st.integers(1979, 2010),
)
def test_a_pension_of_the_projection_is_that_of_the_person(echelon, since, born, started):
    """Beyond 67 years she leaves at the first rentrée: the day is known."""
    facts = {"echelon": echelon, "date_effet": since, "date_naissance": str(born)}
    entered = dict.fromkeys(("debut_services", "entree_corps", "entree_grade"), f"{started}-09-01")
    made = iprof_kit.projeter(alike(facts | entered), 2026, graine=1, scenario=STILL)
    row = made.retraites().to_dict("records")[0]
    grid = majore(axis_of(LEFT) - 1)
    now, before = (
        int(grid[cell_code("certifie", "classe_normale", one)])
        for one in (echelon, str(int(echelon) - 1))
    )
    line = ask(
        "pension",
        {
            "naissance": born,
            "aujourdhui": simulation_day(axis_of(LEFT)).item(),
            "departs": [LEFT],
            "indice_majore": now,
            "indice_depuis": since,
            "indice_precedent": before,
            "periodes": [{"debut": f"{started}-09-01"}],
        },
    ).departs[0]
    low, high = bounds_of(line)
    assert row["pension_basse"] == pytest.approx(low, abs=A_CENT)
    assert row["pension_haute"] == pytest.approx(high, abs=A_CENT)


def test_a_pension_whose_index_is_not_known_is_not_calculated():
    """Promoted less than six months before she leaves: no table tells the index before."""
    facts = {"grade": "hors_classe", "echelon": "4", "date_naissance": "1958-01-01"}
    promoted = dict.fromkeys(("date_effet", "entree_grade"), "2026-06-01")
    made = iprof_kit.projeter(alike(facts | promoted), 2026, graine=1, scenario=STILL)
    row = made.retraites().to_dict("records")[0]
    assert (row["nombre"], row["pensions_calculees"]) == (1, 0)


def bounds_of(line):
    if line.fourchette is None:
        return line.pension_brute, line.pension_brute
    return line.fourchette.sans_autre_trimestre, line.fourchette.duree_atteinte


def asked(cell, quotite, on):
    return {
        "date": on,
        "corps": CELLS.corps[cell],
        "grade": CELLS.grade[cell],
        "echelon": CELLS.echelon[cell],
        "chevron": CELLS.chevron[cell] or None,
        "quotite": quotite,
        "zone": 3,
    }
