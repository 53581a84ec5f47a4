"""Let dead messages be counted by an index."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0013"
branch_labels = None
depends_on = None

DEAD = sa.text("fate = 'dead'")


def upgrade() -> None:
    op.create_index("ix_notices_dead", "notices", ["id"], sqlite_where=DEAD, postgresql_where=DEAD)


def downgrade() -> None:
    op.drop_index("ix_notices_dead", "notices")
