"""Each commune that carries a request with others judges for itself how well it was done."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("carriers", sa.Column("rating", sa.Integer(), nullable=True))


def downgrade() -> None:
    op.drop_column("carriers", "rating")
