"""What one proves to be oneself with after a password, and a log-in that waits for it.

Created on 2026-12-03.
"""

import sqlalchemy as sa
from alembic import op

from iprof_kit.records.base import Moment

revision = "0029"
down_revision = "0028"


def upgrade() -> None:
    op.add_column("accounts", sa.Column("factors_removed_at", Moment(), nullable=True))
    op.add_column("account_roles", sa.Column("since", Moment(), nullable=True))
    op.add_column("sessions", sa.Column("factor_at", Moment(), nullable=True))
    op.create_table(
        "totp_keys",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("sealed", sa.String(length=255), nullable=False),
        sa.Column("last_step", sa.BigInteger(), nullable=False),
        sa.Column("added_at", Moment(), nullable=False),
        sa.Column("used_at", Moment(), nullable=True),
        _of_an_account("totp_keys"),
        sa.PrimaryKeyConstraint("id", name="pk_totp_keys"),
        sa.UniqueConstraint("account_id", name="uq_totp_keys_account_id"),
    )
    op.create_table(
        "passkeys",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("credential", sa.String(length=1400), nullable=False),
        sa.Column("public_key", sa.String(length=1400), nullable=False),
        sa.Column("signed", sa.BigInteger(), nullable=False),
        sa.Column("site", sa.String(length=255), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("added_at", Moment(), nullable=False),
        sa.Column("used_at", Moment(), nullable=True),
        _of_an_account("passkeys"),
        sa.PrimaryKeyConstraint("id", name="pk_passkeys"),
        sa.UniqueConstraint("credential", name="uq_passkeys_credential"),
    )
    op.create_index("ix_passkeys_account_id", "passkeys", ["account_id"])
    op.create_table(
        "recovery_codes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("code_hash", sa.String(length=64), nullable=False),
        sa.Column("made_at", Moment(), nullable=False),
        sa.Column("expires_at", Moment(), nullable=True),
        sa.Column("used_at", Moment(), nullable=True),
        _of_an_account("recovery_codes"),
        sa.PrimaryKeyConstraint("id", name="pk_recovery_codes"),
        sa.UniqueConstraint("code_hash", name="uq_recovery_codes_code_hash"),
    )
    op.create_index("ix_recovery_codes_account_id", "recovery_codes", ["account_id"])
    op.create_table(
        "factor_steps",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("of_version", sa.Integer(), nullable=False),
        sa.Column("expires_at", Moment(), nullable=False),
        sa.Column("way", sa.Text(), nullable=False),
        sa.Column("link_id", sa.Integer(), nullable=True),
        sa.Column("sid", sa.String(length=255), nullable=True),
        sa.Column("challenge", sa.String(length=100), nullable=True),
        sa.Column("sealed", sa.String(length=255), nullable=True),
        _of_an_account("factor_steps"),
        sa.ForeignKeyConstraint(
            ["link_id"],
            ["sign_on_links.id"],
            name="fk_factor_steps_link_id_sign_on_links",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_factor_steps"),
        sa.UniqueConstraint("token_hash", name="uq_factor_steps_token_hash"),
    )
    op.create_index("ix_factor_steps_account_id", "factor_steps", ["account_id"])
    op.create_index("ix_factor_steps_expires_at", "factor_steps", ["expires_at"])


def downgrade() -> None:
    for table in ("factor_steps", "recovery_codes", "passkeys", "totp_keys"):
        op.drop_table(table)
    op.drop_column("sessions", "factor_at")
    op.drop_column("account_roles", "since")
    op.drop_column("accounts", "factors_removed_at")


def _of_an_account(table: str) -> sa.ForeignKeyConstraint:
    name = f"fk_{table}_account_id_accounts"
    return sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=name, ondelete="CASCADE")
