"""What each person's daily notice told, and reminded of, last: nothing is told every day.

Created on 2026-11-28.
"""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0011"
_COLUMNS = ("told_event", "reminded_event")


def upgrade() -> None:
    for name in _COLUMNS:
        column = sa.Column(name, sa.Integer(), nullable=False, server_default="0")
        op.add_column("notice_choices", column)


def downgrade() -> None:
    for name in _COLUMNS:
        op.drop_column("notice_choices", name)
