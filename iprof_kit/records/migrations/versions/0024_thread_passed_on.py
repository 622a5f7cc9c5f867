"""A thread may be passed to another service than the one that follows the person.

Created on 2026-12-02.
"""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"


def upgrade() -> None:
    op.add_column("cases", sa.Column("passed_to", sa.String(length=150), nullable=True))


def downgrade() -> None:
    op.drop_column("cases", "passed_to")
