"""What a person sends to her service for a campaign.

Created on 2026-11-28.
"""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"


def upgrade() -> None:
    op.create_table(
        "campaign_sendings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("numero", sa.String(length=20), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("campaign", sa.String(length=60), nullable=False),
        sa.Column("papers", sa.JSON(), nullable=False),
        sa.Column("announced", sa.JSON(), nullable=False),
        sa.Column("steps", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["numero"],
            ["agents.numero"],
            name="fk_campaign_sendings_numero_agents",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["case_id"], ["cases.id"], name="fk_campaign_sendings_case_id_cases", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_campaign_sendings"),
        sa.UniqueConstraint("case_id", name="uq_campaign_sendings_case_id"),
    )
    op.create_index("ix_campaign_sendings_numero", "campaign_sendings", ["numero"])
    op.create_index("ix_campaign_sendings_campaign", "campaign_sendings", ["campaign"])


def downgrade() -> None:
    # The threads stay: an older kit reads them as papers that were sent and answered.
    op.execute("UPDATE cases SET kind = 'pieces' WHERE kind = 'campagne'")
    op.execute("UPDATE cases SET state = 'repondu' WHERE state IN ('recevable', 'irrecevable')")
    op.execute("UPDATE case_events SET act = 'repondre' WHERE act IN ('admettre', 'ecarter')")
    op.drop_index("ix_campaign_sendings_campaign", "campaign_sendings")
    op.drop_index("ix_campaign_sendings_numero", "campaign_sendings")
    op.drop_table("campaign_sendings")
