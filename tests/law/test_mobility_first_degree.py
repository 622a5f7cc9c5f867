"""The interdepartmental movement: published cases, cases worked by hand, what is never guessed."""

from datetime import date
from pathlib import Path

import numpy as np
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from iprof_kit.base.errors import InputError, LawError, PeriodNotCovered
from iprof_kit.base.explanation import explain
from iprof_kit.law.mobility.first.person import FamilyRequest, Person1D, SeparatedYear
from iprof_kit.law.mobility.first.rules import (
    first_degree_echelon_points,
    function_seniority_points,
    item_points,
    linked_totals,
    separation_points,
    separation_years,
)
from iprof_kit.law.mobility.first.score import NOT_COMPUTED, movement_rules, score_wishes
from iprof_kit.law.tables.loading import table

FOLDER = Path(__file__).parent / "cases"
CASES = yaml.safe_load((FOLDER / "mouvement_1d.yml").read_text("utf-8"))
GRID = yaml.safe_load((FOLDER / "mouvement_1d_grille.yml").read_text("utf-8"))
PERSON = TypeAdapter(Person1D)
RECENT = (2024, 2025, 2026, 2027)
BASE = {"departement": "93", "corps": "pe", "grade": "classe_normale", "echelon": 7,
        "anciennete_mois": 60}  # fmt: skip
RUNS = [
    pytest.param(case, year, id=f"{case['id']}-{year}")
    for case in CASES
    for year in case["entree"]["campagnes"]
]


def person(**changes):
    return PERSON.validate_python({**BASE, **changes})


@pytest.mark.parametrize(("case", "campagne"), RUNS)
def test_a_case(case, campagne):
    asked, expected = case["entree"], case["attendu"]
    who = PERSON.validate_python(asked["personne"])
    if "refus" in expected:
        with pytest.raises(InputError, match=expected["refus"]):
            score_wishes(who, asked["voeux"], campagne)
        return
    scores = score_wishes(who, asked["voeux"], campagne)
    totals = expected.get("totaux_par_campagne", {}).get(campagne, expected.get("totaux"))
    if totals:
        assert [score.total for score in scores] == pytest.approx(totals)
    lines = {f"{line.critere} {line.sous_critere}": line for line in scores[0].lignes}
    for name, points in expected.get("lignes", {}).items():
        assert lines[name].points == pytest.approx(points)
    for name, words in expected.get("calculs", {}).items():
        assert words in lines[name].calcul
    aside = [(a.critere, a.motif.replace("\u00a0", " ")) for score in scores for a in score.ecartes]
    for critere, words in expected.get("ecartes", {}).items():
        assert any(critere == name and words in motif for name, motif in aside), aside
    if "complet" in expected:
        assert all(score.complet is expected["complet"] for score in scores)


@pytest.mark.parametrize("campagne", [2018, *RECENT])
def test_every_echelon(campagne):
    grid = GRID["totaux_2018" if campagne == 2018 else "totaux_2024_a_2027"]
    found = {
        grade: {
            echelon: score_wishes(
                person(
                    corps="instituteur" if grade == "grade_unique" else "pe",
                    grade=grade,
                    echelon=echelon,
                    anciennete_mois=96,
                ),
                ("44",),
                campagne,
            )[0].total
            for echelon in echelons
        }
        for grade, echelons in grid.items()
    }
    assert found == grid


@pytest.mark.parametrize(
    ("active", "on_leave", "points"),
    [(0, 1, 25), (1, 0, 50), (1, 1, 75), (2, 0, 200), (1, 3, 225), (3, 0, 350), (3, 1, 375),
     (4, 0, 450), (0, 8, 450), (7, 0, 450), (0, 0, 0)],
)  # fmt: skip
@pytest.mark.parametrize("campagne", RECENT)
def test_separation(active, on_leave, points, campagne):
    years = separation_years(np.array([active]), np.array([on_leave]), campagne)
    assert separation_points(years, campagne).tolist() == [points]


@pytest.mark.parametrize(("years", "points"), [(1, 50), (2, 200), (3, 350), (4, 400), (6, 400)])
def test_separation_of_2013_is_known_and_nothing_else_is(years, points):
    apart = tuple(SeparatedYear(2012 - back, 10) for back in range(years))
    request = FamilyRequest(
        "rapprochement_conjoints", "44", "mariage", date(2001, 5, 5), separation=apart
    )
    (score,) = score_wishes(person(famille=[request]), ("44",), 2013)
    assert score.total == points
    assert not score.complet
    unknown = {aside.critere for aside in score.ecartes if aside.inconnu}
    assert {"echelon", "anciennete_fonction_departement", "rapprochement_conjoints"} <= unknown


def test_half_a_year_of_2013_is_unknown():
    years = separation_years(np.array([0]), np.array([1]), 2013)
    with pytest.raises(PeriodNotCovered, match="campagne 2013"):
        separation_points(years, 2013)


def test_an_uncovered_campaign_names_the_covered_ones():
    with pytest.raises(PeriodNotCovered, match=r"campagne 2022 non couverte.*2018, 2024, 2025"):
        score_wishes(person(), ("44",), 2022)


@pytest.mark.parametrize(
    ("voeux", "message"),
    [(("99",), "département inconnu"), (("44", "44"), "demandé deux fois"), ((), "aucun vœu"),
     (("977",), "pas un département du mouvement"), (("93",), "votre département actuel")],
)  # fmt: skip
def test_a_wish_that_cannot_be_asked(voeux, message):
    with pytest.raises(InputError, match=message):
        score_wishes(person(), voeux, 2026)


def test_an_unknown_departement_of_origin():
    with pytest.raises(InputError, match="département inconnu"):
        score_wishes(person(departement="20"), ("44",), 2026)


