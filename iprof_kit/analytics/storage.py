"""A population table in a Parquet file, with its provenance inside."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from iprof_kit.analytics.columns import COLUMNS
from iprof_kit.analytics.needs import library, pyarrow_parquet
from iprof_kit.base.errors import InputError, Unavailable
from iprof_kit.base.private_files import owner_only
from iprof_kit.base.words import NBSP
from iprof_kit.given.elsewhere import TooHeavyError
from iprof_kit.given.parquet import BOUNDS, TOO_LARGE, DamagedError, tables_of


def save_population(table: pd.DataFrame, path: str | Path) -> bool:
    """Write a population table; its `attrs` (source, file, day, version) go with it.

    Returns
    -------
    bool
        False where the file already held just that: importing again changes nothing.

    Raises
    ------
    Unavailable
        The folder cannot be written.
    """
    arrow = library("pyarrow", "pour écrire du Parquet")
    file, buffer = Path(path), io.BytesIO()
    pyarrow_parquet().write_table(arrow.Table.from_pandas(table, preserve_index=False), buffer)
    content = buffer.getvalue()
    try:
        if file.is_file() and file.read_bytes() == content:
            return False
        file.parent.mkdir(parents=True, exist_ok=True)
        part = file.with_suffix(file.suffix + ".part")
        owner_only(part).write_bytes(content)
        part.replace(file)
    except OSError as error:
        raise Unavailable(
            "la table ne peut pas être écrite.",
            where=str(file),
            remedy="Vérifiez le dossier et la place sur le disque.",
        ) from error
    return True


def hand_over(table: pd.DataFrame, file: Path) -> None:
    """Write a population for another process of ours; nothing of the workshop is needed."""
    table.to_csv(file, index=False)


def taken_over(file: Path) -> pd.DataFrame:
    """Read what `hand_over` wrote, with its dtypes."""
    names = pd.read_csv(file, nrows=0, dtype=str).columns
    types = {name: COLUMNS[name].dtype for name in names if name in COLUMNS}
    empty = {name: [""] for name in names if types.get(name, "str") != "str"}
    table = pd.read_csv(file, dtype=str, keep_default_na=False, na_values=empty)
    return table.astype(types)


def read_parquet(path: str | Path) -> pd.DataFrame:
    """Read a table of Parquet that somebody gives, once a process of its own could decode it.

    Raises
    ------
    Unavailable
        The file cannot be read.
    InputError
        It is damaged, or becomes larger than it may.
    """
    return read_parquets([Path(path)])[0]


def read_parquets(files: Sequence[Path]) -> list[pd.DataFrame]:
    """Read tables of Parquet that one person gives: `read_parquet` of each.

    Raises
    ------
    Unavailable, InputError
        As `read_parquet`, of any of them.
    """
    if not files:
        return []
    library("pyarrow", "pour lire du Parquet")
    where = files[0].name if len(files) == 1 else ""
    try:
        if any(file.stat().st_size > BOUNDS.longest for file in files):
            raise TooHeavyError
        return [table.to_pandas() for table in tables_of(file.read_bytes() for file in files)]
    except OSError as error:
        raise Unavailable(
            "ce fichier n’existe pas ou ne peut pas être lu.",
            where=where,
            remedy="Vérifiez son nom et vos droits.",
        ) from error
    except TooHeavyError as error:
        raise too_large(where) from error
    except DamagedError as error:
        raise InputError(
            "ce fichier n’est pas du Parquet.",
            where=where,
            remedy=f"Importez d’abord l’extrait{NBSP}: iprof import extrait.",
        ) from error


def too_large(where: str) -> InputError:
    """Return the refusal of a Parquet file that becomes larger than it may."""
    remedy = "Demandez l’extrait en CSV, ou en plusieurs fichiers."
    return InputError(TOO_LARGE, where=where, remedy=remedy)


def load_population(path: str | Path) -> pd.DataFrame:
    """Read a population table back, with its dtypes and its provenance.

    Raises
    ------
    Unavailable
        The file cannot be read.
    InputError
        It is not a population table.
    """
    file = Path(path)
    table = read_parquet(file)
    if "numero" not in table:
        raise InputError(
            f"ce fichier n’est pas une table de population{NBSP}: il n’a pas de colonne numero.",
            where=file.name,
            remedy=f"Importez d’abord l’extrait{NBSP}: iprof import extrait.",
        )
    return table.astype({n: COLUMNS[n].dtype for n in table if n in COLUMNS})
