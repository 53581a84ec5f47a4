"""Name who has a task, so that it can be handed over."""

import sqlalchemy as sa
from alembic import op

from storage.engine import Key

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("tasks") as tasks:
        tasks.add_column(sa.Column("assignee_id", Key, nullable=True))
        tasks.create_foreign_key(op.f("fk_tasks_assignee_id"), "people", ["assignee_id"], ["id"])


def downgrade() -> None:
    with op.batch_alter_table("tasks") as tasks:
        tasks.drop_constraint(op.f("fk_tasks_assignee_id"), type_="foreignkey")
        tasks.drop_column("assignee_id")
