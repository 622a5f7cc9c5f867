"""A backup put back into an empty place, all of it or nothing.

A mark is written first and taken away last; while it is there the kit refuses to serve. A
restoration that fails takes away what it had written; one that is killed leaves its mark, and the
next one begins by taking away what the mark names.
"""

from __future__ import annotations

import errno
import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, cast

from filelock import Timeout
from sqlalchemy import CursorResult, Update, delete, func, select, update
from sqlalchemy.orm import Session

from iprof_kit.base.calendar import date_text
from iprof_kit.base.clock import paris
from iprof_kit.base.configuration.data_folder import restoration_mark
from iprof_kit.base.errors import InputError, Unavailable
from iprof_kit.base.private_files import new_private_file, owner_only, private_folder, sync_folder
from iprof_kit.base.words import counted
from iprof_kit.records import snapshot_postgres, snapshots
from iprof_kit.records.accounts import FirstCode, ResetLink, SessionRow
from iprof_kit.records.cvs import CvLink
from iprof_kit.records.database import alone, database_url, engine, file_engine, migrate, writing
from iprof_kit.records.journal import audit, copies
from iprof_kit.records.journal.keys import key_file
from iprof_kit.records.readiness import is_known, newest_revision, shown_address
from iprof_kit.services.backup.archive import BASE
from iprof_kit.services.backup.checking import checked, copy_in, named
from iprof_kit.services.backup.kept import kept_files, place_of, stays
from iprof_kit.services.backup.manifest import Manifeste, newer
from iprof_kit.services.backup.secrecy import Opening
from iprof_kit.services.journal import sealed_or_why_not

_BESIDE_SQLITE = ("", "-wal", "-shm", "-journal")


@dataclass(frozen=True)
class Restored:
    """What was put back, which files were left as they were, why the journal is not sealed."""

    manifest: Manifeste
    closed: Closed
    left: tuple[Path, ...]
    unsealed: str | None

    @property
    def migrated(self) -> bool:
        """Whether the tables were brought to this version of the kit."""
        return self.manifest.revision != newest_revision()


def restore(
    file: Path, key: Opening, by: str, now: datetime, *, revoke_links: bool = False
) -> Restored:
    """Check a backup, then put it back into an empty place.

    Raises
    ------
    InputError
        It is damaged, of another engine or of a newer kit, or the place is not empty.
    Unavailable
        The database does not answer, a program is missing, or the disk is full: nothing is left.
    """
    with checked(file, key, everything=True) as (manifest, work):
        with named(file):
            _check_fits(manifest)
        _undo_former()
        _check_empty()
        with _nobody_prepares(), _all_or_nothing(manifest):
            _check_empty()
            left = _place_files(manifest, work)
            _reach_the_disk()
            detail = f"sauvegarde du {_day(manifest.fait_le)}, kit {manifest.kit}"
            closed = _place_database(copy_in(work, manifest), by, now, detail, revoke_links)
    return Restored(manifest, closed, left, sealed_or_why_not(now))


def _check_fits(manifest: Manifeste) -> None:
    if not is_known(manifest.revision):
        raise newer()
    if manifest.moteur != snapshots.engine_name():
        raise InputError(
            f"cette sauvegarde vient de {_called(manifest.moteur)}, et la base d’ici est "
            f"{_called(snapshots.engine_name())} : l’une ne se restaure pas dans l’autre.",
            remedy="Donnez par IPROF_DATABASE_URL une base du même moteur, vide.",
        )


def _check_empty() -> None:
    where = shown_address(database_url())
    if not snapshots.is_empty():
        raise InputError(
            "la base n’est pas vide : rien n’a été restauré.",
            where=where,
            remedy="Restaurez dans une base et un dossier neufs (IPROF_DATABASE_URL, IPROF_VAR).",
        )
    there = [str(one.path) for one in kept_files().files if not stays(one.name)]
    if there:
        raise InputError(
            f"il y a déjà {counted(len(there), 'fichier')} du kit : rien n’a été restauré.",
            where=there[0],
            remedy="Restaurez dans un dossier neuf (IPROF_VAR).",
        )


@contextmanager
def _nobody_prepares() -> Iterator[None]:
    try:
        with alone(database_url()):
            yield
    except Timeout as error:
        raise Unavailable("un serveur prépare la base.", remedy="Arrêtez-le d’abord.") from error


@contextmanager
def _all_or_nothing(manifest: Manifeste) -> Iterator[None]:
    """Keep the mark while a restoration is at work; take away what it wrote if it fails."""
    places = [place_of(one.nom) for one in manifest.fichiers if not one.nom.startswith(BASE)]
    places.append(key_file())  # made for the journal of an older kit
    written = [str(place.absolute()) for place in dict.fromkeys(places) if not place.exists()]
    mark = {"base": shown_address(database_url()), "fichiers": written}
    with new_private_file(restoration_mark()) as out:
        out.write(json.dumps(mark).encode())
    try:
        yield
    except BaseException:
        _undo(written)
        raise
    restoration_mark().unlink()
    sync_folder(restoration_mark().parent)


