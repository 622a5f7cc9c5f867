"""A population projected: expected values come from the law, from arithmetic, never from us."""

from datetime import date

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from projected_people import NOBODY_COMES, STILL, alike

import iprof_kit
from iprof_kit.analytics.projection.departures import by_the_rules
from iprof_kit.analytics.projection.people import read_people
from iprof_kit.analytics.projection.run import walk
from iprof_kit.analytics.projection.scenario import lire_scenario
from iprof_kit.base.calendar import axis_of, date_of
from iprof_kit.base.errors import InputError, LawError
from iprof_kit.careers.agents import Agents
from iprof_kit.careers.projection import project
from iprof_kit.law.tables.cells import cell_code


def one(table, **wanted):
    for name, value in wanted.items():
        table = table[table[name] == value]
    (row,) = table.to_dict("records")
    return row


def test_the_better_appreciated_of_two_is_promoted_when_half_may_be():
    eleventh = {"echelon": "11", "date_effet": "2025-09-01"}
    gens = alike(
        eleventh | {"appreciation": "satisfaisant"}, eleventh | {"appreciation": "excellent"}
    )
    scenario = STILL | {"taux": {"hors_classe": {"certifie": {2026: 50}}}}
    row = one(iprof_kit.projeter(gens, 2026, graine=1, scenario=scenario).campagnes())
    assert (row["promouvables"], row["contingent"], row["promus"]) == (2, 1, 1)
    done, _ = walk(read_people(gens), 2026, 1, lire_scenario(scenario), "dernier_connu")
    assert done.lived.outcomes.row.tolist() == [1]


@pytest.mark.parametrize("position", ["Disponibilité", "Radié", "xyz"])
def test_a_position_closes_the_projected_lists_as_those_of_a_campaign(position):
    eleventh = {"echelon": "11", "date_effet": "2025-09-01"}
    gens = alike(
        eleventh | {"appreciation": "satisfaisant", "position": "En activité"},
        eleventh | {"appreciation": "excellent", "position": position},
    )
    held = iprof_kit.campagne(gens, "certifie", "hors_classe", 2026, suppose="dernier_connu")
    assert held.promouvables()["numero"].tolist() == ["A0"]
    scenario = STILL | {"taux": {"hors_classe": {"certifie": {2026: 100}}}}
    row = one(iprof_kit.projeter(gens, 2026, graine=1, scenario=scenario).campagnes())
    assert (row["promouvables"], row["contingent"], row["promus"]) == (1, 1, 1)


def test_a_position_that_ends_opens_the_projected_lists_again():
    away = {"echelon": "11", "date_effet": "2021-09-01", "position": "Disponibilité",
            "position_debut": "2026-01-01", "position_fin": "2027-02-28"}  # fmt: skip
    gens = alike({}, away)
    scenario = STILL | {"taux": {"hors_classe": {"certifie": {2026: 100, 2027: 100}}}}
    done = iprof_kit.projeter(gens, 2027, graine=1, scenario=scenario).campagnes()
    held = done[done["grade"] == "hors_classe"].set_index("annee")["promus"]
    assert held.reindex([2026, 2027]).fillna(0).tolist() == [0, 1]


def test_each_academy_has_its_own_contingent():
    eleventh = {"echelon": "11", "date_effet": "2025-09-01"}
    gens = alike(*[eleventh | {"academie": code} for code in ("04", "04", "05", "05", "05")])
    scenario = STILL | {"taux": {"hors_classe": {"certifie": {2026: 40}}}}
    made = iprof_kit.projeter(gens, 2027, graine=1, scenario=scenario)
    table = made.campagnes(["corps", "academie"])
    assert one(table, annee=2026, academie="04")["contingent"] == 0  # 0,8 place, reportée
    assert one(table, annee=2026, academie="05")["contingent"] == 1  # 1,2
    assert one(table, annee=2027, academie="04")["contingent"] == 1  # 0,8 + 0,8 = 1,6
    assert made.campagnes()["promus"].sum() == 3  # en 2027 : 0,2 + 2 × 0,4 = 1,0


