"""Analysis 23, on people few enough to be counted by hand."""

from datetime import date

import pandas as pd
import pytest
from few_people import people

import iprof_kit
from iprof_kit.base.errors import InputError, LawError
from iprof_kit.law.payroll.contributions import ON_PAY

POINT = 59.0734  # décret 2023-519
SEPTEMBER = date(2025, 9, 1)
CHARGES_2025 = 0.7828 + 0.0032 + 0.0970  # pensions, invalidité, maladie: cotisations.csv
COSTS = ["cout_annee_pleine", "cout_premiere_annee"]


THREE = {
    "numero": ["a", "b", "c"],
    "corps": ["pe", "pe", "agrege"],
    "grade": ["classe_normale", "hors_classe", "classe_normale"],
    "quotite": [100, 80, 50],
}


def promouvables(size=200, **columns):
    numbers = [f"D{n:04d}" for n in range(size)]
    held = {"corps": "pe", "grade": "classe_normale", "echelon": "10", "anciennete_jours": 400}
    entry = pd.to_datetime("2005-09-01")
    more = {"appreciation": "excellent", "entree_corps": entry, "sexe": "F", "quotite": 100}
    return pd.DataFrame({"numero": numbers, **held, **more, **columns})


def costs(gens=None, **options):
    options = {"date_effet": SEPTEMBER} | options
    return iprof_kit.analyser(23, people(THREE) if gens is None else gens, **options)


def of(answer, corps="Ensemble"):
    return answer.table.set_index("corps").loc[corps]


def test_a_full_year_costs_work_times_points_times_the_point_and_the_charges():
    found = of(costs(points=10), "pe")
    assert (found["personnes"], found["etp"], found["gain_moyen"]) == (2, 1.8, 10)
    assert found["traitement"] == round(1.8 * 10 * POINT, 2)
    assert found["charges"] == round(found["traitement"] * CHARGES_2025, 2)
    assert found["cout_annee_pleine"] == round(found["traitement"] + found["charges"], 2)


@pytest.mark.parametrize(
    ("day", "months"),
    [(date(2025, 9, 1), 4), (date(2025, 1, 1), 12), (date(2025, 12, 16), 0.5)],
    ids=["September", "January", "mid December"],
)
def test_the_first_year_has_the_months_left_of_it(day, months):
    full, first = of(costs(points=10, date_effet=day))[COSTS]
    assert first == pytest.approx(full * months / 12, abs=0.01)


def test_the_corps_make_the_whole_and_one_grade_may_be_asked():
    table = costs(points=10).table.set_index("corps")
    assert table.index.tolist() == ["agrege", "pe", "Ensemble"]
    parts = table.loc[["agrege", "pe"], ["etp", "traitement", *COSTS]].sum()
    assert table.loc["Ensemble", ["etp", "traitement", *COSTS]].tolist() == pytest.approx(
        parts.tolist()
    )
    assert of(costs(points=10, grade="hors_classe"))["etp"] == 0.8
    assert of(costs(points=10, corps="agrege"))["etp"] == 0.5


def test_charges_are_those_of_the_day_with_their_source():
    answer = costs(points=10, date_effet=date(2026, 1, 1))
    rates = answer.details["charges"].set_index("code")["taux"]
    assert rates["CAS_PENSION_EMPLOYEUR"] == 82.28  # décret 2025-1341
    assert rates.sum() == pytest.approx(92.30)
    assert "92,30" in answer.legende
    assert answer.details["charges"]["source"].str.len().gt(0).all()


def test_charges_of_the_employer_on_the_traitement_are_all_there():
    table = iprof_kit.load_reference("cotisations")
    on_pay = table[(table["sens"] == "employeur") & table["assiette"].str.startswith("TIB")]
    assert {code for code, _ in ON_PAY} == set(on_pay["code"])


def test_pensions_may_be_left_out_and_residence_added():
    bare = of(costs(points=10, hors_cas=True))
    assert bare["charges"] == pytest.approx(bare["traitement"] * 0.1002, abs=0.02)
    # décret 85-1148, art. 9: 3 % in zone 1, which bears none of these charges
    housed = of(costs(points=10, zone=1))
    assert housed["residence"] == pytest.approx(housed["traitement"] * 0.03, abs=0.01)
    assert housed["charges"] == of(costs(points=10))["charges"]


