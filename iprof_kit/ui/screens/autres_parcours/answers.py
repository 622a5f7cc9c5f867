"""What was answered of other paths, as the carnet « voeux » keeps it, for the screens that ask."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from iprof_kit.ui.screens.autres_parcours.fields import every_group, personal
from iprof_kit.ui.shared.messages import texts

PART = "parcours"
"""The part of the document « voeux » that holds them."""
_ANSWERS = "reponses"


def kept_answers(document: Mapping[str, Any]) -> dict[str, str]:
    """Return the answers kept, personal situations left out."""
    part = document.get(PART)
    return texts(part.get(_ANSWERS)) if isinstance(part, Mapping) else {}


def merged(answers: Mapping[str, str], values: Mapping[str, str]) -> dict[str, str]:
    """Return answers with the fields of a form that was sent; every other answer stays.

    A personal situation is never kept: it is not taken here.
    """
    known = {field.name for group in every_group(values) for field in group.fields}
    sent = {name for name in known & set(values) if not personal(name)}
    kept = {name: typed for name, typed in answers.items() if name not in sent}
    typed = {name: values[name].strip() for name in sent if values[name].strip()}
    return {**kept, **typed}


def with_answers(document: Mapping[str, Any], values: Mapping[str, str]) -> dict[str, Any]:
    """Return the document with the fields of a form that was sent.

    Examples
    --------
    >>> with_answers({}, {"niveau_diplome": "7", "pirate": "x"})
    {'parcours': {'reponses': {'niveau_diplome': '7'}}}
    """
    part = document.get(PART)
    before = dict(part) if isinstance(part, Mapping) else {}
    answers = merged(kept_answers(document), values)
    return {**document, PART: {**before, _ANSWERS: answers}}


def described(document: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the document in short sentences: the answers are counted, never told."""
    count = len(kept_answers(document))
    return (f"Autres parcours : {count} réponse{'s' if count > 1 else ''}",)
