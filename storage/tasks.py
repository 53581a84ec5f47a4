"""What a coordinating unit is asked to do for a ticket: its own small task with its own clock."""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, Index, select, text
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import Field, SQLModel, col

from storage.engine import Instant, Key


class TaskStatus(StrEnum):
    """Where a task stands."""

    ASKED = "asked"
    ACKNOWLEDGED = "acknowledged"
    ANSWERED = "answered"
    CANCELLED = "cancelled"


STATUSES = ", ".join(f"'{status}'" for status in TaskStatus)
OPEN = (TaskStatus.ASKED, TaskStatus.ACKNOWLEDGED)


class Task(SQLModel, table=True):
    """One unit's part in a ticket; the lead alone answers the commune."""

    __tablename__ = "tasks"
    __table_args__ = (
        CheckConstraint(f"status in ({STATUSES})", name="status"),
        Index(None, "ticket_id", "id"),
        Index(None, "unit", "status"),
        Index("ix_tasks_due", "next_due_at", postgresql_where=text("next_due_at is not null")),
    )
    id: int | None = Field(default=None, primary_key=True, sa_type=Key)
    ticket_id: int = Field(foreign_key="tickets.id", sa_type=Key)
    unit: str
    status: str = TaskStatus.ASKED
    version: int = 1
    question: str = ""
    """What the lead asks; empty where the pack alone made the unit do the work."""
    asked_by: str
    """person:4, or the pack's rule."""
    asked_at: datetime = Field(sa_type=Instant)
    answer_by: datetime | None = Field(default=None, sa_type=Instant)
    acknowledged_at: datetime | None = Field(default=None, sa_type=Instant)
    answered_at: datetime | None = Field(default=None, sa_type=Instant)
    answered_by: int | None = Field(default=None, foreign_key="people.id", sa_type=Key)
    answer: str = ""
    next_due_at: datetime | None = Field(default=None, sa_type=Instant)


async def of_ticket(session: AsyncSession, ticket_id: int) -> Sequence[Task]:
    """A ticket's tasks, oldest first."""
    found = await session.execute(
        select(Task).where(col(Task.ticket_id) == ticket_id).order_by(col(Task.id))
    )
    return found.scalars().all()
