"""The second reading of a correction: the value that is proposed, and the account that did.

Created on 2026-11-28.
"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    op.add_column("case_events", sa.Column("value", sa.String(length=300)))
    op.add_column("case_events", sa.Column("by_account", sa.Integer()))


def downgrade() -> None:
    # An older kit knows no correction that waits: its case is taken care of, its acts are notes.
    op.execute("UPDATE cases SET state = 'pris_en_charge' WHERE state = 'a_confirmer'")
    op.execute("UPDATE case_events SET act = 'corriger' WHERE act = 'confirmer'")
    op.execute("DELETE FROM case_events WHERE act IN ('proposer', 'renvoyer')")
    for name in ("by_account", "value"):
        op.drop_column("case_events", name)
