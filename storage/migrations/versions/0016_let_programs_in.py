"""Keys and addresses of other programs, accounts of a sign-in service, changes of the pack."""

import sqlalchemy as sa
from alembic import op

from storage.engine import Document, Instant, Key

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "api_tokens",
        sa.Column("id", Key, nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("person_id", Key, nullable=False),
        sa.Column("scopes", Document, nullable=False),
        sa.Column("hash", sa.String(), nullable=False),
        sa.Column("made_at", Instant(), nullable=False),
        sa.Column("made_by", Key, nullable=True),
        sa.Column("used_at", Instant(), nullable=True),
        sa.Column("revoked_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_api_tokens_person_id_people")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_api_tokens")),
        sa.UniqueConstraint("hash", name=op.f("uq_api_tokens_hash")),
    )
    op.create_table(
        "api_writes",
        sa.Column("token_id", Key, nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("asked", sa.String(), nullable=False),
        sa.Column("answer", Document, nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["token_id"], ["api_tokens.id"], name=op.f("fk_api_writes_token_id_api_tokens")
        ),
        sa.PrimaryKeyConstraint("token_id", "key", name=op.f("pk_api_writes")),
    )
    op.create_index(op.f("ix_api_writes_at"), "api_writes", ["at"])
    op.create_table(
        "webhooks",
        sa.Column("id", Key, nullable=False),
        sa.Column("token_id", Key, nullable=False),
        sa.Column("url", sa.String(), nullable=False),
        sa.Column("contact_id", Key, nullable=False),
        sa.Column("made_at", Instant(), nullable=False),
        sa.Column("made_by", Key, nullable=True),
        sa.Column("stopped_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(
            ["token_id"], ["api_tokens.id"], name=op.f("fk_webhooks_token_id_api_tokens")
        ),
        sa.ForeignKeyConstraint(
            ["contact_id"], ["contacts.id"], name=op.f("fk_webhooks_contact_id_contacts")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_webhooks")),
    )
    op.create_index(op.f("ix_webhooks_token_id"), "webhooks", ["token_id"])
    op.create_table(
        "sign_in_subjects",
        sa.Column("issuer", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("person_id", Key, nullable=False),
        sa.Column("bound_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_sign_in_subjects_person_id_people")
        ),
        sa.PrimaryKeyConstraint("issuer", "subject", name=op.f("pk_sign_in_subjects")),
    )
    op.create_index(op.f("ix_sign_in_subjects_person_id"), "sign_in_subjects", ["person_id"])
    op.create_table(
        "pack_changes",
        sa.Column("id", Key, nullable=False),
        sa.Column("edits", Document, nullable=False),
        sa.Column("due_at", Instant(), nullable=False),
        sa.Column("by", Key, nullable=False),
        sa.Column("made_at", Instant(), nullable=False),
        sa.Column("ended_at", Instant(), nullable=True),
        sa.Column("version", Key, nullable=True),
        sa.Column("error", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["by"], ["people.id"], name=op.f("fk_pack_changes_by_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pack_changes")),
    )
    op.create_index(op.f("ix_pack_changes_due_at"), "pack_changes", ["due_at"])


def downgrade() -> None:
    for table in ("pack_changes", "sign_in_subjects", "webhooks", "api_writes", "api_tokens"):
        op.drop_table(table)
