"""The shapes that programs count on, and what of them has changed (docs/promise.md).

`python tools/kept_shapes.py` says what today's break of those of the last release;
`python tools/kept_shapes.py --write` writes today's, in `tests/package/kept/VERSION`. A shape is a
flat map: a path, and what stands there. « given » is what somebody writes, which may only become
wider; « answered » is what she reads, which may only become more.
"""

from __future__ import annotations

import argparse
import inspect
import json
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TypeAlias

import click
from click.testing import CliRunner
from pydantic import BaseModel

import iprof_kit
from iprof_kit import calculate, cli
from iprof_kit.analytics.careers import derouler_carrieres, promouvables
from iprof_kit.analytics.columns import COLUMNS
from iprof_kit.analytics.dossiers import load_dossiers
from iprof_kit.analytics.export_log import exports
from iprof_kit.analytics.projection.scenario import Scenario
from iprof_kit.api.openapi import document
from iprof_kit.api.routes import LARGEST, MOST
from iprof_kit.base import errors, version
from iprof_kit.calculate import models
from iprof_kit.calculate.interface.reading import REMEDIES
from iprof_kit.calculate.interface.schemas import schema_of
from iprof_kit.calculate.subjects import HOMES, subject
from iprof_kit.cv.model import Cv
from iprof_kit.services import journal
from iprof_kit.services.backup.manifest import FORMAT, Manifeste
from iprof_kit.services.contract.courrier import Evenement
from iprof_kit.services.contract.dossier import Dossier
from iprof_kit.services.contract.own_file import Saisie
from iprof_kit.services.desk import figures

Schema: TypeAlias = dict[str, Any]
Shape: TypeAlias = dict[str, Schema]
"""What stands at each path: `type`, `required`, `enum`, bounds, and `gone_in` where it goes."""
Sides: TypeAlias = dict[str, Shape]
GIVEN, ANSWERED = "given", "answered"
KEPT = Path(__file__).resolve().parents[1] / "tests" / "package" / "kept"
LEAST = ("minimum", "exclusiveMinimum", "minLength", "minItems")
MOST_OF = ("maximum", "exclusiveMaximum", "maxLength", "maxItems")
FORMS = ("pattern", "multipleOf")
INCLUDED = {"number": {"integer"}, "string": {"date", "date-time", "duration", "time", "uuid"}}
"""A type, and those whose values it takes too."""
REMEDY = (
    "Keep what was there; to rename it, leave the former name beside the new one, deprecated, "
    "with the version that removes it (docs/promise.md)."
)


def today() -> dict[str, Sides]:
    """Return the shapes of this tree, by the name of the file that holds each."""
    of_subjects = {f"sujets/{name}": _of_subject(name) for name in HOMES}
    return of_subjects | {
        "commandes": {GIVEN: dict(_commands(cli.iprof, ""))},
        "python": {GIVEN: dict(_python()), ANSWERED: dict(_attributes())},
        "erreurs": {ANSWERED: dict(_errors())},
        "http": _http(),
        "fichiers": {GIVEN: _files_read(), ANSWERED: _files_written()},
    }


def kept_of(folder: Path) -> dict[str, Sides]:
    """Return the shapes written in the folder of a release."""
    return {
        path.relative_to(folder).with_suffix("").as_posix(): json.loads(path.read_text("utf-8"))
        for path in sorted(folder.rglob("*.json"))
    }


def last_release() -> Path:
    """Return the folder of the last release whose shapes are kept."""
    return max(KEPT.iterdir(), key=lambda folder: number_of(folder.name))


def number_of(name: str) -> tuple[int, ...]:
    """Return a version as numbers: « 0.10 » comes after « 0.9.1 »."""
    return tuple(int(part) for part in re.findall(r"\d+", name))


def flat(schema: Schema) -> Shape:
    """Return a JSON Schema as a flat map: « voeux[].code », what stands there."""
    return dict(_fields(schema, schema.get("$defs", {}), "", ()))


def broken(kept: dict[str, Sides], now: dict[str, Sides], released: str) -> list[str]:
    """Return what today's shapes break of those kept, a line each, in the version `released`."""
    lines = []
    for name, sides in kept.items():
        for side, shape in sides.items():
            compared = _broken_side(shape, now.get(name, {}).get(side, {}), side, released)
            lines += [f"{name}, {side}, « {path} »: {why}" for path, why in compared]
    return lines