def test_an_unknown_seniority_is_not_zero():
    (score,) = score_wishes(person(anciennete_mois=None), ("44",), 2026)
    assert score.total == 36
    assert not score.complet


def test_the_first_echelon_has_no_published_value():
    (score,) = score_wishes(person(echelon=1), ("44",), 2026)
    assert not score.complet
    assert "aucune valeur publiée" in score.ecartes[0].motif


def test_an_echelon_that_does_not_exist():
    with pytest.raises(LawError, match="critère inconnu"):
        first_degree_echelon_points(["pe_classe_normale_12"], 2026)
    with pytest.raises(InputError, match=r"12 n’existe pas dans ce grade.*pe_classe_normale_11"):
        score_wishes(person(echelon=12), ("44",), 2026)


def test_an_unknown_departement_of_the_family():
    request = {"demande": "rapprochement_conjoints", "departement": "99"}
    with pytest.raises(InputError, match=r"famille.departement.*inconnu"):
        score_wishes(person(famille=[request]), ("44",), 2026)


def test_a_school_year_apart_written_twice():
    twice = [{"annee": 2022, "mois": 10}, {"annee": 2022, "mois": 8}]
    request = {
        "demande": "rapprochement_conjoints",
        "departement": "44",
        "lien": "pacs",
        "lien_depuis": date(2020, 1, 1),
        "separation": twice,
    }
    with pytest.raises(InputError, match="écrite deux fois"):
        score_wishes(person(famille=[request]), ("44",), 2026)


def test_a_campaign_without_text_is_to_be_verified():
    letters = {year: score_wishes(person(), ("44",), year)[0].confidence for year in RECENT}
    assert letters == {2024: "B", 2025: "B", 2026: "C", 2027: "D"}


def test_what_the_rules_of_a_campaign_say_beside_points():
    told = " ".join(movement_rules(2026))
    assert "permutation" in told
    assert "annulée d’office" in told
    assert "circulaire du 02-08-2023 jugée illégale" in told
    assert "Nombre maximal de vœux non trouvé" in " ".join(movement_rules(2018))


@given(st.lists(st.integers(0, 500), min_size=1, max_size=20), st.sampled_from((2018, *RECENT)))
def test_one_row_equals_many(months, campagne):
    together = sum(function_seniority_points(np.array(months), campagne))
    alone = [sum(function_seniority_points(np.array([m]), campagne))[0] for m in months]
    assert together.tolist() == alone


@given(st.integers(0, 480), st.sampled_from((2018, *RECENT)))
def test_one_more_year_never_lowers_a_score(months, campagne):
    before, after = (
        score_wishes(person(anciennete_mois=m), ("44",), campagne)[0].total
        for m in (months, months + 12)
    )
    assert after >= before


@given(st.permutations(["44", "49", "75", "56"]))
def test_without_family_the_order_of_wishes_changes_nothing(voeux):
    assert {score.total for score in score_wishes(person(), voeux, 2026)} == {40}


@given(st.integers(0, 9), st.integers(0, 9))
def test_columns_add_up(one, two):
    both = np.array([one, two])
    assert item_points("inter_1d_voeu_repete", both, 2025).tolist() == [5 * one, 5 * two]
    assert item_points("inter_1d_enfants", both, 2025).tolist() == [50 * one, 50 * two]
    assert linked_totals(both, both[::-1]).tolist() == [(one + two) / 2] * 2


def _read_by(cases):
    """The rows (criterion, case, campaign) that scoring the cases reads."""
    read = set()
    for case, campagne in cases:
        with explain() as trace:
            try:
                score_wishes(PERSON.validate_python(case["personne"]), case["voeux"], campagne)
            except InputError:
                continue
            movement_rules(campagne)
        for step in trace.steps:
            for parameter in step.parameters:
                words = parameter.name.split(",")[0].split(" ")
                read.add(tuple(words))
    return read


def _grid():
    """One person for each échelon whose points are published."""
    for year in (2018, *RECENT):
        grid = GRID["totaux_2018" if year == 2018 else "totaux_2024_a_2027"]
        for grade, echelons in grid.items():
            corps = "instituteur" if grade == "grade_unique" else "pe"
            for echelon in echelons:
                who = {**BASE, "corps": corps, "grade": grade, "echelon": echelon}
                yield {"personne": who, "voeux": ["44"]}, year


def _apart():
    """One person for each number of years of separation."""
    active, leave = "activite", "conge_parental"
    kinds = [
        [leave],
        *([active] * n for n in range(1, 5)),
        *([*[active] * n, leave] for n in range(1, 4)),
    ]
    for year in (2013, *RECENT):
        for kind in kinds:
            apart = [
                {"annee": year - back, "mois": 10, "position": position}
                for back, position in enumerate(kind, start=1)
            ]
            request = {
                "demande": "rapprochement_conjoints",
                "departement": "44",
                "lien": "mariage",
                "lien_depuis": date(2001, 5, 5),
                "separation": apart,
            }
            yield {"personne": {**BASE, "famille": [request]}, "voeux": ["44"]}, year


def test_every_row_is_read_or_listed_as_not_computed():
    cases = [(case["entree"], year) for case in CASES for year in case["entree"]["campagnes"]]
    six = {"departement": "974", "irreversibles": 1, "reversibles": 4}
    interests = [({"personne": {**BASE, "cimm": six}, "voeux": ["974"]}, year) for year in RECENT]
    every = {
        (row["critere"], row["sous_critere"], str(row["campagne"]))
        for row in table("mouvement_interdepartemental_1d").to_dict("records")
    }
    unread = every - _read_by([*cases, *interests, *_grid(), *_apart()])
    assert {name[:2] for name in unread} <= set(NOT_COMPUTED), sorted(unread)
    assert all(NOT_COMPUTED.values())
