"""The published cases: each expected value is that of its source, never our own output."""

from datetime import date
from pathlib import Path

import numpy as np
import pytest
import yaml

from iprof_kit.base.calendar import axis_of, date_of
from iprof_kit.law.career.advancement import echelon_duration, next_cell, shortened_duration
from iprof_kit.law.career.bonifications import advanced_by_direction, bonification_quota
from iprof_kit.law.career.change_of_corps import converted_seniority
from iprof_kit.law.career.meetings import meeting_windows
from iprof_kit.law.career.reclassement import reclassify
from iprof_kit.law.career.service_credit import credited_days, placed_by_seniority
from iprof_kit.law.career.traitement import indice_majore
from iprof_kit.law.career.transitions import linearise_2023, ppcr_2017
from iprof_kit.law.tables.cells import CELLS, cell_code

FOLDER = Path(__file__).parent / "cases"
MONTH = 30


def cases(name):
    return yaml.safe_load((FOLDER / f"{name}.yml").read_text("utf-8"))


CAREERS = {case["id"]: case for case in cases("carrieres")}


def axis(text):
    return axis_of(date.fromisoformat(text))


def column(*words):
    return np.array([cell_code(*words)])


@pytest.mark.parametrize("name", ["CAR01", "CAR02"])
def test_length_of_the_classe_normale(name):
    given, expected = CAREERS[name]["entree"], CAREERS[name]["attendu"]
    day, total = axis("2024-09-01"), 0
    for echelon in range(given["de"], given["a"]):
        cell = column(given["corps"], given["grade"], echelon)
        read = shortened_duration if echelon in given["bonifications"] else echelon_duration
        total += int(read(cell, day)[0])
    assert total == expected["duree_mois"] * MONTH


def test_a_grade_walked_chevron_by_chevron():
    case = CAREERS["CAR06"]
    day = axis(case["entree"]["date"])
    cell, years = column(case["entree"]["corps"], case["entree"]["grade"], 1), 0.0
    reached = {}
    while True:
        years += echelon_duration(cell, day)[0] / 360
        cell = next_cell(cell, day)
        if cell[0] < 0:
            break
        reached[CELLS.chevron[cell[0]] or CELLS.echelon[cell[0]]] = years
    assert reached == case["attendu"]["cumul_annees"]


@pytest.mark.parametrize("name", ["CAR09", "CAR10", "CAR13", "CAR31"])
def test_a_promotion(name):
    given, expected = CAREERS[name]["entree"], CAREERS[name]["attendu"]
    day = axis(given["date_effet"])
    cell = column(given["corps"], given["grade"], given["echelon"])
    days = np.array([given["anciennete_mois"] * MONTH])
    placed = reclassify(cell, days, given["grade_cible"], day)
    assert CELLS.echelon[placed.cell[0]] == str(expected["echelon"])
    assert indice_majore(placed.cell, day).tolist() == [expected["indice_majore"]]
    assert placed.days_kept.tolist() == [expected["anciennete_mois"] * MONTH]
    if "date_prochain_echelon" in expected:
        due = day - placed.days_kept + echelon_duration(placed.cell, day)
        assert due.tolist() == [axis(expected["date_prochain_echelon"])]


def test_two_promotions_in_a_row():
    case = CAREERS["CAR18"]
    given = case["entree"]
    grid = axis(given["grille_figee_au"])
    cell = column(given["corps"], given["grade"], given["echelon"])
    since, seen = axis(given["date"]) - given["anciennete_mois"] * MONTH, {}
    promotions = {axis(p["date"]): p["grade"] for p in given["promotions"]}
    for text in case["attendu"]:
        day = axis(text)
        if day in promotions:
            placed = reclassify(cell, np.array([day - since]), promotions[day], day)
            cell, since = placed.cell, day - int(placed.days_kept[0])
        while (length := int(echelon_duration(cell, day)[0])) and since + length <= day:
            cell, since = next_cell(cell, day), since + length
        where = int(cell[0])
        step = CELLS.chevron[where] or None
        index = int(indice_majore(cell, grid)[0])
        seen[text] = [CELLS.grade[where], int(CELLS.echelon[where]), step, index]
    assert seen == case["attendu"]


