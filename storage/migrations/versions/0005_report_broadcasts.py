"""Report broadcasts: versions of a preview, its end, and when its sender was told."""

import sqlalchemy as sa
from alembic import op

from storage.engine import Document, Instant

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

INSTANTS = ("dropped_at", "reported_at")


def upgrade() -> None:
    op.add_column(
        "broadcasts", sa.Column("version", sa.Integer(), nullable=False, server_default="1")
    )
    op.add_column("broadcasts", sa.Column("reaches", Document, nullable=False, server_default="{}"))
    for name in INSTANTS:
        op.add_column("broadcasts", sa.Column(name, Instant(), nullable=True))


def downgrade() -> None:
    for name in reversed(INSTANTS):
        op.drop_column("broadcasts", name)
    for name in ("reaches", "version"):
        op.drop_column("broadcasts", name)
