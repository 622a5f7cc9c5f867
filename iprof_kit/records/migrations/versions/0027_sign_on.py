"""Whom an account is at a provider of identities, the sessions that it opened, what serves once.

Created on 2026-12-02.
"""

import sqlalchemy as sa
from alembic import op

from iprof_kit.records.base import Moment

revision = "0027"
down_revision = "0026"


def upgrade() -> None:
    op.create_table(
        "sign_on_links",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("issuer", sa.String(length=255), nullable=False),
        sa.Column("subject", sa.String(length=255), nullable=False),
        sa.Column("linked_at", Moment(), nullable=False),
        sa.Column("linked_by", sa.String(length=60), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["accounts.id"],
            name="fk_sign_on_links_account_id_accounts",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_sign_on_links"),
        sa.UniqueConstraint("issuer", "subject", name="uq_sign_on_links_issuer"),
        sa.UniqueConstraint("account_id", "issuer", name="uq_sign_on_links_account_id"),
    )
    op.create_index("ix_sign_on_links_account_id", "sign_on_links", ["account_id"])
    op.create_table(
        "sign_on_sessions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("session_id", sa.Integer(), nullable=False),
        sa.Column("link_id", sa.Integer(), nullable=False),
        sa.Column("sid", sa.String(length=255), nullable=True),
        sa.ForeignKeyConstraint(
            ["session_id"],
            ["sessions.id"],
            name="fk_sign_on_sessions_session_id_sessions",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["link_id"],
            ["sign_on_links.id"],
            name="fk_sign_on_sessions_link_id_sign_on_links",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_sign_on_sessions"),
        sa.UniqueConstraint("session_id", name="uq_sign_on_sessions_session_id"),
    )
    op.create_index("ix_sign_on_sessions_link_id", "sign_on_sessions", ["link_id"])
    op.create_table(
        "sign_on_uses",
        sa.Column("mark", sa.String(length=64), nullable=False),
        sa.Column("expires_at", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("mark", name="pk_sign_on_uses"),
    )
    op.create_index("ix_sign_on_uses_expires_at", "sign_on_uses", ["expires_at"])


def downgrade() -> None:
    op.drop_table("sign_on_uses")
    op.drop_table("sign_on_sessions")
    op.drop_table("sign_on_links")
