"""What a coordinating unit is asked to do for a ticket: its own small task with its own clock."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, Index, bindparam, select, text, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import Field, col

from storage.engine import Instant, Key
from storage.rows import Row


class TaskStatus(StrEnum):
    """Where a task stands."""

    ASKED = "asked"
    ACKNOWLEDGED = "acknowledged"
    ANSWERED = "answered"
    CANCELLED = "cancelled"


STATUSES = ", ".join(f"'{status}'" for status in TaskStatus)
OPEN = (TaskStatus.ASKED, TaskStatus.ACKNOWLEDGED)
CALL = "call"
"""What `asked_by` says of a task to call somebody by phone whom no channel reached."""
UNTAKEN = "untaken"
"""The same of a task to call because nobody acknowledges an emergency; over once somebody does."""
CALLS = (CALL, UNTAKEN)


class Task(Row, table=True):
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
    """person:4, pack, call or untaken."""
    asked_at: datetime = Field(sa_type=Instant)
    answer_by: datetime | None = Field(default=None, sa_type=Instant)
    assignee_id: int | None = Field(default=None, foreign_key="people.id", sa_type=Key)
    """Who took it in the unit."""
    acknowledged_at: datetime | None = Field(default=None, sa_type=Instant)
    answered_at: datetime | None = Field(default=None, sa_type=Instant)
    answered_by: int | None = Field(default=None, foreign_key="people.id", sa_type=Key)
    answer: str = ""
    next_due_at: datetime | None = Field(default=None, sa_type=Instant)


# What every card and every tick asks is built once.

_OF_TICKET = (
    select(Task).where(col(Task.ticket_id) == bindparam("ticket_id")).order_by(col(Task.id))
)
_DUE = (
    select(col(Task.id), col(Task.ticket_id))
    .where(col(Task.next_due_at) <= bindparam("now"))
    .order_by(col(Task.next_due_at))
    .limit(bindparam("most"))
)


async def of_ticket(session: AsyncSession, ticket_id: int) -> Sequence[Task]:
    """A ticket's tasks, oldest first."""
    return (await session.execute(_OF_TICKET, {"ticket_id": ticket_id})).scalars().all()


async def by_id(session: AsyncSession, task_id: int) -> Task | None:
    """A task by its id as it stands; the lock on its ticket keeps two changes of it apart."""
    await session.flush()  # an earlier update of this transaction may have changed it
    return await session.get(Task, task_id, populate_existing=True)


async def open_of(session: AsyncSession, units: Iterable[str], limit: int = 20) -> Sequence[Task]:
    """The tasks that some units have not answered yet, the earliest due first."""
    found = await session.execute(
        select(Task)
        .where(col(Task.unit).in_(list(units)), col(Task.status).in_(OPEN))
        .order_by(col(Task.answer_by), col(Task.id))
        .limit(limit)
    )
    return found.scalars().all()


async def open_at(session: AsyncSession, ticket_id: int, units: Iterable[str]) -> Task | None:
    """What some units have still to do for a ticket: the newest."""
    found = await session.execute(
        select(Task)
        .where(
            col(Task.ticket_id) == ticket_id,
            col(Task.unit).in_(list(units)),
            col(Task.status).in_(OPEN),
        )
        .order_by(col(Task.id).desc())
        .limit(1)
    )
    return found.scalar_one_or_none()


async def taken_by(session: AsyncSession, person_id: int) -> Sequence[Task]:
    """The open tasks that a person has taken, in the order in which their tickets are locked."""
    found = await session.execute(
        select(Task)
        .where(col(Task.assignee_id) == person_id, col(Task.status).in_(OPEN))
        .order_by(col(Task.ticket_id), col(Task.id))
    )
    return found.scalars().all()


async def due(session: AsyncSession, now: datetime, limit: int) -> Sequence[tuple[int, int]]:
    """The tasks whose reminder is due, the longest waiting first: (id, ticket's id)."""
    found = await session.execute(_DUE, {"now": now, "most": limit})
    return [(task_id, ticket_id) for task_id, ticket_id in found if task_id is not None]


async def put_off(session: AsyncSession, task_id: int, until: datetime) -> None:
    """Let a task's reminder be due later."""
    await session.execute(
        update(Task)
        .where(col(Task.id) == task_id)
        .values(next_due_at=until)
        .execution_options(synchronize_session=False)
    )
