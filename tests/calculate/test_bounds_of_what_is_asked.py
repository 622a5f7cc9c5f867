"""Every number and day asked has bounds, in the schema; beyond them is a refusal in French."""

import copy
import json
from contextlib import suppress
from datetime import date
from functools import cache
from itertools import pairwise
from typing import Annotated, Any, get_args

import asked_of_tables
import numpy as np
import pandas as pd
import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from iprof_kit.base.errors import InputError, KitError
from iprof_kit.base.plain import Plain
from iprof_kit.calculate.interface.columns import run_columns
from iprof_kit.calculate.interface.reading import question_of, refused
from iprof_kit.calculate.interface.subject import Subject
from iprof_kit.calculate.subjects import HOMES, ask, subject
from iprof_kit.commands.calculate import calculate
from iprof_kit.commands.career import career

EVERY = sorted(HOMES)
LOW = {"minimum", "exclusiveMinimum", "formatMinimum"}
HIGH = {"maximum", "exclusiveMaximum", "formatMaximum"}
BEYOND = st.one_of(
    st.integers(min_value=2**63),
    st.integers(max_value=-1),
    st.sampled_from([10**30, -(2**63) - 1, 10**5000]),
    st.sampled_from([float("nan"), float("inf"), float("-inf"), 1e30, -1e-9]),
)
FAR = st.one_of(
    st.dates(date(2101, 1, 1), date.max), st.dates(date.min, date(1899, 12, 31)),
    st.sampled_from(["9999-12-31", "0001-01-01", "+010000-01-01"]),
)  # fmt: skip


def leaves(node, schema, path=(), seen=()):
    """Every number and day of a schema: where it stands, and what is said of it."""
    if "$ref" in node:
        name = node["$ref"].rpartition("/")[2]
        if name not in seen:
            yield from leaves(schema["$defs"][name], schema, path, (*seen, name))
        return
    for part in (p for key in ("anyOf", "oneOf", "allOf") for p in node.get(key, [])):
        yield from leaves(part, schema, path, seen)
    if node.get("type") in ("integer", "number") or node.get("format", "")[:4] == "date":
        yield path, node
    for name, part in node.get("properties", {}).items():
        yield from leaves(part, schema, (*path, name), seen)
    inner = [*node.get("prefixItems", []), node.get("items"), node.get("additionalProperties")]
    for part in inner:
        if isinstance(part, dict):
            yield from leaves(part, schema, (*path, 0), seen)


@cache
def asked_of(name):
    schema = subject(name).question.model_json_schema()
    return tuple(leaves(schema, schema))


@pytest.mark.parametrize("name", EVERY)
def test_p10_every_number_and_day_asked_has_its_bounds_in_the_schema(name):
    free = [
        path
        for path, node in asked_of(name)
        if not ({"enum", "const"} & node.keys() or (LOW & node.keys() and HIGH & node.keys()))
    ]
    assert free == []


@cache
def typed_fields():
    """Each field of a question that holds a number or a day: its type, and a day or not."""
    found, models = {}, [subject(name).question for name in EVERY]
    while models:
        model = models.pop()
        for name, field in model.model_fields.items():
            parts = list(parts_of(field.annotation))
            found[model.__name__, name] = (model, name, date in parts)
            if not {int, float, date} & set(parts):
                del found[model.__name__, name]
            models += [p for p in parts if is_plain(p) and (p.__name__, "seen") not in found]
            found |= {(p.__name__, "seen"): None for p in parts if is_plain(p)}
    return [one for one in found.values() if one]


def is_plain(part):
    return isinstance(part, type) and issubclass(part, Plain)


def parts_of(kind):
    yield kind
    for part in get_args(kind):
        yield from parts_of(part)


def reads(model, name, value):
    field = model.model_fields[name]
    kind: Any = Annotated[(field.annotation, *(field.metadata or [None]))]
    shape = str(field.annotation)
    value = {"x": value} if "dict[" in shape else (value,) if "tuple[" in shape else value
    return TypeAdapter(kind, config={"allow_inf_nan": False}).validate_python(value)


@given(one=st.sampled_from(typed_fields()), beyond=BEYOND, far=FAR)
@settings(max_examples=200, deadline=None)
def test_p10_no_number_nor_day_out_of_reason_enters_any_question(one, beyond, far):
    model, name, is_day = one
    with pytest.raises(ValidationError) as caught:
        reads(model, name, far if is_day else beyond)
    said = str(refused(caught.value))
    assert "nput" not in said
    assert "should" not in said


