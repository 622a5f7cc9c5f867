"""Campaigns that an academy gave, moved deadlines, and a person's notes.

Created on 2026-11-28.
"""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    moment = sa.DateTime(timezone=True)
    op.create_table(
        "campaign_files",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("given_at", moment, nullable=False),
        sa.Column("given_by", sa.String(length=60), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_campaign_files"),
        sa.UniqueConstraint("name", name="uq_campaign_files_name"),
    )
    op.create_table(
        "campaign_incidents",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("campaign", sa.String(length=60), nullable=False),
        sa.Column("step", sa.String(length=60), nullable=False),
        sa.Column("scope", sa.String(length=40), nullable=False),
        sa.Column("closes_at", moment, nullable=False),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.Column("noted_at", moment, nullable=False),
        sa.Column("noted_by", sa.String(length=60), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_campaign_incidents"),
    )
    op.create_index("ix_campaign_incidents_campaign", "campaign_incidents", ["campaign"])
    op.create_table(
        "campaign_notes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=90), nullable=False),
        sa.Column("numero", sa.String(length=20), nullable=False),
        sa.Column("campaign", sa.String(length=60), nullable=False),
        sa.Column("step", sa.String(length=60), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("day", sa.Date()),
        sa.Column("words", sa.String(length=500), nullable=False),
        sa.Column("noted_at", moment, nullable=False),
        sa.Column("after_closing", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["numero"], ["agents.numero"], name="fk_campaign_notes_numero", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_campaign_notes"),
        sa.UniqueConstraint("name", name="uq_campaign_notes_name"),
    )
    op.create_index("ix_campaign_notes_numero", "campaign_notes", ["numero"])


def downgrade() -> None:
    for table in ("campaign_notes", "campaign_incidents", "campaign_files"):
        op.drop_table(table)
