"""Messages to many people: what is written, each passage, who receives it.

Created on 2026-11-28.
"""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
_MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    _make_mailings()
    op.create_table(
        "mailing_events",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("mailing_id", sa.Integer(), nullable=False),
        sa.Column("act", sa.String(length=20), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.Column("account", sa.Integer()),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        _key("mailing_events", "mailing_id", "mailings.id", "CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_mailing_events"),
    )
    op.create_index("ix_mailing_events_mailing_id", "mailing_events", ["mailing_id"])
    _make_recipients()


def downgrade() -> None:
    # The threads stay: an older kit reads them as messages that nobody is awaited for.
    op.execute("UPDATE cases SET state = 'clos' WHERE state IN ('ecrit', 'rappele')")
    op.execute("UPDATE case_events SET act = 'repondre' WHERE act IN ('ecrire', 'rappeler')")
    for name in ("mailing_recipients", "mailing_events", "mailings"):
        op.drop_table(name)


def _make_mailings() -> None:
    op.create_table(
        "mailings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=32), nullable=False),
        sa.Column("author", sa.Integer(), nullable=False),
        sa.Column("academie", sa.String(length=3), nullable=False),
        sa.Column("service", sa.String(length=150), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("since", _MOMENT, nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("answers", sa.Boolean(), nullable=False),
        sa.Column("ask_at", sa.String(length=200), nullable=False),
        sa.Column("chosen", sa.JSON(), nullable=False),
        sa.Column("proposed", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_mailings"),
        sa.UniqueConstraint("name", name="uq_mailings_name"),
    )
    op.create_index("ix_mailings_author", "mailings", ["author"])
    op.create_index("ix_mailings_of", "mailings", ["academie", "state"])


def _make_recipients() -> None:
    op.create_table(
        "mailing_recipients",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("mailing_id", sa.Integer(), nullable=False),
        sa.Column("numero", sa.String(length=20), nullable=False),
        sa.Column("case_id", sa.Integer()),
        sa.Column("service", sa.String(length=150), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("sent_at", _MOMENT),
        sa.Column("told_at", _MOMENT),
        _key("mailing_recipients", "mailing_id", "mailings.id", "CASCADE"),
        _key("mailing_recipients", "numero", "agents.numero", "CASCADE"),
        _key("mailing_recipients", "case_id", "cases.id", "SET NULL"),
        sa.PrimaryKeyConstraint("id", name="pk_mailing_recipients"),
        sa.UniqueConstraint("mailing_id", "numero", name="uq_mailing_recipients_once"),
    )
    for name in ("numero", "case_id"):
        op.create_index(f"ix_mailing_recipients_{name}", "mailing_recipients", [name])
    op.create_index("ix_mailing_recipients_state", "mailing_recipients", ["mailing_id", "state"])


def _key(table: str, column: str, to: str, ondelete: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [to], name=f"fk_{table}_{column}", ondelete=ondelete)
