"""What a form describes, as the type of the law that has its fields."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import is_dataclass
from functools import cache
from typing import Any, TypeVar, get_args, get_type_hints

from iprof_kit.base.plain import Plain

T = TypeVar("T")


def law_of(law: type[T], form: Plain, **more: object) -> T:
    """Return what a form describes, as the law has it; the fields of the form alone are left out.

    Raises
    ------
    InputError
        The law refuses what was said.
    """
    plain: type = law
    described = {
        name: _as_law(getattr(form, name), kind)
        for name, kind in _kinds(plain).items()
        if name in type(form).model_fields
    }
    return law(**described, **more)


@cache
def _kinds(law: type) -> Mapping[str, Any]:
    return get_type_hints(law)


def _as_law(value: object, kind: Any) -> object:
    if isinstance(value, tuple):
        return tuple(_as_law(one, kind) for one in value)
    if isinstance(value, Plain):
        part = next(p for p in _parts(kind) if isinstance(p, type) and is_dataclass(p))
        return law_of(part, value)
    if isinstance(value, str) and int in _parts(kind):
        return int(value)
    return value


def _parts(kind: Any) -> Iterator[Any]:
    """Yield a type, and those that it is made of."""
    yield kind
    for part in get_args(kind):
        yield from _parts(part)
