"""A YAML file read with the place of everything: errors name line and column, in French."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterator
from pathlib import Path as FilePath
from typing import Any, ClassVar, TypeVar

import yaml

from iprof_kit.base.errors import BadTable, InputError, unreadable
from iprof_kit.base.left_out import IRI_SYNTAX, left_out

with left_out(IRI_SYNTAX):
    from jsonschema import Draft202012Validator, ValidationError

T = TypeVar("T")
Path = tuple[str | int, ...]
Marks = dict[Path, tuple[int, int]]
_INTEGER = "tag:yaml.org,2002:int"
MEGABYTE = 1_000_000
LARGEST_FILE = MEGABYTE
"""Bytes of a file that a person writes by hand: none comes near."""
_TOO_DEEP = "des listes ou des groupes sont imbriqués trop profondément."
_KINDS = {
    "object": "un groupe de clés est attendu",
    "array": "une liste est attendue",
    "string": "un texte est attendu",
    "number": "un nombre est attendu",
    "integer": "un nombre entier est attendu",
    "boolean": "true ou false est attendu",
}


class _NoAlias(yaml.SafeLoader):
    """A few lines of aliases can stand for millions of values: none is taken."""

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        if self.check_event(yaml.AliasEvent):
            raise _AliasError(self.peek_event().start_mark)  # type: ignore[no-untyped-call]  # half typed
        node: yaml.Node | None = super().compose_node(parent, index)
        return node


class _AliasError(yaml.YAMLError):
    def __init__(self, mark: yaml.Mark) -> None:
        super().__init__()
        self.mark = (mark.line + 1, mark.column + 1)


class _Written(_NoAlias):
    """Days and hours stay as they are written: 2027-11-25, 12:00."""

    yaml_implicit_resolvers: ClassVar[dict[str, Any]] = {  # type: ignore[misc]  # types-pyyaml has a variable of the instance
        first: [(tag, form) for tag, form in forms if not tag.endswith((":timestamp", ":int"))]
        + ([(_INTEGER, re.compile(r"[-+]?[0-9]+\Z"))] if first in "-+0123456789" else [])
        for first, forms in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }


def read_marked(text: str, *, dates_as_written: bool = False) -> tuple[Any, Marks, list[str]]:
    """Return what a YAML text holds, where each value is, and what is wrong with its syntax."""
    errors: list[str] = []
    marks: Marks = {}
    loader = _Written if dates_as_written else _NoAlias
    try:
        node = yaml.compose(text, Loader=loader)
        if node is None:
            return None, marks, [f"{place((1, 1))} : le fichier est vide."]
        return _value(node, (), marks, errors), marks, errors
    except _AliasError as error:
        return None, marks, [f"{place(error.mark)} : les alias YAML (*nom) ne sont pas admis."]
    except RecursionError:
        return None, marks, [f"{place((1, 1))} : {_TOO_DEEP}"]
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        return None, marks, [f"{place((line, column))} : l’écriture YAML n’est pas correcte."]
    except yaml.YAMLError:
        return None, marks, [f"{place((1, 1))} : ce texte contient un caractère de commande."]


def read_checked(
    file: FilePath,
    schema: dict[str, Any],
    what: str,
    other_errors: Callable[[Any, Marks], list[str]],
    *,
    dates_as_written: bool = False,
) -> Any:
    """Return what a YAML file holds, once its schema and other rules are met.

    Parameters
    ----------
    what : str
        « de procédure »: what the file is, for the message.
    other_errors : callable
        What a schema cannot say, asked where the schema is met.
    dates_as_written : bool
        Days and hours come as texts.

    Raises
    ------
    InputError
        The file cannot be read, or is wrong: every error with line and column.
    """
    text = read_text(file, f"le fichier {what}")
    return checked_text(text, file.name, schema, other_errors, dates_as_written=dates_as_written)


def files_of_the_kit(
    folder: FilePath,
    read: Callable[[FilePath], T],
    id_of: Callable[[T], str],
    pattern: str = "*.yml",
) -> tuple[T, ...]:
    """Return what the files of a folder of the kit hold, in the order of their names.

    Parameters
    ----------
    read : callable
        Reads one file; it raises InputError where it is wrong.
    id_of : callable
        The id of what was read, which its file bears as its name.
    pattern : str
        Which files.

    Raises
    ------
    BadTable
        A file of the kit is wrong, or does not bear its id.
    """
    every = []
    for file in sorted(folder.glob(pattern)):
        try:
            one = read(file)
        except InputError as error:
            raise BadTable(error.message, where=error.where) from error
        if id_of(one) != file.stem:
            raise BadTable("l’id n’est pas le nom du fichier.", where=file.name)
        every.append(one)
    return tuple(every)


def checked_text(
    text: str,
    name: str,
    schema: dict[str, Any],
    other_errors: Callable[[Any, Marks], list[str]],
    *,
    dates_as_written: bool = False,
) -> Any:
    """Return what a YAML text holds: `read_checked` of a text that comes from no file of a disk.

    Raises
    ------
    InputError
        It is wrong: every error with line and column; `name` says in which file.
    """
    value, marks, errors = read_marked(text, dates_as_written=dates_as_written)
    if not errors:
        errors = schema_errors(value, schema, marks) or other_errors(value, marks)
    if errors:
        raise InputError(" ".join(errors), where=name, remedy="Corrigez le fichier, puis relancez.")
    return value


def read_text(file: FilePath, what: str) -> str:
    """Return the text of a YAML file; `what` names it (« le fichier de procédure »).

    Raises
    ------
    InputError
        It cannot be read.
    """
    try:
        refuse_large(file.stat().st_size, what, file.name)
        return file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise unreadable(error, file.name, what) from error


def refuse_large(size: int, what: str, name: str) -> None:
    """Refuse a file of more bytes than a person writes.

    Raises
    ------
    InputError
        It is too large.
    """
    if size > LARGEST_FILE:
        raise InputError(
            f"{what} dépasse {LARGEST_FILE // MEGABYTE} Mo.",
            where=name,
            remedy="Vérifiez que c’est le bon fichier.",
        )


def place(mark: tuple[int, int]) -> str:
    """« ligne 3, colonne 5 »."""
    return f"ligne {mark[0]}, colonne {mark[1]}"


def schema_errors(value: object, schema: dict[str, Any], marks: Marks) -> list[str]:
    """Return every error of a value against its schema, in French, in the order of the file."""
    errors: list[tuple[tuple[int, int], str]] = []
    for error in Draft202012Validator(schema).iter_errors(value):
        key = "" if marks else ".".join(map(str, error.absolute_path))  # else, the line says it
        errors += [
            (mark, f"{key} : {message}" if key else message)
            for mark, message in _told(error, marks)
        ]
    return [f"{place(mark)} : {message}" for mark, message in sorted(set(errors))]


def mark_of(marks: Marks, path: Path) -> tuple[int, int]:
    """Return where a value is written, or the nearest thing that holds it."""
    while path not in marks and path:
        path = path[:-1]
    return marks.get(path, (1, 1))


def _value(node: yaml.Node, path: Path, marks: Marks, errors: list[str]) -> Any:
    marks[path] = (node.start_mark.line + 1, node.start_mark.column + 1)
    if isinstance(node, yaml.SequenceNode):
        return [_value(each, (*path, n), marks, errors) for n, each in enumerate(node.value)]
    if isinstance(node, yaml.MappingNode):
        mapping: dict[str, Any] = {}
        for key, each in node.value:
            name = str(key.value)
            mark = (key.start_mark.line + 1, key.start_mark.column + 1)
            if name in mapping:
                errors.append(f"{place(mark)} : la clé « {name} » est écrite deux fois.")
            mapping[name] = _value(each, (*path, name), marks, errors)
            marks[(*path, f"?{name}")] = mark
        return mapping
    loader = yaml.SafeLoader("")
    try:
        return loader.construct_object(node, deep=True)
    except (yaml.YAMLError, ValueError):
        errors.append(f"{place(marks[path])} : valeur illisible « {node.value} ».")
        return str(node.value)


def _schema(error: ValidationError) -> dict[str, Any]:
    """Return the part of the schema that is not met: the rules of these are never `true`."""
    return error.schema if isinstance(error.schema, dict) else {}


def _told(error: ValidationError, marks: Marks) -> Iterator[tuple[tuple[int, int], str]]:
    path: Path = tuple(error.absolute_path)
    mark = mark_of(marks, path)
    value: Any = error.instance
    rule: Any = error.validator_value
    if error.validator == "additionalProperties":
        known = list(_schema(error).get("properties", {}))
        for name in [name for name in value if name not in known]:
            near = difflib.get_close_matches(name, known, 1)
            advice = (
                f"Vouliez-vous « {near[0]} » ?"
                if near
                else (f"Clés possibles : {', '.join(known)}.")
            )
            where = mark_of(marks, (*path, f"?{name}"))
            yield where, f"clé inconnue « {name} ». {advice}"
    elif error.validator == "required":
        for name in [name for name in rule if name not in value]:
            yield mark, f"il manque la clé « {name} »."
    elif error.validator == "enum":
        near = difflib.get_close_matches(str(value), [str(v) for v in rule], 1)
        advice = (
            f"Vouliez-vous « {near[0]} » ?"
            if near
            else (f"Valeurs possibles : {', '.join(map(str, rule))}.")
        )
        yield mark, f"valeur inconnue « {value} ». {advice}"
    elif error.validator == "uniqueItems":
        for number, each in enumerate(value):
            if each in value[:number]:
                yield (
                    mark_of(marks, (*path, number)),
                    f"« {each} » est nommé deux fois.",
                )
    elif error.validator == "type":
        given = "et rien n’est écrit" if value is None else f"pas « {value} »"
        yield mark, f"{_KINDS[str(rule)]}, {given}."
    elif error.validator in ("minimum", "maximum"):
        word = "au moins" if error.validator == "minimum" else "au plus"
        yield mark, f"{value} n’est pas possible : {word} {rule}."
    elif error.validator in ("minItems", "minLength", "minProperties"):
        yield mark, "cette valeur ne peut pas être vide."
    elif error.validator == "pattern":
        form = _schema(error).get("description")
        wrong = f"« {value} » n’est pas un identifiant : minuscules, chiffres et _."
        yield mark, f"« {value} » : {form}." if form else wrong
    elif error.validator == "dependentRequired":
        for name in [name for key in rule if key in value for name in rule[key]]:
            if name not in value:
                yield mark, f"il manque la clé « {name} »."
    elif error.validator in ("maxLength", "maxItems"):
        yield mark, f"cette valeur est trop longue : {rule} au plus."
    else:
        yield mark, f"valeur refusée « {value} »."
