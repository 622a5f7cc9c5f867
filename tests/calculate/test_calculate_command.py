"""`iprof calculate`: JSON in and out, tables in and out, schema, explanation, refusals."""

import json
from datetime import date

import pandas as pd
import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from iprof_kit.base.errors import InputError, KitError
from iprof_kit.calculate.subjects import HOMES, ask
from iprof_kit.commands import calculate as command

JEAN = {
    "situation": {
        "corps": "pe", "grade": "classe_normale", "echelon": "7", "date_effet": "2024-09-01",
    },
    "aujourdhui": "2026-11-25",
}  # fmt: skip
ROWS = (
    "situation.corps,situation.grade,situation.echelon,situation.date_effet,aujourdhui\n"
    "pe,classe_normale,7,2024-09-01,2026-11-25\n"
    "pe,classe_normale,17,2024-09-01,2026-11-25\n"
)


def run(*arguments, **options):
    found = CliRunner().invoke(command.calculate, list(arguments), **options)
    if found.exception and not isinstance(found.exception, SystemExit):
        raise found.exception
    return found


def test_a_question_on_standard_input():
    answer = json.loads(run("career", "--input", "-", input=json.dumps(JEAN)).stdout)
    assert answer["scenarios"][0]["etapes"][1]["date"] == "2027-09-01"


PAID = st.fixed_dictionaries(
    {
        "date": st.dates(date(2019, 1, 1), date(2026, 12, 1)).map(str),
        "corps": st.sampled_from(["pe", "certifie", "plp", "cpe"]),
        "grade": st.just("classe_normale"),
        "echelon": st.integers(2, 11).map(str),
        "zone": st.integers(1, 3),
        "enfants": st.integers(0, 4),
        "quotite": st.sampled_from([100, 80, 50]),
        "mode": st.sampled_from(["mois", "annualise", "annee"]),
    }
)


@settings(max_examples=10)
@given(question=PAID)
def test_the_command_and_python_give_one_answer(question):
    answer = json.loads(run("pay", "--input", "-", input=json.dumps(question)).stdout)
    assert answer == ask("pay", question).model_dump(mode="json")


def test_a_question_in_a_file(tmp_path):
    file = tmp_path / "question.json"
    file.write_text(json.dumps(JEAN), encoding="utf-8")
    assert json.loads(run("career", "--input", str(file)).stdout)["fin"]


@pytest.mark.parametrize("name", HOMES)
def test_the_schema_is_published(name):
    schema = json.loads(run(name, "--schema").stdout)
    assert schema["question"]["properties"]
    assert schema["reponse"]["properties"]


def test_the_explanation_in_json_holds_rules_and_values():
    found = run("career", "--input", "-", "--explain", "json", input=json.dumps(JEAN)).stdout
    steps = json.loads(found)["explication"]
    duration = next(step for step in steps if step["regle"] == "echelon_duration")
    assert "décret 90-680" in duration["source"]
    assert {"nom", "valeur", "source", "valide_du", "confiance"} <= duration["valeurs"][0].keys()


def test_the_explanation_in_text_names_days_and_positions():
    text = run("career", "--input", "-", "--explain", "text", input=json.dumps(JEAN)).stdout
    assert "règle echelon_duration" in text
    assert "lu\u00a0: durée de l’échelon" in text
    assert "day = 729684" not in text


def test_a_table_gives_a_table(tmp_path):
    file = tmp_path / "questions.csv"
    file.write_text(ROWS, encoding="utf-8")
    found = run("career", "--input", str(file), "--output", str(tmp_path / "reponses.csv"))
    answers = pd.read_csv(tmp_path / "reponses.csv", dtype=str, keep_default_na=False)
    assert answers["situation.echelon"].tolist() == ["7", "17"]
    assert [bool(error) for error in answers["erreur"]] == [False, True]
    assert "2 lignes sur 2, dont 1 refusée" in found.stderr


def test_parquet_in_and_out(tmp_path):
    frame = pd.DataFrame(
        {
            "situation.corps": ["pe"],
            "situation.grade": ["classe_normale"],
            "situation.echelon": [7],
            "situation.date_effet": [pd.Timestamp("2024-09-01")],
            "aujourdhui": ["2026-11-25"],
        }
    )
    frame.to_parquet(tmp_path / "questions.parquet")
    run(
        "career",
        "--input",
        str(tmp_path / "questions.parquet"),
        "--output",
        str(tmp_path / "reponses.parquet"),
    )
    answers = pd.read_parquet(tmp_path / "reponses.parquet")
    assert answers["reponse.situation.echelon"].tolist() == ["7"]