def past_due(shapes: dict[str, Sides], released: str) -> list[str]:
    """Return what is still there though the version that removes it has come."""
    return [
        f"{name}, {side}, « {path} » was to go with {leaf['gone_in']}: remove it."
        for name, sides in shapes.items()
        for side, shape in sides.items()
        for path, leaf in shape.items()
        if _gone(leaf, released)
    ]


def _gone(leaf: Schema, released: str) -> bool:
    return "gone_in" in leaf and number_of(leaf["gone_in"]) <= number_of(released)


def _broken_side(kept: Shape, now: Shape, side: str, released: str) -> Iterator[tuple[str, str]]:
    for path, before in kept.items():
        if path in now:
            for why in _narrowed(before, now[path], side):
                yield path, why
        elif not any(_gone(kept[one], released) for one in (path, *_above(path)) if one in kept):
            yield path, "is gone."
    if side == GIVEN:
        for path, leaf in now.items():
            inside_a_new_one = any(one in now and one not in kept for one in _above(path))
            if path not in kept and leaf.get("required") and not inside_a_new_one:
                yield path, "is new and required: give it a default."


def _above(path: str) -> list[str]:
    """Return the paths that a path stands in: « a[].b » is in « a[] » and in « a »."""
    return [path[: cut.start()] for cut in re.finditer(r"[.\[{( ]", path)]


def _narrowed(before: Schema, after: Schema, side: str) -> Iterator[str]:
    """Yield what is worse for who counts on it: less is taken, or something else is answered."""
    given = side == GIVEN
    small, large = (before, after) if given else (after, before)
    lost = set(small.get("type", ())) - _taken(large)
    if lost and "type" in large:
        yield f"{', '.join(sorted(lost))} {'is no longer taken' if given else 'may now come'}."
    if given and after.get("required") and not before.get("required"):
        yield "was optional and is required."
    if given:
        yield from _less_taken(before, after)
    else:
        yield from _otherwise_answered(before, after)


def _otherwise_answered(before: Schema, after: Schema) -> Iterator[str]:
    if before.get("required") and not after.get("required"):
        yield "was always there and may be missing."
    if "type" in before and "type" not in after:
        yield "may now be of any type."
    lost = set(map(str, before.get("enum", ()))) - set(map(str, after.get("enum", ())))
    if lost and "enum" in after:  # a program that compares with the former code waits for ever
        yield f"no longer answers {', '.join(sorted(lost))}."


def _taken(leaf: Schema) -> set[str]:
    types = set(leaf.get("type", ()))
    return types.union(*(INCLUDED.get(one, set()) for one in types))


def _less_taken(before: Schema, after: Schema) -> Iterator[str]:
    if "enum" in after and (
        "enum" not in before or set(map(str, before["enum"])) - set(map(str, after["enum"]))
    ):
        lost = sorted(set(map(str, before.get("enum", ()))) - set(map(str, after["enum"])))
        yield f"no longer takes {', '.join(lost) or 'what is not on its new list'}."
    for key in (*LEAST, *MOST_OF):
        more = key in MOST_OF
        if key in after and (
            key not in before or (after[key] < before[key] if more else after[key] > before[key])
        ):
            yield f"its {key} was {before.get(key, 'none')}, and is {after[key]}."
    for key in FORMS:
        if key in after and after[key] != before.get(key):
            yield f"its {key} was {before.get(key, 'none')}, and is {after[key]}."


def _fields(
    schema: Schema, named: Schema, path: str, inside: tuple[str, ...]
) -> Iterator[tuple[str, Schema]]:
    """Yield each field of an object, then what it holds; a model in itself is not opened again."""
    required = schema.get("required", ())
    for name, field in schema.get("properties", {}).items():
        here = f"{path}.{name}" if path else name
        leaf: Schema = {"required": True} if name in required else {}
        if "disparait" in field:
            leaf["gone_in"] = field["disparait"]
        yield from _opened(field, named, here, inside, leaf)


