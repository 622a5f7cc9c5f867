"""Lessons played live: where each stands, the marks of its phones, their answers.

Created on 2026-11-28.
"""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"


def upgrade() -> None:
    moment = sa.DateTime(timezone=True)
    op.create_table(
        "live_lessons",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=8), nullable=False),
        sa.Column("opened_at", moment, nullable=False),
        sa.Column("touched_at", moment, nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("launched", sa.Boolean(), nullable=False),
        sa.Column("screen", sa.Integer(), nullable=False),
        sa.Column("revealed", sa.Boolean(), nullable=False),
        sa.Column("closes_at", moment),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["accounts.id"],
            name="fk_live_lessons_account_id_accounts",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_live_lessons"),
        sa.UniqueConstraint("account_id", name="uq_live_lessons_account_id"),
        sa.UniqueConstraint("code", name="uq_live_lessons_code"),
    )
    op.create_index("ix_live_lessons_touched_at", "live_lessons", ["touched_at"])
    op.create_table(
        "lesson_phones",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("lesson_id", sa.Integer(), nullable=False),
        sa.Column("mark_hash", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["lesson_id"],
            ["live_lessons.id"],
            name="fk_lesson_phones_lesson_id_live_lessons",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_lesson_phones"),
        sa.UniqueConstraint("mark_hash", name="uq_lesson_phones_mark_hash"),
    )
    op.create_index("ix_lesson_phones_lesson_id", "lesson_phones", ["lesson_id"])
    op.create_table(
        "lesson_answers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("phone_id", sa.Integer(), nullable=False),
        sa.Column("screen", sa.Integer(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["phone_id"],
            ["lesson_phones.id"],
            name="fk_lesson_answers_phone_id_lesson_phones",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_lesson_answers"),
        sa.UniqueConstraint("phone_id", "screen", name="uq_lesson_answers_phone_id"),
    )


def downgrade() -> None:
    for table in ("lesson_answers", "lesson_phones", "live_lessons"):
        op.drop_table(table)
