"""What is asked to be published, checked before anything is computed."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, cast

import numpy as np
import pandas as pd

from iprof_kit.analytics.columns import COLUMNS, require
from iprof_kit.analytics.identities import refuse_identities
from iprof_kit.analytics.publication.cube import TOTAL, Cube
from iprof_kit.base.errors import InputError
from iprof_kit.base.words import NBSP, counted

UNKNOWN = "non renseigné"
BINARY = (*(one.name for one in COLUMNS.values() if one.codes == ("0", "1")), "propose")
"""Columns that say yes or no of a person: published as a share, never a heading or a filter."""
_NAMING = ("numero", "prenom", "nom", "date_naissance", "motif_opposition")
_MOST_CELLS = 20_000
_MOST_COLUMNS, _MOST_SHARES, _TWO = 4, 3, 2
_FORMS = "effectif, part:COLONNE, moyenne:COLONNE, somme:COLONNE"
Kind = Literal["part", "moyenne", "somme"]


@dataclass(frozen=True)
class Measure:
    """What is told of each cell, besides how many people it holds."""

    kind: Kind
    column: str

    @property
    def name(self) -> str:
        """Name of its column in the table published."""
        return f"{self.kind}_{self.column}"

    @property
    def heading(self) -> str:
        """What the reader sees."""
        meaning = COLUMNS[self.column].meaning if self.column in COLUMNS else self.column
        if self.kind == "part":
            return f"part en pour cent{NBSP}: {meaning.removeprefix('1 : ')}"
        return f"{self.kind}{NBSP}: {meaning}"


def measures_of(table: pd.DataFrame, asked: str | Sequence[str]) -> tuple[Measure, ...]:
    """Return the measures asked for, `effectif` apart: it always comes first.

    Raises
    ------
    InputError
        Unknown form, missing column, value that is no number, or neither 0 nor 1 for a share.
    """
    texts = (asked,) if isinstance(asked, str) else tuple(asked)
    measures = tuple(_measure(table, text) for text in dict.fromkeys(texts) if text != "effectif")
    if sum(one.kind == "part" for one in measures) > _MOST_SHARES:
        raise InputError(
            f"plus de {_MOST_SHARES} parts dans un même tableau.",
            where="mesures",
            remedy="Publiez-les en plusieurs tableaux.",
        )
    return measures


def _measure(table: pd.DataFrame, text: str) -> Measure:
    kind, mark, column = str(text).partition(":")
    if not mark or kind not in ("part", "moyenne", "somme"):
        raise InputError(
            f"mesure inconnue «{NBSP}{text}{NBSP}».",
            where="mesures",
            remedy=f"Mesures possibles{NBSP}: {_FORMS}.",
        )
    require(table, [column], "mesures")
    values = numbers(table, column)
    only = set(np.unique(values[~np.isnan(values)]))
    if kind == "part" and (not only <= {0.0, 1.0} or np.isnan(values).any()):
        raise InputError(
            f"«{NBSP}{column}{NBSP}» n’est pas fait de 0 et de 1 partout renseignés.",
            where="mesures",
            remedy="Une part se calcule sur une colonne qui dit oui (1) ou non "
            f"(0) de chaque personne{NBSP}: complétez-la.",
        )
    if kind != "part":
        refuse_two_values(column, values)
    return Measure(cast(Kind, kind), column)


def refuse_two_values(column: str, values: np.ndarray) -> None:
    """Refuse the mean or the sum of a column that says yes or no, whatever it writes for them.

    With the count of a cell, its mean gives how many have each of two values; nothing is a value.
    """
    given = ~np.isnan(values)
    if len(np.unique(values[given])) + (not given.all()) == _TWO:
        raise InputError(
            f"«{NBSP}{column}{NBSP}» ne prend que deux valeurs{NBSP}: elle ne dit que oui ou non.",
            where="mesures",
            remedy=f"Écrivez-la en 0 et 1, puis demandez part:{column}.",
        )


def numbers(table: pd.DataFrame, column: str) -> np.ndarray:
    """Return a column as floats, NaN where nothing is given.

    Raises
    ------
    InputError
        It holds a text that is no number.
    """
    try:
        return pd.to_numeric(table[column]).to_numpy("float64", na_value=math.nan)
    except (ValueError, TypeError) as error:
        raise InputError(
            f"«{NBSP}{column}{NBSP}» n’est pas faite de nombres.",
            where="mesures",
            remedy="Demandez une colonne de nombres, ou corrigez celle-ci.",
        ) from error


def kept(table: pd.DataFrame, filters: Mapping[str, object]) -> pd.DataFrame:
    """Return the rows whose columns have the values asked for (one, or several of a list).

    Raises
    ------
    InputError
        A column misses, names people or says yes or no; or nobody has that value.
    """
    require(table, filters, "filtres")
    _refuse_telling(filters, "filtres")
    rows = table
    for name, wanted in filters.items():
        values = wanted if isinstance(wanted, list | tuple | set) else [wanted]
        rows = rows[rows[name].astype("str").isin([str(value) for value in values])]
        if rows.empty:
            raise InputError(
                f"personne n’a {name} = {wanted}.", where="filtres", remedy="Vérifiez la valeur."
            )
    return rows


def cube_of(table: pd.DataFrame, by: str | Sequence[str]) -> tuple[Cube, np.ndarray]:
    """Return the cells of a table by columns, and the finest cell of each person.

    Raises
    ------
    InputError
        A column misses, names people, is named twice, says yes or no; or too many cells.
    """
    names = (by,) if isinstance(by, str) else tuple(by)
    require(table, names, "par")
    _refuse_crossing(names)
    _refuse_telling(names, "par")
    refuse_identities(table, names, "par")
    codes, levels = [], []
    for name in names:
        column = pd.Categorical(texts_of(table[name]))
        codes.append(np.asarray(column.codes, np.int64))
        levels.append(tuple(str(value) for value in column.categories))
    cube = Cube(names, tuple(levels))
    if cube.size > _MOST_CELLS:
        raise InputError(
            f"ce tableau aurait {counted(cube.size, 'case')}, marges comprises.",
            where="par",
            remedy=f"Regroupez des valeurs ou retirez une colonne ({_MOST_CELLS} cases au plus).",
        )
    return cube, cube.code(codes, len(table))


def texts_of(column: pd.Series) -> pd.Series:
    """Return a column as the texts that name its values."""
    texts = column.astype("object").where(column.notna(), UNKNOWN).astype("str")
    return texts.replace("", UNKNOWN)


def _refuse_crossing(names: tuple[str, ...]) -> None:
    if len(names) > _MOST_COLUMNS:
        raise InputError(
            f"plus de {_MOST_COLUMNS} colonnes croisées.",
            where="par",
            remedy="Publiez plusieurs tableaux.",
        )
    for place, name in enumerate(names):
        if name in names[:place]:
            raise InputError(
                f"«{NBSP}{name}{NBSP}» est citée deux fois.",
                where="par",
                remedy="Gardez-la une fois.",
            )


def _refuse_telling(names: Iterable[str], where: str) -> None:
    """Refuse columns that name people, or say yes or no of each: a heading or a filter tells all.

    Filters are copied into every file published, and a group of which a filter keeps everybody
    (or nobody) is told whole.
    """
    for name in names:
        if name in _NAMING:
            raise InputError(
                f"«{NBSP}{name}{NBSP}» peut désigner une personne.",
                where=where,
                remedy="Publiez une tranche ou un regroupement.",
            )
        if name in BINARY:
            raise InputError(
                f"«{NBSP}{name}{NBSP}» dit oui ou non de chaque personne{NBSP}: en colonne ou en "
                "filtre, elle révélerait tout un groupe.",
                where=where,
                remedy=f"Demandez-la en mesure{NBSP}: part:{name}.",
            )


def refuse_reserved(cube: Cube) -> None:
    """Refuse a value that would be read as a total."""
    for name, values in zip(cube.by, cube.levels, strict=True):
        if TOTAL in values:
            raise InputError(
                f"«{NBSP}{TOTAL}{NBSP}» est une valeur de {name}, et le nom des marges.",
                where="par",
                remedy="Retirez les lignes de total.",
            )
