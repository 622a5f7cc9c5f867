"""What is done to many threads at once waits for a second person.

Created on 2026-12-01.
"""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"


def upgrade() -> None:
    op.create_table(
        "held_orders",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=32), nullable=False),
        sa.Column("author", sa.Integer(), nullable=False),
        sa.Column("academie", sa.String(length=3), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("asked", sa.JSON(), nullable=False),
        sa.Column("mark", sa.String(length=64), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("reader", sa.Integer()),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_held_orders"),
        sa.UniqueConstraint("name", name="uq_held_orders_name"),
    )
    op.create_index("ix_held_orders_author", "held_orders", ["author"])
    op.create_index("ix_held_orders_of", "held_orders", ["academie", "state"])


def downgrade() -> None:
    op.drop_table("held_orders")  # nothing of it had left
