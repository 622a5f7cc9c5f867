"""A journal that can be trusted: marked lines without personal text, names and words beside them.

The lines that are there are taken as they are, under the secret of this installation. Created on
2026-11-27.
"""

import secrets
from collections.abc import Iterable, Sequence
from datetime import UTC
from typing import Any

import sqlalchemy as sa
from alembic import op

from iprof_kit.records.journal.keys import Keys, commitment, own_keys

revision = "0007"
down_revision = "0006"
AT_ONCE = 1_000
AT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.execute("CREATE TABLE audit_former AS SELECT * FROM audit")
    op.drop_table("audit")
    _make_tables()
    _protect(op.get_bind())
    op.drop_table("audit_former")
    for order in GUARDS[op.get_bind().dialect.name]:
        op.execute(order)


def downgrade() -> None:
    link = op.get_bind()
    if link.dialect.name == "postgresql":
        for name in GUARD_NAMES:
            op.execute(f"DROP FUNCTION journal_{name} CASCADE")
    op.execute(
        "CREATE TABLE audit_former AS SELECT l.id, l.at, coalesce(a.name, l.actor) AS actor, "
        "l.action, coalesce(s.name, l.subject) AS subject, w.address, "
        "coalesce(w.detail, '') AS detail FROM audit l "
        "LEFT JOIN audit_names a ON a.pseudonym = l.actor "
        "LEFT JOIN audit_names s ON s.pseudonym = l.subject LEFT JOIN audit_words w ON w.id = l.id"
    )
    for table in ("audit_words", "audit", "audit_names", "audit_seals"):
        op.drop_table(table)
    op.create_table(
        "audit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", AT, nullable=False),
        sa.Column("actor", sa.String(length=60), nullable=False),
        sa.Column("action", sa.String(length=40), nullable=False),
        sa.Column("subject", sa.String(length=80), nullable=False),
        sa.Column("address", sa.String(length=45)),
        sa.Column("detail", sa.String(length=200), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_audit"),
    )
    for column in ("actor", "at", "subject"):
        op.create_index(f"ix_audit_{column}", "audit", [column])
    columns = "id, at, actor, action, subject, address, detail"
    op.execute(f"INSERT INTO audit ({columns}) SELECT {columns} FROM audit_former")  # noqa: S608
    op.drop_table("audit_former")
    op.execute("DELETE FROM marks WHERE name IN ('journal', 'journal_key', 'journal_pruned')")
    _go_on_counting(link)


