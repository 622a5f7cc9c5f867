"""Names that people give: the same ones, written otherwise, and those that look alike."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from pathlib import Path

from iprof_kit.base.errors import InputError
from iprof_kit.base.words import NBSP, unaccented

_MEANT = 0.7
_ALIKE = 0.8
"""From which likeness two names may be one, misspelt (difflib: 1 is the same)."""


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
            f"deux noms ne diffèrent que par la casse ou les accents{NBSP}: {names}.",
            where=str(folder),
            remedy="Gardez-en un, et mettez l’autre de côté.",
        )
    return same[0] if same else folder / f"{name}{suffix}"


def meant(word: str, known: Iterable[str]) -> str:
    """Return « Vouliez-vous dire … ? » where a known word looks like one, else ""."""
    by_plain = {plain_name(each): each for each in known}
    near = difflib.get_close_matches(plain_name(word), by_plain, n=1, cutoff=_MEANT)
    return f"Vouliez-vous dire «{NBSP}{by_plain[near[0]]}{NBSP}»{NBSP}?" if near else ""


def alike(name: str, known: Iterable[str]) -> list[str]:
    """Return the known names that look like one, itself and its other writings left out."""
    by_plain = {plain_name(each): each for each in known}
    near = difflib.get_close_matches(plain_name(name), by_plain, cutoff=_ALIKE)
    return [by_plain[each] for each in near if each != plain_name(name)]
