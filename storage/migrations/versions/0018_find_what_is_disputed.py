"""Find the few tickets that a commune disputes without looking into every history."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

DISPUTED = sa.text("kind in ('doubted', 'disagreed')")


def upgrade() -> None:
    """Add the index."""
    op.create_index(
        "ix_ticket_events_disputed",
        "ticket_events",
        ["ticket_id"],
        sqlite_where=DISPUTED,
        postgresql_where=DISPUTED,
    )


def downgrade() -> None:
    """Take it away."""
    op.drop_index("ix_ticket_events_disputed", "ticket_events")
