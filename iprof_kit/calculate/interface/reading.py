"""What was written becomes a question, or an error that names field, problem and allowed values."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from math import isfinite
from typing import Any, TypeVar

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from iprof_kit.base.errors import Fault, InputError
from iprof_kit.base.plain import Plain, problem_of

Q = TypeVar("Q", bound=Plain)

_CODES = {
    "missing": "champ_obligatoire",
    "extra_forbidden": "champ_inconnu",
    "literal_error": "valeur_non_admise",
    "enum": "valeur_non_admise",
    "union_tag_invalid": "valeur_non_admise",
    "finite_number": "hors_bornes",
    "int_parsing_size": "hors_bornes",
    "multiple_of": "hors_bornes",
    "string_pattern_mismatch": "forme_inattendue",
    "value_error": "incoherent",
    **dict.fromkeys(("greater_than_equal", "greater_than"), "hors_bornes"),
    **dict.fromkeys(("less_than_equal", "less_than"), "hors_bornes"),
    **dict.fromkeys(("too_short", "string_too_short"), "trop_court"),
    **dict.fromkeys(("too_long", "string_too_long"), "trop_long"),
}
"""What a program knows each fault by; what is not of its type is « type_attendu »."""
REMEDIES = {
    "champ_obligatoire": "Donnez ce champ.",
    "champ_inconnu": "Retirez-le, ou cherchez son nom dans le schéma du sujet.",
    "valeur_non_admise": "Prenez l’une des valeurs admises.",
    "json_invalide": "Vérifiez les guillemets, les virgules et l’encodage (UTF-8).",
    "hors_bornes": "Donnez une valeur dans ces bornes.",
    "forme_inattendue": "Écrivez la valeur sous cette forme.",
    "incoherent": "Corrigez l’une de ces valeurs.",
    "trop_court": "Complétez cette valeur.",
    "trop_long": "Raccourcissez cette valeur.",
    "type_attendu": "Écrivez la valeur sous cette forme.",
}


def question_of(model: type[Q], given: Any) -> Q:
    """Return the question that a JSON text, or a value read from one, asks.

    Raises
    ------
    InputError
        The message says, for each fault, the field, the problem and the values allowed.
    """
    return question_of_value(model, from_json(given) if isinstance(given, str | bytes) else given)


def question_of_value(model: type[Q], value: Any) -> Q:
    """Return the question that a value read from JSON asks; a text is none of them.

    Raises
    ------
    InputError
        As `question_of`.
    """
    if not isinstance(value, Mapping):
        raise _unfit(
            "type_attendu", "un objet est attendu.", "Écrivez la question entre accolades."
        )
    try:
        return model.model_validate(value)
    except ValidationError as error:
        raise refused(error) from error


def from_json(text: str | bytes) -> Any:
    """Return what a JSON text says.

    Raises
    ------
    InputError
        It is none, it is nested too deep, or it is not written in UTF-8.

    Examples
    --------
    >>> from_json('{"echelon": "7"}')
    {'echelon': '7'}
    """
    try:
        return json.loads(text if isinstance(text, str) else text.decode("utf-8"))
    except UnicodeDecodeError:
        problem = "ce texte n’est pas écrit en UTF-8."
    except ValueError:
        problem = "ce n’est pas du JSON."
    except RecursionError:
        problem = "ce JSON est trop profond."
    raise _unfit("json_invalide", problem, REMEDIES["json_invalide"])


def _unfit(code: str, problem: str, remedy: str) -> InputError:
    faults = [Fault(code, (), problem, remedy)]
    return InputError(problem, where="question", remedy=remedy, faults=faults)


def refused(error: ValidationError) -> InputError:
    """Return a validation error as an error of the kit, in French."""
    faults = [one for one in error.errors() if not _echoes(one, error.errors())]
    places = ", ".join(dict.fromkeys(_place(fault) for fault in faults))
    one = len(faults) == 1
    problems = [
        problem_of(fault) if one else f"{_place(fault)} : {problem_of(fault)}" for fault in faults
    ]
    return InputError(" ; ".join(problems) + ".", where=places, faults=[*map(_fault, faults)])


def _echoes(fault: ErrorDetails, faults: Sequence[ErrorDetails]) -> bool:
    """Tell whether a list is said too short only because one of its own parts is wrong."""
    place = fault["loc"]
    return fault["type"] == "too_short" and any(
        one["loc"][: len(place)] == place != one["loc"] for one in faults
    )


def _fault(fault: ErrorDetails) -> Fault:
    code = _CODES.get(fault["type"], "type_attendu")
    written = None if code == "champ_obligatoire" else fault.get("input")
    if isinstance(written, float) and not isfinite(written):  # JSON has no word for it
        written = str(written)
    value = written if isinstance(written, str | int | float) else None
    return Fault(code, fault["loc"], problem_of(fault), REMEDIES[code], value)


def _place(fault: ErrorDetails) -> str:
    return ".".join(map(str, fault["loc"])) or "question"