@cache
def usual_questions():
    """A question of most subjects, those that the tables are asked."""
    found = {
        "quota": {"listes": [{"nom": "6e", "effectif": 132, "report": 0.4}]},
        "bonification": {"aujourdhui": "2026-11-25", "annees_direction": [2023],
                         "postes_asa": [{"debut": "2019-09-01", "fin": "2024-08-31"}]},
        "career": {"aujourdhui": "2026-11-25", "scenarios": [{"nom": "A", "quotite": 80}],
                   "situation": {"corps": "pe", "grade": "classe_normale", "echelon": "9",
                                 "date_effet": "2024-09-01", "date_naissance": "1980-02-03"}},
        "campagnes": {"corps": "certifie", "instant": "2026-12-01T12:00:00+01:00"},
    }  # fmt: skip
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(asked_of_tables, "ask", lambda name, asked: found.setdefault(name, asked))
        for question in asked_of_tables.ASKED.values():
            if "ask" in getattr(getattr(question, "__code__", None), "co_names", ()):
                question()
    return found


def at_its_bound(node, which):
    low = next((node[key] for key in LOW & node.keys()), None)
    high = next((node[key] for key in HIGH & node.keys()), None)
    return (low, high)[which]


def with_value(question, path, value):
    """The question with one value at a place; what leads there is made where it is missing."""
    changed = copy.deepcopy(question)
    place: Any = changed
    for step, after in pairwise(path):
        empty: Any = [{}] if after == 0 else {}
        place = place.setdefault(step, empty) if step != 0 else place[0]
    if isinstance(place, list):
        place[:] = [value]
    else:
        place[path[-1] if path[-1] != 0 else "x"] = value
    return changed


PLACES = [
    (name, path, node)
    for name in usual_questions()
    for path, node in asked_of(name)
    if not {"enum", "const"} & node.keys()
]


@given(place=st.sampled_from(PLACES), which=st.integers(0, 1))
@settings(max_examples=80, deadline=None)
def test_p10_a_value_at_its_bound_is_answered_or_refused_and_never_a_crash(place, which):
    name, path, node = place
    asked = with_value(usual_questions()[name], path, at_its_bound(node, which))
    with suppress(KitError):
        assert ask(name, json.loads(json.dumps(asked))).model_dump_json()


IN_PAY = {"corps": "certifie", "grade": "classe_normale", "echelon": "6", "zone": "3",
          "date": "2026-10-01"}  # fmt: skip
WRITTEN_BADLY = [
    ("nbi", "3400", "au plus 200"), ("enfants", "87", "au plus 20"),
    ("pacte", str(10**31), "au plus 12"), ("hse", "1e18", "au plus 60"),
    ("abonnement_transport", "inf", "fini"), ("date", "9999-11-30", "au plus 2100-12-31"),
]  # fmt: skip


@pytest.mark.parametrize(("field", "value", "said"), WRITTEN_BADLY)
def test_p10_a_bad_row_of_a_table_is_a_row_of_the_answer(field, value, said):
    good = IN_PAY | {"nbi": "0", "enfants": "1", "pacte": "0", "hse": "0"}
    good |= {"abonnement_transport": "0"}
    found = run_columns(subject("pay"), pd.DataFrame([good, good | {field: value}, good]))
    assert said in found["erreur"].iloc[1]
    assert found["erreur"].iloc[[0, 2]].tolist() == ["", ""]


class Number(Plain):
    nombre: int


def overflowing(question):
    return np.array([question.nombre], dtype=np.int64) and question


def all_overflowing(questions):
    return [overflowing(question) for question in questions]


@pytest.mark.parametrize("many", [None, all_overflowing])
def test_p10_a_row_that_breaks_a_rule_is_refused_alone(many):
    asked = Subject("nombre", "Nombre.", Number, Number, overflowing, many)
    found = run_columns(asked, pd.DataFrame({"nombre": ["5", str(2**70), "6"]}))
    assert found["nombre"].tolist() == [5, pd.NA, 6]
    assert "OverflowError" in found["erreur"].iloc[1]


def test_p10_a_number_that_no_integer_holds_is_a_row_of_a_parquet_too():
    found = run_columns(subject("quota"), pd.DataFrame({"listes": ["[]", float("inf")]}))
    assert found["erreur"].ne("").all()


def run(command, *words):
    return CliRunner().invoke(command, [*map(str, words)])


def test_p10_a_row_of_too_many_cells_is_refused_alone(tmp_path):
    table = tmp_path / "classement.csv"
    head = "nature,corps,date_effet,services\n"
    row = 'entree,certifie,2024-09-01,"[{""nature"": ""aed"", ""duree_jours"": 720}]"\n'
    table.write_text(head + row + "entree,certifie,2024-09-01,[],de trop\n" + row)
    done = run(calculate, "reclassement", "--input", table)
    assert done.exit_code == 3
    assert "3 lignes sur 3, dont 1 refusée" in done.output
    assert "plus de cellules" in done.output


@pytest.mark.parametrize("name", ["moi.csv", "moi.json"])
def test_p10_a_file_in_another_encoding_says_so(tmp_path, name):
    file = tmp_path / name
    file.write_bytes("corps,note\npe,à l’école\n".replace("’", "'").encode("latin-1"))
    done = run(calculate, "pay", "--input", file)
    assert "n’est pas écrit en UTF-8, à la ligne 2" in str(done.exception)
    gone = run(calculate, "pay", "--input", tmp_path / f"autre-{name}")
    assert "il n’existe pas" in str(gone.exception)


