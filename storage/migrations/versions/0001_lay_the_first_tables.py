"""Lay the first tables."""

import sqlalchemy as sa
from alembic import op

import storage.engine

FACTS = ("ticket_id", "at", "kind", "actor", "rule")
revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "counters",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("value", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_counters")),
    )
    op.create_table(
        "inbox",
        sa.Column("id", storage.engine.Key, nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("fate", sa.String(), nullable=False),
        sa.Column("received_at", storage.engine.Instant(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("group_key", sa.String(), nullable=True),
        sa.Column("due_at", storage.engine.Instant(), nullable=True),
        sa.Column("ticket_id", storage.engine.Key, nullable=True),
        sa.Column("payload", storage.engine.Document, nullable=True),
        sa.Column("error", sa.String(), nullable=False),
        sa.CheckConstraint("fate in ('done', 'parked', 'set_aside')", name=op.f("ck_inbox_fate")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inbox")),
        sa.UniqueConstraint("channel", "key", name=op.f("uq_inbox_channel_key")),
    )
    with op.batch_alter_table("inbox", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_inbox_channel_group_key"), ["channel", "group_key"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_inbox_fate_due_at"), ["fate", "due_at"], unique=False)

    op.create_table(
        "notices",
        sa.Column("id", storage.engine.Key, nullable=False),
        sa.Column("kind", sa.Integer(), nullable=False),
        sa.Column("contact_id", storage.engine.Key, nullable=True),
        sa.Column("person_id", storage.engine.Key, nullable=True),
        sa.Column("desk", sa.String(), nullable=True),
        sa.Column("ticket_id", storage.engine.Key, nullable=True),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("buttons", storage.engine.Document, nullable=False),
        sa.Column("numbered", sa.Boolean(), nullable=False),
        sa.Column("media", storage.engine.Document, nullable=False),
        sa.Column("replace_key", sa.String(), nullable=True),
        sa.Column("created_at", storage.engine.Instant(), nullable=False),
        sa.Column("not_before", storage.engine.Instant(), nullable=False),
        sa.Column("expires_at", storage.engine.Instant(), nullable=True),
        sa.Column("fate", sa.String(), nullable=False),
        sa.Column("ended_at", storage.engine.Instant(), nullable=True),
        sa.Column("error", sa.String(), nullable=False),
        sa.CheckConstraint(
            "fate in ('pending', 'sending', 'delivered', 'expired', 'cancelled', 'unknown', 'dead')",
            name=op.f("ck_notices_fate"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notices")),
    )
    with op.batch_alter_table("notices", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_notices_replace_key"), ["replace_key"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_notices_ticket_id_id"), ["ticket_id", "id"], unique=False
        )
        batch_op.create_index(
            "ix_notices_waiting",
            ["not_before", "kind", "id"],
            unique=False,
            sqlite_where=sa.text("fate = 'pending'"),
            postgresql_where=sa.text("fate = 'pending'"),
        )

    op.create_table(
        "pack_versions",
        sa.Column("id", storage.engine.Key, nullable=False),
        sa.Column("province", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("content", sa.String(), nullable=False),
        sa.Column("applied_at", storage.engine.Instant(), nullable=False),
        sa.Column("applied_by", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pack_versions")),
    )
    op.create_table(
        "people",
        sa.Column("id", storage.engine.Key, nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("phone", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("made_up", sa.Boolean(), nullable=False),
        sa.Column("joined_at", storage.engine.Instant(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_people")),
    )
    op.create_table(
        "contacts",
        sa.Column("id", storage.engine.Key, nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("is_group", sa.Boolean(), nullable=False),
        sa.Column("person_id", storage.engine.Key, nullable=True),
        sa.Column("desk_of", sa.String(), nullable=True),
        sa.Column("reachable", sa.Boolean(), nullable=False),
        sa.Column("heard_at", storage.engine.Instant(), nullable=True),
        sa.Column("wrong_codes", sa.Integer(), nullable=False),
        sa.Column("wrong_since", storage.engine.Instant(), nullable=True),
        sa.Column("turned_away_at", storage.engine.Instant(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_contacts_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contacts")),
        sa.UniqueConstraint("channel", "address", name=op.f("uq_contacts_channel_address")),
    )
    with op.batch_alter_table("contacts", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_contacts_desk_of"), ["desk_of"], unique=False)
        batch_op.create_index(batch_op.f("ix_contacts_person_id"), ["person_id"], unique=False)

    op.create_table(
        "duties",
        sa.Column("person_id", storage.engine.Key, nullable=False),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("since", storage.engine.Instant(), nullable=False),
        sa.CheckConstraint(
            "role in ('reporter', 'staff', 'head', 'coordinator', 'leader', 'admin', 'desk')",
            name=op.f("ck_duties_role"),
        ),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_duties_person_id")),
        sa.PrimaryKeyConstraint("person_id", "unit", "role", name=op.f("pk_duties")),
    )
    with op.batch_alter_table("duties", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_duties_unit_role"), ["unit", "role"], unique=False)

    op.create_table(
        "invitations",
        sa.Column("id", storage.engine.Key, nullable=False),
        sa.Column("code_hash", sa.String(), nullable=False),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("phone", sa.String(), nullable=False),
        sa.Column("made_up", sa.Boolean(), nullable=False),
        sa.Column("created_at", storage.engine.Instant(), nullable=False),
        sa.Column("expires_at", storage.engine.Instant(), nullable=False),
        sa.Column("used_at", storage.engine.Instant(), nullable=True),
        sa.Column("used_by", storage.engine.Key, nullable=True),
        sa.CheckConstraint(
            "role in ('reporter', 'staff', 'head', 'coordinator', 'leader', 'admin', 'desk')",
            name=op.f("ck_invitations_role"),
        ),
        sa.ForeignKeyConstraint(["used_by"], ["people.id"], name=op.f("fk_invitations_used_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitations")),
        sa.UniqueConstraint("code_hash", name=op.f("uq_invitations_code_hash")),
    )
    op.create_table(
        "one_time_links",
        sa.Column("token_hash", sa.String(), nullable=False),
        sa.Column("purpose", sa.String(), nullable=False),
        sa.Column("person_id", storage.engine.Key, nullable=False),
        sa.Column("expires_at", storage.engine.Instant(), nullable=False),
        sa.Column("used_at", storage.engine.Instant(), nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_one_time_links_person_id")
        ),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_one_time_links")),
    )
    op.create_table(
        "conversations",
        sa.Column("contact_id", storage.engine.Key, nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("draft", storage.engine.Document, nullable=False),
        sa.Column("ticket_id", storage.engine.Key, nullable=True),
        sa.Column("spoke_at", storage.engine.Instant(), nullable=True),
        sa.Column("lines", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["contact_id"], ["contacts.id"], name=op.f("fk_conversations_contact_id")
        ),
        sa.PrimaryKeyConstraint("contact_id", name=op.f("pk_conversations")),
    )
    op.create_table(
        "deliveries",
        sa.Column("id", storage.engine.Key, nullable=False),
        sa.Column("notice_id", storage.engine.Key, nullable=False),
        sa.Column("contact_id", storage.engine.Key, nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("ticket_id", storage.engine.Key, nullable=True),
        sa.Column("kind", sa.Integer(), nullable=False),
        sa.Column("part", storage.engine.Document, nullable=False),
        sa.Column("edits", sa.String(), nullable=True),
        sa.Column("not_before", storage.engine.Instant(), nullable=False),
        sa.Column("expires_at", storage.engine.Instant(), nullable=True),
        sa.Column("lease_until", storage.engine.Instant(), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("fate", sa.String(), nullable=False),
        sa.Column("receipt", sa.String(), nullable=True),
        sa.Column("ended_at", storage.engine.Instant(), nullable=True),
        sa.Column("error", sa.String(), nullable=False),
        sa.CheckConstraint(
            "fate in ('pending', 'sending', 'delivered', 'expired', 'cancelled', 'unknown', 'dead')",
            name=op.f("ck_deliveries_fate"),
        ),
        sa.ForeignKeyConstraint(
            ["contact_id"], ["contacts.id"], name=op.f("fk_deliveries_contact_id")
        ),
        sa.ForeignKeyConstraint(
            ["notice_id"], ["notices.id"], name=op.f("fk_deliveries_notice_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deliveries")),
    )
    with op.batch_alter_table("deliveries", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_deliveries_contact_id_id"), ["contact_id", "id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_deliveries_contact_id_receipt"), ["contact_id", "receipt"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_deliveries_notice_id"), ["notice_id"], unique=False)
        batch_op.create_index(
            "ix_deliveries_waiting",
            ["not_before", "kind", "id"],
            unique=False,
            sqlite_where=sa.text("fate in ('pending', 'sending')"),
            postgresql_where=sa.text("fate in ('pending', 'sending')"),
        )

    op.create_table(
        "tickets",
        sa.Column("id", storage.engine.Key, nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=True),
        sa.Column("category", sa.String(), nullable=False),
        sa.Column("lead", sa.String(), nullable=False),
        sa.Column("coordinating", storage.engine.Document, nullable=False),
        sa.Column("operator", sa.String(), nullable=True),
        sa.Column("urgency", sa.String(), nullable=False),
        sa.Column("tentative", sa.Boolean(), nullable=False),
        sa.Column("restricted", sa.Boolean(), nullable=False),
        sa.Column("commune", sa.String(), nullable=False),
        sa.Column("reporter_id", storage.engine.Key, nullable=False),
        sa.Column("contact_id", storage.engine.Key, nullable=False),
        sa.Column("assignee_id", storage.engine.Key, nullable=True),
        sa.Column("linked_id", storage.engine.Key, nullable=True),
        sa.Column("summary", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("lat", sa.Float(), nullable=True),
        sa.Column("lon", sa.Float(), nullable=True),
        sa.Column("files", sa.Integer(), nullable=False),
        sa.Column("answers", storage.engine.Document, nullable=False),
        sa.Column("verdict", storage.engine.Document, nullable=False),
        sa.Column("pack_version", sa.Integer(), nullable=False),
        sa.Column("opened_at", storage.engine.Instant(), nullable=False),
        sa.Column("carded_at", storage.engine.Instant(), nullable=True),
        sa.Column("acknowledge_by", storage.engine.Instant(), nullable=True),
        sa.Column("answer_by", storage.engine.Instant(), nullable=True),
        sa.Column("result_by", storage.engine.Instant(), nullable=True),
        sa.Column("acknowledged_at", storage.engine.Instant(), nullable=True),
        sa.Column("resolved_at", storage.engine.Instant(), nullable=True),
        sa.Column("closed_at", storage.engine.Instant(), nullable=True),
        sa.Column("next_due_at", storage.engine.Instant(), nullable=True),
        sa.Column("next_step", sa.String(), nullable=True),
        sa.Column("resolution", sa.String(), nullable=False),
        sa.Column("reopened", sa.Integer(), nullable=False),
        sa.Column("search", sa.String(), nullable=False),
        sa.CheckConstraint(
            "outcome is null or outcome in ('confirmed', 'unconfirmed', 'out_of_competence', 'merged')",
            name=op.f("ck_tickets_outcome"),
        ),
        sa.CheckConstraint(
            "status in ('new', 'acknowledged', 'in_progress', 'waiting', 'planned', 'awaiting_guidance', 'resolved', 'closed', 'cancelled')",
            name=op.f("ck_tickets_status"),
        ),
        sa.CheckConstraint(
            "urgency in ('emergency', 'urgent', 'normal', 'low')", name=op.f("ck_tickets_urgency")
        ),
        sa.ForeignKeyConstraint(
            ["assignee_id"], ["people.id"], name=op.f("fk_tickets_assignee_id")
        ),
        sa.ForeignKeyConstraint(
            ["contact_id"], ["contacts.id"], name=op.f("fk_tickets_contact_id")
        ),
        sa.ForeignKeyConstraint(["linked_id"], ["tickets.id"], name=op.f("fk_tickets_linked_id")),
        sa.ForeignKeyConstraint(
            ["reporter_id"], ["people.id"], name=op.f("fk_tickets_reporter_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tickets")),
        sa.UniqueConstraint("code", name=op.f("uq_tickets_code")),
    )
    with op.batch_alter_table("tickets", schema=None) as batch_op:
        batch_op.create_index("ix_tickets_commune", ["commune", "status", "id"], unique=False)
        batch_op.create_index(
            "ix_tickets_due",
            ["next_due_at"],
            unique=False,
            postgresql_where=sa.text("next_due_at is not null"),
        )
        batch_op.create_index("ix_tickets_lead", ["lead", "status", "id"], unique=False)

    op.create_table(
        "web_lines",
        sa.Column("contact_id", storage.engine.Key, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("changed", sa.Integer(), nullable=False),
        sa.Column("mine", sa.Boolean(), nullable=False),
        sa.Column("at", storage.engine.Instant(), nullable=False),
        sa.Column("body", storage.engine.Document, nullable=False),
        sa.Column("delivery_id", storage.engine.Key, nullable=True),
        sa.Column("ticket_id", storage.engine.Key, nullable=True),
        sa.Column("seen_at", storage.engine.Instant(), nullable=True),
        sa.ForeignKeyConstraint(
            ["contact_id"], ["contacts.id"], name=op.f("fk_web_lines_contact_id")
        ),
        sa.PrimaryKeyConstraint("contact_id", "number", name=op.f("pk_web_lines")),
        sa.UniqueConstraint("delivery_id", name=op.f("uq_web_lines_delivery_id")),
    )
    with op.batch_alter_table("web_lines", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_web_lines_contact_id_changed"), ["contact_id", "changed"], unique=False
        )

    op.create_table(
        "web_sessions",
        sa.Column("id_hash", sa.String(), nullable=False),
        sa.Column("contact_id", storage.engine.Key, nullable=False),
        sa.Column("csrf", sa.String(), nullable=False),
        sa.Column("created_at", storage.engine.Instant(), nullable=False),
        sa.Column("used_at", storage.engine.Instant(), nullable=False),
        sa.Column("revoked_at", storage.engine.Instant(), nullable=True),
        sa.ForeignKeyConstraint(
            ["contact_id"], ["contacts.id"], name=op.f("fk_web_sessions_contact_id")
        ),
        sa.PrimaryKeyConstraint("id_hash", name=op.f("pk_web_sessions")),
    )
    with op.batch_alter_table("web_sessions", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_web_sessions_contact_id"), ["contact_id"], unique=False
        )

    op.create_table(
        "media",
        sa.Column("id", storage.engine.Key, nullable=False),
        sa.Column("ticket_id", storage.engine.Key, nullable=True),
        sa.Column("contact_id", storage.engine.Key, nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("mime", sa.String(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("hash", sa.String(), nullable=True),
        sa.Column("taken_at", storage.engine.Instant(), nullable=True),
        sa.Column("lat", sa.Float(), nullable=True),
        sa.Column("lon", sa.Float(), nullable=True),
        sa.Column("fate", sa.String(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("not_before", storage.engine.Instant(), nullable=False),
        sa.Column("lease_until", storage.engine.Instant(), nullable=True),
        sa.Column("created_at", storage.engine.Instant(), nullable=False),
        sa.Column("error", sa.String(), nullable=False),
        sa.CheckConstraint("fate in ('pending', 'kept', 'lost')", name=op.f("ck_media_fate")),
        sa.ForeignKeyConstraint(["contact_id"], ["contacts.id"], name=op.f("fk_media_contact_id")),
        sa.ForeignKeyConstraint(["ticket_id"], ["tickets.id"], name=op.f("fk_media_ticket_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_media")),
    )
    with op.batch_alter_table("media", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_media_hash"), ["hash"], unique=False)
        batch_op.create_index(
            "ix_media_pending",
            ["not_before", "id"],
            unique=False,
            sqlite_where=sa.text("fate = 'pending'"),
            postgresql_where=sa.text("fate = 'pending'"),
        )
        batch_op.create_index(batch_op.f("ix_media_ticket_id"), ["ticket_id"], unique=False)

    op.create_table(
        "ticket_events",
        sa.Column("id", storage.engine.Key, nullable=False),
        sa.Column("ticket_id", storage.engine.Key, nullable=False),
        sa.Column("at", storage.engine.Instant(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("rule", sa.String(), nullable=False),
        sa.Column("inputs", storage.engine.Document, nullable=False),
        sa.ForeignKeyConstraint(
            ["ticket_id"], ["tickets.id"], name=op.f("fk_ticket_events_ticket_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ticket_events")),
    )
    with op.batch_alter_table("ticket_events", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_ticket_events_ticket_id_id"), ["ticket_id", "id"], unique=False
        )

    _refuse_changes_of_events()


def downgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP TRIGGER ticket_events_append_only ON ticket_events")
        op.execute("DROP FUNCTION refuse_change_of_event")
    else:
        op.execute("DROP TRIGGER ticket_events_no_update")
        op.execute("DROP TRIGGER ticket_events_no_delete")
    with op.batch_alter_table("ticket_events", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_ticket_events_ticket_id_id"))

    op.drop_table("ticket_events")
    with op.batch_alter_table("media", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_media_ticket_id"))
        batch_op.drop_index(
            "ix_media_pending",
            sqlite_where=sa.text("fate = 'pending'"),
            postgresql_where=sa.text("fate = 'pending'"),
        )
        batch_op.drop_index(batch_op.f("ix_media_hash"))

    op.drop_table("media")
    with op.batch_alter_table("web_sessions", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_web_sessions_contact_id"))

    op.drop_table("web_sessions")
    with op.batch_alter_table("web_lines", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_web_lines_contact_id_changed"))

    op.drop_table("web_lines")
    with op.batch_alter_table("tickets", schema=None) as batch_op:
        batch_op.drop_index("ix_tickets_lead")
        batch_op.drop_index("ix_tickets_due", postgresql_where=sa.text("next_due_at is not null"))
        batch_op.drop_index("ix_tickets_commune")

    op.drop_table("tickets")
    with op.batch_alter_table("deliveries", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_deliveries_waiting",
            sqlite_where=sa.text("fate in ('pending', 'sending')"),
            postgresql_where=sa.text("fate in ('pending', 'sending')"),
        )
        batch_op.drop_index(batch_op.f("ix_deliveries_notice_id"))
        batch_op.drop_index(batch_op.f("ix_deliveries_contact_id_receipt"))
        batch_op.drop_index(batch_op.f("ix_deliveries_contact_id_id"))

    op.drop_table("deliveries")
    op.drop_table("conversations")
    op.drop_table("one_time_links")
    op.drop_table("invitations")
    with op.batch_alter_table("duties", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_duties_unit_role"))

    op.drop_table("duties")
    with op.batch_alter_table("contacts", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_contacts_person_id"))
        batch_op.drop_index(batch_op.f("ix_contacts_desk_of"))

    op.drop_table("contacts")
    op.drop_table("people")
    op.drop_table("pack_versions")
    with op.batch_alter_table("notices", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_notices_waiting",
            sqlite_where=sa.text("fate = 'pending'"),
            postgresql_where=sa.text("fate = 'pending'"),
        )
        batch_op.drop_index(batch_op.f("ix_notices_ticket_id_id"))
        batch_op.drop_index(batch_op.f("ix_notices_replace_key"))

    op.drop_table("notices")
    with op.batch_alter_table("inbox", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_inbox_fate_due_at"))
        batch_op.drop_index(batch_op.f("ix_inbox_channel_group_key"))

    op.drop_table("inbox")
    op.drop_table("counters")


def _refuse_changes_of_events() -> None:
    """A fact once written stays; only its inputs can be purged, for personal data and secrets."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute("""
            CREATE FUNCTION refuse_change_of_event() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN RAISE EXCEPTION 'ticket events are append-only'; END $$
        """)
        op.execute(f"""
            CREATE TRIGGER ticket_events_append_only
            BEFORE DELETE OR UPDATE OF id, {", ".join(FACTS)} ON ticket_events
            FOR EACH ROW EXECUTE FUNCTION refuse_change_of_event()
        """)
        return
    refuse = "BEGIN SELECT RAISE(ABORT, 'ticket events are append-only'); END"
    op.execute(f"""
        CREATE TRIGGER ticket_events_no_update
        BEFORE UPDATE OF id, {", ".join(FACTS)} ON ticket_events {refuse}
    """)
    op.execute(f"CREATE TRIGGER ticket_events_no_delete BEFORE DELETE ON ticket_events {refuse}")
