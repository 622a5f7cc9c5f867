"""Pensions: every published case, replayed by the rules that it is about."""

from datetime import date
from pathlib import Path

import numpy as np
import pytest
import yaml

from iprof_kit.base.calendar import axis_of
from iprof_kit.law.pension import additional, amounts, cumul, early, limits, rate, surcotisation
from iprof_kit.law.pension.bonuses import ZONES, abroad_days
from iprof_kit.law.pension.dates import add_months, days, effect_date
from iprof_kit.law.pension.generations import (
    ACTIVE,
    CATEGORIES,
    active_services_minimum,
    cancellation_age,
    generation,
    limit_age,
    opening_age,
    rates,
    required_quarters,
)
from iprof_kit.law.pension.invalidity import decote_spared
from iprof_kit.law.pension.versions import law_version, versions

CASES = {
    case["id"]: case
    for case in yaml.safe_load((Path(__file__).parent / "cases" / "pension.yml").read_text("utf-8"))
}
EFFECT = {"V2010_2014": "2022-09-01", "V2026": "2026-11-01"}
NO = np.array([False])


def row(given):
    """The generation of a case, under the law of its effect date."""
    old = given["naissance"] < "1961-01-01"
    version = given.get("version", "V2010_2014" if old else "V2026")
    effect = days(given.get("date_effet", EFFECT[version]))
    category = np.array([CATEGORIES.index(given["categorie"])])
    return generation(days(given["naissance"]), category, law_version(effect, days("2026-11-25")))


def minimum(case, required=170):
    given = case["entree"]
    effect = days(f"{given['annee']}-09-01")
    if "naissance" in given:
        required = int(required_quarters(row(given))[0])
    return amounts.minimum_garanti(
        [given["trimestres_services"]],
        [given.get("duree_requise", required)],
        [given["invalidite"]],
        effect,
    )[0]


@pytest.mark.parametrize("name", ["RET17", "RET18", "RET20", "RET21", "RET39", "RET41"])
def test_age_and_duration(name):
    given, expected = CASES[name]["entree"], CASES[name]["attendu"]
    mine = row(given)
    assert opening_age(mine).tolist() == [expected["age_ouverture_mois"]]
    assert required_quarters(mine).tolist() == [expected["duree_requise"]]
    if "services_actifs_mois" in given:
        asked = active_services_minimum(mine)[0]
        assert given["services_actifs_mois"] >= asked


@pytest.mark.parametrize("name", ["RET44", "RET45"])
def test_first_effect_date(name):
    given, expected = CASES[name]["entree"], CASES[name]["attendu"]
    mine = row(given)
    reached = add_months(days(given["naissance"]), opening_age(mine))
    assert str(reached[0]) == expected["date_age_legal"]
    assert str(effect_date(reached)[0]) == expected["date_effet_au_plus_tot"]
    assert required_quarters(mine).tolist() == [expected["duree_requise"]]


@pytest.mark.parametrize("name", ["INV01", "INV02", "INV03"])
def test_p06_who_has_no_decote(name):
    given, expected = CASES[name]["entree"], CASES[name]["attendu"]
    effect = days(given["date_effet"])
    spared = decote_spared([given["invalidite"]], [given["incapacite"]], effect)
    assert spared.tolist() == [expected["decote_ecartee"]]


@pytest.mark.parametrize("name", ["RET01", "RET14"])
def test_decote(name):
    given, expected = CASES[name]["entree"], CASES[name]["attendu"]
    if name == "RET14":
        given = {**given, "date_effet": "2024-10-01"}
        mine = row(given)
        assert opening_age(mine).tolist() == [expected["age_ouverture_mois"]]
        opens = add_months(days(given["naissance"]), opening_age(mine))
        given["date_effet"] = str(effect_date(opens)[0])
    mine, born = row(given), days(given["naissance"])
    required = required_quarters(mine)
    assert required.tolist() == [expected["duree_requise"]]
    end = add_months(born, cancellation_age(mine, NO))
    per_quarter, most, _ = rates(mine)
    count = rate.decote_quarters(
        days(given["date_effet"]), end, required, [given["trimestres_assurance"]], most
    )
    assert count.tolist() == [expected["trimestres_decote"]]
    assert count * per_quarter == pytest.approx([expected["taux_decote"]])


def test_surcote():
    given, expected = CASES["RET03"]["entree"], CASES["RET03"]["attendu"]
    mine, born = row(given), days(given["naissance"])
    assert required_quarters(mine).tolist() == [expected["duree_requise"]]
    age = add_months(born, opening_age(mine))
    leaves = days("2023-07-01")
    reached = rate.duration_reached(leaves, [given["trimestres_assurance"] * 90], [167])
    count = rate.surcote_quarters(leaves, age, reached)
    assert count.tolist() == [given["trimestres_apres_age_legal_et_duree"]]
    assert count * rates(mine)[2] == pytest.approx([expected["taux_surcote"]])


@pytest.mark.parametrize("name", ["RET05", "RET08", "RET10", "RET11", "RET13"])
def test_minimum_garanti(name):
    assert minimum(CASES[name]) == CASES[name]["attendu"]["minimum_garanti_mensuel"]