@pytest.mark.parametrize(
    "option", [["--hors-classe", "88888"], ["--quotite", "730"], ["--jusqu-au", "8765-04-03"]]
)
def test_p10_the_command_of_a_career_refuses_what_its_question_refuses(option):
    words = ["--corps", "certifie", "--echelon", "6", "--depuis", "2024-03-01"]
    done = run(career, *words, *option, "--today", "2026-11-25")
    assert isinstance(done.exception, InputError)
    assert "au plus" in str(done.exception)


@pytest.mark.parametrize(
    "instant", ["hier", [], "2026-13-01T12:00:00+01:00", "2026-12-01T09:30:00"]
)
def test_p10_a_moment_that_cannot_be_read_is_refused_in_french(instant):
    with pytest.raises(InputError, match="fuseau"):
        question_of(subject("campagnes").question, {"corps": "plp", "instant": instant})


@pytest.mark.parametrize(
    ("name", "question"),
    [
        ("echelon", {"corps": "plp", "grade": "classe_normale", "echelon": "5",
                     "date_effet": "2024-01-01", "aujourdhui": "2026-11-25", "periodes": [
                         {"position": "Disponibilité", "debut": "2023-09-01",
                          "fin": "2023-08-31"}]}),
        ("anciennetes", {"au": "2026-08-31", "aujourdhui": "2026-11-25", "affectations": [
            {"type": "définitif", "debut": "2020-09-01", "fin": "2019-08-31"}]}),
        ("pension", {"naissance": "1970-03-01", "aujourdhui": "2026-11-25", "indice_majore": 600,
                     "departs": ["2034-09-01"],
                     "periodes": [{"debut": "1999-09-01", "fin": "1998-08-31"}]}),
    ],
)  # fmt: skip
def test_p10_a_period_that_ends_before_it_begins_is_refused_everywhere(name, question):
    with pytest.raises(InputError, match="avant son début"):
        ask(name, question)


@pytest.mark.parametrize(
    ("name", "question", "where"),
    [
        ("pension", {"naissance": "1995-06-01", "aujourdhui": "2026-11-25", "indice_majore": 500,
                     "departs": ["2060-09-01"],
                     "totaux": {"arrete_au": "2020-06-01", "liquidation_jours": 25 * 360}},
         "totaux.liquidation_jours"),
        ("pension", {"naissance": "1995-06-01", "aujourdhui": "2026-11-25", "indice_majore": 500,
                     "departs": ["2060-09-01"], "periodes": [{"debut": "1996-09-01"}]},
         "naissance"),
        ("bareme", {"corps": "pe", "grade": "classe_normale", "echelon": "10",
                    "anciennete_jours": 1260, "campagne": 2025, "grade_cible": "hors_classe",
                    "age_jours": 20 * 360, "anciennete_generale_jours": 19 * 360},
         "anciennete_generale_jours"),
        ("eligibility", {"jour": "2026-11-25", "date_naissance": "2000-01-01",
                         "services": [{"nature": "enseignement", "jours": 26 * 360,
                                       "en_cours": True}]}, "services"),
        ("career", {"aujourdhui": "2026-11-25", "situation": {"corps": "pe",
                    "grade": "classe_normale", "echelon": "9", "date_effet": "2024-09-01",
                    "date_naissance": "2014-09-01"}}, "date_naissance"),
    ],
)  # fmt: skip
def test_p10_services_do_not_begin_at_birth(name, question, where):
    with pytest.raises(InputError, match="avant 14 ans") as caught:
        ask(name, question)
    assert caught.value.where == where


@pytest.mark.parametrize(
    ("name", "more"),
    [
        ("pay", {"primes": ["REP", "REP_PLUS_FIXE"]}),
        ("pay", {"education_prioritaire": "REP", "primes": ["REP_PLUS_MODULABLE=haut"]}),
        ("mobility", {"premier_degre": asked_of_tables.FIRST | {
            "ecoles": [{"ecoles": ["rep", "rep_plus"], "debut": "2015-09-01"}]}}),
    ],
)  # fmt: skip
def test_p10_rep_with_rep_plus_is_refused(name, more):
    usual = IN_PAY if name == "pay" else {"degre": "1d", "campagne": 2026, "voeux": ["44"]}
    with pytest.raises(InputError, match=r"REP et REP\+"):
        ask(name, usual | more)


def test_p10_a_service_shared_between_two_networks_keeps_its_parts():
    shared = [{"code": "REP", "part": 40}, {"code": "REP_PLUS_FIXE", "part": 60}]
    lines = {line.code for line in ask("pay", IN_PAY | {"primes": shared}).lignes}
    assert {"REP", "REP_PLUS_FIXE"} <= lines