@pytest.mark.parametrize(
    ("born", "wanted", "leaves"),
    [
        # génération 1970 : 64 ans (loi 2023-270, art. 10), le 10 mai 2034, donc le 1er septembre
        (date(1970, 5, 10), 2030, date(2034, 9, 1)),
        (date(1970, 5, 10), 2035, date(2035, 9, 1)),
        # limite d’âge : 67 ans (CGFP L556-1)
        (date(1962, 3, 15), 2032, date(2029, 3, 15)),
    ],
)
def test_retirement_stays_between_the_opening_age_and_the_limit(born, wanted, leaves):
    found = by_the_rules(
        np.array([axis_of(born)]),
        np.array([0]),
        np.array([axis_of(date(wanted, 9, 1))]),
        axis_of(date(2026, 9, 1)),
    )
    assert date_of(int(found[0])) == leaves


def test_nobody_of_the_generation_1970_retires_before_2034():
    gens = alike(*[{"date_naissance": "1970-05-10"}] * 60)
    flux = iprof_kit.projeter(gens, 2040, graine=3, scenario=STILL).flux()
    assert flux.loc[flux["annee"] < 2034, "retraite"].sum() == 0
    assert flux["retraite"].sum() == 60  # 67 ans en 2037
    assert flux.loc[flux["annee"] > 2037, "retraite"].sum() == 0


def test_retirements_are_told_by_academy():
    gens = alike(*[{"date_naissance": "1955-01-01", "academie": code} for code in "ABB"])
    table = iprof_kit.projeter(gens, 2026, graine=1, scenario=STILL).retraites(["academie"])
    assert table.set_index("academie")["nombre"].to_dict() == {"A": 1, "B": 2}  # plus de 67 ans
    assert (table["pension_basse"] <= table["pension_haute"]).all()


def test_as_many_people_enter_as_the_scenario_says():
    scenario = {"recrutements": NOBODY_COMES["recrutements"] | {"pe": {2026: 7, 2028: 3}}}
    flux = iprof_kit.projeter(alike(), 2029, graine=1, scenario=scenario).flux()
    pe = flux[flux["corps"] == "pe"].set_index("annee")["entrees"]
    assert pe.to_dict() == {2026: 7, 2027: 7, 2028: 3, 2029: 3}
    assert flux.loc[flux["corps"] != "pe", "entrees"].sum() == 0


def test_without_scenario_recruitments_go_on_at_the_scale_of_the_last_years():
    def entries(count):
        recent = {"entree_corps": "2024-09-01", "entree_grade": "2024-09-01", "echelon": "1",
                  "date_effet": "2026-03-01"}  # fmt: skip
        flux = iprof_kit.projeter(alike(*[recent] * count), 2029, graine=1).flux()
        return flux[flux["corps"] == "certifie"].set_index("annee")["entrees"]

    once, twice = entries(100), entries(200)
    assert (twice - 2 * once).abs().max() <= 2  # l’arrondi d’une année à l’autre
    assert once.max() - once.min() <= 1  # la dernière valeur connue est celle de 2026


def test_those_who_enter_are_first_of_their_corps_and_in_the_academy_of_the_table():
    scenario = STILL | {"recrutements": NOBODY_COMES["recrutements"] | {"pe": {2026: 40}}}
    made = iprof_kit.projeter(alike(), 2026, graine=1, scenario=scenario)
    new = made.effectifs(["corps", "grade", "academie"])
    assert one(new, corps="pe", grade="classe_normale", academie="04")["effectif"] == 40


def test_without_exits_and_entries_only_retirement_takes_people_away():
    flux = iprof_kit.projeter(alike(*[{}] * 50), 2035, graine=2, scenario=STILL).flux()
    assert (flux["debut"] == 50).all()
    assert (flux["fin"] == 50).all()  # née en 1980 : personne n’a 64 ans


