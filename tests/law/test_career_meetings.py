"""Rendez-vous de carrière: in which school year; bonifications: decided when, how many."""

from datetime import date

import numpy as np
import pytest

from iprof_kit.base.calendar import to_axis
from iprof_kit.base.errors import LawError, PeriodNotCovered
from iprof_kit.law.career.bonifications import advanced_by_direction, bonification_quota
from iprof_kit.law.career.meetings import (
    decision_year,
    meeting_content,
    meeting_windows,
    meeting_year,
)
from iprof_kit.law.career.meetings_procedure import (
    deadlines,
    evaluators,
    grid,
    held_later,
)
from iprof_kit.law.career.open_days import first_open_day


@pytest.mark.parametrize(
    ("echelon", "reached", "year"),
    [
        # rendez_vous_carriere.csv : 6e et 9e de septembre à août, 8e de mars à février
        (6, "2022-08-31", 2022),
        (6, "2022-09-01", 2023),
        (6, "2023-08-31", 2023),
        (8, "2022-02-28", 2022),
        (8, "2022-03-01", 2023),
        (8, "2024-02-29", 2024),
        (9, "2031-03-01", 2031),
        (7, "2022-09-01", -1),
    ],
)
def test_school_year_of_the_rendez_vous(one, echelon, reached, year):
    day = to_axis(np.array([reached], dtype="datetime64[D]"))
    cell = one("pe", "classe_normale", echelon)
    assert meeting_year(cell, day).tolist() == [year]
    assert decision_year(cell, day).tolist() == [year + 1 if year > 0 else -1]


def test_the_6th_echelon_of_hors_classe_has_no_rendez_vous(one, on):
    assert meeting_year(one("pe", "hors_classe", 6), np.array([on("2022-09-01")])).tolist() == [-1]


@pytest.mark.parametrize("corps", ["pe", "agrege", "psyen"])
def test_windows_of_a_school_year_last_one_year(corps):
    for window in meeting_windows(corps, 2024):
        assert (window.last - window.first).days in (364, 365)


def test_the_window_of_the_8th_ends_with_february():
    assert meeting_windows("pe", 2024)[1].last == date(2024, 2, 29)
    assert meeting_windows("pe", 2023)[1].last == date(2023, 2, 28)


def test_refusals():
    with pytest.raises(PeriodNotCovered):
        meeting_windows("pe", 2016)
    with pytest.raises(LawError, match="aucun rendez-vous"):
        meeting_windows("instituteur", 2024)


def test_the_decimal_of_a_quota_is_carried_to_the_next_year():
    # décret 90-680 art. 24 II : 30 % de 132 = 39,6
    assert bonification_quota(132) == (39, 60)
    assert bonification_quota(118, 60) == (36, 0)
    assert bonification_quota(0) == (0, 0)


def test_direction_does_not_advance_an_echelon_due_before_2024_09_01(on):
    # décret 2023-777 art. 21
    due = np.array([on("2024-08-31"), on("2024-09-01")])
    assert (due - advanced_by_direction(due, 1)).tolist() == [0, 90]


@pytest.mark.parametrize(
    ("corps", "year", "authority"),
    [
        # rendez_vous_carriere.csv ; décret 2024-727 (agrégés)
        ("pe", 2024, "IA-DASEN"),
        ("certifie", 2024, "recteur"),
        ("agrege", 2022, "ministre"),
        ("agrege", 2024, "recteur (agents en académie)"),
    ],
)
def test_who_gives_the_final_appreciation(corps, year, authority):
    assert meeting_content(corps, 3, year).final_by == authority


@pytest.mark.parametrize(
    ("corps", "evaluator"),
    [
        ("pe", "IEN"), ("certifie", "IA-IPR"), ("peps", "EPS"), ("plp", "IEN-ET ou IEN-EG"),
        ("cpe", "EVS"), ("psyen", "DCIO"), ("agrege", "chef d’établissement"),
    ],
)  # fmt: skip
def test_who_evaluates_and_on_which_scale(corps, evaluator):
    content = meeting_content(corps, 1, 2025)
    assert evaluator in content.evaluators
    assert content.levels == ("a_consolider", "satisfaisant", "tres_satisfaisant", "excellent")


def test_what_each_rendez_vous_leads_to():
    effects = [meeting_content("pe", number, 2025).leads_to for number in (1, 2, 3)]
    assert ["6e" in effects[0], "8e" in effects[1], "hors classe" in effects[2]] == [True] * 3


def test_there_is_no_fourth_rendez_vous():
    with pytest.raises(LawError):
        meeting_content("pe", 4, 2025)
    with pytest.raises(PeriodNotCovered):
        meeting_content("pe", 1, 2016)


