"""An account says from which day it is closed, and until which it still reads.

Created on 2026-12-02.
"""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"


def upgrade() -> None:
    op.add_column("accounts", sa.Column("closed_on", sa.Date(), nullable=True))
    op.add_column("accounts", sa.Column("reads_until", sa.Date(), nullable=True))


def downgrade() -> None:
    op.drop_column("accounts", "reads_until")
    op.drop_column("accounts", "closed_on")
