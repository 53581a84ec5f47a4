"""Let tickets live: promises, approvals, reroutes, tasks, rosters, broadcasts."""

from typing import Any

import sqlalchemy as sa
from alembic import op

from storage.engine import Document, Instant, Key

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

TICKETS: tuple[tuple[str, Any, str | None], ...] = (
    ("merged_id", Key, None),
    ("former", Document, "[]"),
    ("answered_at", Instant(), None),
    ("waiting_since", Instant(), None),
    ("promised_at", Instant(), None),
    ("pressed_at", Instant(), None),
    ("proposal", Document, "{}"),
    ("document", sa.String(), ""),
    ("rating", sa.Integer(), None),
)
"""Name, type, and what stands in the rows that are there already."""


def upgrade() -> None:
    for name, kind, default in TICKETS:
        column = sa.Column(name, kind, nullable=default is None, server_default=default)
        op.add_column("tickets", column)
    op.create_index(op.f("ix_tickets_merged_id"), "tickets", ["merged_id"])
    for table in ("duties", "invitations"):
        op.add_column(table, sa.Column("post", sa.String(), nullable=False, server_default=""))
    op.create_table(
        "tasks",
        sa.Column("id", Key, nullable=False),
        sa.Column("ticket_id", Key, nullable=False),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("question", sa.String(), nullable=False),
        sa.Column("asked_by", sa.String(), nullable=False),
        sa.Column("asked_at", Instant(), nullable=False),
        sa.Column("answer_by", Instant(), nullable=True),
        sa.Column("acknowledged_at", Instant(), nullable=True),
        sa.Column("answered_at", Instant(), nullable=True),
        sa.Column("answered_by", Key, nullable=True),
        sa.Column("answer", sa.String(), nullable=False),
        sa.Column("next_due_at", Instant(), nullable=True),
        sa.CheckConstraint(
            "status in ('asked', 'acknowledged', 'answered', 'cancelled')",
            name=op.f("ck_tasks_status"),
        ),
        sa.ForeignKeyConstraint(["ticket_id"], ["tickets.id"], name=op.f("fk_tasks_ticket_id")),
        sa.ForeignKeyConstraint(["answered_by"], ["people.id"], name=op.f("fk_tasks_answered_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tasks")),
    )
    op.create_index(op.f("ix_tasks_ticket_id_id"), "tasks", ["ticket_id", "id"])
    op.create_index(op.f("ix_tasks_unit_status"), "tasks", ["unit", "status"])
    op.create_index(
        "ix_tasks_due",
        "tasks",
        ["next_due_at"],
        postgresql_where=sa.text("next_due_at is not null"),
    )
    op.create_table(
        "shifts",
        sa.Column("id", Key, nullable=False),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("person_id", Key, nullable=False),
        sa.Column("starts_at", Instant(), nullable=False),
        sa.Column("ends_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_shifts_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shifts")),
    )
    op.create_index(op.f("ix_shifts_unit_ends_at"), "shifts", ["unit", "ends_at"])
    op.create_table(
        "absences",
        sa.Column("id", Key, nullable=False),
        sa.Column("person_id", Key, nullable=False),
        sa.Column("deputy_id", Key, nullable=True),
        sa.Column("starts_at", Instant(), nullable=False),
        sa.Column("ends_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_absences_person_id")),
        sa.ForeignKeyConstraint(["deputy_id"], ["people.id"], name=op.f("fk_absences_deputy_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_absences")),
    )
    op.create_index(op.f("ix_absences_person_id_ends_at"), "absences", ["person_id", "ends_at"])
    op.create_index(op.f("ix_absences_deputy_id_ends_at"), "absences", ["deputy_id", "ends_at"])
    op.create_table(
        "broadcasts",
        sa.Column("id", Key, nullable=False),
        sa.Column("by", Key, nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("urgent", sa.Boolean(), nullable=False),
        sa.Column("units", Document, nullable=False),
        sa.Column("receivers", sa.Integer(), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("sent_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(["by"], ["people.id"], name=op.f("fk_broadcasts_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_broadcasts")),
    )


def downgrade() -> None:
    for table in ("broadcasts", "absences", "shifts", "tasks"):
        op.drop_table(table)
    for table in ("duties", "invitations"):
        op.drop_column(table, "post")
    op.drop_index(op.f("ix_tickets_merged_id"), table_name="tickets")
    for name, _, _ in reversed(TICKETS):
        op.drop_column("tickets", name)
