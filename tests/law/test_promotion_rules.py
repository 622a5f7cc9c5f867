"""The traps that the reference notes list about promotions of grade."""

import numpy as np
import pytest

from iprof_kit.base.errors import InputError, LawError, PeriodNotCovered
from iprof_kit.base.explanation import explain
from iprof_kit.law.promotion.bareme import (
    appreciation_codes,
    bareme_hors_classe,
)
from iprof_kit.law.promotion.bareme_exceptionnelle import (
    bareme_classe_exceptionnelle,
    exceptionnelle_appreciation,
)
from iprof_kit.law.promotion.conditions import classe_exceptionnelle_open
from iprof_kit.law.promotion.contingent import (
    classe_exceptionnelle_places,
    echelon_special_places,
    promotion_contingent,
)
from iprof_kit.law.promotion.echelon_special import echelon_special_open
from iprof_kit.law.promotion.procedures.files import known_procedures
from iprof_kit.law.promotion.rankings import fair_part, procedure_names, ranking_procedure
from iprof_kit.law.promotion.ratios import promotion_ratio
from iprof_kit.law.promotion.viviers import (
    application_text,
    days_in_whole_echelon,
    viviers,
    viviers_condition_text,
    viviers_confidence,
)
from iprof_kit.law.tables.cells import CELLS

YEAR = 360


def test_29_per_cent_of_100_is_29():
    # floor(.29 * 100) is 28 in floating point
    share = promotion_ratio("pe", "classe_exceptionnelle", 2025).share
    assert promotion_contingent(100, share) == (29, 0)


def test_the_decimal_is_added_to_the_next_year():
    # décret 2005-1090 art. 2: 13.5 % of 11 is 1.485, then 2.97, 4.455 in all
    given, carried = [], 0
    for _ in range(3):
        promoted, carried = promotion_contingent(11, 1350, carried)
        given.append(promoted)
    assert given == [1, 1, 2]
    assert carried == 4550


@pytest.mark.parametrize("wrong", [(-1, 100, 0), (1, -1, 0), (1, 1, 10_000), (1, 1, -1)])
def test_an_impossible_contingent_is_refused(wrong):
    with pytest.raises(InputError, match="impossible"):
        promotion_contingent(*wrong)


def test_an_unknown_year_says_the_last_known_ratio_and_does_not_use_it():
    ratio = promotion_ratio("pe", "hors_classe", 2026)
    assert ratio.share is None
    assert not ratio.known
    assert ratio.text == (
        "taux non trouvé, dernier connu : 23 % (2025) ; un projet non adopté prévoyait 25 %"
    )
    assert ratio.confidence == "D"


def test_a_project_is_used_only_where_it_is_asked():
    supposed = promotion_ratio("pe", "hors_classe", 2027, suppose_project=True)
    assert (supposed.share, supposed.known, supposed.statut) == (2700, False, "projet_non_adopte")
    assert "hypothèse, projet non adopté" in supposed.text
    assert promotion_ratio("pe", "hors_classe", 2025, suppose_project=True).share == 2300


def test_the_project_gave_25_27_and_29_per_cent():
    # CSA of 2025-05-06 (se-unsa, snes): 2026, 2027, 2028
    planned = [promotion_ratio("plp", "hors_classe", y).project_share for y in range(2026, 2030)]
    assert planned == [2500, 2700, 2900, None]


def test_the_ratio_of_2025_is_the_one_of_the_arrete():
    # a local page announced 25 %, contradicted: the note is kept
    ratio = promotion_ratio("certifie", "hors_classe", 2025)
    assert ratio.share == 2300
    assert "25 %" in ratio.note


def test_a_ratio_carries_its_confidence():
    letters = [promotion_ratio("plp", "hors_classe", year).confidence for year in range(2018, 2024)]
    assert letters == ["B", "D", "D", "C", "B", "B"]


def test_ratios_that_do_not_exist():
    with pytest.raises(PeriodNotCovered, match="2024"):
        promotion_ratio("pe", "classe_exceptionnelle", 2023)
    with pytest.raises(PeriodNotCovered, match="2018"):
        promotion_ratio("pe", "hors_classe", 2017)
    with pytest.raises(LawError, match="règle non couverte"):
        promotion_ratio("instituteur", "hors_classe", 2025)
    with pytest.raises(InputError, match="Corps connus"):
        promotion_ratio("prof", "hors_classe", 2025)


