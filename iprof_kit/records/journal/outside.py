"""The last seal, kept outside the database: without it, nobody would see the last lines go.

One private file a journal, in the folder of each copy of the kit. It never goes back by itself: a
database older than its file was restored, or its end was removed, and a person must say which.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from filelock import FileLock
from sqlalchemy import select
from sqlalchemy.orm import Session

from iprof_kit.base.errors import InputError, Unavailable
from iprof_kit.base.private_files import append_line, write_private
from iprof_kit.base.words import counted
from iprof_kit.records import marks
from iprof_kit.records.journal import copies
from iprof_kit.records.journal.audit import AuditSeal
from iprof_kit.records.journal.keys import journal_folder

_LOCK_SECONDS = 10.0


@dataclass(frozen=True)
class Kept:
    """The last seal: its number (0 before the first), its mark, the lines sealed until then."""

    lot: int = 0
    sceau: str = ""
    lignes: int = 0


def last_in_base(session: Session) -> Kept:
    """Return the last seal that the database holds."""
    query = select(AuditSeal).order_by(AuditSeal.number.desc()).limit(1)
    seal = session.scalars(query).one_or_none()
    return Kept() if seal is None else Kept(seal.number, seal.mark, seal.first + seal.count - 1)


def kept_outside(journal: str) -> Kept | None:
    """Return what the file of a journal says; None where there is no file.

    Raises
    ------
    InputError
        The file is damaged.
    """
    path = file_of(journal)
    try:
        read = json.loads(path.read_text("utf-8"))
        return Kept(int(read["lot"]), str(read["sceau"]), int(read["lignes"]))
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise InputError(
            "le dernier scellé gardé hors de la base est abîmé ou illisible.",
            where=str(path),
            remedy="Remettez la copie d’une sauvegarde, ou voyez iprof journal reprendre.",
        ) from error


def disagreement(session: Session, journal: str, now: datetime) -> str | None:
    """Return why the database cannot follow what is kept outside; None where it can.

    A file that is late (a crash after a seal, another server that sealed) is no disagreement, as
    long as the seal that it knows is in the database. Nor is the folder of a copy that has just
    joined, while another one says that it keeps the seal.
    """
    try:
        kept = kept_outside(journal)
    except InputError as error:
        return str(error)
    last = last_in_base(session)
    if kept is None:
        if last.lot == 0 or copies.may_join(session, journal, now):
            return None
        return (
            "aucun scellé n’est gardé hors de la base par cette copie "
            f"({copies.name_of_this_copy()}), et la base en compte {last.lot} : des lignes "
            "retirées à la fin ne se verraient pas."
        )
    if kept.lot > last.lot:
        return (
            f"la base est plus ancienne que le dernier scellé gardé : elle s’arrête au lot "
            f"{last.lot} ({counted(last.lignes, 'ligne')}), le scellé gardé est celui du lot "
            f"{kept.lot} ({counted(kept.lignes, 'ligne')})."
        )
    same = select(AuditSeal.mark).where(AuditSeal.number == kept.lot)
    if kept.lot and session.scalar(same) != kept.sceau:
        return f"le lot {kept.lot} n’a pas le sceau gardé hors de la base."
    return None


def keep(journal: str, last: Kept) -> None:
    """Write the last seal, unless a later one is there already.

    Raises
    ------
    Unavailable
        The folder cannot be written.
    """
    path = file_of(journal)
    if (known := kept_outside(journal)) is not None and known.lot >= last.lot:
        return
    try:
        with FileLock(path.with_suffix(".lock"), timeout=_LOCK_SECONDS, mode=0o600):
            known = kept_outside(journal)
            if known is None or known.lot < last.lot:
                _write(path, last)
    except OSError as error:
        raise Unavailable(
            "le dernier scellé du journal ne peut pas être gardé hors de la base.",
            where=str(path),
            remedy="Rendez ce dossier accessible en écriture.",
        ) from error


def replace(journal: str, last: Kept, why: str, now: datetime) -> None:
    """Write the seal of the database in the place of the one kept; both stay in a history."""
    path = file_of(journal)
    try:
        former: object = path.read_text("utf-8", "replace")[:300]
    except OSError:
        former = None
    entry = {"le": now.isoformat(), "motif": why, "avant": former, "apres": asdict(last)}
    append_line(path.with_name("reprises.jsonl"), json.dumps(entry, ensure_ascii=False))
    _write(path, last)


def others(journal: str) -> int:
    """Return how many other journals have a seal here: a database replaced by a new one."""
    return len(set(journal_folder().glob("scelle-*.json")) - {file_of(journal)})


def file_of(journal: str) -> Path:
    """Return the file of a journal."""
    return journal_folder() / f"scelle-{journal}.json"


def journal_of(session: Session) -> str | None:
    """Return the name of the database's journal, None before its first seal."""
    return marks.value(session, marks.JOURNAL)


def _write(path: Path, last: Kept) -> None:
    write_private(path, json.dumps(asdict(last)).encode())
