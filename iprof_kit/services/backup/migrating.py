"""A new version of the kit takes over a database: it is saved as it is, then its tables follow."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from iprof_kit.records.database import prepare_database, writing
from iprof_kit.records.journal import audit
from iprof_kit.records.readiness import newest_revision, older_revision
from iprof_kit.services.backup.saving import Saved, save_before_migrating
from iprof_kit.services.backup.secrecy import Closing

MIGRATED = "base_mise_a_jour"


@dataclass(frozen=True)
class Migrated:
    """From which revision to which, and what was saved before; nothing where it was not asked."""

    before: str
    after: str
    saved: Saved | None


def migrate(file: Path | None, how: Closing, by: str, now: datetime) -> Migrated | None:
    """Save a database in a file, then bring its tables to this version; the journal says so.

    Parameters
    ----------
    file : Path or None
        None: nothing is saved.
    how : Closing
    by : str
    now : datetime

    Returns
    -------
    Migrated or None
        None where the tables are already those of this version: nothing is saved nor changed.

    Raises
    ------
    InputError
        The file exists, or is among the data that it would save: nothing has been changed.
    Unavailable
        The database does not answer, has no tables or comes from a later version, or the backup
        cannot be written: nothing has been changed.
    """
    before = older_revision()
    if before is None:
        return None
    saved = save_before_migrating(file, how, now) if file else None
    prepare_database()
    detail = f"tables {before}, puis {newest_revision()}"
    if saved:
        detail = f"{detail} ; sauvegarde SHA-256 {saved.digest}"
    with writing() as session:
        audit.note(session, at=now, actor=by, action=MIGRATED, subject="base", detail=detail)
    return Migrated(before, newest_revision(), saved)
