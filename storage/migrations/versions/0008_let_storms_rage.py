"""Let storms rage: for whom the mode is on, how the communes are, which tickets run by it."""

import sqlalchemy as sa
from alembic import op

from storage.engine import Document, Instant, Key

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "storms",
        sa.Column("id", Key, nullable=False),
        sa.Column("by", Key, nullable=False),
        sa.Column("communes", Document, nullable=False),
        sa.Column("every", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("wanted", Document, nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("since", Instant(), nullable=True),
        sa.Column("until", Instant(), nullable=True),
        sa.ForeignKeyConstraint(["by"], ["people.id"], name=op.f("fk_storms_by_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_storms")),
    )
    op.create_index(
        "ix_storms_running",
        "storms",
        ["until"],
        sqlite_where=sa.text("until is null"),
        postgresql_where=sa.text("until is null"),
    )
    op.create_table(
        "storm_events",
        sa.Column("id", Key, nullable=False),
        sa.Column("storm_id", Key, nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("rule", sa.String(), nullable=False),
        sa.Column("inputs", Document, nullable=False),
        sa.ForeignKeyConstraint(
            ["storm_id"], ["storms.id"], name=op.f("fk_storm_events_storm_id_storms")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_storm_events")),
    )
    op.create_index(op.f("ix_storm_events_storm_id_id"), "storm_events", ["storm_id", "id"])
    op.create_table(
        "roll_calls",
        sa.Column("id", Key, nullable=False),
        sa.Column("storm_id", Key, nullable=False),
        sa.Column("commune", sa.String(), nullable=False),
        sa.Column("asked_at", Instant(), nullable=False),
        sa.Column("answered_at", Instant(), nullable=True),
        sa.Column("counted_at", Instant(), nullable=True),
        sa.Column("answers", Document, nullable=False),
        sa.ForeignKeyConstraint(
            ["storm_id"], ["storms.id"], name=op.f("fk_roll_calls_storm_id_storms")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_roll_calls")),
    )
    op.create_index(
        op.f("ix_roll_calls_storm_id_commune_id"), "roll_calls", ["storm_id", "commune", "id"]
    )
    op.add_column("tickets", sa.Column("storm_id", Key, nullable=True))


def downgrade() -> None:
    op.drop_column("tickets", "storm_id")
    op.drop_index(op.f("ix_roll_calls_storm_id_commune_id"), "roll_calls")
    op.drop_table("roll_calls")
    op.drop_index(op.f("ix_storm_events_storm_id_id"), "storm_events")
    op.drop_table("storm_events")
    op.drop_index("ix_storms_running", "storms")
    op.drop_table("storms")
