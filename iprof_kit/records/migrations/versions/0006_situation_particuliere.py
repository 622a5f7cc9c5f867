"""The particular situations of a person, shown to nobody else.

Created on 2026-11-26.
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    op.create_table(
        "situations",
        sa.Column("nature", sa.String(length=30), nullable=False),
        sa.Column("libelle", sa.String(length=150), nullable=False),
        sa.Column("quotite", sa.Integer()),
        sa.Column("debut", sa.Date()),
        sa.Column("fin", sa.Date()),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("agent_id", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(length=100), nullable=False),
        sa.Column("lu_le", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["agent_id"], ["agents.id"], name="fk_situations_agent_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_situations"),
    )
    op.create_index("ix_situations_agent_id", "situations", ["agent_id"])


def downgrade() -> None:
    op.drop_table("situations")
