"""The published schemas of a subject: what its question and its answer may hold."""

from __future__ import annotations

from typing import Any

from iprof_kit.base.version import __version__
from iprof_kit.calculate.interface.subject import Subject

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def schema_of(subject: Subject[Any, Any]) -> dict[str, dict[str, Any]]:
    """Return the JSON Schemas of the question and of the answer of a subject.

    Parameters
    ----------
    subject : Subject

    Returns
    -------
    dict of str to dict
        « question », as it is read, and « reponse », as it is written: each names its dialect, its
        version (that of the kit) and itself, by a name that no network has to find.

    Examples
    --------
    >>> from iprof_kit.calculate import subject
    >>> made = schema_of(subject("quota"))["question"]
    >>> made["$id"].rpartition(":")[0], sorted(made["properties"])[0]
    ('urn:iprof-kit:quota:question', 'annee_precedente')
    """
    asked = subject.question.model_json_schema(mode="validation")
    answered = subject.answer.model_json_schema(mode="serialization")
    parts = {"question": asked, "reponse": answered}
    return {part: _published(made, subject, part) for part, made in parts.items()}


def _published(made: dict[str, Any], subject: Subject[Any, Any], part: str) -> dict[str, Any]:
    for one in (made, *made.get("$defs", {}).values()):
        complete(one)
    head = {
        "$schema": DIALECT,
        "$id": f"urn:iprof-kit:{subject.name}:{part}:{__version__}",
        "version": __version__,
        "description": subject.title,
    }
    return head | made


def complete(model: dict[str, Any]) -> None:
    """Complete the schema of one model, as pydantic made it: of its fields, for who asks.

    Examples
    --------
    >>> made = {"description": "For developers.", "properties": {}}
    >>> complete(made)
    >>> made
    {'properties': {}}
    """
    model.pop("description", None)  # the docstring of a class, which is for who reads the code
    for field in model.get("properties", {}).values():
        _describe_whole(field)
        if field.get("default") == "" and "enum" in field:
            field["enum"].append("")


def _describe_whole(field: dict[str, Any]) -> None:
    """Say of the whole field what its type says of one alternative: « an échelon, or null »."""
    flat: list[dict[str, Any]] = []
    for one in field.get("anyOf", ()):
        for key in ("description", "unite"):
            words = one.pop(key, None)
            if words is not None:
                field.setdefault(key, words)
        flat += one["anyOf"] if one.keys() == {"anyOf"} else [one]
    if flat:
        field["anyOf"] = flat
