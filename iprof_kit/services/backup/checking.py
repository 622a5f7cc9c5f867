"""A backup read from end to end: its files, its database, its counts."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from iprof_kit.base.errors import BadBackup, InputError, KitError
from iprof_kit.records import snapshots
from iprof_kit.services.backup.archive import BASE, disk_in_french, unpack
from iprof_kit.services.backup.manifest import Manifeste
from iprof_kit.services.backup.secrecy import Opening, opened
from iprof_kit.services.backup.workshop import workshop


@contextmanager
def checked(file: Path, key: Opening, *, everything: bool) -> Iterator[tuple[Manifeste, Path]]:
    """Return the manifest of a backup that is whole, and the folder where it is unpacked.

    Raises
    ------
    InputError
        It is damaged, cut, changed, or the key does not open it: what is wrong is named.
    Unavailable
        A program is missing, or the disk is full.
    """
    if not file.is_file():
        raise InputError(
            "cette sauvegarde n’existe pas.", where=str(file), remedy="Vérifiez son nom."
        )
    with workshop() as work:
        with named(file), disk_in_french(work):
            with opened(file, key) as clear:
                manifest = unpack(clear, work, everything=everything)
            _check_database(manifest, copy_in(work, manifest))
        yield manifest, work


def verify(file: Path, key: Opening) -> tuple[Manifeste, str]:
    """Read a backup from end to end, and return its manifest and its own SHA-256.

    Raises
    ------
    InputError
        What is wrong with it.
    """
    with checked(file, key, everything=False) as (manifest, _work), file.open("rb") as source:
        return manifest, hashlib.file_digest(source, "sha256").hexdigest()


def copy_in(work: Path, manifest: Manifeste) -> Path:
    """Return the copy of the database in an unpacked backup.

    Raises
    ------
    InputError
        The backup holds none, or is of an engine that the kit does not know.
    """
    copy = work / BASE / snapshots.NAMES.get(manifest.moteur, "")
    if not copy.is_file():
        raise BadBackup("la sauvegarde ne contient pas la base qu’elle annonce.")
    return copy


@contextmanager
def named(file: Path) -> Iterator[None]:
    """Add the name of the file to what is said of it."""
    try:
        yield
    except KitError as error:
        if not error.where:
            error.where = str(file)
        raise


def _check_database(manifest: Manifeste, copy: Path) -> None:
    counts = snapshots.count(manifest.moteur, copy)
    wrong = [
        f"{table} ({counts.get(table, 0)} au lieu de {manifest.lignes.get(table, 0)})"
        for table in sorted({*counts, *manifest.lignes})
        if counts.get(table) != manifest.lignes.get(table)
    ]
    if wrong:
        raise BadBackup(
            f"la base de la sauvegarde n’a pas les lignes annoncées : {', '.join(wrong[:5])}."
        )
