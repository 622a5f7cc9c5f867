"""The messages that the kit writes by itself, and when an account was opened by its NUMEN.

Created on 2026-11-28.
"""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    moment = sa.DateTime(timezone=True)

    def of_file(table: str) -> sa.ForeignKeyConstraint:
        return sa.ForeignKeyConstraint(
            ["numero"], ["agents.numero"], name=f"fk_{table}_numero", ondelete="CASCADE"
        )

    op.create_table(
        "kit_messages",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("numero", sa.String(length=20), nullable=False),
        sa.Column("key", sa.String(length=120), nullable=False),
        sa.Column("at", moment, nullable=False),
        of_file("kit_messages"),
        sa.PrimaryKeyConstraint("id", name="pk_kit_messages"),
        sa.UniqueConstraint("numero", "key", name="uq_kit_messages_once"),
    )
    op.create_table(
        "kit_looks",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("numero", sa.String(length=20), nullable=False),
        sa.Column("of_version", sa.Integer(), nullable=False),
        sa.Column("law", sa.String(length=16), nullable=False),
        sa.Column("again_on", sa.Date(), nullable=False),
        of_file("kit_looks"),
        sa.PrimaryKeyConstraint("id", name="pk_kit_looks"),
        sa.UniqueConstraint("numero", name="uq_kit_looks_numero"),
    )
    op.create_table(
        "kit_choices",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("numero", sa.String(length=20), nullable=False),
        sa.Column("refused", sa.String(length=200), nullable=False),
        sa.Column("chosen_at", moment, nullable=False),
        of_file("kit_choices"),
        sa.PrimaryKeyConstraint("id", name="pk_kit_choices"),
        sa.UniqueConstraint("numero", name="uq_kit_choices_numero"),
    )
    op.add_column("accounts", sa.Column("opened_at", moment, nullable=True))


def downgrade() -> None:
    op.drop_column("accounts", "opened_at")
    for table in ("kit_choices", "kit_looks", "kit_messages"):
        op.drop_table(table)