def test_six_sevenths_are_paid_at_80_per_cent():
    assert of(costs(points=7, fraction_payee=True, grade="hors_classe"))["traitement"] == round(
        6 * POINT, 2
    )


def test_without_a_measure_one_point_is_costed():
    answer = costs()
    assert of(answer)["traitement"] == pytest.approx(2.3 * POINT, abs=0.02)
    assert "1 point d’indice pour chaque personne" in answer.legende


def test_a_higher_ratio_costs_the_gain_of_those_proposed_in_addition():
    # 200 × 23 % = 46, × 24 % = 48; IM 634 at the 10e, 673 at the 3e of the hors classe
    answer = costs(promouvables(), taux=1)
    found = of(answer, "pe")
    assert (found["personnes"], found["etp"], found["gain_moyen"]) == (2, 2, 39)
    assert found["traitement"] == round(2 * 39 * POINT, 2)
    row = answer.details["propositions"].iloc[0]
    assert row[["taux", "taux_nouveau"]].tolist() == [23, 24]
    assert row[["proposes", "proposes_nouveau", "personnes"]].tolist() == [46, 48, 2]


def test_gains_of_a_higher_ratio_follow_the_quotite_and_a_lower_one_saves():
    assert of(costs(promouvables(quotite=50), taux=1))["traitement"] == round(39 * POINT, 2)
    assert of(costs(promouvables(), taux=-1))["traitement"] == -round(2 * 39 * POINT, 2)


def test_a_corps_without_the_promotion_is_told_beside_the_others():
    other = promouvables(1, numero=["X"], corps="chaire_sup", grade="grade_unique", echelon="5")
    both = pd.concat([promouvables(), other], ignore_index=True)
    answer = costs(both, taux=1)
    assert answer.table["corps"].tolist() == ["pe", "Ensemble"]
    assert any("chaire_sup" in text for text in answer.avertissements)
    with pytest.raises(LawError, match="chaire_sup"):
        costs(other, taux=1)


def test_rows_that_cannot_be_counted_are_told():
    answer = costs(people(THREE, quotite=[100, None, 50], corps=["pe", "pe", ""]), points=1)
    assert of(answer)["personnes"] == 1
    assert "1 ligne sans corps" in answer.legende
    assert "1 ligne sans quotité possible" in answer.legende


def test_row_order_has_no_effect():
    one, other = (costs(gens, points=10) for gens in (people(THREE), people(THREE).iloc[::-1]))
    pd.testing.assert_frame_equal(one.table, other.table)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"points": 10, "taux": 1}, "deux mesures"),
        ({"date_effet": None}, "date d’observation n’est pas connue"),
        ({"corps": "certifie"}, "groupe est vide"),
        ({"zone": 9}, "zone de résidence 9 n’existe pas"),
        ({"taux": 1, "grade": "avancement_accelere"}, "n’est pas celui d’une promotion"),
        ({"taux": 1, "date_effet": date(2025, 1, 1)}, "ne prend pas effet le 1er janvier 2025"),
        ({"taux": 1}, "colonne absente.*echelon"),
        ({"gens": people(THREE).drop(columns="grade"), "grade": "hors_classe"}, "manque.*grade"),
        ({"gens": people(THREE).drop(columns="quotite")}, "manque.*quotite"),
        ({"gens": people(THREE, quotite=130)}, "groupe est vide"),
    ],
    ids=["two", "day", "nobody", "zone", "grade", "January", "campaign", "no grade", "no quotité",
         "quotité"],
)  # fmt: skip
def test_what_cannot_be_answered_says_what_to_do(options, said):
    with pytest.raises(InputError, match=said):
        costs(**options)


@pytest.mark.parametrize("options", [{"points": 10}, {"taux": 1}], ids=["points", "ratio"])
def test_it_runs_and_draws_on_a_fictitious_list(options):
    gens = iprof_kit.exemple_promouvables(annee=2025).assign(quotite=100)
    answer = costs(gens, **options)
    assert of(answer)["cout_annee_pleine"] > 0
    assert iprof_kit.legende(answer.table).startswith("PROJET. ")
    assert answer.figure().get_suptitle().endswith("PROJET")