def test_viviers_end_with_the_campaign_2023(one):
    # CE without vivier from the campaign 2024 on: 5e échelon is enough
    cell, none = one("certifie", "hors_classe", 5), np.array([0.0])
    assert not classe_exceptionnelle_open(cell, np.array([0]), 2023, none)[0]
    assert classe_exceptionnelle_open(cell, np.array([0]), 2024, none)[0]
    with pytest.raises(PeriodNotCovered, match="2024"):
        viviers(cell, np.array([0]), 2024, none)


def test_years_of_functions_may_be_unknown_for_some(one):
    cells = np.concatenate([one("pe", "hors_classe", 4), one("pe", "hors_classe", 7)])
    found = viviers(cells, np.array([0, 0]), 2022, np.array([np.nan, np.nan]))
    assert found.unknown.tolist() == [True, False]
    assert found.second.tolist() == [False, True]


@pytest.mark.parametrize(
    ("chevron", "days", "expected"),
    [("HEA2", 359, False), ("HEA3", 359, False), ("HEA3", 360, True)],
)
def test_an_agrege_needs_three_years_in_the_4th_echelon(one, chevron, days, expected):
    cell = one("agrege", "hors_classe", 4, chevron)
    found = viviers(cell, np.array([days]), 2022, np.array([0.0]))
    assert found.second.tolist() == [expected]
    assert viviers_confidence("agrege", 2022) == "C"


def test_years_of_chevrons_add_up(one):
    cells = np.concatenate([one("agrege", "hors_classe", 4, f"HEA{n}") for n in (1, 2, 3)])
    day = 2026 * YEAR
    assert days_in_whole_echelon(cells, np.array([5, 5, 5]), day).tolist() == [5, 365, 725]


def test_applications_by_campaign():
    # décret 2017-786: four years of compulsory application, then automatic
    assert "obligatoire" in application_text("pe", 2017)
    assert "obligatoire" in application_text("agrege", 2020)
    assert "automatique" in application_text("pe", 2021)
    assert application_text("pe", 2024) == "aucun acte de candidature n’est requis"


def test_the_condition_of_the_viviers_in_french():
    text = viviers_condition_text("pe", 2021)
    assert "8 ans de fonctions" in text
    assert "7e échelon selon une autre source" in text
    assert "3 ans dans le 4e échelon" in viviers_condition_text("agrege", 2019)


@pytest.mark.parametrize(
    ("echelon", "days", "expected"),
    [("4", 36 * 30, True), ("4", 36 * 30 - 1, False), ("3", 2000, False)],
)
def test_the_echelon_special_asked_three_years_in_the_4th(one, echelon, days, expected):
    cell = one("pe", "classe_exceptionnelle", echelon)
    assert echelon_special_open(cell, np.array([days]), 2022).tolist() == [expected]


def test_the_echelon_special_ended_with_the_linearisation(one):
    # effect of the linearisation: 2023-08-06, not 2023-09-01
    with pytest.raises(PeriodNotCovered, match="5 août 2023"):
        echelon_special_open(one("pe", "classe_exceptionnelle", 4), np.array([2000]), 2023)
    assert not echelon_special_open(one("pe", "hors_classe", 4), np.array([2000]), 2022)[0]
    assert not echelon_special_open(
        one("agrege", "classe_exceptionnelle", 2, "HEA1"), np.array([2000]), 2022
    )[0]


def test_the_echelon_special_is_a_fifth_of_the_grade():
    assert echelon_special_places("pe", 2021, 103, 15) == 5
    assert echelon_special_places("pe", 2021, 103, 30) == 0


def test_a_contingent_not_found_is_said():
    with pytest.raises(LawError, match="règle non couverte"):
        classe_exceptionnelle_places("plp", 2020, 1_000, 10)


def test_whoever_is_outside_the_plage_has_no_points(one):
    cells = np.concatenate([one("pe", "classe_normale", 9), one("pe", "hors_classe", 3)])
    given = appreciation_codes(["", ""])
    assert bareme_hors_classe(given, cells, np.array([719, 0]), 2024).tolist() == [-1, -1]


def test_a_missing_appreciation_is_refused(one):
    cell = one("pe", "classe_normale", 10)
    with pytest.raises(InputError, match="appréciation manque"):
        bareme_hors_classe(appreciation_codes([""]), cell, np.array([0]), 2024)
    with pytest.raises(InputError, match="tres_satisfaisant"):
        appreciation_codes(["bien"])


