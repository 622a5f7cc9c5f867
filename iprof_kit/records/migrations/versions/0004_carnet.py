"""The carnet of a person: one document for each subject.

Created on 2026-11-26.
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.create_table(
        "carnets",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("numero", sa.String(length=20), nullable=False),
        sa.Column("subject", sa.String(length=19), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["numero"], ["agents.numero"], name="fk_carnets_numero", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_carnets"),
        sa.UniqueConstraint("name", name="uq_carnets_name"),
    )
    op.create_index("ix_carnets_numero", "carnets", ["numero"])


def downgrade() -> None:
    op.drop_table("carnets")
