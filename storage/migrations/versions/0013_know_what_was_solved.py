"""Know what was solved, wordings for answers, requests about one's own data, who looked at what."""

import sqlalchemy as sa
from alembic import op

from storage.engine import Instant, Key

revision = "0013"
down_revision = "0012"
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
    op.create_index("ix_tickets_reporter_id", "tickets", ["reporter_id"])
    op.add_column("tickets", sa.Column("origin", sa.String(), nullable=False, server_default=""))
    op.add_column("tickets", sa.Column("import_id", Key, nullable=True))
    op.create_index(
        "ix_tickets_import",
        "tickets",
        ["import_id"],
        sqlite_where=sa.text("import_id is not null"),
        postgresql_where=sa.text("import_id is not null"),
    )
    op.create_table(
        "imports",
        sa.Column("id", Key, nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("by", Key, nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["by"], ["people.id"], name=op.f("fk_imports_by_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_imports")),
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
    op.create_table(
        "data_requests",
        sa.Column("id", Key, nullable=False),
        sa.Column("person_id", Key, nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("made_at", Instant(), nullable=False),
        sa.Column("answer_by", Instant(), nullable=False),
        sa.Column("stop_by", Instant(), nullable=False),
        sa.Column("extended_at", Instant(), nullable=True),
        sa.Column("answered_at", Instant(), nullable=True),
        sa.Column("answer", sa.String(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("ended_at", Instant(), nullable=True),
        sa.Column("by", Key, nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "kind in ('delete', 'restrict', 'correct')", name=op.f("ck_data_requests_kind")
        ),
        sa.CheckConstraint(
            "outcome in ('', 'done', 'refused', 'withdrawn')",
            name=op.f("ck_data_requests_outcome"),
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_data_requests_person_id_people")
        ),
        sa.ForeignKeyConstraint(["by"], ["people.id"], name=op.f("fk_data_requests_by_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_data_requests")),
    )
    op.create_index(
        "ix_data_requests_open",
        "data_requests",
        ["answer_by"],
        sqlite_where=sa.text("ended_at is null"),
        postgresql_where=sa.text("ended_at is null"),
    )
    op.create_index(op.f("ix_data_requests_person_id"), "data_requests", ["person_id"])
    op.create_table(
        "viewings",
        sa.Column("id", Key, nullable=False),
        sa.Column("person_id", Key, nullable=False),
        sa.Column("ticket_id", Key, nullable=True),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("asked", sa.String(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_viewings_person_id_people")
        ),
        sa.ForeignKeyConstraint(
            ["ticket_id"], ["tickets.id"], name=op.f("fk_viewings_ticket_id_tickets")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_viewings")),
    )
    op.create_index(
        op.f("ix_viewings_person_id_ticket_id_id"), "viewings", ["person_id", "ticket_id", "id"]
    )
    op.create_index(op.f("ix_viewings_ticket_id_id"), "viewings", ["ticket_id", "id"])


def downgrade() -> None:
    op.drop_table("viewings")
    op.drop_table("data_requests")
    op.drop_table("wordings")
    op.drop_table("imports")
    op.drop_index("ix_tickets_import", table_name="tickets")
    op.drop_column("tickets", "import_id")
    op.drop_column("tickets", "origin")
    op.drop_index("ix_tickets_reporter_id", table_name="tickets")
    op.drop_index("ix_tickets_solved", table_name="tickets")
