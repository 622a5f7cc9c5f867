"""Amounts of the other paths: expected values are worked by hand from the text of each case."""

from datetime import date
from pathlib import Path

import pytest
import yaml

from iprof_kit.base.errors import InputError, PeriodNotCovered
from iprof_kit.base.explanation import explain
from iprof_kit.law.paths.competitions import competition_formats, known_period, laureate_path
from iprof_kit.law.paths.departure import isrc_ceiling, isrc_floor
from iprof_kit.law.paths.leaves import (
    birth_leave_pay,
    part_time_offers,
    training_leave_allowance,
    training_leave_commitment,
    training_leave_rate,
)
from iprof_kit.law.paths.training import cpf_hours, training_facts

CASES = yaml.safe_load(
    (Path(__file__).parent / "cases" / "parcours_montants.yml").read_text("utf-8")
)


def isrc(annuel, annees):
    return {
        "plancher": float(isrc_floor(annuel, annees)),
        "plafond": float(isrc_ceiling(annuel, annees)),
    }


def cfp(traitement, residence, jour):
    found = training_leave_allowance([traitement], [residence], jour)
    return {"indemnite": found.amount[0], "sous_plafond": bool(found.under_cap[0])}


def temps_partiel(code, indice, point):
    return {"montants": {o.quotite: o.amount for o in part_time_offers(code, indice, point)}}


SUBJECTS = {
    "isrc": isrc,
    "cfp": cfp,
    "temps_partiel": temps_partiel,
    "engagement": lambda mois, jour: {"mois": int(training_leave_commitment(mois, jour))},
    "taux": lambda prioritaire, mois, jour: {
        "taux": training_leave_rate(mois, prioritaire, jour).tolist()
    },
    "naissance": lambda traitement, mois, jour: {
        "montant": float(birth_leave_pay(traitement, mois, jour))
    },
    "cpf": lambda heures, annee: {"heures": cpf_hours(heures, annee).tolist()},
}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_an_amount(case):
    given = dict(case["entree"])
    with explain() as trace:
        found = SUBJECTS[given.pop("sujet")](**given)
    assert found == case["attendu"], case["enonce"]
    assert set(case["regles"]) <= {step.rule for step in trace.steps}


def test_one_more_year_never_lowers_the_indemnity():
    years = list(range(41))
    least, most = isrc_floor([30000.0] * 41, years), isrc_ceiling([30000.0] * 41, years)
    assert (least[1:] >= least[:-1]).all()
    assert (most[1:] >= most[:-1]).all()
    assert (least <= most).all()


def test_the_leave_of_birth_has_no_third_month():
    with pytest.raises(InputError, match="2"):
        birth_leave_pay(2600.0, 3, date(2026, 7, 1))


def test_the_leave_of_birth_does_not_exist_before_july_2026():
    with pytest.raises(PeriodNotCovered):
        birth_leave_pay(2600.0, 1, date(2026, 6, 30))


def test_the_account_does_not_exist_before_2017():
    with pytest.raises(PeriodNotCovered):
        cpf_hours(0, 2015)


@pytest.mark.parametrize(
    ("session", "formats"),
    [
        (2025, ("bac+5",)),
        (2026, ("bac+3", "bac+5")),
        (2027, ("bac+3", "bac+5")),
        (2028, ("bac+3",)),
    ],
)
def test_both_formats_live_together_for_two_sessions(session, formats):
    assert competition_formats(session) == formats


@pytest.mark.parametrize(
    ("master", "first"),
    [("M1_MEEF", "M2E 2e année"), ("M2_MEEF", "stage temps plein")],
)
def test_what_awaits_a_laureate(master, first):
    found = laureate_path(master)
    assert found[0].text("valeur") == first
    assert found[-1].text("cle") == "engagement_servir"


def test_a_laureate_without_a_master_is_a_pupil_paid_on_the_minimum():
    text = laureate_path("")[0].text("valeur")
    assert "minimum de traitement" in text


def test_a_pupil_then_stagiaire_is_paid_as_announced_and_serves_four_years():
    """1 400 € nets la 1re année, 1 800 € la 2e (annonce), 4 ans à compter de la titularisation."""
    values = {fact.text("cle"): fact.text("valeur") for fact in laureate_path("")}
    assert values.pop("remuneration_eleve_fonctionnaire")
    assert values == {
        "remuneration_m2e_annee1": "1400",
        "remuneration_m2e_annee2": "1800",
        "engagement_servir": "4",
    }


def test_registration_dates_not_found_are_not_invented():
    assert known_period(2025)[:2] == ("2024-10-01", "2024-11-07")
    assert known_period(2026) is None
    assert known_period(2027) is None


def test_hours_of_service_of_the_first_degree_concern_its_teachers():
    words = {row.values["domaine"] for row in training_facts("certifie")}
    assert "service_1d" not in words
    hours = {row.values["cle"]: row.values["valeur"] for row in training_facts("pe")}
    parts = ("apc", "equipes_parents_pps", "animations_et_formation", "conseils_ecole")
    assert sum(int(hours[part]) for part in parts) == int(hours["total_annuel_hors_classe"])
    weeks = 36
    assert int(hours["enseignement_hebdo"]) * weeks + 108 == 972
