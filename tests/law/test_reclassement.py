"""Where a promotion places a person: every row of reclassement.csv is used."""

from pathlib import Path

import numpy as np
import pytest
import yaml

from iprof_kit.base.errors import LawError, PeriodNotCovered
from iprof_kit.base.explanation import explain
from iprof_kit.base.words import place_in_full
from iprof_kit.law.career.reclassement import reclassify, rule_sentence
from iprof_kit.law.career.transitions import BY_STRUCTURE, ELSEWHERE
from iprof_kit.law.tables.cells import cell_code
from iprof_kit.law.tables.loading import load_reference

CASES = yaml.safe_load((Path(__file__).parent / "cases" / "reclassement.yml").read_text("utf-8"))
MONTH = 30
TRANSITIONS = {"P1", "P2", "P3", "P4", "L1", "L2"}


def identifier(case):
    return f"{case['regle']}-{case['corps']}-{case['de'][1]}{case['de'][2]}-{case['mois']}"


@pytest.mark.parametrize("case", CASES, ids=identifier)
def test_one_row_of_the_table(one, on, name, case):
    days = np.array([case["mois"] * MONTH])
    placed = reclassify(one(case["corps"], *case["de"]), days, case["vers"], on(case["le"]))
    grade = case["vers"].split(".")[-1]
    assert name(placed.cell[0]) == (grade, *case["attendu"])
    assert placed.days_kept.tolist() == [case["garde"] * MONTH]
    assert placed.rule_id.tolist() == [case["regle"]]
    if "confiance" in case:
        assert placed.confidence.tolist() == [case["confiance"]]
    else:
        assert placed.confidence[0] in "AB"


def test_every_row_is_used():
    cited = {name for case in CASES for name in case["regle"].split("+")}
    known = cited | TRANSITIONS | BY_STRUCTURE.keys() | ELSEWHERE.keys()
    written = set(load_reference("reclassement")["id"])
    not_cited = {"R5", "R5b", "R5c"}  # covered by T3, T4, T7, T8, which win (R0)
    assert written <= known | not_cited


@pytest.mark.parametrize("corps", ["pe", "certifie", "agrege"])
def test_the_rows_of_the_11th_echelon_win_over_the_rule_of_the_last_echelon(one, on, corps):
    for months in range(61):
        placed = reclassify(
            one(corps, "classe_normale", 11),
            np.array([months * MONTH]),
            "hors_classe",
            on("2024-09-01"),
        )
        assert placed.rule_id[0] in ("T3", "T4", "T7", "T8")


@pytest.mark.parametrize("months", [23, 48])
def test_the_derogation_of_the_9th_echelon_is_bounded(one, on, months):
    days = np.array([months * MONTH])
    placed = reclassify(one("pe", "classe_normale", 9), days, "hors_classe", on("2024-09-01"))
    assert placed.rule_id[0].startswith("R1+R2")


def test_the_last_days_before_four_years_keep_almost_two(one, on, name):
    days = np.array([48 * MONTH - 1])
    placed = reclassify(one("pe", "classe_normale", 9), days, "hors_classe", on("2024-09-01"))
    assert (name(placed.cell[0])[1], placed.days_kept[0]) == ("2", 24 * MONTH - 1)


@pytest.mark.parametrize(
    ("words", "target", "day"),
    [
        (("certifie", "classe_normale", 8), "agrege.classe_normale", "2024-09-01"),
        (("certifie", "hors_classe", 6), "classe_exceptionnelle", "2020-09-01"),
        (("pe", "hors_classe", 2), "classe_exceptionnelle", "2024-09-01"),
        (("pe", "classe_normale", 9), "classe_exceptionnelle", "2024-09-01"),
        (("instituteur", "grade_unique", 9), "hors_classe", "2024-09-01"),
        (("agrege", "classe_exceptionnelle", 1), "chaire_sup.grade_unique", "2024-09-01"),
        (("agrege", "hors_classe", 2), "classe_exceptionnelle", "2022-09-01"),
    ],
)
def test_what_no_row_covers_is_refused(one, on, words, target, day):
    place = place_in_full(words[0], words[1], str(words[2]))
    with pytest.raises(LawError, match=rf"règle non couverte.*\({place}\)"):
        reclassify(one(*words), np.array([0]), target, on(day))


def test_before_2017_is_not_covered(one, on):
    with pytest.raises(PeriodNotCovered):
        reclassify(one("pe", "classe_normale", 9), np.array([0]), "hors_classe", on("2017-08-31"))


def test_a_column_answers_each_corps_by_its_own_rows(on):
    cells = np.array([cell_code(corps, "classe_normale", 9) for corps in ("pe", "plp", "agrege")])
    placed = reclassify(cells, np.full(3, 30 * MONTH), "hors_classe", on("2024-09-01"))
    assert placed.rule_id.tolist() == ["R4", "R4b", "R1+R2+R3"]
    assert placed.confidence.tolist() == ["A", "D", "B"]


def test_the_explanation_quotes_each_rule_applied(one, on):
    with explain() as trace:
        days = np.array([30 * MONTH])
        reclassify(one("agrege", "classe_normale", 9), days, "hors_classe", on("2024-09-01"))
    (step,) = trace.steps
    names = [parameter.name for parameter in step.parameters]
    assert names[:3] == ["règle R1", "règle R2", "règle R3"]
    read = {parameter.name: parameter.value for parameter in step.parameters[3:]}
    assert read == {  # grilles.csv et durees_echelon.csv
        "indice majoré (agrege, classe_normale, 9)": 762,
        "indice majoré (agrege, classe_normale, 10)": 805,
        "indice majoré (agrege, hors_classe, 2)": 805,
        "durée du nouvel échelon, en mois (agrege, hors_classe, 2)": 24,
    }
    assert step.confidence == "B"


def test_every_rule_of_a_band_has_a_french_sentence(on):
    for case in CASES:
        words = rule_sentence(case["regle"], case["corps"], on(case["le"]))
        assert words.endswith(".")
        assert not {"{", "}"} & set(words)
    assert rule_sentence("R4", "pe", on("2024-09-01")) == (
        "Un professeur des écoles promu à la hors classe depuis le 9e échelon, avec au moins 2 ans "
        "d’ancienneté, est classé au 2e échelon. Il garde l’ancienneté qui dépasse 2 ans."
    )
