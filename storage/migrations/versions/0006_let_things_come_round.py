"""Let things come round that belong to no ticket."""

import sqlalchemy as sa
from alembic import op

from storage.engine import Document, Instant, Key

revision = "0006"
down_revision = "channels_and_links"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "rounds",
        sa.Column("id", Key, nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("next_due_at", Instant(), nullable=True),
        sa.Column("last_at", Instant(), nullable=True),
        sa.Column("kept", Document, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rounds")),
        sa.UniqueConstraint("name", "subject", name=op.f("uq_rounds_name_subject")),
    )
    op.create_index(
        "ix_rounds_due",
        "rounds",
        ["next_due_at"],
        postgresql_where=sa.text("next_due_at is not null"),
    )


def downgrade() -> None:
    op.drop_index("ix_rounds_due", "rounds")
    op.drop_table("rounds")