def _make_tables() -> None:
    op.create_table(
        "audit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", AT, nullable=False),
        sa.Column("actor", sa.String(length=32), nullable=False),
        sa.Column("action", sa.String(length=40), nullable=False),
        sa.Column("subject", sa.String(length=32), nullable=False),
        sa.Column("detail", sa.String(length=64)),
        sa.Column("address", sa.String(length=64)),
        sa.Column("mark", sa.String(length=48), nullable=False),
        sa.Column("key", sa.String(length=16), nullable=False),
        sa.Column("batch", sa.Integer()),
        sa.Column("link", sa.String(length=32)),
        sa.PrimaryKeyConstraint("id", name="pk_audit"),
        sqlite_autoincrement=True,
    )
    for column in ("actor", "at", "batch", "subject"):
        op.create_index(f"ix_audit_{column}", "audit", [column])
    op.create_table(
        "audit_words",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("detail", sa.String(length=200), nullable=False),
        sa.Column("detail_salt", sa.LargeBinary(), nullable=False),
        sa.Column("address", sa.String(length=45)),
        sa.Column("address_salt", sa.LargeBinary()),
        sa.ForeignKeyConstraint(["id"], ["audit.id"], name="fk_audit_words_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_audit_words"),
    )
    op.create_table(
        "audit_names",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("word", sa.String(length=80), nullable=False),
        sa.Column("pseudonym", sa.String(length=32), nullable=False),
        sa.Column("mark", sa.String(length=32), nullable=False),
        sa.Column("key", sa.String(length=16), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_audit_names"),
        sa.UniqueConstraint("name", name="uq_audit_names_name"),
        sa.UniqueConstraint("pseudonym", name="uq_audit_names_pseudonym"),
    )
    op.create_index("ix_audit_names_word", "audit_names", ["word"])
    op.create_table(
        "audit_seals",
        sa.Column("number", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("at", AT, nullable=False),
        sa.Column("first", sa.Integer(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("lines", sa.Text(), nullable=False),
        sa.Column("link", sa.String(length=32), nullable=False),
        sa.Column("former", sa.String(length=32), nullable=False),
        sa.Column("key", sa.String(length=16), nullable=False),
        sa.Column("mark", sa.String(length=32), nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_audit_seals"),
    )


def _protect(link: sa.Connection) -> None:
    """Copy the former lines, each marked, its names and words beside it."""
    plain: Iterable[sa.ColumnClause[Any]] = map(
        sa.column, ("actor", "action", "subject", "address", "detail")
    )
    former = sa.table("audit_former", sa.column("id", sa.Integer), sa.column("at", AT), *plain)
    query, last = sa.select(former).order_by(former.c.id).limit(AT_ONCE), 0
    pseudonyms: dict[str, str] = {}
    while rows := link.execute(query.where(former.c.id > last)).all():
        if not last:
            keys = own_keys(make=True)
            mark = sa.text("INSERT INTO marks (name, value) VALUES ('journal_key', :value)")
            link.execute(mark, {"value": keys.name})
        _names(link, keys, rows, pseudonyms)
        made = [_line(keys, row, pseudonyms) for row in rows]
        link.execute(sa.insert(_AUDIT), [line for line, _ in made])
        if words := [words for _, words in made if words is not None]:
            link.execute(sa.insert(_WORDS), words)
        last = rows[-1].id
    if last:
        _go_on_counting(link)


def _names(
    link: sa.Connection, keys: Keys, rows: Sequence[sa.Row[Any]], pseudonyms: dict[str, str]
) -> None:
    new = {name for row in rows for name in (row.actor, row.subject)} - pseudonyms.keys()
    pseudonyms.update((name, secrets.token_hex(16)) for name in new)
    if new:
        link.execute(
            sa.insert(_NAMES),
            [
                {
                    "name": name,
                    "word": name.split(":")[1] if ":" in name else name,
                    "pseudonym": pseudonyms[name],
                    "mark": keys.of_name(name, pseudonyms[name]),
                    "key": keys.name,
                }
                for name in sorted(new)
            ],
        )


def _line(
    keys: Keys, row: sa.Row[Any], pseudonyms: dict[str, str]
) -> tuple[dict[str, Any], dict[str, Any] | None]:
    at = row.at.replace(tzinfo=UTC) if row.at.tzinfo is None else row.at.astimezone(UTC)
    line = {"id": row.id, "at": at, "actor": pseudonyms[row.actor], "action": row.action,
            "subject": pseudonyms[row.subject], "detail": None, "address": None,
            "key": keys.name}  # fmt: skip
    words: dict[str, Any] | None = None
    if row.detail or row.address is not None:
        words = {
            "id": row.id,
            "detail": row.detail,
            "detail_salt": secrets.token_bytes(16),
            "address": row.address,
            "address_salt": None,
        }
        line["detail"] = commitment(words["detail_salt"], row.detail)
        if row.address is not None:
            words["address_salt"] = secrets.token_bytes(16)
            line["address"] = commitment(words["address_salt"], row.address)
    line["mark"] = keys.of_row(
        at.isoformat(timespec="microseconds"),
        line["actor"],
        line["action"],
        line["subject"],
        line["detail"],
        line["address"],
    )
    return line, words


def _go_on_counting(link: sa.Connection) -> None:
    """Let PostgreSQL number after the lines that were copied with their numbers."""
    if link.dialect.name == "postgresql":
        op.execute(
            "SELECT setval(pg_get_serial_sequence('audit', 'id'), max(id)) FROM audit "
            "HAVING max(id) IS NOT NULL"
        )


_AUDIT = sa.table(
    "audit",
    sa.column("at", AT),
    *map(sa.column, ("id", "actor", "action", "subject", "detail", "address", "mark", "key")),
)
_WORDS = sa.table(
    "audit_words",
    sa.column("detail_salt", sa.LargeBinary),
    sa.column("address_salt", sa.LargeBinary),
    *map(sa.column, ("id", "detail", "address")),
)
_NAMES = sa.table("audit_names", *map(sa.column, ("name", "word", "pseudonym", "mark", "key")))

_REFUSED = "le journal ne se modifie pas"
_PRUNED = "coalesce((SELECT CAST(value AS INTEGER) FROM marks WHERE name = 'journal_pruned'), 0)"
_FIXED = ("id", "at", "actor", "action", "subject", "detail", "address", "mark", "key")
_GONE = {
    "audit": f"OLD.batch IS NULL OR OLD.batch > {_PRUNED}",
    "audit_seals": f"OLD.number >= {_PRUNED}",
}
"""What may not be deleted: all but the batches that retention has just given up."""


def _sqlite_guard(name: str, event: str, when: str = "") -> str:
    condition = f"WHEN {when}" if when else ""
    refusal = f"BEGIN SELECT RAISE(ABORT, '{_REFUSED}'); END"
    return f"CREATE TRIGGER journal_{name} BEFORE {event} {condition} {refusal}"


def _postgresql_guard(name: str, event: str, when: str = "") -> str:
    each = "" if event.startswith("TRUNCATE") else "FOR EACH ROW"
    body = f"RAISE EXCEPTION '{_REFUSED}';"
    if when:
        body = f"IF {when} THEN {body} END IF; RETURN coalesce(NEW, OLD);"
    return f"""
        CREATE FUNCTION journal_{name}() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN {body} END $$;
        CREATE TRIGGER journal_{name} BEFORE {event} {each} EXECUTE FUNCTION journal_{name}()
    """


def _row(which: str) -> str:
    return ", ".join(f"{which}.{column}" for column in _FIXED)


GUARDS = {
    "sqlite": [
        _sqlite_guard("line_change", f"UPDATE OF {', '.join(_FIXED)} ON audit"),
        _sqlite_guard("line_seal", "UPDATE OF batch, link ON audit", "OLD.batch IS NOT NULL"),
        _sqlite_guard("line_delete", "DELETE ON audit", _GONE["audit"]),
        _sqlite_guard("seal_change", "UPDATE ON audit_seals"),
        _sqlite_guard("seal_delete", "DELETE ON audit_seals", _GONE["audit_seals"]),
    ],
    "postgresql": [
        _postgresql_guard(
            "line_change",
            "UPDATE ON audit",
            f"OLD.batch IS NOT NULL OR ({_row('OLD')}) IS DISTINCT FROM ({_row('NEW')})",
        ),
        _postgresql_guard("line_delete", "DELETE ON audit", _GONE["audit"]),
        _postgresql_guard("line_empty", "TRUNCATE ON audit"),
        _postgresql_guard("seal_change", "UPDATE ON audit_seals"),
        _postgresql_guard("seal_delete", "DELETE ON audit_seals", _GONE["audit_seals"]),
        _postgresql_guard("seal_empty", "TRUNCATE ON audit_seals"),
    ],
}
"""What refuses to change or delete a line: a mistake, and whoever has the rights of a program."""
GUARD_NAMES = (
    "line_change", "line_delete", "line_empty", "seal_change", "seal_delete", "seal_empty",
)  # fmt: skip
