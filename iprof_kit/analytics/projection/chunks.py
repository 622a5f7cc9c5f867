"""The results of a repetition in one Parquet file, with the parameters of the run inside."""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any
from uuid import uuid4

import numpy as np
import pandas as pd

from iprof_kit.analytics.needs import library, pyarrow_parquet
from iprof_kit.analytics.projection.counting import Observer, Year
from iprof_kit.analytics.projection.people import People
from iprof_kit.analytics.projection.results import ProjectionDePopulation
from iprof_kit.analytics.storage import read_parquets, too_large
from iprof_kit.base.errors import InputError, Unavailable
from iprof_kit.base.private_files import owner_only
from iprof_kit.base.words import NBSP
from iprof_kit.given.elsewhere import TooHeavyError
from iprof_kit.given.parquet import notes_of
from iprof_kit.law.tables.cells import CELLS

KEYS = ("annee", "corps", "grade")
FIGURES = ("effectifs", "structure", "campagnes", "flux", "retraites", "masse_indiciaire", "budget")
_OURS = ("repetition-", "etats-")
_PARAMETERS = "iprof_projection"
Parameters = Mapping[str, Any]


def name_of(number: int) -> str:
    """Return the name of the chunk of a repetition, numbered from 1."""
    return f"repetition-{number:04d}.parquet"


def state_name(number: int, year: int) -> str:
    """Return the name of the chunk of the state of a year in a repetition."""
    return f"etats-{number:04d}-{year}.parquet"


def figures(made: ProjectionDePopulation) -> pd.DataFrame:
    """Return every figure of a projection by corps, one row each."""
    parts = []
    for name in FIGURES:
        table = getattr(made, name)()
        keys = [key for key in KEYS if key in table]
        long = table.melt(keys, var_name="mesure", value_name="valeur")
        parts.append(long.assign(tableau=name, valeur=long["valeur"].astype(float)))
    stacked = pd.concat(parts, ignore_index=True)
    stacked.attrs = {}
    named: pd.DataFrame = stacked.fillna({"grade": ""})[["tableau", *KEYS, "mesure", "valeur"]]
    return named


def write_chunk(table: pd.DataFrame, file: Path, parameters: Parameters) -> None:
    """Write a chunk whole or not at all, even where another run writes the same one.

    Raises
    ------
    Unavailable
        The folder cannot be written.
    """
    arrow = library("pyarrow", "pour écrire du Parquet")
    content = arrow.Table.from_pandas(table, preserve_index=False)
    content = content.replace_schema_metadata(
        {**(content.schema.metadata or {}), _PARAMETERS: json.dumps(parameters).encode()}
    )
    part = file.with_name(f"{file.name}.{uuid4().hex}.part")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        pyarrow_parquet().write_table(content, owner_only(part))
        part.replace(file)
    except OSError as error:
        raise Unavailable(
            "le résultat d’une répétition ne peut pas être écrit.",
            where=str(file),
            remedy=f"Vérifiez le dossier et la place sur le disque{NBSP}; relancer reprend.",
        ) from error
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)


def read_chunks(files: list[Path], tableau: str) -> list[pd.DataFrame]:
    """Read one table of some chunks."""
    return [
        table[table["tableau"] == tableau].reset_index(drop=True) for table in read_parquets(files)
    ]


def finished(folder: Path, parameters: Parameters) -> set[int]:
    """Return the repetitions that a folder holds already.

    Raises
    ------
    InputError
        The folder holds another run: each parameter that differs is named; a chunk that cannot be
        read; or something else.
    """
    numbers = set()
    files = sorted(folder.glob("*.parquet"))
    for file, written in zip(files, _parameters(files), strict=True):
        if written is None and file.name.startswith(_OURS):
            raise InputError(
                f"un résultat est illisible, son écriture a été interrompue{NBSP}: {file.name}.",
                where=str(folder),
                remedy=f"Supprimez ce fichier, puis relancez{NBSP}: il sera refait.",
            )
        if written is None:
            raise InputError(
                f"le dossier contient un autre fichier{NBSP}: {file.name}.",
                where=str(folder),
                remedy="Donnez un dossier vide, ou celui de la même projection.",
            )
        other = sorted(
            key for key in {*written, *parameters} if written.get(key) != parameters.get(key)
        )
        if other:
            raise InputError(
                f"le dossier contient une autre projection ({', '.join(other)}).",
                where=str(folder),
                remedy="Donnez un autre dossier, ou les mêmes paramètres.",
            )
        if file.stem.startswith(_OURS[0]):
            numbers.add(int(file.stem.rpartition("-")[-1]))
    return numbers


def _parameters(files: list[Path]) -> list[dict[str, Any] | None]:
    if not files:
        return []
    library("pyarrow", "pour lire du Parquet")
    try:
        return [None if one is None else json.loads(one) for one in notes_of(files, _PARAMETERS)]
    except TooHeavyError as error:
        raise too_large(files[0].parent.name) from error


def state_writer(people: People, folder: Path, number: int, parameters: Parameters) -> Observer:
    """Return what writes the yearly states of a repetition, one chunk a year."""

    def write(year: Year) -> None:
        known = year.rows < len(people)
        names = np.where(known, people.numero[np.where(known, year.rows, 0)], "")
        entrants = [f"ENT{row - len(people) + 1:09d}" for row in year.rows[~known].tolist()]
        names[~known] = entrants
        state = pd.DataFrame(
            {
                "numero": names,
                "annee": year.annee,
                "corps": CELLS.corps[year.cell],
                "grade": CELLS.grade[year.cell],
                "echelon": CELLS.echelon[year.cell],
                "chevron": CELLS.chevron[year.cell],
                "quotite": year.quotite,
            }
        )
        write_chunk(state, folder / state_name(number, year.annee), parameters)

    return write
