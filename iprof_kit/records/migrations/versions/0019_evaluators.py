"""Whom an evaluator may see between two days, and the opinions that she prepares.

Created on 2026-11-28.
"""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"


def upgrade() -> None:
    moment = sa.DateTime(timezone=True)
    op.create_table(
        "evaluator_portfolios",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("part", sa.String(length=10), nullable=False),
        sa.Column("academie", sa.String(length=3), nullable=False),
        sa.Column("departement", sa.String(length=3)),
        sa.Column("corps", sa.String(length=30)),
        sa.Column("uai", sa.String(length=8)),
        sa.Column("discipline", sa.String(length=100)),
        sa.Column("du", sa.Date(), nullable=False),
        sa.Column("au", sa.Date()),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["accounts.id"],
            name="fk_evaluator_portfolios_account_id",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_evaluator_portfolios"),
    )
    op.create_index("ix_evaluator_portfolios_account_id", "evaluator_portfolios", ["account_id"])
    op.create_table(
        "opinion_projects",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.Column("numero", sa.String(length=20), nullable=False),
        sa.Column("matter", sa.String(length=30), nullable=False),
        sa.Column("part", sa.String(length=10), nullable=False),
        sa.Column("begun_at", moment, nullable=False),
        sa.Column("saved_at", moment, nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("shown", sa.JSON()),
        sa.Column("shown_at", moment),
        sa.Column("seen_at", moment),
        sa.Column("erased_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["numero"], ["agents.numero"], name="fk_opinion_projects_numero", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_opinion_projects"),
        sa.UniqueConstraint("name", name="uq_opinion_projects_name"),
    )
    op.create_index("ix_opinion_projects_numero", "opinion_projects", ["numero"])
    op.create_index("ix_opinion_projects_erased_on", "opinion_projects", ["erased_on"])


def downgrade() -> None:
    for table in ("opinion_projects", "evaluator_portfolios"):
        op.drop_table(table)
