"""A population table in a Parquet file, with its provenance inside."""

from __future__ import annotations

import io
from pathlib import Path

import pandas as pd

from iprof_kit.analytics.columns import COLUMNS
from iprof_kit.analytics.needs import library, pyarrow_parquet
from iprof_kit.base.errors import InputError, Unavailable
from iprof_kit.base.private_files import owner_only
from iprof_kit.base.words import NBSP

_ABSENT = (FileNotFoundError, PermissionError, IsADirectoryError)
"""What Parquet's reader raises of a file, with no number of the system."""


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


def load_population(path: str | Path) -> pd.DataFrame:
    """Read a population table back, with its dtypes and its provenance.

    Raises
    ------
    Unavailable
        The file cannot be read.
    InputError
        It is not a population table.
    """
    arrow = library("pyarrow", "pour lire du Parquet")
    file = Path(path)
    try:
        table: pd.DataFrame = pyarrow_parquet().read_table(file).to_pandas()
    except (arrow.ArrowException, OSError) as error:
        if isinstance(error, _ABSENT) or getattr(error, "errno", None) is not None:
            raise Unavailable(
                "ce fichier n’existe pas ou ne peut pas être lu.",
                where=file.name,
                remedy="Vérifiez son nom et vos droits.",
            ) from error
        raise InputError(
            "ce fichier n’est pas du Parquet.",
            where=file.name,
            remedy=f"Importez d’abord l’extrait{NBSP}: iprof import extrait.",
        ) from error
    if "numero" not in table:
        raise InputError(
            f"ce fichier n’est pas une table de population{NBSP}: il n’a pas de colonne numero.",
            where=file.name,
            remedy=f"Importez d’abord l’extrait{NBSP}: iprof import extrait.",
        )
    return table.astype({n: COLUMNS[n].dtype for n in table if n in COLUMNS})