def _opened(
    field: Schema, named: Schema, here: str, inside: tuple[str, ...], leaf: Schema
) -> Iterator[tuple[str, Schema]]:
    parts = [(one, inside) for one in field.get("anyOf", [field])]
    models = [_model_of(part, named, seen) for part, seen in parts]
    types = sorted({_type_of(part) for part, _ in models} - {""})
    values = [part["enum"] if "enum" in part else part.get("const") for part, _ in models]
    whole = [part for part, _ in models if part.get("type") != "null"]
    leaf |= {"type": types} if types else {}
    if all("enum" in part or "const" in part for part in whole):
        listed = [one if isinstance(one, list) else [one] for one in values if one is not None]
        leaf["enum"] = sorted({value for one in listed for value in one}, key=repr)
    if len(whole) == 1:
        leaf |= {key: whole[0][key] for key in (*LEAST, *MOST_OF, *FORMS) if key in whole[0]}
    yield here, leaf
    for part, seen in models:
        if seen is None:
            continue
        yield from _fields(part, named, here, seen)
        for held, sign in ((part.get("items"), "[]"), (part.get("additionalProperties"), "{}")):
            if isinstance(held, dict):
                yield from _opened(held, named, f"{here}{sign}", seen, {})


def _model_of(
    field: Schema, named: Schema, inside: tuple[str, ...]
) -> tuple[Schema, tuple[str, ...] | None]:
    """Return what a field refers to, and the models opened so far; None where it holds itself."""
    reference = field.get("$ref", "").rpartition("/")[2]
    if not reference:
        return field, inside
    return named[reference], None if reference in inside else (*inside, reference)


def _type_of(part: Schema) -> str:
    kind = str(part.get("type", ""))
    return str(part.get("format", kind)) if kind == "string" else kind


def _of_subject(name: str) -> Sides:
    schemas = schema_of(subject(name))
    return {GIVEN: flat(schemas["question"]), ANSWERED: flat(schemas["reponse"])}


def _commands(command: click.Command, path: str) -> Iterator[tuple[str, Schema]]:
    for parameter in command.params:
        names = parameter.opts + parameter.secondary_opts
        for name in names if isinstance(parameter, click.Option) else [str(parameter.name)]:
            yield f"{path} {name}".strip(), _taken_by(parameter)
    if isinstance(command, click.Group):
        context = click.Context(command)
        for name in command.list_commands(context):
            inner = command.get_command(context, name)
            if inner is not None:
                here = f"{path} {name}".strip()
                yield here, {}
                yield from _commands(inner, here)


def _taken_by(parameter: click.Parameter) -> Schema:
    leaf: Schema = {"required": True} if parameter.required else {}
    flag = isinstance(parameter, click.Option) and parameter.is_flag
    many = parameter.multiple or parameter.nargs != 1
    leaf["type"] = ["flag"] if flag else ["value", "values"] if many else ["value"]
    if isinstance(parameter.type, click.Choice):
        leaf["enum"] = sorted(map(str, parameter.type.choices))
    return leaf


def _python() -> Iterator[tuple[str, Schema]]:
    homes: list[tuple[str, Any, list[str]]] = [
        ("iprof_kit", iprof_kit, iprof_kit.__all__),
        ("iprof_kit.calculate", calculate, calculate.__all__),
    ]
    for path, home, names in homes:
        for name in names:
            yield f"{path}.{name}", {}
            yield from _parameters(f"{path}.{name}", getattr(home, name))
    for name, former in version.PUBLIC.items():
        yield f"iprof_kit.{name}", {"gone_in": former.gone_in}
    for name in models.__all__:
        yield f"iprof_kit.calculate.models.{name}", {}


def _parameters(path: str, called: Callable[..., Any]) -> Iterator[tuple[str, Schema]]:
    for rank, (name, one) in enumerate(inspect.signature(called).parameters.items(), 1):
        place = "by name" if one.kind is one.KEYWORD_ONLY else f"rank {rank}"
        leaf: Schema = {"type": ["by name", place] if place != "by name" else [place]}
        if one.default is one.empty and one.kind not in (one.VAR_POSITIONAL, one.VAR_KEYWORD):
            leaf["required"] = True
        yield f"{path}({name})", leaf
    for name, former in getattr(called, "former_names", {}).items():
        yield f"{path}({name})", {"gone_in": former.gone_in}


def _attributes() -> Iterator[tuple[str, Schema]]:
    for shown in (errors.Fault("code", (), "message"), errors.KitError("message"), Scenario("nom")):
        for name in sorted({*dir(shown)} - {*dir(Exception)}):
            if not name.startswith("_"):
                yield f"iprof_kit.{type(shown).__name__}.{name}", {}