def test_the_budget_of_one_person_by_hand():
    scenario = STILL | {"points": [{"le": date(2027, 9, 1), "points": 10}]}
    made = iprof_kit.projeter(alike(), 2027, graine=1, scenario=scenario)
    assert made.effectifs()["en_service"].tolist() == [1, 1]
    budget = made.budget()
    # IM 562 (8e échelon), point à 59,0734 € par an, contributions de 2026
    assert one(budget, annee=2026)["traitement_brut"] == pytest.approx(562 * 59.0734)
    assert one(budget, annee=2026)["cas_pension_employeur"] == pytest.approx(562 * 59.0734 * 0.8228)
    assert one(budget, annee=2026)["maladie_employeur"] == pytest.approx(562 * 59.0734 * 0.097)
    # dix points au 1er septembre : quatre mois sur douze la première année
    assert one(budget, annee=2027)["traitement_brut"] == pytest.approx(
        (562 * 8 + 572 * 4) * 59.0734 / 12
    )
    assert made.masse_indiciaire()["points"].tolist() == [562, 572]


def test_the_months_before_everybody_has_left_are_paid():
    # 67 ans le 10 mai 2027, la limite d’âge : la situation de 2026 est payée jusqu’en août 2027
    gens = alike({"date_naissance": "1960-05-10"})
    made = iprof_kit.projeter(gens, 2028, graine=1, scenario=STILL)
    budget = made.budget().set_index("annee")["traitement_brut"]
    left = made.flux().set_index("annee")["retraite"]
    first = int(left.idxmax())
    assert left.sum() == 1
    assert budget[first] == pytest.approx(562 * 59.0734 * 8 / 12)
    assert first == max(budget.index)
    gone = alike({"date_naissance": "1940-05-10"})
    tables = iprof_kit.projeter(gone, 2027, graine=1, scenario=STILL).tableaux()
    assert one(tables["budget"])["traitement_brut"] == pytest.approx(562 * 59.0734 * 8 / 12)
    assert tables["masse_indiciaire"].empty


@pytest.mark.parametrize("position", ["Disponibilité", "Congé parental", "Détachement"])
def test_whoever_is_away_is_not_paid_here(position):
    made = iprof_kit.projeter(alike({"position": position}), 2026, graine=1, scenario=STILL)
    assert made.sommes.stock.set_index("moment")["etp_paye"][0] == 0


def test_an_extract_of_november_waits_for_the_next_rentree():
    gens = alike({"echelon": "7", "date_effet": "2023-03-01"})  # 3 ans : 8e au 1er mars 2026
    gens.attrs["observation"] = "2025-11-30"
    made = iprof_kit.projeter(gens, 2026, graine=1, scenario=STILL)
    assert (made.debut, made.flux()["debut"].tolist()) == (2026, [1])
    assert one(made.effectifs(["corps", "echelon"]))["echelon"] == "8"


def test_a_change_of_the_value_of_the_point_counts_from_its_day():
    scenario = STILL | {"point_indice": [{"le": date(2027, 7, 1), "pour_cent": 2}]}
    budget = iprof_kit.projeter(alike(), 2027, graine=1, scenario=scenario).budget()
    assert one(budget, annee=2027)["traitement_brut"] == pytest.approx(
        562 * 59.0734 * (6 + 6 * 1.02) / 12
    )


def test_eighty_per_cent_is_paid_six_sevenths():
    made = iprof_kit.projeter(alike({"quotite": 80}), 2026, graine=1, scenario=STILL)
    first = made.sommes.stock[made.sommes.stock["moment"] == 0].iloc[0]
    assert first["etp"] == pytest.approx(0.8)
    assert first["etp_paye"] == pytest.approx(6 / 7)  # CGFP L612-5


@pytest.fixture(scope="module")
def population():
    return iprof_kit.generate(120, seed=5)


