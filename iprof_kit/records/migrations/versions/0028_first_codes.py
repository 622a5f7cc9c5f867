"""The code by which somebody chooses her first password.

Created on 2026-12-03.
"""

import sqlalchemy as sa
from alembic import op

from iprof_kit.records.base import Moment

revision = "0028"
down_revision = "0027"


def upgrade() -> None:
    op.create_table(
        "first_codes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("code_hash", sa.String(length=64), nullable=False),
        sa.Column("delivery", sa.String(length=32), nullable=False),
        sa.Column("delivered_at", Moment(), nullable=False),
        sa.Column("expires_at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["accounts.id"],
            name="fk_first_codes_account_id_accounts",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_first_codes"),
        sa.UniqueConstraint("account_id", name="uq_first_codes_account_id"),
    )
    op.create_index("ix_first_codes_delivery", "first_codes", ["delivery"])


def downgrade() -> None:
    op.drop_table("first_codes")