def test_an_interrupted_table_keeps_what_is_done(tmp_path, monkeypatch):
    file = tmp_path / "questions.csv"
    file.write_text(ROWS, encoding="utf-8")

    def first_then_stop(subject, frame):
        yield pd.DataFrame({"erreur": [""], "valeur": [1]}, index=[0])
        raise KeyboardInterrupt

    monkeypatch.setattr(command, "chunks", first_then_stop)
    found = run("career", "--input", str(file), "--output", str(tmp_path / "reponses.csv"))
    assert found.exit_code == 130
    assert len(pd.read_csv(tmp_path / "reponses.csv")) == 1
    assert "Interrompu" in found.stderr


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["career"], "il manque la question"),
        (["career", "--input", "absent.json"], "Vérifiez son nom"),
        (["career", "--input", "absent.csv"], "ne peut pas être lu"),
        (["career", "--input", "absent.csv", "--explain", "text"], "une seule personne"),
    ],
)
def test_a_refusal_says_what_to_do(arguments, words):
    with pytest.raises(KitError, match=words):
        run(*arguments)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"aujourdhui": "2026-13-25"}, "cette date n’existe pas"),
        ({"aujourdhui": None}, "valeur manquante"),
        ({"aujourdhui": "2026-11-25", "pirate": 1}, "ce champ n’existe pas"),
        (
            {"situation": {"corps": "pe", "type_temps_partiel": "libre"}},
            "sur_autorisation, de_droit",
        ),
        ({"situation": {"corps": "pe", "reliquat_jours": -1}}, "au moins 0"),
    ],
)
def test_a_fault_is_named_with_its_problem(change, words):
    with pytest.raises(KitError, match=words):
        run("career", "--input", "-", input=json.dumps({**JEAN, **change}))


LISTS = [{"nom": "6e", "effectif": 132}]
GOOD, WRONG = {"listes": LISTS}, {"listes": LISTS, "nature": "autre"}


@pytest.mark.parametrize("lines", [False, True])
def test_several_questions_have_each_its_answer_or_its_error_and_the_end_tells_it(lines):
    given = [GOOD, WRONG, GOOD]
    text = "\n".join(map(json.dumps, given)) if lines else json.dumps(given)
    done = run("quota", "--input", "-", input=text)
    answers = [*map(json.loads, done.stdout.splitlines())] if lines else json.loads(done.stdout)
    assert [one.get("erreur", {}).get("code") for one in answers] == [None, "saisie", None]
    assert answers[1]["erreur"]["fautes"][0]["chemin"] == ["nature"]
    assert answers[0] == ask("quota", GOOD).model_dump(mode="json")
    assert done.exit_code == 3
    assert "3 lignes sur 3, dont 1 refusée" in done.stderr


def test_a_line_that_is_no_json_is_refused_alone():
    done = run("quota", "--input", "-", input=f"{json.dumps(GOOD)}\n{{oups\n7\n")
    codes = [json.loads(line).get("erreur", {"fautes": [{}]})["fautes"][0].get("code")
             for line in done.stdout.splitlines()]  # fmt: skip
    assert codes == [None, "json_invalide", "type_attendu"]


def test_no_refusal_ends_with_nothing_to_tell():
    assert run("quota", "--input", "-", input=json.dumps([GOOD])).exit_code == 0
    assert json.loads(run("quota", "--input", "-", input="[]").stdout) == []


def test_a_table_with_a_refused_row_ends_otherwise(tmp_path):
    file = tmp_path / "questions.csv"
    file.write_text(ROWS, encoding="utf-8")
    assert run("career", "--input", str(file)).exit_code == 3


def test_an_answer_is_written_where_it_is_asked(tmp_path):
    out = tmp_path / "reponse.json"
    assert run("quota", "--input", "-", "--output", str(out), input=json.dumps(GOOD)).stdout == ""
    assert json.loads(out.read_text(encoding="utf-8")) == ask("quota", GOOD).model_dump(mode="json")


@pytest.mark.parametrize(("source", "output"), [("-", "x.csv"), ("q.csv", "x.json"), ("-", "x")])
def test_a_form_that_is_not_written_is_refused_before_the_work(source, output, tmp_path):
    with pytest.raises(InputError, match="rien ne s’écrit ici"):
        run("quota", "--input", source, "--output", str(tmp_path / output), input=json.dumps(GOOD))
    assert not (tmp_path / output).exists()


def test_an_error_is_written_for_a_program():
    done = run("quota", "--input", "-", "--errors", "json", input=json.dumps(WRONG))
    assert (done.exit_code, done.stdout) == (2, "")
    error = json.loads(done.stderr)["erreur"]
    assert error["code"] == "saisie"
    assert error["fautes"] == [{"code": "valeur_non_admise", "chemin": ["nature"],
                                "valeur": "autre", "message": error["fautes"][0]["message"],
                                "remede": "Prenez l’une des valeurs admises."}]  # fmt: skip
