"""The last day of service of who left, and the codes that took the place of others.

Created on 2026-12-03.
"""

import sqlalchemy as sa
from alembic import op

from iprof_kit.records.base import Moment

revision = "0030"
down_revision = "0029"


def upgrade() -> None:
    op.add_column("agents", sa.Column("fin_de_service", sa.Date(), nullable=True))
    op.create_table(
        "correspondences",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=15), nullable=False),
        sa.Column("old", sa.String(length=8), nullable=False),
        sa.Column("new", sa.String(length=8), nullable=False),
        sa.Column("name", sa.String(length=150), nullable=True),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("by", sa.String(length=60), nullable=False),
        sa.Column("opened_at", Moment(), nullable=True),
        sa.Column("applied_at", Moment(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_correspondences"),
        sa.UniqueConstraint("kind", "old", name="uq_correspondences_old"),
    )


def downgrade() -> None:
    op.drop_table("correspondences")
    op.drop_column("agents", "fin_de_service")
