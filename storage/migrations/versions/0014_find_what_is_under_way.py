"""Find what is under way to a contact, and what went over a channel, without walking all messages."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

UNDER_WAY = sa.text("fate in ('pending', 'sending')")
ENDED = sa.text("ended_at is not null")


def upgrade() -> None:
    """Add both indexes."""
    op.create_index(
        "ix_deliveries_under_way",
        "deliveries",
        ["contact_id", "id"],
        sqlite_where=UNDER_WAY,
        postgresql_where=UNDER_WAY,
    )
    op.create_index(
        "ix_deliveries_ended",
        "deliveries",
        ["channel", "ended_at"],
        sqlite_where=ENDED,
        postgresql_where=ENDED,
    )


def downgrade() -> None:
    """Take them away."""
    op.drop_index("ix_deliveries_ended", "deliveries")
    op.drop_index("ix_deliveries_under_way", "deliveries")
