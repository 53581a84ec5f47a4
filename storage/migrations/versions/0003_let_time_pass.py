"""Let time pass: ladders, what was last told, silence asked about again, snoozes."""

from typing import Any

import sqlalchemy as sa
from alembic import op

from storage.engine import Document, Instant

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

TICKETS: tuple[tuple[str, Any, str | None], ...] = (
    ("told_at", Instant(), None),
    ("asked_again_at", Instant(), None),
    ("ladder", Document, "{}"),
    ("snoozed_until", Instant(), None),
)
"""Name, type, and what stands in the rows that are there already."""


def upgrade() -> None:
    for name, kind, default in TICKETS:
        column = sa.Column(name, kind, nullable=default is None, server_default=default)
        op.add_column("tickets", column)


def downgrade() -> None:
    for name, _, _ in reversed(TICKETS):
        op.drop_column("tickets", name)