@given(graine=st.integers(0, 10**6), sorties=st.sampled_from([0, 1, 5]))
@settings(max_examples=5, deadline=None)
def test_the_headcount_follows_entries_and_exits(population, graine, sorties):
    made = iprof_kit.projeter(population, 2030, graine=graine, scenario={"sorties": sorties})
    flux = made.flux()
    reasons = ["retraite", "deces", "demission", "fonction_non_enseignante", "licenciement"]
    exits = flux.reindex(columns=reasons, fill_value=0).sum(axis=1)
    assert (flux["debut"] + flux["entrees"] - exits == flux["fin"]).all()
    total = flux.groupby("annee")[["debut", "fin"]].sum()
    assert total["debut"].iloc[0] == len(population)
    assert total["debut"].tolist()[1:] == total["fin"].tolist()[:-1]
    assert total["fin"].tolist() == made.effectifs(())["effectif"].tolist()


@given(order=st.integers(0, 10**6))
@settings(max_examples=2, deadline=None)
def test_the_order_of_the_rows_changes_nothing(population, order):
    mixed = population.sample(frac=1, random_state=order)
    for name in ("campagnes", "budget", "retraites"):
        pd.testing.assert_frame_equal(
            getattr(iprof_kit.projeter(population, 2028, graine=1), name)(),
            getattr(iprof_kit.projeter(mixed, 2028, graine=1), name)(),
        )


def test_grades_add_up_to_the_corps(population):
    made = iprof_kit.projeter(population, 2029, graine=1)
    shares = made.structure().groupby(["annee", "corps"])["part"].sum()
    assert shares.to_numpy() == pytest.approx(100)
    assert (made.campagnes()["promus"] <= made.campagnes()["contingent"]).all()


def test_every_table_says_projet_and_what_was_supposed(population):
    made = iprof_kit.projeter(population, 2028, graine=1, le=date(2026, 11, 26))
    for name, table in made.tableaux().items():
        assert iprof_kit.legende(table).startswith("PROJET"), name
        assert table.attrs["hypotheses"]
    told = made.hypotheses()
    assert set(told["a_verifier"]) <= {"", "à vérifier"}
    assert told["hypothese"].str.contains("dernier_connu").any()


def test_after_the_last_known_ratio_refusing_is_possible(population):
    with pytest.raises(LawError, match="taux non trouvé"):
        iprof_kit.projeter(population, 2028, graine=1, suppose="refuser")


def test_what_a_table_lacks_is_said():
    gens = alike().drop(columns=["academie", "appreciation", "avis_1"])
    told = iprof_kit.projeter(gens, 2026, graine=1).hypotheses()["hypothese"]
    assert told.str.contains("académie inconnue").any()
    assert told.str.contains("appréciations inconnues").any()
    half = alike({"quotite": None}, {}, {"debut_services": None})
    told = iprof_kit.projeter(half, 2026, graine=1).hypotheses()["hypothese"]
    assert told.str.contains(r"quotité inconnue.*1 ligne").any()
    assert told.str.contains(r"début des services inconnu.*1 ligne").any()


def test_a_scenario_is_told_in_french():
    supposed = {"sorties": 1.5, "point_indice": [{"le": date(2027, 7, 1), "pour_cent": 1.5}]}
    told = iprof_kit.projeter(alike(), 2027, graine=1, scenario=supposed).hypotheses()["hypothese"]
    assert told.str.contains("multipliés par 1,5").any()
    assert told.str.contains(r"\+1,5.%.au 1er.juillet.2027").any()
    assert told.str.contains("valeur du point, taux de cotisation.*derniers connus").any()


