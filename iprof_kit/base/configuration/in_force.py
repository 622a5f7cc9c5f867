"""The settings in force: what nobody says, then the file, then variables, then options."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, get_origin

from pydantic import TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from iprof_kit.base.configuration.declaring import Section, Setting
from iprof_kit.base.configuration.reading import Written, place, read_settings
from iprof_kit.base.configuration.secret_places import secret_at
from iprof_kit.base.configuration.sections import Reglages, declared, sections
from iprof_kit.base.configuration.written import as_toml
from iprof_kit.base.errors import InputError
from iprof_kit.base.plain import problem_of

FILE = "IPROF_REGLAGES"
"""Variable of the environment that names the file; --reglages is the same for one command."""
_YES, _NO = ("oui", "vrai"), ("non", "faux")


class Source(Enum):
    """Where a value comes from, the strongest last."""

    DEFAULT = "défaut"
    FILE = "fichier"
    VARIABLE = "variable"
    OPTION = "option"


@dataclass(frozen=True)
class Origin:
    """Where the value of a setting comes from: its source, and the place in words."""

    source: Source = Source.DEFAULT
    where: str = "valeur par défaut"


@dataclass(frozen=True)
class InForce:
    """Every setting, and where each value comes from, by its name (« places.en_tout »)."""

    values: Reglages
    origins: Mapping[str, Origin]

    def of(self, one: Setting) -> tuple[Any, Origin]:
        """Return the value of a setting, and where it comes from."""
        return getattr(getattr(self.values, one.section), one.key), self.origins[one.name]


def in_force(options: Mapping[str, Any] | None = None) -> InForce:
    """Return the settings in force for this process.

    Parameters
    ----------
    options : mapping, optional
        What the command line says, by the name of the setting; None says nothing.

    Raises
    ------
    InputError
        What is wrong, in which key, on which line of the file or in which variable.

    Examples
    --------
    >>> in_force({"site.port": 9000}).values.site.port
    9000
    """
    given = {name: one for name, one in (options or {}).items() if one is not None}
    return _merged(_written(os.environ.get(FILE, "")), _variables(), given)


def setting_of(name: str) -> Any:
    """Return the value of one setting that no option says, without looking at the others.

    Raises
    ------
    InputError
        It is wrong where it is said, or the file is.

    Examples
    --------
    >>> setting_of("comptes.code_jours")
    30
    """
    one = _by_name()[name]
    return _alone(name, _said_by_variable(one), os.environ.get(FILE, ""))


def secret_of(name: str) -> str:
    """Return the secret whose place a setting says; empty where none is said.

    Raises
    ------
    InputError
        It is not there. What is read is never in the message.
    """
    place_of_it = setting_of(name)
    return _in_file(place_of_it) if place_of_it.startswith("fichier:") else secret_at(place_of_it)


def place_of_secret(name: str) -> str:
    """Return where a secret is, for a message: its file or its variable, without the secret."""
    _, _, where = setting_of(name).partition(":")
    return where or _by_name()[name].variable


@lru_cache(maxsize=8)
def _in_file(place_of_it: str) -> str:
    """Read a secret once: behind its walls, a process reads no file of its owner any more."""
    return secret_at(place_of_it)


@lru_cache(maxsize=256)
def _alone(name: str, text: str, file: str) -> Any:
    one = _by_name()[name]
    if text:  # whatever the file says, which others may find wrong
        return _chosen(one, None, {name: text}, {})[0]
    return _chosen(one, _written(file), {}, {})[0]


@cache
def _by_name() -> dict[str, Setting]:
    return {one.name: one for one in declared()}


@lru_cache(maxsize=4)
def _written(file: str) -> Written | None:
    """Read a file once: a server that runs reads none again."""
    return read_settings(Path(file)) if file else None


def _variables() -> dict[str, str]:
    return {one.name: text for one in declared() if (text := _said_by_variable(one))}


def _said_by_variable(one: Setting) -> str:
    """Return what the variable of a setting says; of one that holds a secret, that it is there."""
    text = os.environ.get(one.variable, "")
    return f"variable:{one.variable}" if text and one.holder else text


def _merged(file: Written | None, variables: dict[str, str], options: dict[str, Any]) -> InForce:
    values: dict[str, dict[str, Any]] = {name: {} for name in sections()}
    origins: dict[str, Origin] = {}
    for one in declared():
        value, origins[one.name] = _chosen(one, file, variables, options)
        values[one.section][one.key] = value
    made = {name: _section(name, kind, values[name]) for name, kind in sections().items()}
    return InForce(Reglages.model_validate(made), origins)


def _chosen(
    one: Setting, file: Written | None, variables: Mapping[str, str], options: Mapping[str, Any]
) -> tuple[Any, Origin]:
    """Return the value of a setting, and where it comes from."""
    if one.name in options:
        asked, origin = options[one.name], Origin(Source.OPTION, one.option or "option")
        if isinstance(one.default, tuple):  # an option is repeated: it adds to what is written
            below, of_them = _chosen(one, file, variables, {})
            asked = tuple(dict.fromkeys([*below, *asked]))
            if below:
                origin = Origin(Source.OPTION, f"{of_them.where}, puis {origin.where}")
        return validated(one, asked, origin), origin
    if one.name in variables:
        origin = Origin(Source.VARIABLE, one.variable)
        return validated(one, _of_a_text(one, variables[one.name]), origin), origin
    if file and one.name in file.values:
        at = place(Path(os.environ.get(FILE, "")).name, file.lines.get(one.name))
        origin = Origin(Source.FILE, at)
        return validated(one, _frozen(file.values[one.name]), origin), origin
    return one.default, Origin()


def validated(one: Setting, value: Any, origin: Origin) -> Any:
    """Return a value of the type of its setting; what a file writes has it already.

    Raises
    ------
    InputError
        It is not of this type, or out of its bounds.
    """
    try:
        strict = origin.source is Source.FILE
        return TypeAdapter(one.type).validate_python(value, strict=strict)
    except ValidationError as error:
        fault = error.errors()[0]
        unit = f", en {one.unit}" if one.unit else ""
        usual = f" : « {as_toml(one.default)} » vaut alors" if one.default != "" else ""
        raise InputError(
            f"{one.name} : {_problem(one, fault)}.",
            where=origin.where,
            remedy=f"Corrigez cette valeur{unit}, ou retirez-la{usual}.",
        ) from None


def _problem(one: Setting, fault: ErrorDetails) -> str:
    if one.secret:
        return "l’endroit du secret est attendu (fichier:/chemin ou variable:NOM), jamais le secret"
    return problem_of(fault)


def _section(name: str, kind: type[Section], values: dict[str, Any]) -> Section:
    try:
        return kind.model_validate(values)
    except ValidationError as error:
        raise InputError(
            f"{problem_of(error.errors()[0])}.",
            where=f"[{name}]",
            remedy="Changez l’une de ces deux valeurs.",
        ) from None


def _of_a_text(one: Setting, text: str) -> Any:
    """Return what the text of a variable says: a list is cut at its commas and spaces."""
    if get_origin(one.field.annotation) is tuple:
        return tuple(filter(None, re.split(r"[,\s]+", text)))
    if one.field.annotation is bool:
        return True if text in _YES else False if text in _NO else text
    return text


def _frozen(value: Any) -> Any:
    return tuple(map(_frozen, value)) if isinstance(value, list) else value
