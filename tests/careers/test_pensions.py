"""Pensions of a population: one row equals many, bad rows are reported, more never gives less."""

from dataclasses import fields

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from iprof_kit.base.errors import InputError
from iprof_kit.base.explanation import explain
from iprof_kit.careers import pensioners as inputs
from iprof_kit.careers.pensioners import PROBLEMS, pensioners
from iprof_kit.careers.pensions import bracket, pensions

YEAR = 360
POINT = 59.0734
"""Annual value of the point when the cases were written, décret 2023-519."""


def person(**changes):
    """Born in July 1964, 159 quarters, leaves at 63 (the published décote)."""
    base = {
        "naissance": "1964-07-01",
        "effet": "2027-07-01",
        "simulation": "2026-11-25",
        "liquidation": 159 * 90,
        "indice": 673,
        "autres": 0,
    }
    return pensioners(**(base | changes))


def total(**changes):
    return float(pensions(person(**changes)).totale[0])


def test_the_published_decote_in_euros():
    # 673 × 59,0734 × 75 % × 159/170 × (1 − 13,75 %) / 12
    found = pensions(person(traitement=673 * POINT))
    assert (found.decote.tolist(), found.totale.tolist()) == ([11], [2004.45])


def test_the_minimum_garanti_replaces_a_smaller_pension():
    # né en 1964, 67 ans, 60 trimestres : 785,65 € contre 75 % × 60/170 de l'indice 390
    found = pensions(person(effet="2031-07-01", liquidation=60 * 90, traitement=390 * POINT))
    assert found.pension.tolist() == [508.2]
    assert found.minimum_ouvert.tolist() == [True]
    assert found.servie.tolist() == [785.65]


@pytest.mark.parametrize(("effet", "point"), [("2023-06-01", 58.2004), ("2026-07-01", POINT)])
def test_an_index_is_worth_the_point_of_the_day_of_effect(effet, point):
    # décrets 2022-994 et 2023-519
    lived = {"naissance": "1960-07-01", "effet": effet}
    assert total(**lived, indice=673) == total(**lived, traitement=673 * point)


def test_without_the_duration_before_67_there_is_no_minimum():
    found = pensions(person(liquidation=60 * 90, indice=390))
    assert found.minimum_ouvert.tolist() == [False]
    assert found.servie.tolist() == found.pension.tolist()


def test_bonifications_for_children_reach_80_percent():
    found = pensions(person(liquidation=170 * 90, enfants_liquidation=16, enfants_assurance=16))
    assert found.taux.tolist() == [0.8]
    assert found.trimestres_bonifications.tolist() == [16]


def test_service_bonuses_wait_for_fifteen_years():
    short = pensions(person(liquidation=15 * YEAR - 1, bonification=YEAR))
    long = pensions(person(liquidation=15 * YEAR, bonification=YEAR))
    assert short.trimestres_bonifications.tolist() == [0]
    assert long.trimestres_bonifications.tolist() == [4]


def test_bonifications_of_services_open_no_surcote():
    # loi 2011-1906 art. 86 : 166 trimestres et quatre de bonification ne font pas de surcote
    given_ = {"effet": "2028-07-01", "liquidation": 166 * 90}
    abroad = pensions(person(bonification=YEAR * 2, **given_))
    family = pensions(person(enfants_liquidation=8, enfants_assurance=8, **given_))
    assert abroad.decote.tolist() == [0]
    assert abroad.surcote.tolist() == [0]
    assert family.surcote.tolist() == [4]


def test_the_parental_surcote_goes_to_a_parent_only():
    # née en 1969 : âge légal 64 ans, durée atteinte à 63 ans, quatre trimestres
    given_ = {"naissance": "1969-07-01", "effet": "2033-07-01", "liquidation": 180 * 90}
    assert pensions(person(**given_)).parentale.tolist() == [0]
    mother = pensions(person(enfants_assurance=2, **given_))
    assert mother.taux_parentale.tolist() == [0.05]
    assert mother.surcote.tolist() == [0]
    assert mother.doutes["surcote_parentale"].tolist() == [True]


