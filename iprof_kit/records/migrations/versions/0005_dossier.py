"""What a person writes about her own file: contact details, reports of errors, their papers.

Created on 2026-11-26.
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
TABLES = ["own_contacts", "reports", "report_files"]


def _of_person(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["numero"], ["agents.numero"], name=f"fk_{table}_numero", ondelete="CASCADE"
    )


def upgrade() -> None:
    op.create_table(
        "own_contacts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("numero", sa.String(length=20), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("entries", sa.JSON(), nullable=False),
        _of_person("own_contacts"),
        sa.PrimaryKeyConstraint("id", name="pk_own_contacts"),
        sa.UniqueConstraint("numero", name="uq_own_contacts_numero"),
    )
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
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("taken_at", sa.DateTime(timezone=True)),
        sa.Column("answered_at", sa.DateTime(timezone=True)),
        sa.Column("corrected_at", sa.DateTime(timezone=True)),
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
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=32), nullable=False),
        sa.Column("numero", sa.String(length=20), nullable=False),
        sa.Column("report_id", sa.Integer()),
        sa.Column("file_name", sa.String(length=120), nullable=False),
        sa.Column("media_type", sa.String(length=40)),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("slices", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64)),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        _of_person("report_files"),
        sa.ForeignKeyConstraint(
            ["report_id"], ["reports.id"], name="fk_report_files_report_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_report_files"),
        sa.UniqueConstraint("name", name="uq_report_files_name"),
    )
    op.create_index("ix_report_files_numero", "report_files", ["numero"])
    op.create_index("ix_report_files_report_id", "report_files", ["report_id"])


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)
