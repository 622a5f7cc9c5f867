"""Bars of the movements that an academy or a union gave.

Created on 2026-11-28.
"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    op.create_table(
        "movement_bars",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("degre", sa.String(length=2), nullable=False),
        sa.Column("sens", sa.String(length=6), nullable=False),
        sa.Column("lieu", sa.String(length=3), nullable=False),
        sa.Column("discipline", sa.String(length=80), nullable=False),
        sa.Column("folded", sa.String(length=80), nullable=False),
        sa.Column("annee", sa.Integer(), nullable=False),
        sa.Column("bareme", sa.Float(), nullable=False),
        sa.Column("nb_entrants", sa.Integer()),
        sa.Column("note", sa.String(length=200), nullable=False),
        sa.Column("source", sa.String(length=300), nullable=False),
        sa.Column("confiance", sa.String(length=1), nullable=False),
        sa.Column("imported_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_movement_bars"),
        sa.UniqueConstraint(
            "degre", "sens", "lieu", "folded", "annee", name="uq_movement_bars_place_year"
        ),
    )


def downgrade() -> None:
    op.drop_table("movement_bars")
