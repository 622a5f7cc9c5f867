"""Reports become cases: each step an event, each paper joined to the event that brought it.

Created on 2026-11-28.
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

from iprof_kit.base.words import folded_words

revision = "0009"
down_revision = "0008"
_MOMENT = sa.DateTime(timezone=True)
_KEPT = "id, version, name, numero, file_name, media_type, size, slices, digest, made_at, content"
_AND_SERVICE, _AND_OWNER = "AND e.role = 'service'", "AND e.role = 'demandeur'"
_STEPS = (
    ("envoyer", "demandeur", "sent_at", "''", "reason", "1 = 1"),
    ("prendre", "service", "taken_at", "service", "''", "taken_at IS NOT NULL"),
    ("repondre", "service", "answered_at", "service", "answer", "answer <> ''"),
    ("corriger", "service", "corrected_at", "service", "''", "corrected_at IS NOT NULL"),
)
"""Each step of a report: its act, who did it, its column, its service, its words, where it is."""


def upgrade() -> None:
    _make_cases()
    _make_events()
    _make_papers()
    _move_reports()
    _keep_numbers("reports", "cases")
    op.execute(
        "UPDATE writes SET subject = 'cases:' || substr(subject, 9) WHERE subject LIKE 'reports:%'"
    )
    op.drop_table("report_files")
    op.drop_table("reports")


def downgrade() -> None:
    _make_reports()
    _move_back()
    _keep_numbers("cases", "reports")
    op.execute(
        "DELETE FROM writes WHERE subject IN "
        "(SELECT 'cases:' || name FROM cases WHERE kind <> 'erreur')"
    )
    op.execute(
        "UPDATE writes SET subject = 'reports:' || substr(subject, 7) WHERE subject LIKE 'cases:%'"
    )
    op.drop_table("papers")
    op.drop_table("case_events")
    op.drop_table("cases")


def _of_person(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["numero"], ["agents.numero"], name=f"fk_{table}_numero", ondelete="CASCADE"
    )


def _make_cases() -> None:
    op.create_table(
        "cases",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=32), nullable=False),
        sa.Column("numero", sa.String(length=20), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("since", _MOMENT, nullable=False),
        sa.Column("opened_at", _MOMENT, nullable=False),
        sa.Column("service", sa.String(length=150), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("datum", sa.String(length=60)),
        sa.Column("shown", sa.String(length=300)),
        sa.Column("claimed", sa.String(length=300)),
        sa.Column("corrected", sa.String(length=300)),
        sa.Column("last_at", _MOMENT, nullable=False),
        sa.Column("last_role", sa.String(length=20), nullable=False),
        sa.Column("unseen_by_owner", sa.Integer(), nullable=False),
        sa.Column("unseen_by_service", sa.Integer(), nullable=False),
        sa.Column("folded", sa.Text(), nullable=False),
        _of_person("cases"),
        sa.PrimaryKeyConstraint("id", name="pk_cases"),
        sa.UniqueConstraint("name", name="uq_cases_name"),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_cases_of_person", "cases", ["numero", "state", "kind", "last_at", "unseen_by_owner"]
    )
    op.create_index("ix_cases_waiting", "cases", ["state", "since"])


def _make_events() -> None:
    op.create_table(
        "case_events",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("act", sa.String(length=20), nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.Column("service", sa.String(length=150), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("due", sa.Date()),
        sa.Column("seen_at", _MOMENT),
        sa.Column("source", sa.String(length=300)),
        sa.Column("address", sa.String(length=120)),
        sa.ForeignKeyConstraint(
            ["case_id"], ["cases.id"], name="fk_case_events_case_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_case_events"),
    )
    op.create_index("ix_case_events_case_id", "case_events", ["case_id"])


def _make_papers() -> None:
    op.create_table(
        "papers",
        *_paper_columns("event_id"),
        sa.Column("place", sa.String(length=32), nullable=False),
        _of_person("papers"),
        sa.ForeignKeyConstraint(
            ["event_id"], ["case_events.id"], name="fk_papers_event_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_papers"),
        sa.UniqueConstraint("name", name="uq_papers_name"),
    )
    op.create_index("ix_papers_numero", "papers", ["numero"])
    op.create_index("ix_papers_event_id", "papers", ["event_id"])


def _paper_columns(joined: str) -> list[sa.Column[Any]]:
    return [
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=32), nullable=False),
        sa.Column("numero", sa.String(length=20), nullable=False),
        sa.Column(joined, sa.Integer()),
        sa.Column("file_name", sa.String(length=120), nullable=False),
        sa.Column("media_type", sa.String(length=40)),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("slices", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64)),
        sa.Column("made_at", _MOMENT, nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
    ]


def _move_reports() -> None:
    op.execute(
        "INSERT INTO cases (id, version, name, numero, kind, state, since, opened_at, service, "
        "title, datum, shown, claimed, corrected, last_at, last_role, unseen_by_owner, "
        "unseen_by_service, folded) "
        "SELECT id, version, name, numero, 'erreur', CASE WHEN corrected_at IS NOT NULL THEN "
        "'decide' WHEN answered_at IS NOT NULL THEN 'repondu' WHEN taken_at IS NOT NULL THEN "
        "'pris_en_charge' ELSE 'envoye' END, coalesce(corrected_at, answered_at, taken_at, "
        "sent_at), sent_at, service, label, datum, shown, claimed, corrected, sent_at, "
        "'demandeur', 0, 0, '' FROM reports"
    )
    steps = " UNION ALL ".join(
        f"SELECT id AS case_id, '{act}' AS act, {at} AS at, '{role}' AS role, "  # noqa: S608
        f"{service} AS service, {words} AS text, {rank} AS rank FROM reports WHERE {there}"
        for rank, (act, role, at, service, words, there) in enumerate(_STEPS)
    )
    op.execute(
        "INSERT INTO case_events (case_id, act, at, role, service, text) "  # noqa: S608
        f"SELECT case_id, act, at, role, service, text FROM ({steps}) AS steps "
        "ORDER BY case_id, at, rank"
    )
    op.execute(
        f"INSERT INTO papers ({_KEPT}, place, event_id) SELECT {_KEPT}, 'signalement', "  # noqa: S608
        "(SELECT e.id FROM case_events e WHERE e.case_id = report_id AND e.act = 'envoyer') "
        "FROM report_files"
    )
    _after_the_last("papers")
    _tell_of_events()
    _fold_words()


def _tell_of_events() -> None:
    """Say in each case which event was the last, and how many each side has not seen.

    The former kit did not know what was seen: nothing is said to have been.
    """

    def events(what: str, which: str) -> str:
        return f"(SELECT {what} FROM case_events e WHERE e.case_id = cases.id {which})"  # noqa: S608

    op.execute(
        f"UPDATE cases SET last_at = {events('e.at', 'ORDER BY e.id DESC LIMIT 1')}, "  # noqa: S608
        f"last_role = {events('e.role', 'ORDER BY e.id DESC LIMIT 1')}, "
        f"unseen_by_owner = {events('count(*)', _AND_SERVICE)}, "
        f"unseen_by_service = {events('count(*)', _AND_OWNER)}"
    )


def _fold_words() -> None:
    """Write the words by which each case is looked for, as `cases.search` folds them."""
    link = op.get_bind()
    rows = link.execute(
        sa.text("SELECT id, title, shown, claimed, corrected FROM cases ORDER BY id")
    ).all()
    texts = sa.text(
        "SELECT e.text AS words FROM case_events e WHERE e.case_id = :id UNION ALL "
        "SELECT p.file_name FROM papers p JOIN case_events e ON e.id = p.event_id "
        "WHERE e.case_id = :id"
    )
    for case, *words in rows:
        words += link.scalars(texts, {"id": case})
        link.execute(
            sa.text("UPDATE cases SET folded = :folded WHERE id = :id"),
            {"id": case, "folded": folded_words("", *(one or "" for one in words))},
        )


def _make_reports() -> None:
    op.create_table(
        "reports",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=32), nullable=False),
        sa.Column("numero", sa.String(length=20), nullable=False),
        sa.Column("datum", sa.String(length=60), nullable=False),
        sa.Column("label", sa.String(length=120), nullable=False),
        sa.Column("shown", sa.String(length=300), nullable=False),
        sa.Column("claimed", sa.String(length=300), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("sent_at", _MOMENT, nullable=False),
        sa.Column("taken_at", _MOMENT),
        sa.Column("answered_at", _MOMENT),
        sa.Column("corrected_at", _MOMENT),
        sa.Column("service", sa.String(length=150), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("corrected", sa.String(length=300)),
        _of_person("reports"),
        sa.PrimaryKeyConstraint("id", name="pk_reports"),
        sa.UniqueConstraint("name", name="uq_reports_name"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_reports_numero", "reports", ["numero"])
    op.create_table(
        "report_files",
        *_paper_columns("report_id"),
        _of_person("report_files"),
        sa.ForeignKeyConstraint(
            ["report_id"], ["reports.id"], name="fk_report_files_report_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_report_files"),
        sa.UniqueConstraint("name", name="uq_report_files_name"),
    )
    op.create_index("ix_report_files_numero", "report_files", ["numero"])
    op.create_index("ix_report_files_report_id", "report_files", ["report_id"])


def _move_back() -> None:
    """Give the reports back; other cases, that an older kit does not know, are lost with it."""

    def event(column: str, act: str) -> str:
        return (
            f"(SELECT e.{column} FROM case_events e WHERE e.case_id = c.id AND e.act = '{act}' "  # noqa: S608
            "ORDER BY e.id DESC LIMIT 1)"
        )

    answered = f"coalesce({event('at', 'repondre')}, {event('at', 'corriger')})"
    op.execute(
        "INSERT INTO reports (id, version, name, numero, datum, label, shown, claimed, reason, "  # noqa: S608
        "sent_at, taken_at, answered_at, corrected_at, service, answer, corrected) "
        "SELECT c.id, c.version, c.name, c.numero, c.datum, c.title, c.shown, c.claimed, "
        f"{event('text', 'envoyer')}, c.opened_at, {event('at', 'prendre')}, {answered}, "
        f"{event('at', 'corriger')}, c.service, coalesce({event('text', 'repondre')}, ''), "
        "c.corrected FROM cases c WHERE c.kind = 'erreur'"
    )
    op.execute(
        f"INSERT INTO report_files ({_KEPT}, report_id) SELECT {_KEPT}, "  # noqa: S608
        "(SELECT e.case_id FROM case_events e WHERE e.id = event_id) FROM papers "
        "WHERE event_id IS NULL OR event_id IN (SELECT e.id FROM case_events e "
        "JOIN cases c ON c.id = e.case_id WHERE c.kind = 'erreur')"
    )
    _after_the_last("report_files")


def _keep_numbers(before: str, after: str) -> None:
    """Go on counting from the last number ever given, even where its row is gone."""
    link = op.get_bind()
    if link.dialect.name == "postgresql":
        last, used = link.execute(
            sa.text(f"SELECT last_value, is_called FROM {before}_id_seq")  # noqa: S608
        ).one()
        link.execute(
            sa.text(f"SELECT setval('{after}_id_seq', :last, :used)"), {"last": last, "used": used}
        )
        return
    name = "SELECT seq FROM sqlite_sequence WHERE name = :name"
    last = link.execute(sa.text(name), {"name": before}).scalar()
    link.execute(sa.text("DELETE FROM sqlite_sequence WHERE name = :name"), {"name": after})
    if last is not None:
        link.execute(
            sa.text("INSERT INTO sqlite_sequence (name, seq) VALUES (:name, :last)"),
            {"name": after, "last": last},
        )


def _after_the_last(table: str) -> None:
    """Let PostgreSQL count from the rows that were given with their number."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            f"SELECT setval('{table}_id_seq', coalesce(max(id), 0) + 1, false) FROM {table}"  # noqa: S608
        )
