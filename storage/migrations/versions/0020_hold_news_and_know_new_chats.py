"""Note since when a message waits for others where each one costs, and when a chat was linked."""

import sqlalchemy as sa
from alembic import op

import storage.engine

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

HELD = sa.text("held_at is not null and fate = 'pending'")


def upgrade() -> None:
    """Add the columns, empty for all that there is, and the index of what waits."""
    op.add_column("contacts", sa.Column("linked_at", storage.engine.Instant(), nullable=True))
    op.add_column("notices", sa.Column("held_at", storage.engine.Instant(), nullable=True))
    op.create_index(
        "ix_notices_held",
        "notices",
        ["person_id", "id"],
        sqlite_where=HELD,
        postgresql_where=HELD,
    )


def downgrade() -> None:
    """Take them away."""
    op.drop_column("contacts", "linked_at")
    op.drop_index("ix_notices_held", "notices")
    op.drop_column("notices", "held_at")
