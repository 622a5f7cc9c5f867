"""What a path reads in an answer of the engine: « totaux.brut », « lignes[code=TIB].montant »."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable
from datetime import date
from typing import Any

from iprof_kit.base.plain import Plain
from iprof_kit.calculate.lessons.conditions import Comparable

_STEP = re.compile(r"([a-z][a-z0-9_]*)(?:\[(?:([a-z_]+)=([^\]]+)|([0-9]+))\])?")


class UnknownError(ValueError):
    """What a lesson names and the engine does not answer; the message is French."""


def read(answer: Plain, path: str) -> tuple[Any, str, Plain]:
    """Return what a path reads in an answer, its unit, and what holds it.

    Raises
    ------
    UnknownError
        The answer has no such thing; the message says what it has.
    """
    here: Any = answer
    holder, unit = answer, ""
    for step in path.split("."):
        parts = _STEP.fullmatch(step)
        if parts is None:
            raise UnknownError(
                f"« {step} » ne se lit pas : écrivez un nom, « lignes[0] » ou « lignes[code=TIB] »"
            )
        if not isinstance(here, Plain):
            raise UnknownError(f"« {parts[1]} » n’est pas dans la réponse")
        fields = type(here).model_fields
        if parts[1] not in fields:
            raise UnknownError(_missing(parts[1], fields))
        holder = here
        unit = _unit(fields[parts[1]])
        here = getattr(here, parts[1])
        if parts[2] or parts[4]:
            here = _one_of(here, parts[2], parts[3], parts[4], step)
    return here, unit, holder


def _one_of(many: Any, key: str | None, wanted: str, rank: str | None, step: str) -> Any:
    several = many if isinstance(many, tuple) else ()
    if key is None:
        chosen = several[int(rank or 0) :][:1]
        known = f"{len(several)} éléments"
    else:
        chosen = tuple(one for one in several if str(getattr(one, key, None)) == wanted)
        known = ", ".join(dict.fromkeys(str(getattr(one, key, "")) for one in several))
    if not chosen:
        raise UnknownError(f"« {step} » n’est pas dans la réponse : {known}")
    return chosen[0]


def _missing(name: str, known: Iterable[str]) -> str:
    names = list(known)
    near = difflib.get_close_matches(name, names, 1)
    advice = f"vouliez-vous « {near[0]} » ?" if near else ", ".join(names)
    return f"la réponse n’a pas de « {name} » : {advice}"


def _unit(field: Any) -> str:
    """Return the unit that the schema publishes of a field, an optional one included."""
    extra = field.json_schema_extra
    if isinstance(extra, dict) and "unite" in extra:
        return str(extra["unite"])
    return next((unit for each in _inner(field.annotation) if (unit := _unit(each))), "")


def _inner(annotation: Any) -> list[Any]:
    """Return the `Field(…)` inside « X | None »."""
    nested = getattr(annotation, "__args__", ())
    own = [one for one in getattr(annotation, "__metadata__", ()) if hasattr(one, "annotation")]
    return own + [one for each in nested for one in _inner(each)]


def comparable(value: Any, path: str) -> Comparable:
    """Return what was read as a number, a day or a word.

    Raises
    ------
    UnknownError
        Nothing was calculated, or a whole group of values was read.
    """
    if value is None:
        raise UnknownError(f"« {path} » : le calcul ne donne rien ici")
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, (int, float)):
        return float(value)
    if isinstance(value, (date, str)):
        return value
    raise UnknownError(f"« {path} » n’est ni un nombre, ni une date, ni un mot : précisez")
