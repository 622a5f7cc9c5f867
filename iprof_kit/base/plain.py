"""Plain data, typed and checked: the base of questions, answers and what is exchanged or kept."""

from __future__ import annotations

import json

from pydantic import BaseModel, ConfigDict
from pydantic_core import ErrorDetails

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


class Plain(BaseModel):
    """Plain, frozen data that refuses unknown fields, NaN and infinity."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


def problem_of(fault: ErrorDetails) -> str:
    """Return in French what is wrong with one field, and what was written there."""
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