def test_a_campaign_without_bareme_is_not_covered(one):
    given = appreciation_codes(["excellent"])
    with pytest.raises(PeriodNotCovered, match="depuis 2021"):
        bareme_hors_classe(given, one("pe", "classe_normale", 10), np.array([0]), 2020)
    with pytest.raises(LawError, match="règle non couverte"):
        bareme_hors_classe(given, one("instituteur", "grade_unique", 10), np.array([0]), 2024)


@pytest.mark.parametrize(("years", "expected"), [(0, 140), (5, 155), (16, 188), (30, 188)])
def test_three_points_a_year_of_hors_classe_up_to_48(one, years, expected):
    # sections.se-unsa.org/59 (2021): 140, 90, 40; 3 points a year, at most 48
    cell = one("pe", "hors_classe", 6)
    for name, less in (("excellent", 0), ("tres_satisfaisant", 50), ("satisfaisant", 100)):
        found = bareme_classe_exceptionnelle(
            appreciation_codes([name]), np.array([years]), cell, 2021
        )
        assert found.tolist() == [expected - less]


def test_the_bareme_of_the_classe_exceptionnelle_of_other_corps_is_only_supposed(one):
    given = appreciation_codes(["excellent", "satisfaisant"])
    assert exceptionnelle_appreciation(given, "plp", 2020).tolist() == [140, 40]
    with pytest.raises(LawError, match="règle non couverte"):
        bareme_classe_exceptionnelle(given[:1], np.array([3]), one("plp", "hors_classe", 6), 2020)


def test_there_is_no_bareme_of_the_classe_exceptionnelle_since_2024(one):
    with pytest.raises(PeriodNotCovered, match="2018 à 2023"):
        bareme_classe_exceptionnelle(
            appreciation_codes(["excellent"]), np.array([3]), one("pe", "hors_classe", 6), 2024
        )


def test_the_explanation_shows_each_row_read(one):
    with explain() as trace:
        bareme_hors_classe(
            appreciation_codes(["satisfaisant"]),
            one("pe", "classe_normale", 11),
            np.array([400]),
            2025,
        )
    shown = {p.name: p.value for p in trace.steps[-1].parameters}
    assert shown == {"plage d’appel (11+1)": 80.0, "appréciation (satisfaisant)": 80.0}


def test_the_order_of_the_classe_exceptionnelle_since_2024():
    # bordeaux.snes.edu: seniority in the corps, in the grade, échelon, seniority in it
    last = ("anciennete_corps", "anciennete_grade", "echelon", "anciennete_echelon")
    assert ranking_procedure("pe", "classe_exceptionnelle", 2024).criteria[2:] == last
    # amiens.snes.edu 1615: the échelon does not count for agrégés
    agrege = ranking_procedure("agrege", "classe_exceptionnelle", 2025).criteria[2:]
    assert agrege == ("anciennete_corps", "anciennete_grade", "anciennete_echelon")


def test_a_procedure_belongs_to_its_campaign_and_its_corps():
    assert "hc_54_2020" in procedure_names("pe", "hors_classe", 2020)
    with pytest.raises(InputError, match="hc_ldg"):
        ranking_procedure("pe", "hors_classe", 2025, "hc_54_2020")
    with pytest.raises(PeriodNotCovered, match="hc_toulouse_2019"):
        ranking_procedure("certifie", "hors_classe", 2019)
    assert ranking_procedure("pe", "hors_classe", 2025).source.confidence == "C"


def test_only_the_meuse_kept_a_part_of_the_contingent():
    # 55.snuipp.fr: 5 % in 2021; no other authority is known to have
    kept = {one.id: step.left for one in known_procedures() for step in one.steps if step.left}
    assert kept == {"hc_55_2021": 5}


@pytest.mark.parametrize(
    ("members", "listed", "places", "expected"),
    [(84, 100, 10, 8), (85, 100, 10, 9), (50, 100, 1, 1), (0, 5, 3, 0), (5, 5, 3, 3), (0, 0, 2, 0)],
)
def test_a_fair_part_is_the_nearest_person(members, listed, places, expected):
    assert fair_part(members, listed, places) == expected


def test_nobody_is_kept_waiting_three_years_between_two_grades():
    # the waiting time of three years belongs to a project that was never adopted
    cell = np.array([CELLS.codes[("pe", "hors_classe", "5", "")]])
    assert classe_exceptionnelle_open(cell, np.array([0]), 2029).all()