def _undo_former() -> None:
    """Take away what a restoration that was killed had written.

    Raises
    ------
    InputError
        It was of another database: nothing of this one is touched.
    """
    mark = restoration_mark()
    if not mark.exists():
        return
    interrupted = json.loads(mark.read_text(encoding="utf-8"))
    if interrupted["base"] != shown_address(database_url()):
        raise InputError(
            f"une restauration vers une autre base ({interrupted['base']}) a été interrompue.",
            where=str(mark),
            remedy="Reprenez-la vers cette base, avec le même IPROF_DATABASE_URL.",
        )
    _undo(interrupted["fichiers"])


def _undo(written: list[str]) -> None:
    for place in written:
        Path(place).unlink(missing_ok=True)
    if snapshots.engine_name() == "sqlite":
        base = engine().url.database or ""
        engine().dispose()
        for end in _BESIDE_SQLITE:
            Path(f"{base}{end}").unlink(missing_ok=True)
    else:
        with writing() as session:
            snapshot_postgres.empty(session)
    restoration_mark().unlink(missing_ok=True)


def _place_files(manifest: Manifeste, work: Path) -> tuple[Path, ...]:
    """Move each file to its place; what is there already and stays is left as it is."""
    left = []
    for one in manifest.fichiers:
        if one.nom.startswith(BASE):
            continue
        place = place_of(one.nom)
        if stays(one.nom) and place.exists():
            left.append(place)
        else:
            _move(work / one.nom, place)
    return tuple(left)


def _place_database(copy: Path, by: str, now: datetime, detail: str, revoke_links: bool) -> Closed:
    if snapshots.engine_name() != "sqlite":
        snapshot_postgres.load(copy)
        migrate("head")
        with writing() as session:
            return close_what_was_open(session, by, now, detail, revoke_links=revoke_links)
    bind = file_engine(copy)
    try:
        migrate("head", bind=bind)
        with Session(bind.execution_options(writes=True)) as session, session.begin():
            closed = close_what_was_open(session, by, now, detail, revoke_links=revoke_links)
    finally:
        bind.dispose()
    engine().dispose()
    _move(copy, Path(engine().url.database or ""))
    _reach_the_disk()
    return closed


def _move(source: Path, place: Path) -> None:
    """Give a file its place, on another disk too."""
    private_folder(place.parent)
    try:
        source.replace(place)
    except OSError as error:
        if error.errno != errno.EXDEV:
            raise
        part = place.with_name(f".{place.name}.part")
        part.unlink(missing_ok=True)
        with source.open("rb") as content, owner_only(part).open("wb") as out:
            shutil.copyfileobj(content, out, 1 << 20)
        part.replace(place)


def _reach_the_disk() -> None:
    """Wait until all is on the disk, at once: thousands of files one by one take minutes."""
    if hasattr(os, "sync"):
        os.sync()


def _called(name: str) -> str:
    return {"sqlite": "SQLite", "postgresql": "PostgreSQL"}.get(name, name)


def _day(moment: datetime) -> str:
    return date_text(paris(moment).date())


@dataclass(frozen=True)
class Closed:
    """How many sessions and reset links were ended; how many CV links are open or were revoked."""

    sessions: int
    resets: int
    links: int
    revoked: bool


def close_what_was_open(
    session: Session, by: str, now: datetime, detail: str, *, revoke_links: bool
) -> Closed:
    """End what was open when the backup was made, in the transaction that notes the restoration."""
    sessions = update(SessionRow).where(SessionRow.revoked_at.is_(None)).values(revoked_at=now)
    resets = update(ResetLink).where(ResetLink.used_at.is_(None)).values(used_at=now)
    copies.forget(session)
    session.execute(delete(FirstCode))  # one that was used since would serve again
    open_links = (CvLink.revoked_at.is_(None), CvLink.expires_at > now)
    links = session.scalar(select(func.count()).select_from(CvLink).where(*open_links)) or 0
    closed = Closed(_changed(session, sessions), _changed(session, resets), links, revoke_links)
    if revoke_links:
        values = {"revoked_at": now, "version": CvLink.version + 1}
        _changed(session, update(CvLink).where(*open_links).values(values))
    audit.note(session, at=now, actor=by, action="restauration", subject="base", detail=detail)
    return closed


def _changed(session: Session, order: Update) -> int:
    return cast("CursorResult[Any]", session.execute(order)).rowcount
