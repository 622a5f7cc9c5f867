"""Names that people give, of options too, or that stand in one text; those that look alike."""

from __future__ import annotations

import difflib
import inspect
from collections.abc import Callable, Iterable
from functools import wraps
from pathlib import Path
from typing import ParamSpec, TypeVar

from iprof_kit.base.errors import InputError
from iprof_kit.base.words import unaccented

P = ParamSpec("P")
R = TypeVar("R")

_MEANT = 0.7
_ALIKE = 0.8
"""From which likeness two names may be one, misspelt (difflib: 1 is the same)."""


def words_in(text: str) -> tuple[str, ...]:
    """Return the words of a text, in their order.

    Examples
    --------
    >>> words_in("numero nom prenom")
    ('numero', 'nom', 'prenom')
    """
    return tuple(text.split())


def pairs_in(text: str) -> dict[str, str]:
    """Return what each word of a text is called: « given=name », or itself.

    Examples
    --------
    >>> pairs_in("quotite position_debut=debut")
    {'quotite': 'quotite', 'position_debut': 'debut'}
    """
    return {name: other or name for name, _, other in (one.partition("=") for one in text.split())}


def plain_name(name: str) -> str:
    """Return a name without case, accents, nor the choice between - and _."""
    return unaccented(name).casefold().replace("_", "-")


def home_of(folder: Path, name: str, suffix: str = "") -> Path:
    """Return where a name is kept in a folder, whatever the case of who kept it first.

    Raises
    ------
    InputError
        Two are kept that differ by the case alone: which one is meant cannot be told.
    """
    same = [
        path
        for path in sorted(folder.glob(f"*{suffix}"))
        if plain_name(path.name.removesuffix(suffix)) == plain_name(name)
    ]
    if len(same) > 1:
        names = ", ".join(path.name.removesuffix(suffix) for path in same)
        raise InputError(
            f"deux noms ne diffèrent que par la casse ou les accents : {names}.",
            where=str(folder),
            remedy="Gardez-en un, et mettez l’autre de côté.",
        )
    return same[0] if same else folder / f"{name}{suffix}"


def meant(word: str, known: Iterable[str]) -> str:
    """Return « Vouliez-vous dire … ? » where a known word looks like one, else ""."""
    by_plain = {plain_name(each): each for each in known}
    near = difflib.get_close_matches(plain_name(word), by_plain, n=1, cutoff=_MEANT)
    return f"Vouliez-vous dire « {by_plain[near[0]]} » ?" if near else ""


def alike(name: str, known: Iterable[str]) -> list[str]:
    """Return the known names that look like one, itself and its other writings left out."""
    by_plain = {plain_name(each): each for each in known}
    near = difflib.get_close_matches(plain_name(name), by_plain, cutoff=_ALIKE)
    return [by_plain[each] for each in near if each != plain_name(name)]


def options_in_french(function: Callable[P, R]) -> Callable[P, R]:
    """Refuse in French a call that a function cannot take: unknown, missing or given twice."""
    signature = inspect.signature(function)
    kinds = {name: one.kind for name, one in signature.parameters.items()}
    by_name = {inspect.Parameter.POSITIONAL_OR_KEYWORD, inspect.Parameter.KEYWORD_ONLY}
    known = [name for name, kind in kinds.items() if kind in by_name]
    needed = [name for name, one in signature.parameters.items() if one.default is one.empty]

    @wraps(function)
    def called(*args: P.args, **options: P.kwargs) -> R:
        for name in options:
            if name not in known:
                raise InputError(
                    f"l’option « {name} » n’existe pas.",
                    where=function.__name__,
                    remedy=f"{meant(name, known)} Options : {', '.join(known)}.".strip(),
                )
        try:
            signature.bind(*args, **options)
        except TypeError as error:
            raise InputError(
                "il manque un argument, ou il y en a un de trop.",
                where=function.__name__,
                remedy=f"Il faut : {', '.join(needed)}. Options : {', '.join(known)}.",
            ) from error
        return function(*args, **options)

    return called
