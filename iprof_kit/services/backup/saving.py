"""A backup: one state of the database and every file beside it, in one private file."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from iprof_kit.base.configuration.data_folder import keys_dir, var_dir
from iprof_kit.base.errors import InputError
from iprof_kit.base.private_files import new_private_file
from iprof_kit.base.version import __version__
from iprof_kit.base.words import counted
from iprof_kit.records import snapshots
from iprof_kit.records.database import refuse_half_restored, writing
from iprof_kit.records.journal import audit
from iprof_kit.services.backup.archive import BASE, Digested, Packing, disk_in_french
from iprof_kit.services.backup.kept import kept_files
from iprof_kit.services.backup.manifest import SAVED, Manifeste
from iprof_kit.services.backup.secrecy import Closing, closed
from iprof_kit.services.backup.workshop import workshop
from iprof_kit.services.journal import sealed_or_why_not


@dataclass(frozen=True)
class Saved:
    """What was written: its manifest, its own SHA-256, the links that were not followed.

    `unsealed` is what keeps the journal from being sealed: it is saved as it is.
    """

    manifest: Manifeste
    digest: str
    links: tuple[Path, ...]
    unsealed: str | None


def save(file: Path, how: Closing, by: str, now: datetime) -> Saved:
    """Write a backup while the kit serves; the journal says who, before and after.

    Raises
    ------
    InputError
        The file exists, or is among the data that it would save.
    Unavailable
        The database does not answer, a program is missing, or the disk is full: nothing is left.
    """

    def begin() -> None:
        snapshots.check_saveable()
        _note(by, now, "sauvegarde_commencee", "")
        sealed_or_why_not(now)  # from then on a seal is kept outside, and comes with the files

    saved = _written(file, how, now, begin)
    count = counted(len(saved.manifest.fichiers), "fichier")
    _note(by, now, SAVED, f"SHA-256 {saved.digest}, {count}")
    return replace(saved, unsealed=sealed_or_why_not(now))


def save_before_migrating(file: Path, how: Closing, now: datetime) -> Saved:
    """Write a backup of a database whose tables are older, as it is: not a line is added to it.

    Raises
    ------
    InputError
        The file exists, or is among the data that it would save.
    Unavailable
        The database does not answer, a program is missing, or the disk is full: nothing is left.
    """
    return _written(file, how, now)


def _written(
    file: Path, how: Closing, now: datetime, begin: Callable[[], None] = lambda: None
) -> Saved:
    """Write the private file of a backup; `begin` is done once it may be written."""
    refuse_half_restored()
    _check_place(file)
    with workshop() as work, disk_in_french(file), new_private_file(file) as out:
        begin()
        written = Digested(out)
        with closed(written, how) as clear:  # type: ignore[arg-type]  # it is written to
            manifest, links = _packed(Packing(clear, now), work, now)
    return Saved(manifest, written.digest, links, None)


def _packed(packing: Packing, work: Path, now: datetime) -> tuple[Manifeste, tuple[Path, ...]]:
    """Pack the files first: a seal that is kept outside the database is never ahead of it.

    What was born while the database was copied comes after: a row of it may need its key.
    """
    first = kept_files()
    for one in first.files:
        packing.add(one.name, one.path)
    copy = work / snapshots.NAMES[snapshots.engine_name()]
    taken = snapshots.take(copy)
    packing.add(f"{BASE}{copy.name}", copy)
    known = {one.name for one in first.files}
    for one in kept_files().files:
        if one.name not in known:
            packing.add(one.name, one.path)
    manifest = Manifeste(
        kit=__version__,
        revision=taken.revision,
        moteur=taken.engine,
        fait_le=now,
        lignes=taken.rows,
        fichiers=tuple(packing.files),
    )
    packing.finish(manifest)
    return manifest, first.links


def _check_place(file: Path) -> None:
    place = file.absolute()
    if any(place.is_relative_to(home.absolute()) for home in (var_dir(), keys_dir())):
        raise InputError(
            "une sauvegarde ne se garde pas parmi les données qu’elle sauve.",
            where=str(file),
            remedy="Choisissez un autre dossier, de préférence sur un autre disque.",
        )


def _note(by: str, now: datetime, action: str, detail: str) -> None:
    with writing() as session:
        audit.note(session, at=now, actor=by, action=action, subject="base", detail=detail)
