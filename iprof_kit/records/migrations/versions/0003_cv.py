"""The CV of a person: its draft, its versions, its links.

Created on 2026-11-25.
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
TABLES = ["cvs", "cv_versions", "cv_links"]


def upgrade() -> None:
    op.create_table(
        "cvs",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("numero", sa.String(length=20), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["numero"], ["agents.numero"], name="fk_cvs_numero", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_cvs"),
        sa.UniqueConstraint("numero", name="uq_cvs_numero"),
    )
    op.create_table(
        "cv_versions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=32), nullable=False),
        sa.Column("cv_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=80), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["cv_id"], ["cvs.id"], name="fk_cv_versions_cv_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_cv_versions"),
        sa.UniqueConstraint("name", name="uq_cv_versions_name"),
    )
    op.create_index("ix_cv_versions_cv_id", "cv_versions", ["cv_id"])
    op.create_table(
        "cv_links",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=32), nullable=False),
        sa.Column("cv_version_id", sa.Integer(), nullable=False),
        sa.Column("target", sa.String(length=64), nullable=False),
        sa.Column("target_title", sa.String(length=200), nullable=False),
        sa.Column("contact", sa.Boolean(), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True)),
        sa.Column("readings", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["cv_version_id"],
            ["cv_versions.id"],
            name="fk_cv_links_cv_version_id",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_cv_links"),
        sa.UniqueConstraint("name", name="uq_cv_links_name"),
        sa.UniqueConstraint("token_hash", name="uq_cv_links_token_hash"),
    )
    op.create_index("ix_cv_links_cv_version_id", "cv_links", ["cv_version_id"])


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)