@pytest.mark.parametrize(
    ("on_day", "name", "event", "last"),
    [
        # arrêté du 5 mai 2017 art. 3 et 5 : un mois, trois semaines ; depuis 2019 : 15 jours
        ("2018-09-01", "calendrier", "2018-12-20", "2018-11-20"),
        ("2024-09-01", "calendrier", "2024-12-20", "2024-12-05"),
        ("2018-09-01", "observations", "2019-01-10", "2019-01-31"),
        ("2024-09-01", "observations", "2025-01-10", "2025-01-25"),
        ("2024-09-01", "entretiens", "2025-01-06", "2025-02-17"),
        ("2024-09-01", "appreciation", "2025-09-01", "2025-09-16"),
        # décret 72-581, art. 30-7 : jours francs ; CE n° 472836 : le lendemain de l'échéance
        ("2024-09-01", "recours", "2025-09-09", "2025-10-10"),
        # … repoussé du samedi 11 octobre au lundi (CE n° 409579)
        ("2024-09-01", "recours", "2025-09-10", "2025-10-13"),
        ("2024-09-01", "reponse", "2025-10-10", "2025-11-10"),
        ("2024-09-01", "cap", "2025-11-09", "2025-12-10"),
    ],
)
def test_delays(on_day, name, event, last):
    found = {one.name: one for one in deadlines(date.fromisoformat(on_day))}
    assert found[name].last_day(date.fromisoformat(event)).isoformat() == last


def test_delays_come_in_the_order_of_the_procedure_and_say_their_doubts():
    found = deadlines(date(2025, 9, 1))
    names = [
        "calendrier",
        "entretiens",
        "observations",
        "appreciation",
        "recours",
        "reponse",
        "cap",
    ]
    assert [one.name for one in found] == names
    assert {one.source.confidence for one in found} == {"B"}
    with pytest.raises(PeriodNotCovered):
        deadlines(date(2017, 8, 31))


@pytest.mark.parametrize(
    ("day", "departement", "worked"),
    [
        ("2027-10-15", "", "2027-10-15"),  # a Friday
        ("2027-10-16", "", "2027-10-18"),  # a Saturday
        ("2027-03-28", "", "2027-03-30"),  # Easter, then lundi de Pâques (art. L. 3133-1)
        ("2026-05-14", "", "2026-05-15"),  # Ascension
        ("2026-05-23", "", "2026-05-26"),  # a Saturday, Pentecôte and its lundi
        ("2026-11-11", "", "2026-11-12"),
        # code du travail, art. L. 3422-2: each its own day, and nobody else's
        ("2027-12-20", "974", "2027-12-21"),
        ("2027-12-20", "", "2027-12-20"),
        ("2027-12-20", "972", "2027-12-20"),
        ("2026-05-22", "972", "2026-05-26"),
        ("2026-06-10", "973", "2026-06-11"),
        ("2026-05-27", "971", "2026-05-28"),
        ("2026-05-27", "978", "2026-05-28"),
        ("2026-04-27", "976", "2026-04-28"),
        # art. L. 3134-13, Alsace et Moselle
        ("2028-12-25", "67", "2028-12-27"),
        ("2028-12-25", "75", "2028-12-26"),
    ],
)
def test_the_first_day_that_is_worked(day, departement, worked):
    assert first_open_day(date.fromisoformat(day), departement).isoformat() == worked


def test_a_rendez_vous_missed_is_held_at_the_rentree():
    # 62.snuipp.fr article 3832: 15 octobre ; dijon.snes.edu article 6016: 15 janvier 2021
    assert held_later(2019).notified_by == date(2019, 10, 15)
    assert held_later(2026).held_by == date(2026, 9, 30)
    assert held_later(2020).held_by == date(2020, 12, 31)
    assert held_later(2020).notified_by == date(2021, 1, 15)
    with pytest.raises(PeriodNotCovered):
        held_later(2018)  # before the arrêté du 21 juin 2019


@pytest.mark.parametrize(
    ("corps", "heads"),
    [
        # cgteduc-versailles.fr: un seul entretien dans le premier degré ; guadeloupe.snes.edu 580
        ("pe", {"ecole": False, "second_degre": True}),
        ("certifie", {"": True}),
        ("cpe", {"": True}),
        ("psyen", {"eda": False, "edo": True, "dcio": True}),
    ],
)
def test_one_opinion_or_two_by_corps_and_position(corps, heads):
    assert {one.position: bool(one.head) for one in evaluators(corps, 2026)} == heads


def test_a_corps_without_rendez_vous_has_no_evaluator():
    with pytest.raises(LawError, match="aucun rendez-vous"):
        evaluators("chaire_sup", 2026)
    with pytest.raises(PeriodNotCovered):
        evaluators("pe", 2016)


def test_the_grid_has_the_items_that_are_published():
    # guadeloupe.snes.edu 580: 5, 3 et 3 ; aix.snes.edu: 5, 3 et 4 for CPE
    assert [(one.name, one.count) for one in grid("enseignant", 2026)] == [
        ("inspection", 5), ("chef", 3), ("ensemble", 3)
    ]  # fmt: skip
    assert [one.count for one in grid("education", 2026)] == [5, 3, 4]
    assert not any(one.labels for one in grid("education", 2026))
    assert grid("psychologue", 2026) == ()
    doubts = {source.confidence for one in grid("enseignant", 2026) for source in one.sources}
    assert doubts == {"B", "D"}  # their number is published, their words were not read