def _errors() -> Iterator[tuple[str, Schema]]:
    for name, kind in vars(errors).items():
        if inspect.isclass(kind) and issubclass(kind, errors.KitError):
            yield f"{name} {kind.code}", {}
    for code in sorted(REMEDIES):
        yield f"faute {code}", {}
    written = errors.KitError("x").as_json()
    for key in (*written, *(f"fautes[].{name}" for name in written["fautes"][0])):
        yield key, {"required": True}


def _http() -> Sides:
    paths = [
        (f"{verb.upper()} {path}", one)
        for path, verbs in document()["paths"].items()
        for verb, one in verbs.items()
    ]
    given: Shape = {path: {} for path, _ in paths}
    given["octets"], given["questions"] = {"maximum": LARGEST}, {"maximum": MOST}
    return {
        GIVEN: given,
        ANSWERED: {f"{path} {status}": {} for path, one in paths for status in one["responses"]},
    }


def _named(path: str, shape: Shape) -> Shape:
    return {f"{path}: {name}": leaf for name, leaf in shape.items()}


def _model(path: str, model: type[BaseModel], mode: str = "serialization") -> Shape:
    return _named(path, flat(model.model_json_schema(mode=mode)))  # type: ignore[arg-type]


def _files_read() -> Shape:
    columns = {
        name: {"type": [one.kind], **({"enum": list(one.codes)} if one.codes else {})}
        for name, one in COLUMNS.items()
    }
    return (
        _named("population", columns)
        | _model("cv.json", Cv, "validation")
        | {"sauvegarde: format": {"maximum": FORMAT}}
    )


def _files_written() -> Shape:
    listed = promouvables(load_dossiers(), 2027)
    steps = derouler_carrieres(load_dossiers())
    tables = {
        "promouvables": [*listed],
        "derouler_carrieres": [*steps],
        "journal des exports": [*exports()],
        "journal export": journal.COLUMNS,
        "courrier export": figures.COLUMNS,
        "calculate --explain json": _explained(),
    }
    shape: Shape = {
        f"{name}: {column}": {} for name, columns in tables.items() for column in columns
    }
    return (
        shape
        | _model("cv.json", Cv)
        | _model("manifeste.json", Manifeste)
        | _model("dossier.json: dossier", Dossier)
        | _model("dossier.json: saisies[]", Saisie)
        | _model("fil.json: evenements[]", Evenement)
    )


def _explained() -> list[str]:
    """Return the names of an explanation, as the command writes it."""
    question = '{"listes": [{"nom": "6e", "effectif": 132}]}'
    done = CliRunner().invoke(
        cli.iprof, ["calculate", "quota", "--input", "-", "--explain", "json"], input=question
    )
    written = json.loads(done.stdout)
    step = written["explication"][0]
    value = next(one for each in written["explication"] for one in each["valeurs"])
    return [
        *written,
        *(f"explication[].{key}" for key in step),
        *(f"explication[].valeurs[].{key}" for key in value),
    ]


def write(folder: Path) -> None:
    """Write today's shapes in a folder."""
    for name, sides in today().items():
        path = folder / f"{name}.json"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(_text(sides), encoding="utf-8")


def _text(sides: Sides) -> str:
    """Return shapes with one line a path: what changes is read line by line."""
    blocks = []
    for side, shape in sides.items():
        lines = [
            f"  {json.dumps(path, ensure_ascii=False)}: {json.dumps(leaf, ensure_ascii=False)}"
            for path, leaf in shape.items()
        ]
        blocks.append(f' "{side}": {{\n' + ",\n".join(lines) + "\n }")
    return "{\n" + ",\n".join(blocks) + "\n}\n"


def main() -> int:
    """Write the shapes, or say what they break; return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", metavar="VERSION", nargs="?", const=version.__version__)
    asked = parser.parse_args()
    if asked.write:
        write(KEPT / asked.write)
        return 0
    lines = broken(kept_of(last_release()), today(), version.__version__)
    print("\n".join([*lines, REMEDY] if lines else ["Nothing is broken."]))
    return 1 if lines else 0


if __name__ == "__main__":
    sys.exit(main())
