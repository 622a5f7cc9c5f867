"""An affectation says the sector of its school, where the import gives it.

Created on 2026-12-02.
"""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"


def upgrade() -> None:
    op.add_column("affectations", sa.Column("secteur", sa.String(length=10), nullable=True))


def downgrade() -> None:
    op.drop_column("affectations", "secteur")
