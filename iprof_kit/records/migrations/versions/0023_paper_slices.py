"""Slices of a paper are rows of their own; until when a place is known has its own column.

Created on 2026-12-01.
"""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"

_PAPERS = sa.table(
    "papers",
    sa.column("id", sa.Integer),
    sa.column("media_type", sa.String),
    sa.column("slices", sa.Integer),
    sa.column("content", sa.LargeBinary),
)
_SLICES = sa.table(
    "paper_slices",
    sa.column("paper_id", sa.Integer),
    sa.column("part", sa.Integer),
    sa.column("content", sa.LargeBinary),
)


def upgrade() -> None:
    op.create_table(
        "paper_slices",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("paper_id", sa.Integer(), nullable=False),
        sa.Column("part", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["paper_id"], ["papers.id"], name="fk_paper_slices_paper_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_paper_slices"),
        sa.UniqueConstraint("paper_id", "part", name="uq_paper_slices_paper_id"),
    )
    columns, link = _PAPERS.c, op.get_bind()
    begun = columns.media_type.is_(None)
    received = sa.select(columns.id, columns.slices - 1, columns.content).where(begun)
    link.execute(_SLICES.insert().from_select(["paper_id", "part", "content"], received))
    link.execute(_PAPERS.update().where(begun).values(content=b""))
    op.add_column("login_attempts", sa.Column("known_until", sa.DateTime(timezone=True)))
    op.execute(  # what never failed says that an account entered from a place
        "UPDATE login_attempts SET known_until = blocked_until, blocked_until = last_at"
        " WHERE failures = 0"
    )


def downgrade() -> None:
    link, slices = op.get_bind(), _SLICES.c
    query = sa.select(slices.content).order_by(slices.part)
    for number in link.scalars(sa.select(slices.paper_id).distinct()).all():
        received = b"".join(link.scalars(query.where(slices.paper_id == number)))
        change = _PAPERS.update().where(_PAPERS.c.id == number)
        link.execute(change.values(content=received))
    op.drop_table("paper_slices")
    op.execute(
        "UPDATE login_attempts SET blocked_until = known_until WHERE known_until IS NOT NULL"
    )
    op.drop_column("login_attempts", "known_until")
