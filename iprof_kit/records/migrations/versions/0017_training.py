"""The plans of training that an academy gives: one row a session.

Created on 2026-11-28.
"""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"

_TEXTS = {
    "dispositif": 20, "module": 20, "groupe": 30, "session": 40, "intitule": 250, "parcours": 250,
    "theme": 120, "niveau": 60, "degre": 2, "nature": 10, "heure_debut": 5, "heure_fin": 5,
    "lieu": 120, "modalite": 10, "public": 12, "precision": 200, "folded": 800,
}  # fmt: skip
_DAYS = ("debut", "fin", "inscription_du", "inscription_au")


def upgrade() -> None:
    op.create_table(
        "training_sessions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("cle", sa.String(length=140), nullable=False),
        sa.Column("academie", sa.String(length=3), nullable=False),
        sa.Column("annee", sa.Integer(), nullable=False),
        *(sa.Column(name, sa.String(length=most), nullable=False) for name, most in _TEXTS.items()),
        *(sa.Column(name, sa.Date()) for name in _DAYS),
        sa.Column("heures", sa.Float()),
        sa.Column("imported_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_training_sessions"),
        sa.UniqueConstraint("cle", name="uq_training_sessions_cle"),
    )
    op.create_index("ix_training_sessions_plan", "training_sessions", ["academie", "annee"])


def downgrade() -> None:
    op.drop_table("training_sessions")
