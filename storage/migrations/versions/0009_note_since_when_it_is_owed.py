"""Note on each ticket what is owed and since when."""

import sqlalchemy as sa
from alembic import op

from storage.engine import Document

revision = "0009"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("tickets", sa.Column("owed", Document, nullable=False, server_default="{}"))


def downgrade() -> None:
    op.drop_column("tickets", "owed")
