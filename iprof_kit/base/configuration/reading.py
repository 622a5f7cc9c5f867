"""The file of settings, as it is written: its values, and the line of each."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from iprof_kit.base.configuration.sections import declared, sections
from iprof_kit.base.errors import InputError, system_reason
from iprof_kit.base.names import meant

LARGEST_FILE = 200_000
"""Bytes of a file that a person writes by hand."""
_TABLE = re.compile(r"\s*\[\s*([\w.\"-]+)\s*\]\s*(#.*)?\Z")
_KEY = re.compile(r"\s*([\w.\"-]+)\s*=")
_LINE_OF_AN_ERROR = re.compile(r"at line (\d+)")
_TOML = "Une table entre crochets, puis « clé = valeur » : un texte est entre guillemets."


@dataclass(frozen=True)
class Written:
    """What a file says: a value by the name of its setting, and the line where it stands."""

    values: dict[str, Any]
    lines: dict[str, int]


def read_settings(file: Path) -> Written:
    """Return what a file of settings says; nothing is validated yet but the names.

    Raises
    ------
    InputError
        It cannot be read, is no TOML, or names a section or a key that does not exist.
    """
    text = _text(file)
    try:
        tables = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise InputError(
            "ce fichier n’est pas du TOML.",
            where=place(file.name, _line_of(error, text)),
            remedy=_TOML,
        ) from None
    lines = _lines(text)
    _refuse_unknown(tables, lines, file.name)
    values = {f"{name}.{key}": one for name, table in tables.items() for key, one in table.items()}
    return Written(values, lines)


def place(file: str, line: int | None) -> str:
    """Return « reglages.toml, ligne 12 », the name alone where the line is not known."""
    return f"{file}, ligne {line}" if line else file


def _text(file: Path) -> str:
    try:
        with file.open("rb") as opened:
            content = opened.read(LARGEST_FILE + 1)
        if len(content) > LARGEST_FILE:
            raise InputError(
                f"un fichier de réglages ne dépasse pas {LARGEST_FILE // 1000} ko.",
                where=str(file),
                remedy="Donnez celui que « iprof reglages modele » commence.",
            )
        return content.decode("utf-8-sig")
    except OSError as error:
        raise InputError(
            f"le fichier de réglages ne s’ouvre pas : {system_reason(error)}.",
            where=str(file),
            remedy="Donnez son chemin à --reglages ou à IPROF_REGLAGES.",
        ) from error
    except UnicodeDecodeError:
        raise InputError(
            "ce fichier n’est pas écrit en UTF-8.",
            where=str(file),
            remedy="Enregistrez-le en UTF-8.",
        ) from None


def _line_of(error: Exception, text: str) -> int | None:
    if at := _LINE_OF_AN_ERROR.search(str(error)):
        return int(at[1])
    return len(text.splitlines()) if "at end of document" in str(error) else None


def _lines(text: str) -> dict[str, int]:
    """Return the line of each table and of each key, as « table » and « table.key »."""
    table, lines = "", dict[str, int]()
    for number, line in enumerate(text.splitlines(), start=1):
        if header := _TABLE.match(line):
            table = header[1].replace('"', "")
            lines.setdefault(table, number)
        elif key := _KEY.match(line):
            name = key[1].replace('"', "")
            lines.setdefault(f"{table}.{name}" if table else name, number)
    return lines


def _refuse_unknown(tables: dict[str, Any], lines: dict[str, int], file: str) -> None:
    known = sections()
    by_key = {one.key: one.name for one in declared()}
    for name, table in tables.items():
        at = place(file, lines.get(name))
        if name not in known and not isinstance(table, dict):
            home = by_key.get(name)
            raise InputError(
                f"la clé « {name} » est hors de toute section.",
                where=at,
                remedy=f"Écrivez-la sous [{home.partition('.')[0]}]." if home else _listed(known),
            )
        if name not in known:
            raise InputError(
                f"la section [{name}] n’existe pas.",
                where=at,
                remedy=meant(name, known) or _listed(known),
            )
        if not isinstance(table, dict):
            raise InputError(
                f"« {name} » est une section, pas une clé.",
                where=at,
                remedy=f"Écrivez [{name}] sur une ligne, ses clés dessous.",
            )
        for key in table:
            if key not in known[name].model_fields:
                raise _unknown_key(name, key, place(file, lines.get(f"{name}.{key}")))


def _unknown_key(section: str, key: str, at: str) -> InputError:
    own = list(sections()[section].model_fields)
    elsewhere = [one.section for one in declared() if one.key == key]
    near = meant(key, own)
    if not near and elsewhere:
        near = f"Elle est de la section [{elsewhere[0]}]."
    return InputError(
        f"la clé « {key} » n’existe pas dans [{section}].",
        where=at,
        remedy=near or f"Clés de cette section : {', '.join(own)}.",
    )


def _listed(known: dict[str, Any]) -> str:
    return f"Sections : {', '.join(known)}."
