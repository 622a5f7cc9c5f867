"""The fictitious population: reproducible, lawful row by row, close to what is published."""

from datetime import date

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import iprof_kit
from iprof_kit.analytics.columns import COLUMNS, SITUATION
from iprof_kit.analytics.imports.values.checks import CHECKS
from iprof_kit.analytics.population.build import build, generate
from iprof_kit.analytics.population.calibration import UNKNOWN, WITHIN, calibration
from iprof_kit.analytics.population.entrants import shares
from iprof_kit.analytics.population.laws import corps_codes, series, value
from iprof_kit.analytics.population.report import save_calibration
from iprof_kit.analytics.storage import load_population, save_population
from iprof_kit.base.calendar import YEAR, rentree
from iprof_kit.base.errors import InputError
from iprof_kit.careers.projection import project
from iprof_kit.law.tables.cells import CELLS

OBSERVED = date(2026, 8, 31)


@pytest.fixture(scope="module")
def large():
    return build(20_000, 2026)


@pytest.fixture(scope="module")
def found(large):
    return calibration(large)


def faults(table, observed=OBSERVED):
    """Return what the checks of an import say of a table, but for people without corps."""
    return {
        check.name: check.run(table, observed).why
        for check in CHECKS
        if set(check.needs) <= set(table) and check.run(table, observed).rows.any()
    }


def test_one_seed_gives_the_same_bytes(tmp_path):
    for name in ("a", "b"):
        save_population(generate(500, 7), tmp_path / f"{name}.parquet")
    assert (tmp_path / "a.parquet").read_bytes() == (tmp_path / "b.parquet").read_bytes()


def test_another_seed_gives_other_people():
    assert not generate(50, 1).equals(generate(50, 2))


def test_provenance_goes_with_the_file(tmp_path):
    save_population(generate(20, 3), tmp_path / "p.parquet")
    back = load_population(tmp_path / "p.parquet")
    assert back.attrs["graine"] == 3
    assert back.attrs["observation"] == "2026-08-31"
    assert "fictive" in back.attrs["source"]


@settings(max_examples=12, deadline=None)
@given(size=st.integers(1, 300), seed=st.integers(0, 2**40), year=st.integers(2018, 2026))
def test_any_population_is_lawful(size, seed, year):
    table = generate(size, seed, year)
    assert len(table) == size
    assert faults(table, date(year, 8, 31)) == {}
    assert table["numero"].is_unique


def test_every_row_passes_the_checks_of_an_import(large):
    assert faults(large.table) == {}


def test_columns_are_those_of_the_kit(large):
    assert set(SITUATION) <= set(large.table) <= set(COLUMNS)
    for name in large.table:
        assert large.table[name].dtype == COLUMNS[name].dtype, name
        if COLUMNS[name].allowed():
            values = large.table[name].astype(str)
            assert set(values) - {""} <= set(COLUMNS[name].allowed()), name


def test_nobody_is_named(large):
    assert (large.table[["nom", "prenom"]] == "").all(axis=None)
    assert large.table["numero"].str.fullmatch(r"SYN\d{9}").all()


def test_shares_of_the_corps_are_exact(large):
    counted = large.table["corps"].value_counts()
    total = sum(value("effectif", corps) for corps in corps_codes())
    for corps in corps_codes():
        assert abs(counted[corps] - 20_000 * value("effectif", corps) / total) < 1
    assert large.weight * 20_000 == pytest.approx(total)
    assert sum(shares(17)) == 17


def test_weights_of_the_academies_make_a_hundred():
    for corps in ("pe", "certifie"):
        assert sum(series("academie", corps).values()) == pytest.approx(100, abs=2.5)


def test_a_career_is_the_one_the_engine_gives(large):
    """Replay some people alone with their recorded decisions: same cell, same seniority."""
    from iprof_kit.careers.deciders import Replayed

    walk = large.careers.walk
    rows = np.arange(0, len(large.people), 97)
    recorded = set(large.careers.recorded.row.tolist())
    rows = np.array([row for row in rows if row not in recorded])
    alone = project(walk.agents.take(rows), Replayed(walk.outcomes.of(rows)))
    assert (alone.last_cell == walk.last_cell[rows]).all()
    assert (alone.last_since == walk.last_since[rows]).all()


def test_grade_and_echelon_go_with_seniority(large):
    table = large.table
    years = table["ags_jours"].astype(float) / YEAR
    normal = table["grade"] == "classe_normale"
    by_echelon = years[normal].groupby(table["echelon"][normal].astype(int)).mean()
    assert by_echelon.is_monotonic_increasing
    mean = years.groupby(table["grade"]).mean()
    assert mean["classe_normale"] < mean["hors_classe"] < mean["classe_exceptionnelle"]


