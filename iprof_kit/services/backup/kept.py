"""Which files the kit keeps beside its database, and where each goes back.

The rule is not a list: everything under `var_dir()` is kept, but the database (copied by its
engine), what is made again by itself, locks and unfinished files. A new kind of file is saved
without a word here.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from iprof_kit.base.configuration.data_folder import keys_dir, restoration_mark, var_dir
from iprof_kit.base.errors import BadBackup
from iprof_kit.records.database import database_url
from iprof_kit.services.academies import configuration_file

WORKING = ".travail-"
"""How the folders begin where backups and restorations work."""
ACADEMIES = "academies.yml"
_JOURNAL = "var/journal/"
_MADE_AGAIN = ("matplotlib",)
_PASSING = (".lock", ".part", ".tmp")
_LOCKS = ("verrou",)


@dataclass(frozen=True)
class Kept:
    """One file: its name in a backup, and where it is."""

    name: str
    path: Path


@dataclass(frozen=True)
class KeptFiles:
    """The files that are kept, and the links that are not followed."""

    files: tuple[Kept, ...]
    links: tuple[Path, ...]


def kept_files() -> KeptFiles:
    """Return what is kept beside the database, in the order of names."""
    files: list[Kept] = []
    links: list[Path] = []
    for name, path in _walked():
        if path.is_symlink():
            links.append(path)
        elif path.is_file():
            files.append(Kept(name, path))
    return KeptFiles(tuple(sorted(files, key=lambda one: one.name)), tuple(links))


def stays(name: str) -> bool:
    """Return whether a file that is there already stays as it is when a backup is put back.

    A configuration is this machine's. The last seal never goes back by itself: a base that is older
    must be seen, and a person says why.
    """
    return name == ACADEMIES or name.startswith(_JOURNAL)


def place_of(name: str) -> Path:
    """Return where a file of a backup goes on this machine.

    Raises
    ------
    InputError
        The name is not one that a backup holds.
    """
    parts = PurePosixPath(name).parts
    if name == ACADEMIES:
        configured = configuration_file()
        return Path(configured) if configured else var_dir() / ACADEMIES
    roots = {"var": var_dir(), "cles": keys_dir()}
    inside = len(parts) > 1 and ".." not in parts and str(PurePosixPath(*parts)) == name
    if not inside or parts[0] not in roots:
        raise BadBackup(f"la sauvegarde contient un nom inattendu ({name[:80]!r}).")
    return roots[parts[0]].joinpath(*parts[1:])


def _walked() -> Iterator[tuple[str, Path]]:
    home, keys = var_dir().absolute(), keys_dir().absolute()
    for path in _inside(home):
        within = path.relative_to(home)
        if not path.is_relative_to(keys) and not _left_out(within, path):
            yield f"var/{within.as_posix()}", path
    for path in _inside(keys):
        if not _left_out(path.relative_to(keys), path):
            yield f"cles/{path.relative_to(keys).as_posix()}", path
    academies = configuration_file()
    if academies and not Path(academies).absolute().is_relative_to(home):
        yield ACADEMIES, Path(academies)


def _inside(home: Path) -> Iterator[Path]:
    for folder, folders, names in os.walk(home):
        linked = [name for name in folders if Path(folder, name).is_symlink()]
        for name in (*names, *linked):
            yield Path(folder, name)


def _left_out(within: Path, path: Path) -> bool:
    first = within.parts[0]
    return (
        first in _MADE_AGAIN
        or first.startswith(WORKING)
        or path.name in _LOCKS
        or path.suffix in _PASSING
        or path == restoration_mark().absolute()
        or _is_database(path)
    )


def _is_database(path: Path) -> bool:
    url = database_url()
    if url.get_backend_name() != "sqlite" or not url.database:
        return False
    base = Path(url.database).absolute()
    beside = {f"{base.name}{end}" for end in ("", "-wal", "-shm", "-journal")}
    return path.parent == base.parent and path.name in beside
