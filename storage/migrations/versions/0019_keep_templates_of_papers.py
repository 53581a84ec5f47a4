"""Keep the templates of Word that offices put in."""

import sqlalchemy as sa
from alembic import op

from storage.engine import Instant, Key

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the table."""
    op.create_table(
        "paper_templates",
        sa.Column("id", Key, nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("content", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("by", Key, nullable=False),
        sa.Column("put_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["by"], ["people.id"], name="fk_paper_templates_by"),
        sa.PrimaryKeyConstraint("id", name="pk_paper_templates"),
    )
    op.create_index("ix_paper_templates_kind", "paper_templates", ["kind", "unit"])


def downgrade() -> None:
    """Take it away."""
    op.drop_table("paper_templates")
