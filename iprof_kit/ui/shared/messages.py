"""What a browser sends, read with care: anything that is not what it should be is dropped."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import parse_qsl

from iprof_kit.ui.components.screen import Message

LONGEST, MOST_FIELDS = 20_000, 60
LONGEST_QUERY = 5_000
_SHORT = 200


@dataclass(frozen=True)
class Intent:
    """What a person does on a screen.

    `values` are the fields of the form, `changed` the one just moved, `content` the bytes of the
    file chosen (None: no file, or one too long), `file` its name and `size` its length.
    """

    name: str
    values: dict[str, str]
    changed: str = ""
    file: str = ""
    size: int = 0
    content: bytes | None = None


def intent_of(message: Message) -> Intent:
    """Return the intent of a message."""
    size, content = message.get("size"), message.get("content")
    return Intent(
        name=word(message.get("name")),
        values=long_texts(message.get("values")),
        changed=word(message.get("changed")),
        file=word(message.get("file")),
        size=size if isinstance(size, int) else 0,
        content=content if isinstance(content, bytes) else None,
    )


def word(value: object) -> str:
    """Return a short text of a message; empty where it is anything else."""
    return value[:_SHORT] if isinstance(value, str) else ""


def arguments_of(query: object) -> dict[str, str]:
    """Return the arguments of an address, « ?donnee=corps »; empty where there is none."""
    if not isinstance(query, str) or not query.startswith("?"):
        return {}
    read = parse_qsl(query[1 : LONGEST_QUERY + 1])
    return {name[:_SHORT]: value for name, value in read[:MOST_FIELDS]}


def texts(values: object) -> dict[str, str]:
    """Return the values of a form whose fields are all short."""
    return {name: value[:_SHORT] for name, value in long_texts(values).items()}


def long_texts(values: object, most: int = MOST_FIELDS) -> dict[str, str]:
    """Return the values of a form, each cut at `LONGEST`; what is not text is dropped."""
    if not isinstance(values, Mapping):
        return {}
    kept = [(str(k)[:60], v[:LONGEST]) for k, v in values.items() if isinstance(v, str)]
    return dict(kept[:most])
