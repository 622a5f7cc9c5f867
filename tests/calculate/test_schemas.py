"""The published schemas: each names itself, and says of each field what it is and may hold."""

import json
import re
from contextlib import suppress

import pytest
from from_the_schema import valued
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from test_worked_examples import BLOCK, SECTIONS

from iprof_kit import ask
from iprof_kit.base.errors import KitError
from iprof_kit.base.version import __version__
from iprof_kit.calculate.interface.schemas import schema_of
from iprof_kit.calculate.subjects import HOMES, subject

EVERY = sorted(HOMES)
ECHELON = re.compile(r"echelon(_suivant|_intermediaire|_classement)?")


def fields_of(schema):
    """Every field of a schema: its model, its name, what is said of it."""
    for model, part in [("", schema), *schema.get("$defs", {}).items()]:
        for name, field in part.get("properties", {}).items():
            yield model, name, field


def alternatives(field):
    """A field, or each thing that it may be, in lists too."""
    for one in field.get("anyOf") or [field]:
        yield from alternatives(one["items"]) if "items" in one else [one]


def types_of(field):
    """The types of a field; values that are listed are of theirs."""
    for one in alternatives(field):
        listed = {
            "string" if isinstance(value, str) else "integer" for value in one.get("enum", ())
        }
        yield from {one["type"]} if "type" in one else listed


def example(name):
    return json.loads(BLOCK.findall(SECTIONS[name])[0])


@pytest.mark.parametrize("name", EVERY)
def test_a_schema_names_its_dialect_itself_and_its_version(name):
    for part, schema in schema_of(subject(name)).items():
        Draft202012Validator.check_schema(schema)
        assert schema["$schema"] == Draft202012Validator.META_SCHEMA["$id"]
        assert schema["$id"] == f"urn:iprof-kit:{name}:{part}:{__version__}"
        assert schema["version"] == __version__


@pytest.mark.parametrize("name", EVERY)
def test_a_worked_example_and_its_answer_are_what_the_schemas_say(name):
    schemas, question = schema_of(subject(name)), example(name)
    answer = ask(name, question).model_dump(mode="json")
    Draft202012Validator(schemas["question"]).validate(question)
    Draft202012Validator(schemas["reponse"]).validate(answer)


@pytest.mark.parametrize("name", EVERY)
def test_an_echelon_is_asked_as_a_text_or_its_number_and_answered_as_a_text(name):
    kinds = {"question": {"string", "integer"}, "reponse": {"string"}}
    other = [
        (part, model, field_name)
        for part, schema in schema_of(subject(name)).items()
        for model, field_name, field in fields_of(schema)
        if ECHELON.fullmatch(field_name) and set(types_of(field)) - {"null"} != kinds[part]
    ]
    assert other == []


def numbered(value):
    """What is asked, each échelon that is a number written as one."""
    if isinstance(value, list):
        return [numbered(one) for one in value]
    if not isinstance(value, dict):
        return value
    return {
        name: int(one) if ECHELON.fullmatch(name) and str(one).isdigit() else numbered(one)
        for name, one in value.items()
    }


@pytest.mark.parametrize(
    "name", [name for name in EVERY if numbered(example(name)) != example(name)]
)
def test_an_echelon_written_as_a_number_has_the_same_answer(name):
    question = example(name)
    Draft202012Validator(schema_of(subject(name))["question"]).validate(numbered(question))
    assert ask(name, numbered(question)) == ask(name, question)
    assert ask(name, json.dumps(numbered(question))) == ask(name, question)


@pytest.mark.parametrize("name", EVERY)
def test_each_field_asked_or_answered_says_what_it_is(name):
    silent = [
        (part, model, field_name)
        for part, schema in schema_of(subject(name)).items()
        for model, field_name, field in fields_of(schema)
        if not field.get("description", "").endswith((".", "…"))
    ]
    assert silent == []


def coded(node, schema, asked, path=()):
    """Every field of what is asked whose codes the schema lists: where it is."""
    if "$ref" in node:
        node = schema["$defs"][node["$ref"].rpartition("/")[2]]
    for one in node.get("anyOf") or node.get("oneOf") or [node]:
        if one is not node:
            yield from coded(one, schema, asked, path)
        elif "enum" in one and one.get("type") == "string":
            yield path
        elif "items" in one and asked:
            yield from coded(one["items"], schema, asked[0], (*path, 0))
        elif isinstance(asked, dict) or (asked is None and not path):
            for field, part in one.get("properties", {}).items():
                yield from coded(part, schema, (asked or {}).get(field), (*path, field))


def changed(asked, path, value):
    if not path:
        return value
    copy = list(asked) if isinstance(asked, list) else dict(asked)
    copy[path[0]] = changed(copy[path[0]] if len(path) > 1 else None, path[1:], value)
    return copy


LISTED = [
    (name, path)
    for name in EVERY
    for path in coded(*[schema_of(subject(name))["question"]] * 2, example(name))
]


@pytest.mark.parametrize(("name", "path"), LISTED)
def test_a_code_that_the_schema_does_not_list_is_refused_where_it_stands(name, path):
    with pytest.raises(KitError) as refused:
        ask(name, changed(example(name), path, "zzz"))
    (fault,) = [fault for fault in refused.value.faults if fault.value == "zzz"]
    assert (fault.code, fault.path) == ("valeur_non_admise", path)
    assert fault.remedy


@pytest.mark.parametrize(
    ("name", "field"),
    [
        *[("campagnes", field) for field in ("corps", "grade", "departement", "academie")],
        *[("rendez-vous", field) for field in ("departement", "academie")],
        *[("formation", "corps"), ("anciennetes", "departement")],
    ],
)
def test_what_no_calculation_reads_further_is_listed_and_refused_all_the_same(name, field):
    assert (name, (field,)) in LISTED


def test_an_echelon_of_a_file_is_listed_and_refused():
    assert ("anciennetes", ("echelons", 0, "echelon")) in LISTED


@pytest.mark.parametrize("name", ["campagnes", "rendez-vous", "anciennetes"])
@pytest.mark.parametrize(("written", "meant"), [("063", "63"), ("001", "01"), ("02A", "2A")])
def test_a_departement_as_files_write_it_has_the_same_answer(name, written, meant):
    asked = [example(name) | {"departement": code} for code in (written, meant)]
    for question in asked:
        Draft202012Validator(schema_of(subject(name))["question"]).validate(question)
    assert ask(name, asked[0]) == ask(name, asked[1])


@pytest.mark.parametrize("name", EVERY)
@given(drawing=st.data())
@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
def test_what_a_schema_allows_has_the_answer_that_the_other_says_or_an_error(name, drawing):
    schema = schema_of(subject(name))["question"]
    drawn = drawing.draw(valued(schema, schema))
    few = drawing.draw(
        st.sets(st.sampled_from(sorted(drawn)), max_size=2) if drawn else st.just(())
    )
    known = example(name) | {field: drawn[field] for field in few}
    with suppress(KitError):
        answered = ask(name, drawing.draw(st.sampled_from([known, drawn]))).model_dump_json()
        Draft202012Validator(schema_of(subject(name))["reponse"]).validate(json.loads(answered))
