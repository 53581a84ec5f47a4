"""Know what was solved: an index to find the like of a ticket by, and wordings for answers."""

import sqlalchemy as sa
from alembic import op

from storage.engine import Instant, Key

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
    op.create_table(
        "wordings",
        sa.Column("id", Key, nullable=False),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("category", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("by", Key, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("changed_at", Instant(), nullable=False),
        sa.Column("removed_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(["by"], ["people.id"], name=op.f("fk_wordings_by_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_wordings")),
    )
    op.create_index("ix_wordings_unit", "wordings", ["unit", "category"])


def downgrade() -> None:
    op.drop_table("wordings")
    op.drop_index("ix_tickets_solved", table_name="tickets")