def test_a_change_of_corps_from_the_theoretical_seniority():
    given, expected = CAREERS["CAR16"]["entree"], CAREERS["CAR16"]["attendu"]
    theory = np.array([given["anciennete_theorique_origine_annees"] * 360])
    day = axis("2022-09-01")
    found = converted_seniority(theory, given["corps"], given["corps_cible"], day)
    assert found.tolist() == [expected["anciennete_theorique_cible_annees"] * 360]
    cell, kept = placed_by_seniority(found, given["corps_cible"], day)
    assert CELLS.echelon[cell[0]] == str(expected["echelon"])
    left = expected["reliquat"]
    assert kept.tolist() == [left["annees"] * 360 + left["mois"] * MONTH + left["jours"]]


def test_services_taken_over():
    given, expected = CAREERS["CAR19"]["entree"], CAREERS["CAR19"]["attendu"]
    days = np.array([given["duree_annees"] * 360])
    found = credited_days(days, given["nature"], given["corps_cible"], axis("2024-09-01"))
    assert found.tolist() == [expected["jours"]]
    assert divmod(expected["jours"], MONTH) == (expected["mois"], expected["jours_reste"])


def test_a_school_head_is_advanced():
    given, expected = CAREERS["CAR20"]["entree"], CAREERS["CAR20"]["attendu"]
    due = np.array([axis(given["date_prevue"])])
    earlier = advanced_by_direction(due, len(given["annees_completes"]))
    assert date_of(earlier[0]).isoformat() == expected["date_effet"]


def test_a_kept_seniority_brings_the_next_echelon_nearer():
    given, expected = CAREERS["CAR23"]["entree"], CAREERS["CAR23"]["attendu"]
    cell, day = column(given["corps"], given["grade"], given["echelon"]), axis(given["date"])
    due = day - given["anciennete_mois"] * MONTH + echelon_duration(cell, day)
    assert date_of(due[0]).isoformat() == expected["date"]
    assert CELLS.echelon[next_cell(cell, day)[0]] == str(expected["echelon"])


def test_windows_of_the_rendez_vous():
    case = CAREERS["CAR25"]
    year = int(case["entree"]["annee_scolaire"][:4])
    found = {
        str(w.number): [w.first.isoformat(), w.last.isoformat()]
        for w in meeting_windows("pe", year)
    }
    assert found == case["attendu"]


def test_number_of_bonifications():
    case = CAREERS["CAR27"]
    carried = case["entree"]["report_precedent"]
    granted = {k: bonification_quota(n, carried)[0] for k, n in case["entree"]["listes"].items()}
    assert granted == case["attendu"]


def test_ppcr():
    given, expected = CAREERS["CAR29"]["entree"], CAREERS["CAR29"]["attendu"]
    days = given["anciennete_mois"] * MONTH
    placed = ppcr_2017(given["corps"], given["grade"], str(given["echelon"]), "", days)
    assert CELLS.echelon[placed.cell] == str(expected["echelon"])
    assert placed.days_kept == expected["anciennete_mois"]


def test_linearisation():
    given, expected = CAREERS["CAR30"]["entree"], CAREERS["CAR30"]["attendu"]
    cell = column(given["corps"], "classe_exceptionnelle", given["echelon"])
    moved, kept = linearise_2023(cell, np.array([given["anciennete_mois"] * MONTH]))
    day = axis(expected["date"])
    assert CELLS.chevron[moved[0]] == expected["chevron"]
    assert CELLS.chevron[next_cell(moved, day)[0]] == expected["chevron_suivant"]
    due = day - kept + echelon_duration(moved, day)
    assert date_of(due[0]).isoformat() == expected["date_chevron_suivant"]


def test_every_published_career_case_is_used():
    text = Path(__file__).read_text(encoding="utf-8")
    assert all(f'"{name}"' in text for name in CAREERS)
