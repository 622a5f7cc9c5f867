"""The last day of service of who left, and the codes that took the place of others.

Created on 2026-12-03.
"""

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"


def upgrade() -> None:
    op.add_column("agents", sa.Column("fin_de_service", sa.Date(), nullable=True))


def downgrade() -> None:
    op.drop_column("agents", "fin_de_service")
