"""Let one person have several channels, and channels remember what they must."""

import sqlalchemy as sa
from alembic import op

import storage.engine

revision = "channels_and_links"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Not in batches: to make people and contacts anew, with rows that point at them, is refused.
    op.add_column("people", sa.Column("prefers", sa.String(), nullable=False, server_default=""))
    op.add_column(
        "people", sa.Column("linked", sa.Boolean(), nullable=False, server_default=sa.false())
    )
    op.add_column("contacts", sa.Column("resting_until", storage.engine.Instant(), nullable=True))
    op.create_table(
        "link_codes",
        sa.Column("person_id", storage.engine.Key, nullable=False),
        sa.Column("code_hash", sa.String(), nullable=False),
        sa.Column("expires_at", storage.engine.Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_link_codes_person_id_people")
        ),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_link_codes")),
        sa.UniqueConstraint("code_hash", name=op.f("uq_link_codes_code_hash")),
    )
    op.create_table(
        "hosted_files",
        sa.Column("token_hash", sa.String(), nullable=False),
        sa.Column("hash", sa.String(), nullable=False),
        sa.Column("mime", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("expires_at", storage.engine.Instant(), nullable=False),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_hosted_files")),
    )
    op.create_index(op.f("ix_hosted_files_expires_at"), "hosted_files", ["expires_at"])
    op.create_table(
        "channel_marks",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        sa.Column("changed_at", storage.engine.Instant(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_channel_marks")),
    )


def downgrade() -> None:
    op.drop_table("channel_marks")
    op.drop_index(op.f("ix_hosted_files_expires_at"), "hosted_files")
    op.drop_table("hosted_files")
    op.drop_table("link_codes")
    op.drop_column("contacts", "resting_until")
    op.drop_column("people", "linked")
    op.drop_column("people", "prefers")
