"""Over every schema: no text without a form, and one name is one type wherever it stands."""

import csv
from collections import defaultdict
from pathlib import Path

import pytest

from iprof_kit.calculate.interface.schemas import schema_of
from iprof_kit.calculate.subjects import HOMES, subject

FORMS = {"enum", "const", "pattern", "format", "maxLength"}
TWO_TYPES = Path(__file__).parent / "names_of_two_types.csv"
SCHEMAS = [
    (name, part, schema)
    for name in sorted(HOMES)
    for part, schema in schema_of(subject(name)).items()
]


def fields_of(schema):
    """Every field of a schema, by name, those of its models too."""
    for model in (schema, *schema.get("$defs", {}).values()):
        yield from model.get("properties", {}).items()


def nodes(field):
    """A field, then each thing that it may be or hold, keys of an object included."""
    yield field
    within = [*field.get("anyOf", ()), *field.get("oneOf", ()), *field.get("prefixItems", ())]
    for key in ("items", "additionalProperties", "propertyNames"):
        within += [field[key]] if isinstance(field.get(key), dict) else []
    for one in within:
        yield from nodes(one)


def kinds(field, schema):
    """What a field may be: words, code, number, date…; of a list, what it holds."""
    parts = field.get("anyOf") or field.get("oneOf")
    if parts:
        return {kind for one in parts for kind in kinds(one, schema)}
    if "$ref" in field:
        return kinds(schema["$defs"][field["$ref"].rpartition("/")[2]], schema)
    if "enum" in field or "const" in field:
        return {"code"}
    held = field.get("items") or (field.get("prefixItems") or [None])[0]
    if held:
        return {f"list of {kind}" for kind in kinds(held, schema)}
    if field["type"] == "string":
        return {field.get("format") or ("form" if "pattern" in field else "words")}
    return {"null": set(), "integer": {"number"}, "number": {"number"}}.get(
        field["type"], {{"boolean": "yes or no", "object": "object"}.get(field["type"])}
    )


@pytest.mark.parametrize(("name", "part", "schema"), SCHEMAS)
def test_each_text_is_a_listed_code_a_form_or_bounded_words(name, part, schema):
    free = [
        field_name
        for field_name, field in fields_of(schema)
        if any(node.get("type") == "string" and not FORMS & set(node) for node in nodes(field))
    ]
    assert free == []


@pytest.mark.parametrize(
    ("name", "part", "schema"), [one for one in SCHEMAS if one[1] == "question"]
)
def test_each_number_that_is_asked_has_bounds(name, part, schema):
    unbound = [
        field_name
        for field_name, field in fields_of(schema)
        for node in nodes(field)
        if node.get("type") in ("integer", "number")
        and not {"maximum", "exclusiveMaximum", "enum", "const"} & set(node)
    ]
    assert unbound == []


def types_of_names():
    """What each name is over every schema: a set of what each field of that name may be."""
    types = defaultdict(set)
    for _, _, schema in SCHEMAS:
        for name, field in fields_of(schema):
            # an échelon is also asked as a number, in every subject: test_schemas
            alternatives = kinds(field, schema) - ({"number"} if "echelon" in name else set())
            types[name].add(" or ".join(sorted(alternatives)))
    return types


def test_one_name_is_one_type_or_says_why_it_is_two():
    two = {name: " ; ".join(sorted(of)) for name, of in types_of_names().items() if len(of) > 1}
    with TWO_TYPES.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert {row["name"]: row["types"] for row in rows} == two
    assert all(row["reason"] for row in rows)


@pytest.mark.parametrize("name", ["corps", "grade", "echelon", "departement"])
def test_where_somebody_stands_is_asked_by_codes_of_one_list(name):
    fields = [field for _, part, schema in SCHEMAS if part == "question"
              for own, field in fields_of(schema) if own == name]  # fmt: skip
    lists = [
        {*map(str, node["enum"])} - {""}
        for field in fields
        for node in nodes(field)
        if "enum" in node
    ]
    whole = max(lists, key=len)
    assert len(lists) > 3
    assert [one for one in lists if not one <= whole] == []
