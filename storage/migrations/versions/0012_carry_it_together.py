"""Carry it together: one request of several communes, and needs that communes have alike."""

import sqlalchemy as sa
from alembic import op

from storage.engine import Document, Instant, Key

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("tickets", sa.Column("need", sa.String(), nullable=False, server_default=""))
    op.add_column("tickets", sa.Column("carriers", Document, nullable=False, server_default="[]"))
    op.create_index(
        "ix_tickets_need",
        "tickets",
        ["need", "opened_at"],
        sqlite_where=sa.text("need <> ''"),
        postgresql_where=sa.text("need <> ''"),
    )
    op.create_table(
        "carriers",
        sa.Column("ticket_id", Key, nullable=False),
        sa.Column("commune", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("person_id", Key, nullable=True),
        sa.Column("contact_id", Key, nullable=True),
        sa.Column("asked_at", Instant(), nullable=False),
        sa.Column("answered_at", Instant(), nullable=True),
        sa.Column("confirmed_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(
            ["ticket_id"], ["tickets.id"], name=op.f("fk_carriers_ticket_id_tickets")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_carriers_person_id_people")
        ),
        sa.ForeignKeyConstraint(
            ["contact_id"], ["contacts.id"], name=op.f("fk_carriers_contact_id_contacts")
        ),
        sa.PrimaryKeyConstraint("ticket_id", "commune", name=op.f("pk_carriers")),
    )
    op.create_index("ix_carriers_commune", "carriers", ["commune", "state"])
    op.create_table(
        "clusters",
        sa.Column("id", Key, nullable=False),
        sa.Column("need", sa.String(), nullable=False),
        sa.Column("category", sa.String(), nullable=False),
        sa.Column("lead", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("tickets", Document, nullable=False),
        sa.Column("proposed_at", Instant(), nullable=False),
        sa.Column("decided_at", Instant(), nullable=True),
        sa.Column("by", Key, nullable=True),
        sa.ForeignKeyConstraint(["by"], ["people.id"], name=op.f("fk_clusters_by_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_clusters")),
    )
    op.create_index("ix_clusters_need", "clusters", ["need", "id"])


def downgrade() -> None:
    op.drop_index("ix_clusters_need", "clusters")
    op.drop_table("clusters")
    op.drop_index("ix_carriers_commune", "carriers")
    op.drop_table("carriers")
    op.drop_index("ix_tickets_need", "tickets")
    op.drop_column("tickets", "carriers")
    op.drop_column("tickets", "need")
