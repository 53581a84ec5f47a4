"""Know what was solved: the index by which a ticket's page finds the like of it."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0011"
branch_labels = None
depends_on = None

SOLVED = sa.text("resolution <> ''")


def upgrade() -> None:
    op.create_index(
        "ix_tickets_solved",
        "tickets",
        ["lead", "category", "id"],
        sqlite_where=SOLVED,
        postgresql_where=SOLVED,
    )


def downgrade() -> None:
    op.drop_index("ix_tickets_solved", table_name="tickets")
