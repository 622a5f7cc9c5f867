"""What was written becomes a question, or an error that names field, problem and allowed values."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from math import isfinite
from typing import Any, TypeVar

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from iprof_kit.base.errors import Fault, InputError
from iprof_kit.base.plain import Plain

Q = TypeVar("Q", bound=Plain)

_SHOWN = 40
_MOMENT = "une date et une heure avec leur fuseau sont attendues (2027-01-15T12:00:00+01:00)"
_PROBLEMS = {
    "missing": "ce champ est obligatoire",
    "extra_forbidden": "ce champ n’existe pas",
    "int_parsing": "un nombre entier est attendu",
    "int_type": "un nombre entier est attendu",
    "int_from_float": "un nombre entier est attendu",
    "int_parsing_size": "ce nombre est trop grand",
    "float_parsing": "un nombre est attendu",
    "float_type": "un nombre est attendu",
    "finite_number": "un nombre fini est attendu",
    "bool_parsing": "vrai ou faux est attendu (true, false)",
    "bool_type": "vrai ou faux est attendu (true, false)",
    "string_type": "un texte est attendu",
    "date_type": "une date est attendue (AAAA-MM-JJ)",
    "date_parsing": "cette date n’existe pas, ou n’est pas écrite AAAA-MM-JJ",
    "date_from_datetime_parsing": "cette date n’existe pas, ou n’est pas écrite AAAA-MM-JJ",
    "date_from_datetime_inexact": "une date sans heure est attendue (AAAA-MM-JJ)",
    "datetime_type": _MOMENT,
    "datetime_parsing": _MOMENT,
    "datetime_from_date_parsing": _MOMENT,
    "datetime_object_invalid": _MOMENT,
    "timezone_aware": f"le fuseau manque : {_MOMENT}",
    "tuple_type": "une liste est attendue",
    "list_type": "une liste est attendue",
    "model_type": "un objet est attendu",
    "model_attributes_type": "un objet est attendu",
    "dict_type": "un objet est attendu",
}
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
_UNFIT = "cette valeur n’est pas de la forme attendue"
_BOUNDS = {
    "greater_than_equal": ("ge", "la valeur doit être au moins {}"),
    "greater_than": ("gt", "la valeur doit être plus grande que {}"),
    "less_than_equal": ("le", "la valeur doit être au plus {}"),
    "less_than": ("lt", "la valeur doit être plus petite que {}"),
    "literal_error": ("expected", "valeurs admises : {}"),
    "too_short": ("min_length", "il en faut au moins {}"),
    "too_long": ("max_length", "il en faut au plus {}"),
    "string_too_short": ("min_length", "nombre de caractères attendu : {} au moins"),
    "string_too_long": ("max_length", "nombre de caractères attendu : {} au plus"),
    "string_pattern_mismatch": ("pattern", "la forme attendue est {}"),
    "multiple_of": ("multiple_of", "la valeur doit être un multiple de {}"),
    "union_tag_invalid": ("expected_tags", "valeurs admises : {}"),
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
        _problem(fault) if one else f"{_place(fault)} : {_problem(fault)}" for fault in faults
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
    return Fault(code, fault["loc"], _problem(fault), REMEDIES[code], value)


def _place(fault: ErrorDetails) -> str:
    return ".".join(map(str, fault["loc"])) or "question"


def _problem(fault: ErrorDetails) -> str:
    """Return what is wrong with one field, and what was written there."""
    kind, context = fault["type"], fault.get("ctx", {})
    if kind in _BOUNDS:
        key, sentence = _BOUNDS[kind]
        bound = str(context.get(key, "")).replace("''", "vide")
        words = sentence.format(bound.replace(" or ", ", ").replace("'", ""))
    else:
        words = _PROBLEMS.get(kind, str(context.get("error") or _UNFIT))
    written = fault.get("input")
    if written is None:
        return f"valeur manquante : {words}"
    shown = isinstance(written, str | int | float) and kind != "missing"
    return words.rstrip(".") + (f" (reçu : {_short(written)})" if shown else "")


def _short(value: object) -> str:
    try:
        text = value if isinstance(value, str) else json.dumps(value)
    except ValueError:  # Python writes no number of more than some thousands of digits
        return "un nombre trop long pour être écrit"
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
