"""A form made of a type of the law: the law has fields and types, the form has the words."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import MISSING, dataclass, fields, is_dataclass
from datetime import date
from functools import cache
from types import NoneType, UnionType
from typing import (
    Annotated,
    Any,
    Optional,
    TypeVar,
    Union,
    get_args,
    get_origin,
    get_type_hints,
)

from pydantic import Field, create_model
from pydantic_core import PydanticUndefined

from iprof_kit.base.plain import Plain
from iprof_kit.calculate.interface.fields import Jour

P = TypeVar("P", bound=Plain)
T = TypeVar("T")


@dataclass(frozen=True)
class Words:
    """What a form says of a field.

    Parameters
    ----------
    description : str
        One French sentence, for schema and documentation.
    kind : type, optional
        How it is asked, where it is not as the law has it: with a unit, a limit, or as the form of
        another type of the law. A field that the law lets empty stays so.
    """

    description: str
    kind: Any = None


def form_of(
    law: type, words: Mapping[str, Words], *, not_asked: Collection[str] = ()
) -> Callable[[type[P]], type[P]]:
    """Complete a form with the fields of a type of the law, in the order of their words.

    Parameters
    ----------
    law : type
        Frozen dataclass.
    words : mapping of str to Words
        Of each field of the law, and of those that the class declares itself.
    not_asked : collection of str
        Fields of the law that the form does not ask.

    Raises
    ------
    TypeError
        A field has no words, or words have no field.
    """

    def completed(form: type[P]) -> type[P]:
        ours = _declared(form)
        theirs = {name: kind for name, kind in _of_law(law).items() if name not in not_asked}
        _refuse_lost_words(form.__name__, theirs.keys() | ours.keys(), words)
        asked: dict[str, Any] = {
            name: _asked(*(ours.get(name) or theirs[name]), wording)
            for name, wording in words.items()
        }
        # pydantic puts the fields that a base announces first; the order is that of the words
        form.__annotations__ = {}
        return create_model(
            form.__name__, __base__=form, __module__=form.__module__, __doc__=form.__doc__, **asked
        )

    return completed


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
        for name, (kind, _) in _of_law(plain).items()
        if name in type(form).model_fields
    }
    return law(**described, **more)


def _declared(form: type[Plain]) -> dict[str, tuple[Any, object]]:
    kinds = get_type_hints(form, include_extras=True)
    return {name: (kinds[name], field.default) for name, field in form.model_fields.items()}


@cache
def _of_law(law: type) -> Mapping[str, tuple[Any, object]]:
    kinds = get_type_hints(law)
    return {field.name: (kinds[field.name], field.default) for field in fields(law)}


def _refuse_lost_words(form: str, known: Collection[str], words: Mapping[str, Words]) -> None:
    lost = ", ".join(sorted(set(known) ^ words.keys()))
    if lost:
        raise TypeError(f"{form}: a field without words, or words without field: {lost}")


def _asked(kind: Any, default: object, wording: Words) -> tuple[Any, Any]:
    if wording.kind is not None:
        empty = NoneType in get_args(kind) and NoneType not in _parts(wording.kind)
        kind = Optional[wording.kind] if empty else wording.kind  # noqa: UP045
    kind = _with_days(kind)
    if default is MISSING or default is PydanticUndefined:
        return kind, Field(description=wording.description)
    return kind, Field(default=default, description=wording.description)


def _with_days(kind: Any) -> Any:
    """Return a type whose days have the bounds of what is typed: the law has none."""
    if kind is date:
        return Jour
    parts = get_args(kind)
    if date not in _parts(kind) or get_origin(kind) is Annotated:
        return kind
    if get_origin(kind) is UnionType:
        return Union[tuple(map(_with_days, parts))]  # noqa: UP007
    return get_origin(kind)[tuple(map(_with_days, parts))]


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
