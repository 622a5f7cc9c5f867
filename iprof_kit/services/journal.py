"""What an administrator and the data-protection officer do of the journal."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from datetime import datetime
from typing import IO, Literal

from sqlalchemy import ColumnElement, func, select, update
from sqlalchemy.orm import Session

from iprof_kit.base.characters import says_nothing
from iprof_kit.base.clock import paris
from iprof_kit.base.errors import InputError, KitError, Unavailable
from iprof_kit.base.spreadsheets import TableWriter
from iprof_kit.records import marks
from iprof_kit.records.database import reading, writing
from iprof_kit.records.journal import audit, outside
from iprof_kit.records.journal.audit import AuditName, AuditRow
from iprof_kit.records.journal.entries import RESUMED, resumed_words
from iprof_kit.records.journal.keys import Keys, own_keys
from iprof_kit.records.journal.seals import seal
from iprof_kit.records.journal.verify import verify

LONGEST_REASON = 100
QUICK_BATCHES = 200
"""What `iprof doctor` reads again; `iprof journal verify` reads all."""
SUBJECT = "journal"
Form = Literal["csv", "jsonl"]
COLUMNS = ("ligne", "le", "qui", "action", "objet", "adresse", "detail", "lot")


def export(
    out: IO[bytes],
    form: Form,
    by: str,
    now: datetime,
    *,
    since: datetime | None = None,
    until: datetime | None = None,
) -> int:
    """Write the lines of the journal, with names and words; return how many. It is noted first.

    Raises
    ------
    Unavailable
        The database does not answer: nothing is exported.
    """
    with writing() as session:
        audit.note(
            session,
            at=now,
            actor=by,
            action="journal_exporte",
            subject=SUBJECT,
            detail=f"{form} ; {_span(since, until)}",
        )
    text = io.TextIOWrapper(out, "utf-8", newline="")
    try:
        with reading() as session:
            rows = _exported(session, *_between(since, until))
            return _as_csv(text, rows) if form == "csv" else _as_lines(text, rows)
    finally:
        text.detach()  # written out, and left open to whoever gave it


def resume(why: str, by: str, now: datetime) -> str:
    """Go on from a database that does not follow the last seal kept outside, or with a new secret.

    What is there is taken as it is; a line of the journal and a file outside say so for ever.

    Returns
    -------
    str
        What was recorded, in French.

    Raises
    ------
    InputError
        No reason is given, or there is nothing to record.
    Unavailable
        The database or the folder does not answer.
    """
    reason = why.strip()
    if len(reason) > LONGEST_REASON or says_nothing(reason):
        raise InputError(
            f"le motif est nécessaire, en {LONGEST_REASON} caractères au plus.",
            where="motif",
            remedy="Exemple : restauration de la sauvegarde du 3 novembre 2026.",
        )
    with reading() as session:
        journal = outside.journal_of(session)
        apart = outside.disagreement(session, journal, now) if journal else None
        changed = _other_key(session)
    if apart is None and not changed:
        raise InputError(
            "il n’y a rien à reprendre : le journal suit son dernier scellé.",
            remedy="Lancez iprof journal verify pour le relire en entier.",
        )
    with writing() as session:
        _begin_again(session, changed, reason, by, now)
        last = outside.last_in_base(session)
    if journal is not None and apart is not None:
        outside.replace(journal, last, reason, now)
    seal(now)
    return apart or "La clé du journal est nouvelle."


def sealed_or_why_not(now: datetime) -> str | None:
    """Seal what waits; return, in French, what keeps from it, None where nothing does."""
    try:
        seal(now)
    except KitError as error:
        return str(error)
    return None


def journal_fault() -> str | None:
    """Return what is wrong with the newest part of the journal, for `iprof doctor`."""
    try:
        verdict = verify(QUICK_BATCHES)
    except Unavailable as error:
        return f"Journal : {error}"
    if verdict.faults:
        return f"Journal : {verdict.faults[0]} Lancez iprof journal verify."
    return None


def _begin_again(session: Session, key: Keys | None, reason: str, by: str, now: datetime) -> None:
    """Note the new start; with a new secret, what the former one covered is taken as it is."""
    batch = line = 0
    if key is not None:
        batch = outside.last_in_base(session).lot
        line = session.scalar(select(func.max(AuditRow.id))) or 0
        marks.mark(session, marks.JOURNAL_KEY, key.name)
        names = session.execute(select(AuditName.id, AuditName.name, AuditName.pseudonym)).all()
        session.execute(
            update(AuditName),
            [
                {"id": one.id, "mark": key.of_name(one.name, one.pseudonym), "key": key.name}
                for one in names
            ],
        )
    audit.note(
        session,
        at=now,
        actor=by,
        action=RESUMED,
        subject=SUBJECT,
        detail=resumed_words(batch, line, reason),
    )


def _other_key(session: Session) -> Keys | None:
    """Return the keys of this installation where the database was written with others."""
    known = marks.value(session, marks.JOURNAL_KEY)
    if known is None:
        return None
    own = own_keys(make=True)
    return own if own.name != known else None


def _between(since: datetime | None, until: datetime | None) -> Iterator[ColumnElement[bool]]:
    if since is not None:
        yield AuditRow.at >= since
    if until is not None:
        yield AuditRow.at < until


def _span(since: datetime | None, until: datetime | None) -> str:
    first = since.date().isoformat() if since else "début"
    return f"{first} à {until.date().isoformat() if until else 'fin'}"


def _exported(session: Session, *chosen: ColumnElement[bool]) -> Iterator[dict[str, object]]:
    for line in audit.readable_lines(session, *chosen):
        cells = (
            line.id,
            paris(line.at).isoformat(),
            line.actor,
            line.action,
            line.subject,
            line.address,
            line.detail,
            line.batch,
        )
        yield dict(zip(COLUMNS, cells, strict=True))


def _as_csv(text: IO[str], rows: Iterator[dict[str, object]]) -> int:
    text.write("\ufeff")
    table, count = TableWriter(text), 0
    table.row(COLUMNS)
    for count, row in enumerate(rows, 1):  # noqa: B007  # how many, at the end
        table.row(row.values())
    return count


def _as_lines(text: IO[str], rows: Iterator[dict[str, object]]) -> int:
    count = 0
    for count, row in enumerate(rows, 1):  # noqa: B007
        text.write(json.dumps(row, ensure_ascii=False) + "\n")
    return count
