"""The yearly states of the fictitious population, and those who left on the way."""

from datetime import date

import pandas as pd
import pytest

import iprof_kit
from iprof_kit.analytics.columns import COLUMNS
from iprof_kit.analytics.imports.values.checks import CHECKS
from iprof_kit.base.errors import InputError
from iprof_kit.law.tables.loading import load_reference


@pytest.fixture(scope="module")
def states():
    return iprof_kit.etats(3_000, 1)


def of(states, year):
    return states[states["annee"] == year]


def test_one_seed_gives_the_same_states_whatever_the_window(states):
    recent = iprof_kit.etats(3_000, 1, depuis=2025)
    whole = states[states["annee"] >= 2025].reset_index(drop=True)
    pd.testing.assert_frame_equal(recent, whole)


def test_the_last_state_is_the_population_under_the_same_numbers(states):
    population = iprof_kit.generate(3_000, 1).set_index("numero")
    last = (
        of(states, 2026).set_index("numero").drop(columns=["annee", "date_sortie", "motif_sortie"])
    )
    pd.testing.assert_frame_equal(last.loc[population.index], population[list(last)])


def test_a_person_has_a_row_each_year_until_the_exit(states):
    people = states.groupby("numero")["annee"]
    assert (people.max() - people.min() + 1 == people.size()).all()
    left = states[states["date_sortie"].notna()]
    assert (left["annee"] == people.max()[left["numero"]].to_numpy()).all()
    gone = people.max()[people.max() < 2026]
    assert set(gone.index) == set(left["numero"])


def test_an_exit_comes_before_the_next_31_august_and_has_a_reason(states):
    left = states[states["date_sortie"].notna()]
    assert (left["date_sortie"].dt.year == left["annee"]).all()  # on 1 September
    reasons = load_reference("generateur")
    drawn = reasons.loc[reasons["parametre"].str.startswith("motif_sortie_"), "cle"]
    assert set(left["motif_sortie"]) == {*drawn, "retraite"}
    assert (states.loc[states["date_sortie"].isna(), "motif_sortie"] == "").all()


def test_a_dismissal_ends_a_first_year_and_a_retirement_a_career(states):
    dismissed = states[states["motif_sortie"] == "licenciement"]
    assert (dismissed["statut"] == "stagiaire").all()
    retired = states[states["motif_sortie"] == "retraite"]
    assert (retired["annee"] - retired["date_naissance"].dt.year >= 54).all()


def test_reasons_have_the_published_shares():
    """First year: 3.7 % resign, 2 % are dismissed (generateur.md § 4): 65 and 35 in a hundred."""
    states = iprof_kit.etats(20_000, 1)
    left = states[(states["statut"] == "stagiaire") & states["date_sortie"].notna()]
    assert (left["motif_sortie"] == "demission").mean() == pytest.approx(0.65, abs=0.08)


@pytest.mark.parametrize("year", [2018, 2022, 2026])
def test_every_state_passes_the_checks_of_an_import(states, year):
    rows = of(states, year).reset_index(drop=True)
    for check in CHECKS:
        if set(check.needs) <= set(rows):
            assert not check.run(rows, date(year, 8, 31)).rows.any(), check.name


def test_columns_are_those_of_the_kit(states):
    assert set(states) <= set(COLUMNS)
    assert all(states[name].dtype == COLUMNS[name].dtype for name in states)


def test_one_row_a_person_holds_everybody_once(states):
    people = iprof_kit.etats(3_000, 1, dernier=True)
    assert people["numero"].is_unique
    assert len(people) == states["numero"].nunique() > 3_000


@pytest.mark.parametrize(("since", "until"), [(2017, None), (2025, 2024), (2027, None)])
def test_a_first_year_outside_the_tables_is_refused(since, until):
    with pytest.raises(InputError, match=str(since)):
        iprof_kit.etats(10, 1, until, depuis=since)
