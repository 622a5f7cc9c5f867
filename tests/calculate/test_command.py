"""`iprof career`: in and out on the command line."""

import json
import re

import pytest
from click.testing import CliRunner

from iprof_kit.base.errors import KitError
from iprof_kit.calculate.career.calculation import answer
from iprof_kit.calculate.career.question import CareerAnswer, Scenario
from iprof_kit.commands.career import career

JEAN = [
    "--corps", "pe", "--grade", "classe_normale", "--echelon", "7", "--depuis", "2024-09-01",
    "--naissance", "1991-05-20", "--quotite", "80", "--today", "2026-11-25",
]  # fmt: skip


def run(*arguments, **options):
    found = CliRunner().invoke(career, list(arguments), **options)
    if found.exception and not isinstance(found.exception, SystemExit):
        raise found.exception
    return found


def test_the_table_is_in_french_with_dates_amounts_and_who_decides():
    text = run(*JEAN, "--hors-classe", "2033").output.replace("\u00a0", " ")
    assert re.search(
        r"1er septembre 2033 .*hors classe, 2e échelon, avec 6 mois .*2 654,08 €", text
    )
    assert "sous réserve d’une décision : recteur" in text
    assert "à vérifier" in text
    assert "Textes vérifiés jusqu’au" in text


def test_a_refusal_says_why():
    text = run(*JEAN, "--hors-classe", "2032").output
    assert "refusé" in text
    assert "1 an 6 mois" in text


def test_explain_adds_rule_and_source():
    text = run(*JEAN, "--explain").output
    assert "Pourquoi le 1er septembre 2027" in text
    assert "décret 90-680" in text


def test_json_out_is_the_answer(asked):
    found = run(*JEAN, "--bonification-8", "--format", "json").output
    assert CareerAnswer.model_validate_json(found) == answer(asked(Scenario(bonification_8=True)))


@pytest.mark.parametrize("by_file", [True, False])
def test_json_in_and_out(asked, tmp_path, by_file):
    question = asked(Scenario(), Scenario(nom="B", hors_classe=2034))
    if by_file:
        file = tmp_path / "question.json"
        file.write_text(question.model_dump_json(), encoding="utf-8")
        found = run("--json", str(file))
    else:
        found = run("--json", "-", input=question.model_dump_json())
    assert CareerAnswer.model_validate_json(found.output) == answer(question)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("{", "JSON"),
        ("[]", "un objet est attendu"),
        (json.dumps({"situation": {"corps": "pe", "echelon": [7]}}), "situation.echelon"),
        (json.dumps({"situation": {"corps": "pe"}, "pirate": 1}), "pirate"),
    ],
)
def test_a_malformed_question_is_refused_with_its_place(text, words):
    with pytest.raises(KitError, match=re.escape(words)):
        run("--json", "-", input=text)


def test_a_missing_file_is_refused(tmp_path):
    with pytest.raises(KitError, match="ne peut pas être lu"):
        run("--json", str(tmp_path / "absent.json"))


def test_a_person_without_corps_is_told_so():
    with pytest.raises(KitError, match="pas de corps, donc pas d’échelon calculé"):
        run("--echelon", "7", "--depuis", "2024-09-01")


def test_a_date_that_is_none_is_refused_by_the_option():
    found = run(*JEAN, "--jusqu-au", "demain")
    assert found.exit_code == 2
    assert "n’est pas une date" in found.output


def test_a_doubt_is_said_where_its_fact_is_shown():
    assert "indice brut" not in run(*JEAN, "--hors-classe", "2033").output.lower()
    explained = run(*JEAN, "--hors-classe", "2033", "--explain").output.replace("\u00a0", " ")
    assert explained.count("indice brut :") == 1
    assert "À vérifier : indice brut : " in explained
