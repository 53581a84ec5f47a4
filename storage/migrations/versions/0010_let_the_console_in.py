"""Let the console in: sessions of a person, and the indexes that its figures go by."""

import sqlalchemy as sa
from alembic import op

from storage.engine import Key

revision = "0010"
down_revision = "0008"
branch_labels = None
depends_on = None

BROKEN = sa.text("kind = 'promise_broken'")
OPEN = sa.text("status not in ('closed', 'cancelled')")


def upgrade() -> None:
    with op.batch_alter_table("web_sessions") as sessions:
        sessions.add_column(sa.Column("person_id", Key, nullable=True))
        sessions.create_foreign_key(
            op.f("fk_web_sessions_person_id"), "people", ["person_id"], ["id"]
        )
        sessions.create_index(op.f("ix_web_sessions_person_id"), ["person_id"])
    # Not in batches: to make tickets anew, with rows that point at them, is refused.
    op.create_index("ix_tickets_opened_at", "tickets", ["opened_at"])
    op.create_index("ix_tickets_resolved_at", "tickets", ["resolved_at"])
    op.create_index(
        "ix_tickets_open",
        "tickets",
        ["lead", "commune", "status"],
        sqlite_where=OPEN,
        postgresql_where=OPEN,
    )
    op.create_index(
        "ix_ticket_events_promise_broken",
        "ticket_events",
        ["at"],
        sqlite_where=BROKEN,
        postgresql_where=BROKEN,
    )


def downgrade() -> None:
    op.drop_index("ix_ticket_events_promise_broken", table_name="ticket_events")
    for name in ("ix_tickets_open", "ix_tickets_resolved_at", "ix_tickets_opened_at"):
        op.drop_index(name, table_name="tickets")
    with op.batch_alter_table("web_sessions") as sessions:
        sessions.drop_index(op.f("ix_web_sessions_person_id"))
        sessions.drop_constraint(op.f("fk_web_sessions_person_id"), type_="foreignkey")
        sessions.drop_column("person_id")
