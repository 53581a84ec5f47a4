"""Share one matter: what fails for many communes at once, and guidance published for all."""

import sqlalchemy as sa
from alembic import op

from storage.engine import Document, Instant, Key

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("tickets", sa.Column("subject", sa.String(), nullable=False, server_default=""))
    op.add_column(
        "tickets", sa.Column("shared", sa.Boolean(), nullable=False, server_default=sa.false())
    )
    op.create_index(
        "ix_tickets_subject",
        "tickets",
        ["subject", "opened_at"],
        sqlite_where=sa.text("subject <> ''"),
        postgresql_where=sa.text("subject <> ''"),
    )
    op.create_table(
        "outages",
        sa.Column("id", Key, nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("lead", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("proposed_at", Instant(), nullable=False),
        sa.Column("decided_at", Instant(), nullable=True),
        sa.Column("by", Key, nullable=True),
        sa.Column("ticket_id", Key, nullable=True),
        sa.ForeignKeyConstraint(["by"], ["people.id"], name=op.f("fk_outages_by_people")),
        sa.ForeignKeyConstraint(
            ["ticket_id"], ["tickets.id"], name=op.f("fk_outages_ticket_id_tickets")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outages")),
    )
    op.create_index("ix_outages_subject", "outages", ["subject", "lead", "id"])
    op.create_table(
        "guidances",
        sa.Column("id", Key, nullable=False),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("category", sa.String(), nullable=False),
        sa.Column("ticket_id", Key, nullable=False),
        sa.Column("by", Key, nullable=False),
        sa.Column("question", sa.String(), nullable=False),
        sa.Column("answer", sa.String(), nullable=False),
        sa.Column("basis", sa.String(), nullable=False),
        sa.Column("first", sa.Date(), nullable=False),
        sa.Column("last", sa.Date(), nullable=False),
        sa.Column("search", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("published_at", Instant(), nullable=True),
        sa.Column("withdrawn_at", Instant(), nullable=True),
        sa.Column("flagged_at", Instant(), nullable=True),
        sa.Column("shown", sa.Integer(), nullable=False),
        sa.Column("helped", sa.Integer(), nullable=False),
        sa.Column("thanked", Document, nullable=False),
        sa.ForeignKeyConstraint(
            ["ticket_id"], ["tickets.id"], name=op.f("fk_guidances_ticket_id_tickets")
        ),
        sa.ForeignKeyConstraint(["by"], ["people.id"], name=op.f("fk_guidances_by_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_guidances")),
    )
    op.create_index("ix_guidances_category", "guidances", ["category", "last"])


def downgrade() -> None:
    op.drop_index("ix_guidances_category", "guidances")
    op.drop_table("guidances")
    op.drop_index("ix_outages_subject", "outages")
    op.drop_table("outages")
    op.drop_index("ix_tickets_subject", "tickets")
    op.drop_column("tickets", "shared")
    op.drop_column("tickets", "subject")
