"""Let dead messages and used-up quotas be counted, expired files be found, each by an index."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

DEAD = sa.text("fate = 'dead'")
RESTING = sa.text("resting_until is not null")
EXPIRED = sa.text("error = 'expired' and hash is not null")


def upgrade() -> None:
    op.create_index("ix_notices_dead", "notices", ["id"], sqlite_where=DEAD, postgresql_where=DEAD)
    op.create_index(
        "ix_media_expired", "media", ["id"], sqlite_where=EXPIRED, postgresql_where=EXPIRED
    )
    op.create_index(
        "ix_contacts_resting",
        "contacts",
        ["channel", "resting_until"],
        sqlite_where=RESTING,
        postgresql_where=RESTING,
    )


def downgrade() -> None:
    op.drop_index("ix_contacts_resting", "contacts")
    op.drop_index("ix_media_expired", "media")
    op.drop_index("ix_notices_dead", "notices")
