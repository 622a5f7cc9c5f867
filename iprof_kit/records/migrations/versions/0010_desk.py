"""The desk: portfolios with a service and dates, absences, internal notes, drafts of answers.

Created on 2026-11-28.
"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
_MOMENT = sa.DateTime(timezone=True)
_FORMER_SERVICE = "Service gestionnaire"
"""What people read of a portfolio that was written before services had a name."""


def upgrade() -> None:
    service = sa.Column(
        "service", sa.String(length=150), nullable=False, server_default=_FORMER_SERVICE
    )
    for column in (service, sa.Column("du", sa.Date()), sa.Column("au", sa.Date())):
        op.add_column("portfolios", column)
    _make_absences()
    _make_notes()
    _make_drafts()
    op.create_index("ix_case_events_service_at", "case_events", ["service", "at"])


def downgrade() -> None:
    op.drop_index("ix_case_events_service_at", "case_events")
    op.drop_table("answer_drafts")
    op.drop_table("case_notes")
    op.drop_table("absences")
    op.execute("DELETE FROM portfolios WHERE au IS NOT NULL")  # an older kit knows no closed one
    for name in ("au", "du", "service"):
        op.drop_column("portfolios", name)


def _make_absences() -> None:
    op.create_table(
        "absences",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("delegate_id", sa.Integer(), nullable=False),
        sa.Column("du", sa.Date(), nullable=False),
        sa.Column("au", sa.Date(), nullable=False),
        sa.Column("withdrawn_at", _MOMENT),
        *(
            sa.ForeignKeyConstraint(
                [name], ["accounts.id"], name=f"fk_absences_{name}", ondelete="CASCADE"
            )
            for name in ("account_id", "delegate_id")
        ),
        sa.PrimaryKeyConstraint("id", name="pk_absences"),
    )
    for name in ("account_id", "delegate_id"):
        op.create_index(f"ix_absences_{name}", "absences", [name])


def _make_notes() -> None:
    op.create_table(
        "case_notes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=32), nullable=False),
        sa.Column("numero", sa.String(length=20), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.Column("service", sa.String(length=150), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["numero"], ["agents.numero"], name="fk_case_notes_numero", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["case_id"], ["cases.id"], name="fk_case_notes_case_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_case_notes"),
        sa.UniqueConstraint("name", name="uq_case_notes_name"),
    )
    for name in ("numero", "case_id"):
        op.create_index(f"ix_case_notes_{name}", "case_notes", [name])


def _make_drafts() -> None:
    op.create_table(
        "answer_drafts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"], ["cases.id"], name="fk_answer_drafts_case_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name="fk_answer_drafts_account_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_answer_drafts"),
        sa.UniqueConstraint("case_id", "account_id", name="uq_answer_drafts_of"),
    )
    for name in ("case_id", "account_id"):
        op.create_index(f"ix_answer_drafts_{name}", "answer_drafts", [name])
