"""What the schemas of a trainer's files take is what their models take: no key nor value more.

They are written apart: a file says less than the engine asks, in a person's words (10, 2026-09-01).
"""

import pytest

from iprof_kit.calculate.atelier.files import persona_schema
from iprof_kit.calculate.atelier.model import Persona, Scene
from iprof_kit.calculate.lessons.files import lesson_schema
from iprof_kit.calculate.lessons.model import Choix, Demande, EcranEcrit, Lesson, Personne, Valeur

BOUNDS = {"minimum": min, "minItems": min, "maximum": max, "maxItems": max}


def followed(node, defined):
    """Return a part of a schema, its reference followed; what may be null is the rest of it."""
    while "$ref" in node:
        node = defined[node["$ref"].split("/")[-1]]
    others = [one for one in node.get("anyOf", ()) if one != {"type": "null"}]
    return followed(others[0], defined) if len(others) == 1 else node


def beyond(written, taken, path=()):
    """Yield where a schema takes what its model would refuse; each comes with its definitions."""
    (node, defined), (model, known) = written, taken
    node, model = followed(node, defined), followed(model, known)
    keys, fields = node.get("properties", {}), model.get("properties")
    if keys and fields is None:
        yield (*path, "properties")
        return
    for key, part in keys.items():
        if key not in fields:
            yield (*path, key)
        else:
            yield from beyond((part, defined), (fields[key], known), (*path, key))
    if keys:
        yield from (
            (*path, key) for key in set(model.get("required", ())) - {*node.get("required", ())}
        )
    if "items" in node:
        yield from beyond((node["items"], defined), (model["items"], known), (*path, "[]"))
    if "enum" in node and "enum" in model and {*map(str, node["enum"])} - {*model["enum"]}:
        yield (*path, "enum")
    for bound, widest in BOUNDS.items():
        if bound in node and bound in model and widest(node[bound], model[bound]) != model[bound]:
            yield (*path, bound)


def whole(schema, name=None):
    defined = schema.get("$defs", {})
    return (defined[name] if name else schema), defined


KINDS = {
    "persona": (whole(persona_schema()), Persona),
    "fichier_de_scenario": (whole(persona_schema(), "fichier_de_scenario"), Scene),
    "lecon": (whole(lesson_schema()), Lesson),
    "personne": (whole(lesson_schema(), "personne"), Personne),
    "demande": (whole(lesson_schema(), "demande"), Demande),
    "valeur": (whole(lesson_schema(), "valeur"), Valeur),
    "choix": (whole(lesson_schema(), "choix"), Choix),
}


@pytest.mark.parametrize("kind", KINDS)
def test_k08_a_trainer_s_schema_takes_nothing_that_its_model_refuses(kind):
    written, model = KINDS[kind]
    made = model.model_json_schema()
    assert list(beyond(written, whole(made))) == []


def test_k08_a_block_of_a_screen_has_no_key_that_a_screen_lacks():
    assert {*lesson_schema()["$defs"]["ecran"]["properties"]} < {*EcranEcrit.model_fields}


def test_k08_a_key_or_a_value_more_is_seen():
    model = whole(Choix.model_json_schema())
    for key, part in {"autre": {}, "texte": {"properties": {"x": {}}}}.items():
        node = {"properties": {"texte": {}} | {key: part}, "required": ["texte"]}
        assert list(beyond((node, {}), model))
    assert list(beyond(({"enum": ["a", 7]}, {}), ({"enum": ["a"]}, {}))) == [("enum",)]
    assert list(beyond(({"maximum": 9}, {}), ({"maximum": 8}, {}))) == [("maximum",)]
    assert not list(beyond(({"maximum": 7}, {}), ({"maximum": 8}, {})))