@pytest.mark.parametrize(
    ("gens", "change", "said"),
    [
        (alike().drop(columns="corps"), {}, "gens.*corps"),
        (alike().iloc[:0], {}, "groupe est vide"),
        (alike({"echelon": "99"}), {}, "hors des grilles.*A0"),
        (alike({"corps": "contractuel"}), {}, "corps.*première au numéro A0"),
        (alike({"numero": "B"}, {"numero": "B"}), {}, "plusieurs lignes"),
        (alike({"quotite": 180}), {}, "quotité"),
        (alike({"categorie_retraite": "Active"}), {}, "numéro A0.*«.Active.».*sedentaire"),
        (alike({"appreciation": "exelent"}), {}, "numéro A0.*«.exelent.»"),
        (alike(), {"scenario": {"taux": {"hors_classe": {"pe": None}}}}, r"taux\.hors_classe\.pe"),
        (alike(), {"scenario": {"sorties": "deux"}}, "sorties : un nombre est attendu, pas"),
        (alike(), {"scenario": {"sorties": float("nan")}}, "sorties.*nombre fini"),
        (
            alike(),
            {"scenario": {"points": [{"le": pd.Timestamp("2027-01-01"), "points": 5}]}},
            "n’est pas une date",
        ),
        (alike({"date_effet": "2026-10-01"}), {}, "après la date d’observation"),
        (alike(), {"jusqua": 2020}, "2020 ne peut pas être projetée"),
        (alike(), {"graine": -1}, "graine"),
        (alike(), {"scenario": {"tau": {}}}, "clé inconnue «.tau.»"),
        (alike(), {"scenario": {"taux": {"hors_classe": {"pe": {2026: 120}}}}}, "dépasse 100"),
        (alike(), {"scenario": {"recrutements": {"pe": {2019: 5}}}}, "2019 est hors"),
        (alike(), {"scenario": {"recrutements": {"po": {2026: 5}}}}, "corps inconnu «.po.»"),
        (alike(), {"scenario": {"temps_partiel": 90}}, "temps partiel dépasserait 100"),
    ],
)
def test_bad_input_is_told_with_where_and_what_to_do(gens, change, said):
    asked = {"jusqua": 2027, "graine": 1} | change
    with pytest.raises(InputError, match=said) as refused:
        iprof_kit.projeter(gens, **asked)
    assert refused.value.where
    assert refused.value.remedy


def test_a_scenario_file_is_refused_with_its_line(tmp_path):
    file = tmp_path / "scenario.yml"
    file.write_text("nom: essai\ntaux:\n  hors_classe:\n    pe: {2027: 120}\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"scenario\.yml : ligne 4.*120"):
        iprof_kit.lire_scenario(file)
    file.write_text(
        "taux:\n  hors_classe:\n    tous: {2027: 25}\npoints:\n  - {le: 2027-01-01, points: 5}\n",
        encoding="utf-8",
    )
    read = iprof_kit.lire_scenario(file)
    assert read.rate("pe", "hors_classe", 2030) == 25
    assert read.rate("pe", "hors_classe", 2026) is None
    mixed = iprof_kit.Scenario(taux={"hors_classe": {"tous": {2027: 25}, "pe": {2029: 30}}})
    assert [mixed.rate("pe", "hors_classe", year) for year in (2028, 2029)] == [25, 30]
    assert read.points == ((date(2027, 1, 1), 5),)


def test_whoever_has_left_gets_no_echelon_when_the_law_changes():
    # le 7e échelon de la hors classe s’ouvre le 1er janvier 2021
    day = axis_of(date(2017, 9, 1))
    cell = cell_code("pe", "hors_classe", "6", None)
    agents = Agents(
        np.array([1, 2]),
        np.array([cell] * 2),
        np.array([day] * 2),
        np.array([0, 0]),
        np.array([axis_of(date(2020, 9, 1)), axis_of(date(2022, 9, 1))]),
    )
    events = project(agents).events
    assert set(events.row.tolist()) == {1}


def test_a_date_written_as_a_text_is_a_date_and_one_that_is_none_is_said():
    rows = [{"le": "2027-01-01", "pour_cent": 1}]
    assert lire_scenario({"point_indice": rows}).point_indice == ((date(2027, 1, 1), 1.0),)
    with pytest.raises(InputError, match=r"1er janvier.*n’est pas une date.*écrivez-la"):
        lire_scenario({"point_indice": [{"le": "1er janvier", "pour_cent": 1}]})
