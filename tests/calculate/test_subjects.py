"""Every subject has one interface: a question, an answer, a schema with units, French errors."""

import json

import pytest

from iprof_kit.base.errors import InputError
from iprof_kit.base.plain import Plain
from iprof_kit.calculate.interface.reading import question_of
from iprof_kit.calculate.subjects import HOMES, subject

EVERY = sorted(HOMES)


def leaves(schema):
    """Every field of a schema, with its own description."""
    for part in [schema, *schema.get("$defs", {}).values()]:
        for name, field in part.get("properties", {}).items():
            yield f"{part.get('title')}.{name}", field


def kinds(field):
    """The JSON types of a field, its alternatives and the items of a list."""
    for part in [field, *field.get("anyOf", []), *field.get("prefixItems", [])]:
        if "type" in part:
            yield part["type"]
        if isinstance(part.get("items"), dict):
            yield from kinds(part["items"])


@pytest.mark.parametrize("name", EVERY)
def test_a_subject_is_whole(name):
    found = subject(name)
    assert found.name == name
    assert found.title.endswith(".")
    assert issubclass(found.question, Plain)
    assert issubclass(found.answer, Plain)


@pytest.mark.parametrize("name", EVERY)
def test_a_published_schema_is_json(name):
    found = subject(name)
    for model in (found.question, found.answer):
        assert json.loads(json.dumps(model.model_json_schema()))["properties"]


@pytest.mark.parametrize("name", [name for name in EVERY if name != "career"])
def test_every_number_asked_says_its_unit(name):
    silent = [
        place
        for place, field in leaves(subject(name).question.model_json_schema())
        if {"integer", "number"} & set(kinds(field)) and "unite" not in json.dumps(field)
    ]
    assert silent == []


@pytest.mark.parametrize("name", EVERY)
def test_an_unknown_field_is_named(name):
    with pytest.raises(InputError, match="pirate"):
        question_of(subject(name).question, {"pirate": 1})


@pytest.mark.parametrize("name", EVERY)
def test_text_that_is_not_json_is_refused_in_french(name):
    with pytest.raises(InputError, match="ce n’est pas du JSON"):
        question_of(subject(name).question, "{")


def test_an_unknown_subject_lists_the_known_ones():
    with pytest.raises(InputError, match="mobility"):
        subject("permutation")