def test_former_instituteur_with_the_option():
    given, expected = CASES["RET22"]["entree"], CASES["RET22"]["attendu"]
    mine = row(given)
    asked = limits.active_services_required(active_services_minimum(mine)[0], None, None)
    assert given["services_actifs_mois"] >= asked
    assert mine.categorie.tolist() == [ACTIVE]
    assert cancellation_age(mine, NO).tolist() == [expected["age_annulation_decote_mois"]]
    assert opening_age(mine).tolist() == [expected["age_ouverture_mois"]]
    assert required_quarters(mine).tolist() == [expected["duree_requise"]]
    assert limit_age(mine, days("2016-09-01")).tolist() == [expected["limite_age_mois"]]


def test_rafp_capital():
    given, expected = CASES["RET25"]["entree"], CASES["RET25"]["attendu"]
    paid = additional.rafp_benefit(given["points"], given["age"], date(2024, 9, 1))
    assert (paid.coefficient, paid.service_value) == (
        given["coef_majoration"],
        given["valeur_service"],
    )
    assert (paid.nature, paid.capital) == (expected["nature"], expected["capital_brut"])


def test_rafp_points():
    given, expected = CASES["RET27"]["entree"], CASES["RET27"]["attendu"]
    points = additional.rafp_points([given["cotisations_totales"]], [given["annee"]])
    assert points.tolist() == [expected["points"]]


def test_cumul():
    given, expected = CASES["RET30"]["entree"], CASES["RET30"]["attendu"]
    day = date(given["annee"], 6, 1)
    pension, income = np.array([given["pension_annuelle"]]), np.array([given["revenu_annuel"]])
    assert cumul.cumul_ceiling(pension, day).tolist() == [expected["plafond"]]
    worker = cumul.Worker(pension, income, np.array([756.0]), np.array([753.0]), NO)
    taken = cumul.cumul_deduction(worker, day, day=axis_of(day))
    assert taken.tolist() == [expected["deduction"]]


def test_retraite_progressive():
    given, expected = CASES["RET33"]["entree"], CASES["RET33"]["attendu"]
    share = early.progressive_fraction([given["quotite"] * 100], date(2025, 9, 1))
    assert share == pytest.approx([expected["fraction_pension"]])
    given, expected = CASES["RET49"]["entree"], CASES["RET49"]["attendu"]
    legal = opening_age(row({**given, "categorie": "sedentaire"}))
    age = early.progressive_age(days(given["date"]), legal)
    assert age.tolist() == [expected["age_retraite_progressive_mois"]]
    needed = early.progressive_quarters(date.fromisoformat(given["date"]))
    assert needed == expected["duree_assurance_min"]


def test_services_outside_europe():
    given, expected = CASES["RET50"]["entree"], CASES["RET50"]["attendu"]
    stay = given["services_hors_europe_mois"] * 30
    bonus = abroad_days(
        [stay],
        [given["conges_hors_territoire_jours"]],
        [ZONES.index("hors_europe")],
        [False],
        days("2026-09-01"),
    )
    assert (bonus / 30).tolist() == [expected["bonification_mois"]]
    assert ((stay + bonus) / 30).tolist() == [expected["total_mois"]]


def test_surcotisation_reaches_four_quarters():
    given, expected = CASES["RET51"]["entree"], CASES["RET51"]["attendu"]
    for quotite, years in zip(given["quotites"], expected["annees_pour_4_trimestres"], strict=True):
        missing = years * 360 * (1 - quotite)
        day = date(2026, 9, 1)
        assert surcotisation.surcotised_days([missing], NO, day) == pytest.approx([4 * 90])
        assert surcotisation.surcotised_days([missing - 1], NO, day)[0] < 4 * 90
        assert surcotisation.surcotised_days([missing + 90], NO, day)[0] == 4 * 90


def test_carriere_longue():
    given, expected = CASES["RET52"]["entree"], CASES["RET52"]["attendu"]
    required = required_quarters(row({**given, "categorie": "sedentaire"}))
    assert required.tolist() == [expected["duree_cotisee_requise"]]
    before = [[0, 0, 5, 5] if given["debut_avant_ans"] == 20 else []]
    age, _ = early.long_career_age(
        days(given["naissance"]),
        days(given["date_effet"]),
        before,
        [given["trimestres_cotises"]],
        required,
    )
    assert age.tolist() == [expected["age_depart_mois"]]


def test_surcote_parentale():
    given, expected = CASES["RET54"]["entree"], CASES["RET54"]["attendu"]
    born = days(given["naissance"])
    legal = [given["age_depart_mois"]]
    leaves = effect_date(add_months(born, given["age_depart_mois"]))
    parent = np.array([given["enfants_nes_avant_2004"] > 0])
    count = rate.parental_quarters(born, leaves, legal, days("2030-01-01"), parent, leaves)
    assert count.tolist() == [given["trimestres_apres_63_ans"]]
    assert count * rate.parental_rate(leaves) == pytest.approx([expected["taux_surcote_parentale"]])


def test_every_version_is_named():
    assert versions() == ("V2010_2014", "V2023", "V2026")