def test_other_schemes_are_never_taken_for_zero():
    found = pensions(person(autres=np.nan))
    assert PROBLEMS[found.probleme[0]].startswith("non calculée")
    assert np.isnan([found.decote[0], found.totale[0], found.assurance[0]]).all()
    low, high = bracket(person(autres=np.nan))
    assert low.tolist() == [total(autres=0)]
    assert high.tolist() == [total(autres=170)]


def test_at_67_there_is_no_decote_whatever_the_other_schemes():
    found = pensions(person(effet="2031-07-01", autres=np.nan))
    assert found.decote.tolist() == [0]
    assert np.isnan(found.totale[0])


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"naissance": "NaT"}, inputs.BIRTH),
        ({"naissance": "2027-07-02"}, inputs.BIRTH),
        ({"effet": "NaT"}, inputs.BIRTH),
        ({"indice": np.nan}, inputs.INDEX),
        ({"indice": -1}, inputs.INDEX),
        ({"liquidation": np.nan}, inputs.SERVICES),
        ({"liquidation": -90}, inputs.SERVICES),
        ({"categorie": 9}, inputs.CATEGORY),
        ({"effet": "2011-06-01"}, inputs.PERIOD),
        ({"simulation": "2001-06-01"}, inputs.PERIOD),
        ({"naissance": "1940-07-01"}, inputs.GENERATION),
        ({"liquidation": 719}, inputs.SHORT),
        ({"effet": "2027-03-01"}, inputs.EARLY),
    ],
)
def test_a_bad_row_is_reported_and_the_others_are_computed(changes, code):
    base = {
        "naissance": "1964-07-01",
        "effet": "2027-07-01",
        "simulation": "2026-11-25",
        "liquidation": 159 * 90,
        "indice": 673,
        "categorie": 0,
    }
    rows = {name: [value, changes.get(name, value), value] for name, value in base.items()}
    found = pensions(pensioners(**rows, autres=0))
    assert found.probleme.tolist() == [0, code, 0]
    assert found.totale[[0, 2]].tolist() == [total()] * 2
    assert np.isnan(found.totale[1])


def test_a_population_where_nobody_can_be_computed():
    found = pensions(person(naissance=["NaT", "NaT"]))
    assert found.probleme.tolist() == [inputs.BIRTH] * 2
    assert np.isnat(found.ouverture).all()


def test_bad_columns():
    with pytest.raises(InputError, match="colonne inconnue") as error:
        person(age=3)
    assert "naissance" in error.value.remedy
    with pytest.raises(InputError, match="manque") as error:
        pensioners(naissance="1964-07-01")
    assert error.value.where == "effet"
    with pytest.raises(InputError, match="même longueur"):
        person(indice=[1, 2, 3], autres=[0, 0])


def test_an_older_simulation_replays_its_law():
    # départ de 2030 simulé en 2020, en 2024, en 2026
    days = ["2020-05-01", "2024-05-01", "2026-11-25"]
    found = pensions(person(effet="2030-07-01", simulation=days))
    assert found.duree_requise.tolist() == [169, 171, 170]
    assert found.age_ouverture.tolist() == [744, 756, 753]


def test_the_explanation_names_the_rules_that_decide_and_their_parameters():
    with explain() as trace:
        pensions(person(effet="2031-07-01", liquidation=175 * 90))
    read = {step.rule: [p.name for p in step.parameters] for step in trace.steps}
    assert {
        "law_version",
        "required_quarters",
        "liquidation_rate",
        "decote_quarters",
        "surcote_quarters",
        "gross_pension",
    } <= read.keys()
    assert not {"opening_age", "limit_age", "minimum_garanti"} & read.keys()
    late = [p for step in trace.steps for p in step.parameters if p.carried_forward]
    assert late
    with explain() as trace:  # 67 years old, index 366: the minimum garanti is more
        pensions(person(effet="2031-07-01", indice=366))
    read = {step.rule: [p.name for p in step.parameters] for step in trace.steps}
    assert read["minimum_garanti"]
    with explain() as trace:
        pensions(person(effet="2027-01-01"))
    assert "opening_age" in {step.rule for step in trace.steps}


