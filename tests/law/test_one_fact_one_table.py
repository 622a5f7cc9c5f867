"""Each fact stands in one table; where two tables say it, they are compared here.

A path of `concours.csv` has columns that its conditions of `parcours_conditions.csv` do not say
again. The other pairs are listed: what a table of one subject repeats of another.
"""

import csv
import re
from functools import cache

import pytest

from iprof_kit.base.paths import REFERENCE
from iprof_kit.law.paths.rows import conditions

NOW = "2026-12-01"
COLUMN_OF = {
    "age": "age_min", "echelon": "echelon_min", "titulaire": "grade_requis", "session": "session",
}  # fmt: skip
"""Kind of a condition, and the column of concours.csv that says it."""


@cache
def rows(name):
    with (REFERENCE / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


def said(name, column, **where):
    """Return what the only row in force says."""
    kept = [one for one in rows(name) if where.items() <= one.items()]
    kept = [
        one for one in kept if one.get("valide_au", "") in ("", None) or one["valide_au"] >= NOW
    ]
    (value,) = {one[column] for one in kept}
    return value


def number(*given, **where):
    (first, *_) = re.findall(r"\d+(?:[.,]\d+)?", said(*given, **where))
    return float(first.replace(",", "."))


def own_conditions(code):
    return [one for one in rows("parcours_conditions") if one["code"] == code]


def services_of(code):
    return [one["valeur"] for one in own_conditions(code) if one["genre"] == "services"]


@pytest.mark.parametrize("row", rows("concours"), ids=lambda row: row["code"])
def test_p21_a_condition_of_a_path_is_a_column_or_a_row_and_never_both(row):
    kinds = {one["genre"] for one in own_conditions(row["code"])}
    twice = [kind for kind in COLUMN_OF if kind in kinds and row[COLUMN_OF[kind]]]
    assert [
        kind for kind in twice if kind != "titulaire" or row["grade_requis"] == "titulaire"
    ] == []
    by_the_column = [value for value in services_of(row["code"]) if not value]
    assert len(by_the_column) <= 1
    assert not by_the_column or float(row["anciennete_min_annees"]) > 0


@pytest.mark.parametrize("row", rows("concours"), ids=lambda row: row["code"])
def test_p21_a_length_that_the_words_of_a_column_repeat_is_that_of_its_row(row):
    within = re.findall(r"dont (\d+)", row["anciennete_nature"])
    assert set(within) <= set(services_of(row["code"]))


def test_p21_the_liste_d_aptitude_asks_its_age_of_every_screen():
    # décret 72-580, art. 5-2 : quarante ans au 1er octobre de l’année de la liste
    asked = {one.kind: one for one in conditions("LA_AGREGE")}
    assert float(asked["age"].value) == 40
    assert asked["age"].reference == "10-01_ANNEE_LISTE"


def test_p21_capeps_asks_for_its_own_qualifications():
    # circulaire 2019-100 : sauvetage aquatique et secourisme, avant le recrutement
    for code in ("CAPEPS_INT", "CAPEPS_EXT_M2", "CAPEPS_EXT_L3"):
        facts = {one.key for one in conditions(code) if one.kind == "fait"}
        assert {"sauvetage_aquatique", "secourisme"} <= facts


def test_p21_what_a_leave_does_to_the_post_is_said_by_one_column():
    again = [
        (row["code"], column)
        for row in rows("parcours")
        for column, words in row.items()
        if column not in ("effet_poste", "source")
        and re.search(r"poste (conservé|perdu)|perte du poste", words)
    ]
    assert again == []
    assert "conservé" in said("parcours", "effet_poste", code="DISPO_ADOPTION")
    assert "perte" in said("parcours", "effet_poste", code="DISPO_CONVENANCES")


def test_p21_the_pension_contribution_stands_in_the_table_of_pay_alone():
    assert any(one["code"] == "PENSION_CIVILE" for one in rows("cotisations"))
    pension = [one["code"] for one in rows("retraite_parametres")]
    assert [code for code in pension if code.startswith("retenue_pension")] == []


PAIRS = {
    "RAFP rate": (("cotisations", "taux_pct", {"code": "RAFP"}),
                  ("retraite_parametres", "valeur", {"code": "rafp_taux_agent"}), 100),
    "RAFP cap": (("parametres_paie", "valeur", {"cle": "rafp_plafond"}),
                 ("retraite_parametres", "valeur", {"code": "rafp_plafond_assiette"}), 100),
    "surcotisation ceiling": (
        ("temps_partiel", "regle", {"code": "SURCOTISATION_LIMITE"}),
        ("retraite_parametres", "valeur", {"code": "surcotisation_max"}), 1),
    "remarks after a report": (
        ("rendez_vous_delais", "valeur", {"cle": "observations"}),
        ("rendez_vous_carriere_regles", "valeur", {"cle": "observations_agent_jours"}), 1),
    "between two interviews": (
        ("rendez_vous_delais", "valeur", {"cle": "entretiens"}),
        ("rendez_vous_carriere_regles", "valeur", {"cle": "delai_entre_entretiens_semaines_max"}),
        7),
    "appeal": (("rendez_vous_delais", "valeur", {"cle": "recours"}),
               ("rendez_vous_carriere_regles", "valeur", {"cle": "recours_gracieux_jours"}), 1),
    "heavy incapacity": (
        ("parametres_pension", "valeur", {"cle": "surcotisation_handicap_taux"}),
        ("parametres_pension", "valeur", {"cle": "majoration_duree_enfant_invalide_taux"}), 1),
}  # fmt: skip
"""A fact, where it stands twice, and how many of the first unit make one of the second."""


@pytest.mark.parametrize("pair", PAIRS)
def test_p21_a_fact_that_two_tables_hold_is_the_same_in_both(pair):
    (first, second, times) = PAIRS[pair]
    one, other = (number(*place[:2], **place[2]) for place in (first, second))
    assert one == pytest.approx(other * times)


@pytest.mark.parametrize("corps", ["cpe", "psyen"])
def test_p21_a_grid_of_another_model_is_nobody_else_s(corps):
    own = {one["modele"] for one in rows("rendez_vous_evaluateurs") if one["corps"] == corps}
    assert own
    assert not own & {one["modele"] for one in rows("rendez_vous_grille")}
