"""Note what is done about people: invited, withdrawn, shut out, let in."""

import sqlalchemy as sa
from alembic import op

from storage.engine import Instant, Key

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the table."""
    op.create_table(
        "deeds",
        sa.Column("id", Key, nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("person_id", Key, nullable=True),
        sa.Column("invitation_id", Key, nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_deeds_person_id"),
        sa.ForeignKeyConstraint(
            ["invitation_id"], ["invitations.id"], name="fk_deeds_invitation_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_deeds"),
    )


def downgrade() -> None:
    """Take it away."""
    op.drop_table("deeds")