def test_a_cessation_in_august_2023_takes_effect_under_the_new_law():
    found = pensions(
        person(
            naissance="1958-07-01",
            cessation="2023-08-16",
            effet="2023-09-01",
            enfants_assurance=4,
            liquidation=170 * 90,
        )
    )
    assert found.probleme.tolist() == [0]
    assert found.parentale.tolist() == [0]


def test_dates_far_away_are_computed_too():
    found = pensions(person(naissance="1895-07-01", effet=["2027-07-01", "2260-01-01"]))
    assert found.probleme.tolist() == [inputs.GENERATION] * 2


# — properties ------------------------------------------------------------------------------------

PEOPLE = st.fixed_dictionaries(
    {
        "naissance": st.dates(
            np.datetime64("1955-01-01").item(), np.datetime64("1990-12-31").item()
        ).map(np.datetime64),
        "age": st.integers(57 * 12, 70 * 12),
        "liquidation": st.integers(0, 50 * YEAR),
        "indice": st.integers(366, 1300),
        "autres": st.integers(0, 60),
        "enfants_liquidation": st.integers(0, 12),
        "enfants_eleves": st.integers(0, 6),
        "bonification": st.integers(0, 5 * YEAR),
        "categorie": st.integers(0, 2),
    }
)


def column(people):
    """Columns of people who leave on a first of the month."""
    names = [name for name in people[0] if name != "age"]
    given_ = {name: [one[name] for one in people] for name in names}
    given_["effet"] = [
        (one["naissance"].astype("datetime64[M]") + one["age"]).astype("datetime64[D]")
        for one in people
    ]
    given_["enfants_assurance"] = given_["enfants_liquidation"]
    return pensioners(simulation="2026-11-25", **given_)


def of(found, place):
    return [getattr(found, field.name)[place] for field in fields(found) if field.name != "doutes"]


@given(st.lists(PEOPLE, min_size=2, max_size=6))
def test_one_row_equals_many_in_any_order(people):
    many, backwards = pensions(column(people)), pensions(column(people[::-1]))
    for place, one in enumerate(people):
        alone = of(pensions(column([one])), 0)
        np.testing.assert_equal(of(many, place), alone)
        np.testing.assert_equal(of(backwards, len(people) - 1 - place), alone)


@given(PEOPLE, st.integers(1, 60))
def test_working_longer_never_lowers_rate_nor_pension(one, months):
    """For who works full-time up to her departure, everything else equal, in one version.

    Without bonification of services: their days and those of the services are rounded together,
    so that one quarter may pass from one to the other.
    """
    one = one | {"bonification": 0}
    sooner = column([one])
    later = column(
        [one | {"age": one["age"] + months, "liquidation": one["liquidation"] + 30 * months}]
    )
    before, after = pensions(sooner), pensions(later)
    if before.version[0] != after.version[0] or before.probleme[0] or after.probleme[0]:
        return
    factor = [1 - p.taux_decote + p.taux_surcote + p.taux_parentale for p in (before, after)]
    assert after.taux[0] * factor[1][0] >= before.taux[0] * factor[0][0] - 1e-12
    assert after.totale[0] >= before.totale[0]


@given(
    PEOPLE,
    st.sampled_from(
        ["enfants_liquidation", "enfants_eleves", "autres", "liquidation", "indice", "bonification"]
    ),
    st.integers(1, 8),
)
def test_more_never_gives_less(one, name, more):
    before, after = pensions(column([one])), pensions(column([one | {name: one[name] + more}]))
    if not before.probleme[0]:
        assert after.totale[0] >= before.totale[0]
