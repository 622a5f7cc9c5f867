"""Plain data read into a model without refusing it: what does not fit is kept apart and told."""

from __future__ import annotations

import re
import types
from collections.abc import Mapping
from typing import Any, Literal, TypeVar, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError

from iprof_kit.base.errors import InputError
from iprof_kit.cv.inputs.notes import MOST_ITEMS, Notes
from iprof_kit.cv.person import Photo
from iprof_kit.cv.photo import kept

M = TypeVar("M", bound=BaseModel)

_IDENTIFIER = re.compile(r"[A-Za-z0-9_-]{1,64}")
_MISSING = object()


def read(model: type[M], given: object, where: str, notes: Notes) -> M:
    """Return an instance of a model from what a file says.

    Parameters
    ----------
    model : type of BaseModel
        Every field has a default, which stands where the file says nothing usable.
    given : object
        What the file says there.
    where : str
        Path in the file, for the notes.
    notes : Notes
        Receives the unknown fields and the remarks.
    """
    if not isinstance(given, Mapping):
        if given is not None:
            _refuse(where, given, "un objet était attendu", notes)
        return model()
    values: dict[str, Any] = {}
    for key, value in given.items():
        path = f"{where}.{key}" if where else str(key)
        field = model.model_fields.get(key)
        if field is None:
            notes.keep(path, value)
            continue
        fitted = _fit(field.annotation, key, value, path, notes)
        if fitted is not _MISSING:
            values[key] = fitted
    try:
        return model(**values)
    except ValidationError as error:
        notes.keep(where, dict(given))
        notes.warn(
            where,
            f"{error.errors()[0]['msg'].removeprefix('Value error, ')}",
            "La valeur est gardée dans les champs inconnus.",
        )
        return model()


def single_ids(items: tuple[Any, ...], where: str, notes: Notes) -> tuple[Any, ...]:
    """Return the items, each under an identifier of its own."""
    seen: set[str] = set()
    single = []
    for item in items:
        if item.id in seen:
            item = type(item)(**item.model_dump(exclude={"id"}))
            notes.warn(
                f"{where}.{item.id}",
                "deux lignes portaient le même identifiant.",
                "Les deux sont gardées.",
            )
        seen.add(item.id)
        single.append(item)
    return tuple(single)


def _fit(kind: Any, key: str, value: object, path: str, notes: Notes) -> Any:
    """Return a value that fits the annotation of a field, or `_MISSING`."""
    origin = get_origin(kind)
    if key == "id":
        good = isinstance(value, str) and _IDENTIFIER.fullmatch(value)
        return value if good else _MISSING
    if origin in (Union, types.UnionType):
        if value is None:
            return None
        kind = next(one for one in get_args(kind) if one is not type(None))
        origin = get_origin(kind)
    if kind is str:
        return notes.text(path, value)
    if kind is Photo:
        return _photo(value, path, notes)
    if origin is tuple:
        return _list(get_args(kind)[0], value, path, notes)
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        return read(kind, value, path, notes)
    allowed = get_args(kind) if origin is Literal else None
    fits = value in allowed if allowed and isinstance(value, str) else type(value) is kind
    if fits:
        return value
    expected = f"valeurs admises : {', '.join(map(str, allowed))}" if allowed else "autre forme"
    return _refuse(path, value, f"cette valeur n’est pas admise ({expected})", notes)


def _list(kind: Any, value: object, path: str, notes: Notes) -> Any:
    if not isinstance(value, list | tuple):
        return _refuse(path, value, "une liste était attendue", notes)
    if len(value) > MOST_ITEMS:
        raise InputError(
            f"cette liste a plus de {MOST_ITEMS} lignes.", where=path, remedy="Découpez le fichier."
        )
    fitted = (_fit(kind, "", one, f"{path}.{n}", notes) for n, one in enumerate(value))
    fitting = tuple(one for one in fitted if one is not _MISSING)
    named = isinstance(kind, type) and issubclass(kind, BaseModel) and "id" in kind.model_fields
    return single_ids(fitting, path, notes) if named else fitting


def _photo(value: object, path: str, notes: Notes) -> Photo | None:
    try:
        photo = kept(Photo.model_validate(value))
    except ValidationError:
        photo = None
    if photo is None:
        notes.warn(
            path,
            "la photo du fichier ne peut pas être lue.",
            "Ajoutez-la de nouveau, en PNG ou en JPEG.",
        )
    return photo


def _refuse(path: str, value: object, message: str, notes: Notes) -> Any:
    notes.keep(path, value)
    notes.warn(path, f"{message}.", "La valeur est gardée dans les champs inconnus.")
    return _MISSING