def test_nobody_is_in_the_last_grade_before_it_existed(large):
    upper = large.table[large.table["grade"] == "classe_exceptionnelle"]
    assert (upper["entree_grade"] >= pd.Timestamp("2017-09-01")).all()


def test_every_promouvable_has_an_appreciation(large):
    listed = iprof_kit.promouvables(large.table.head(1500), 2026)
    assert {"hors_classe", "classe_exceptionnelle"} == set(listed["grade_cible"])
    upper = listed[listed["grade_cible"] == "hors_classe"]["numero"]
    given_ = large.table.set_index("numero")["appreciation"]
    assert len(upper)
    assert (given_[upper] != "").all()


def test_contingents_are_never_passed(large):
    """No list of an academy takes more than its ratio, plus the remainder of the years before."""
    from iprof_kit.careers.campaigns import table_share
    from iprof_kit.careers.lists import list_names

    share, names = table_share("dernier_connu"), list_names()
    seen = {}
    for held in large.careers.decided:
        if not held.campaign.is_promotion:
            continue
        for code in np.unique(held.campaign.list_code).tolist():
            mine = held.campaign.list_code == code
            for academy in np.unique(large.academy[held.campaign.rows[mine]]).tolist():
                here = mine & (large.academy[held.campaign.rows] == academy)
                allowed = share(*names[code], held.campaign.year) * here.sum() / 10_000
                total = seen.setdefault((code, academy), [0.0, 0])
                total[0] += allowed
                total[1] += int(held.taken[here].sum())
                assert total[1] <= total[0] + 1e-6
    assert seen


def test_a_campaign_opens_on_it(large):
    opened = iprof_kit.campagne(
        large.table.head(1500), "pe", "hors_classe", 2026, suppose="dernier_connu"
    )
    assert set(opened.tableau()["numero"]) <= set(large.table["numero"])
    assert len(opened.tableau())


def test_two_laws_of_appreciation(large):
    excellent = large.merit.last == 0
    on_file = large.merit.on_file
    assert excellent[on_file].mean() < 0.1 < 0.25 < excellent[~on_file].mean()


def test_recruitments_are_not_stationary(large):
    entered = pd.Series((large.people.entered - rentree(0)) // YEAR).value_counts()
    assert entered[2002] > 1.5 * entered[2011]


def test_no_school_exists(large):
    """The letter of a UAI is a key on 23 letters: ours is always another one."""
    letters = "ABCDEFGHJKLMNPRSTUVWXYZ"
    for code in large.table["uai"].unique().tolist():
        assert code[3] == "9"
        assert letters[int(code[:7]) % 23] != code[7]


def test_calibration_holds(found):
    held = found[(found["usage"] == "calage") & (found["resultat"] != WITHIN)]
    assert held[["libelle", "corps", "annee", "publie", "obtenu"]].to_dict("records") == []


def test_calibration_hides_nothing(found, tmp_path):
    assert len(found) == len(iprof_kit.load_reference("generateur_cibles"))
    assert (found["resultat"] != UNKNOWN).all()
    page = save_calibration(found, tmp_path / "c.html").read_text(encoding="utf-8")
    lines = pd.read_csv(save_calibration(found, tmp_path / "c.csv"), sep=";", decimal=",")
    assert lines["statut"].str.startswith("PROJET").all()
    doubtful = lines["confiance"].isin(["C", "D"])
    assert (lines["a_verifier"].eq("à vérifier") == doubtful).all()
    assert len(lines) == len(found) == page.count('<tr><th scope="row">')
    assert page.index("Hors tolérance (") < page.index("Dans la tolérance (")


def test_a_calibration_of_one_person_says_what_it_cannot_measure():
    assert UNKNOWN in set(calibration(build(1, 1))["resultat"])


def test_a_calibration_sees_a_wrong_population(large):
    from dataclasses import replace

    wrong = replace(large, people=replace(large.people, woman=~large.people.woman))
    misses = calibration(wrong)
    rows = (misses["indicateur"] == "part_femmes") & (misses["corps"] == "pe")
    assert (misses.loc[rows, "resultat"] != WITHIN).all()


@pytest.mark.parametrize(
    ("size", "seed", "year", "said"),
    [(0, 1, None, "taille"), (5, -1, None, "graine"), (5, 1, 2016, "2016"), (5, 1, 2040, "2040")],
)
def test_what_cannot_be_generated_is_said(size, seed, year, said):
    with pytest.raises(InputError, match=said):
        generate(size, seed, year)


def test_a_report_of_another_format_is_refused(found, tmp_path):
    with pytest.raises(InputError, match=r"\.csv"):
        save_calibration(found, tmp_path / "c.docx")


def test_cells_are_those_of_the_law(large):
    cells = zip(*(large.table[n] for n in ("corps", "grade", "echelon", "chevron")), strict=True)
    assert set(cells) <= set(CELLS.codes)
