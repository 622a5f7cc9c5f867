"""What is known of a person: her file, its history, and every write about it.

Created on 2026-11-25.
"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
TABLES = ["agents", "echelons", "positions", "affectations", "rendez_vous", "writes", "marks"]


def upgrade() -> None:
    op.create_table(
        "agents",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("numero", sa.String(length=20), nullable=False),
        sa.Column("civilite", sa.String(length=10), nullable=False),
        sa.Column("prenom", sa.String(length=100), nullable=False),
        sa.Column("nom", sa.String(length=100), nullable=False),
        sa.Column("date_naissance", sa.Date(), nullable=False),
        sa.Column("statut", sa.String(length=100), nullable=False),
        sa.Column("corps", sa.String(length=30)),
        sa.Column("libelle_corps", sa.String(length=100)),
        sa.Column("academie", sa.String(length=3), nullable=False),
        sa.Column("departement", sa.String(length=3)),
        sa.Column("entree_corps", sa.Date()),
        sa.Column("titularisation", sa.Date()),
        sa.Column("categorie_retraite", sa.String(length=30), nullable=False),
        sa.Column("rue", sa.String(length=200)),
        sa.Column("code_postal", sa.String(length=10)),
        sa.Column("ville", sa.String(length=100)),
        sa.Column("telephone", sa.String(length=30)),
        sa.Column("portable", sa.String(length=30)),
        sa.Column("courriel_personnel", sa.String(length=254)),
        sa.Column("courriel_professionnel", sa.String(length=254)),
        sa.Column("source", sa.String(length=100), nullable=False),
        sa.Column("lu_le", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_agents"),
        sa.UniqueConstraint("numero", name="uq_agents_numero"),
    )
    op.create_index("ix_agents_academie", "agents", ["academie"])
    op.create_index("ix_agents_corps", "agents", ["corps"])
    op.create_table(
        "echelons",
        sa.Column("corps", sa.String(length=30), nullable=False),
        sa.Column("grade", sa.String(length=30), nullable=False),
        sa.Column("echelon", sa.String(length=10), nullable=False),
        sa.Column("chevron", sa.String(length=5)),
        sa.Column("date_effet", sa.Date(), nullable=False),
        sa.Column("reliquat_jours", sa.Integer(), nullable=False),
        sa.Column("mode", sa.String(length=30), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("agent_id", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(length=100), nullable=False),
        sa.Column("lu_le", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["agent_id"], ["agents.id"], name="fk_echelons_agent_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_echelons"),
    )
    op.create_index("ix_echelons_agent_id", "echelons", ["agent_id"])
    op.create_table(
        "positions",
        sa.Column("position", sa.String(length=60), nullable=False),
        sa.Column("motif", sa.String(length=100)),
        sa.Column("modalite", sa.String(length=60), nullable=False),
        sa.Column("quotite", sa.Integer(), nullable=False),
        sa.Column("debut", sa.Date(), nullable=False),
        sa.Column("fin", sa.Date()),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("agent_id", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(length=100), nullable=False),
        sa.Column("lu_le", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["agent_id"], ["agents.id"], name="fk_positions_agent_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_positions"),
    )
    op.create_index("ix_positions_agent_id", "positions", ["agent_id"])
    op.create_table(
        "affectations",
        sa.Column("type", sa.String(length=60), nullable=False),
        sa.Column("uai", sa.String(length=8)),
        sa.Column("etablissement", sa.String(length=150), nullable=False),
        sa.Column("type_etablissement", sa.String(length=60), nullable=False),
        sa.Column("commune", sa.String(length=100)),
        sa.Column("fonction", sa.String(length=100), nullable=False),
        sa.Column("discipline", sa.String(length=100)),
        sa.Column("quotite", sa.Integer(), nullable=False),
        sa.Column("debut", sa.Date(), nullable=False),
        sa.Column("fin", sa.Date()),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("agent_id", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(length=100), nullable=False),
        sa.Column("lu_le", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["agent_id"], ["agents.id"], name="fk_affectations_agent_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_affectations"),
    )
    op.create_index("ix_affectations_agent_id", "affectations", ["agent_id"])
    op.create_table(
        "rendez_vous",
        sa.Column("numero", sa.Integer(), nullable=False),
        sa.Column("annee_scolaire", sa.String(length=9), nullable=False),
        sa.Column("appreciation", sa.String(length=30)),
        sa.Column("notifiee_le", sa.Date()),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("agent_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["agent_id"], ["agents.id"], name="fk_rendez_vous_agent_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_rendez_vous"),
    )
    op.create_index("ix_rendez_vous_agent_id", "rendez_vous", ["agent_id"])
    op.create_table(
        "writes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=150), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(length=60), nullable=False),
        sa.Column("subject", sa.String(length=80), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("former", sa.JSON(none_as_null=True)),
        sa.PrimaryKeyConstraint("id", name="pk_writes"),
        sa.UniqueConstraint("key", name="uq_writes_key"),
    )
    op.create_index("ix_writes_subject", "writes", ["subject"])
    op.create_table(
        "marks",
        sa.Column("name", sa.String(length=30), nullable=False),
        sa.Column("value", sa.String(length=100), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_marks"),
    )


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)
