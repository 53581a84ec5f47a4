"""Note on each ticket what is owed and since when; find those to which nothing would happen."""

import sqlalchemy as sa
from alembic import op

from storage.engine import Document

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


FORGOTTEN = "next_due_at is null and status not in ('closed', 'cancelled')"


def upgrade() -> None:
    op.add_column("tickets", sa.Column("owed", Document, nullable=False, server_default="{}"))
    op.create_index(
        "ix_tickets_forgotten",
        "tickets",
        ["opened_at"],
        sqlite_where=sa.text(FORGOTTEN),
        postgresql_where=sa.text(FORGOTTEN),
    )


def downgrade() -> None:
    op.drop_index("ix_tickets_forgotten", "tickets")
    op.drop_column("tickets", "owed")
