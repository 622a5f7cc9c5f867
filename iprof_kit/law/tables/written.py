"""A kind of file that a person writes by hand, as one model: its schema is written from it."""

from __future__ import annotations

import json
from functools import cache
from typing import Annotated, Any, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, StringConstraints
from pydantic.json_schema import GenerateJsonSchema

T = TypeVar("T")

Name = Annotated[str, StringConstraints(pattern="^[a-z][a-z0-9_]*$")]
Filled = Annotated[str, StringConstraints(min_length=1)]
Words = Filled
"""What people read, its hard spaces set."""
Confidence = Literal["A", "B", "C", "D"]
Once = Annotated[tuple[T, ...], Field(json_schema_extra={"uniqueItems": True})]
"""A list that names nothing twice."""
Some = Annotated[tuple[T, ...], Field(min_length=1)]
SomeOnce = Annotated[tuple[T, ...], Field(min_length=1, json_schema_extra={"uniqueItems": True})]


class Written(BaseModel):
    """What a file holds: its keys are the aliases, and no other is admitted."""

    model_config = ConfigDict(frozen=True, extra="forbid")


@cache
def schema_of(model: type[Written]) -> dict[str, Any]:
    """Return the JSON schema of a kind of file, as it is published beside its files.

    Examples
    --------
    >>> class Day(Written):
    ...     name: Name = Field(alias="jour")
    >>> schema_of(Day)["required"]
    ['jour']
    """
    made = model.model_json_schema()
    title = {"title": made["title"]}
    return {"$schema": GenerateJsonSchema.schema_dialect, **title, **_tidy(made)}


def schema_text(model: type[Written]) -> str:
    """Return that schema as its file holds it: a line a key, a line a kind of group."""
    parts = {
        key: "{\n"
        + ",\n".join(f"    {_json(one)}: {_json(part)}" for one, part in value.items())
        + "\n  }"
        if key in ("properties", "$defs")
        else _json(value)
        for key, value in schema_of(model).items()
    }
    return "{\n" + ",\n".join(f"  {_json(key)}: {text}" for key, text in parts.items()) + "\n}\n"


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def _tidy(node: Any) -> Any:
    """Return a schema as one would write it: no title of each key, no default, nothing empty."""
    if isinstance(node, list):
        return [_tidy(one) for one in node]
    if not isinstance(node, dict):
        return node
    kept = {
        key: _tidy(value)
        for key, value in node.items()
        if key != "default" and not (key == "title" and isinstance(value, str))
    }
    if "properties" in kept:  # the words of a class are those of its code
        kept.pop("description", None)
    if "" in kept.get("enum", ()):
        kept["enum"] = [one for one in kept["enum"] if one]
    others = [one for one in kept.get("anyOf", ()) if one != {"type": "null"}]
    if len(others) == 1:
        kept = {**{key: value for key, value in kept.items() if key != "anyOf"}, **others[0]}
    return kept
