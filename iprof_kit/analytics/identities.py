"""What names a person by itself: the NUMEN, the social security number. Never kept, never quoted.

It is known by its form, however it is written: spaces, hyphens and dots do not count.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

import pandas as pd

from iprof_kit.base.errors import InputError
from iprof_kit.base.words import NBSP

MASKED = "(masqué)"
"""What stands where an identity was."""
_BETWEEN = f"[\\s{NBSP}\u202f._-]*"
_NUMEN = r"\d{2}[A-Z]\d{6,8}[A-Z]{2,4}"
"""Two digits, a letter, seven digits, three letters; one more or one less is a NUMEN mistyped."""
_MONTH = r"(?:0[1-9]|1[0-2]|[23]\d|4[0-2]|[5-9]\d)"
_NIR = rf"[1-478]\d{{2}}{_MONTH}\d{{8}}(?:\d{{2}})?|[12]\d{{4}}2[AB]\d{{6}}(?:\d{{2}})?"
_WHOLE = re.compile(f"{_NUMEN}|{_NIR}")
_NUMENS = tuple(
    f"DDL{'D' * digits}{'L' * letters}" for digits in (6, 7, 8) for letters in (2, 3, 4)
)
_SHAPES = (*_NUMENS, "D" * 15, "D" * 13, "DDDDDDL" + "D" * 8, "DDDDDDL" + "D" * 6)
"""The same, character by character: digits and letters."""


def _spread(shape: str) -> str:
    return _BETWEEN.join("[0-9]" if one == "D" else "[A-Za-z]" for one in shape)


_SHAPES_READ = "|".join(map(_spread, _SHAPES))
_INSIDE = re.compile(rf"(?<![0-9A-Za-z])(?:{_SHAPES_READ})(?![0-9A-Za-z])")


def identity_in(text: str) -> str:
    """Return the identity that a whole text writes, without spaces nor marks; "" for none."""
    bare = re.sub(r"(?<=\d)[.,]0+$", "", text.strip())
    bare = re.sub(_BETWEEN, "", bare).upper()
    return bare if _WHOLE.fullmatch(bare) else ""


def masked(text: str) -> str:
    """Return a text whose identities are masked."""
    if identity_in(text):
        return MASKED
    return _INSIDE.sub(lambda match: MASKED if identity_in(match[0]) else match[0], text)


def with_identity(texts: pd.Series) -> pd.Series:
    """Tell which texts of a column hold an identity."""
    codes, distinct = pd.factorize(texts)
    likely = pd.Series(distinct, dtype="str").str.contains(_SHAPES_READ, regex=True).to_numpy(bool)
    identified = likely.copy()
    identified[likely] = [masked(str(text)) != str(text) for text in distinct[likely]]
    return pd.Series(identified[codes] & (codes >= 0), index=texts.index, dtype=bool)


def canonical(numbers: pd.Series) -> pd.Series:
    """Return numbers as texts, an identity written one way only: two writings are one person."""
    texts = numbers.astype("str")
    identified = with_identity(texts)
    return texts.where(~identified, texts.map(lambda text: identity_in(text) or text))


def refuse_identities(table: pd.DataFrame, names: Iterable[str], where: str) -> None:
    """Refuse a table whose texts hold an identity; the message names the column, never the value.

    Raises
    ------
    InputError
    """
    for name in names:
        column = table[name]
        if column.dtype.kind in "bfmM":
            continue
        count = int(with_identity(column.dropna().astype(str)).sum())
        if count:
            raise InputError(
                f"la colonne «{NBSP}{name}{NBSP}» porte {count} fois ce qui ressemble à un "
                "NUMEN ou à un numéro de sécurité sociale.",
                where=where,
                remedy="Importez l’extrait par iprof import extrait, qui les remplace par un "
                "numéro opaque, ou retirez cette colonne.",
            )
