"""How many tickets stand where at one moment, as digests and opening messages count them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, case, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from storage.queues import OPEN_NOW, overdue
from storage.tickets import OPEN, Status, Ticket

AT_WORK = tuple(status for status in OPEN if status != Status.RESOLVED)
"""Statuses in which the department has something to do, or to say one day."""


@dataclass(frozen=True, slots=True)
class OfDesk:
    """What lies before one department."""

    unit: str
    new: int
    due: int
    """Due before the day is over."""
    overdue: int
    waiting: int
    """Waiting for the commune."""


@dataclass(frozen=True, slots=True)
class Overall:
    """How the whole province stands."""

    open: int
    new: int
    overdue: int
    emergencies: int


def _count(condition: ColumnElement[bool]) -> Any:
    return func.coalesce(func.sum(case((condition, 1), else_=0)), 0)


_IS_AT_WORK = and_(OPEN_NOW, col(Ticket.status).in_(AT_WORK))


async def of_desks(session: AsyncSession, now: datetime, until: datetime) -> Sequence[OfDesk]:
    """Each unit that leads tickets which were sent to it; `until` is when the day ends (UTC)."""
    late, later = _count(overdue(now)), _count(overdue(until))
    new = _count(col(Ticket.status) == Status.NEW)
    waiting = _count(col(Ticket.status) == Status.WAITING)
    rows = await session.execute(
        select(col(Ticket.lead), new, late, later, waiting)
        .where(_IS_AT_WORK, col(Ticket.carded_at).is_not(None))
        .group_by(col(Ticket.lead))
        .order_by(col(Ticket.lead))
    )
    return [
        OfDesk(unit, new=new, due=later - late, overdue=late, waiting=waiting)
        for unit, new, late, later, waiting in rows
    ]


async def overall(session: AsyncSession, now: datetime, since: datetime) -> Overall:
    """The figures of the province; new is what was opened since an instant (UTC)."""
    emergency = col(Ticket.urgency) == "emergency"
    counted = select(func.count(), _count(overdue(now)), _count(emergency)).where(_IS_AT_WORK)
    still_open, late, emergencies = (await session.execute(counted)).one()
    fresh = select(func.count()).where(
        col(Ticket.opened_at) > since, col(Ticket.status) != Status.CANCELLED
    )
    new = (await session.execute(fresh)).scalar_one()
    return Overall(still_open, new=new, overdue=late, emergencies=emergencies)


async def overdue_by_lead(session: AsyncSession, now: datetime) -> list[tuple[str, int]]:
    """How many tickets of each department are overdue, the most first."""
    rows = await session.execute(
        select(col(Ticket.lead), func.count())
        .where(OPEN_NOW, overdue(now))
        .group_by(col(Ticket.lead))
        .order_by(func.count().desc(), col(Ticket.lead))
    )
    return [(unit, count) for unit, count in rows]


async def broken_promises(session: AsyncSession, now: datetime) -> Sequence[Ticket]:
    """Tickets past the day on which something was promised, the oldest promise first."""
    found = await session.execute(
        select(Ticket)
        .where(
            _IS_AT_WORK,
            col(Ticket.status) != Status.WAITING,
            col(Ticket.promised_at) < now,
        )
        .order_by(col(Ticket.promised_at), col(Ticket.id))
    )
    return found.scalars().all()


async def pressing(session: AsyncSession, now: datetime) -> Sequence[Ticket]:
    """Emergencies that are open and what is urgent and overdue, the oldest first."""
    urgent = and_(col(Ticket.urgency) == "urgent", overdue(now))
    found = await session.execute(
        select(Ticket).where(_IS_AT_WORK, or_(col(Ticket.urgency) == "emergency", urgent))
    )
    return sorted(found.scalars(), key=lambda ticket: (ticket.opened_at, ticket.id or 0))


async def climbing(session: AsyncSession, now: datetime) -> Sequence[Ticket]:
    """Tickets of which higher posts may have been told, the oldest first: overdue, or dangerous."""
    found = await session.execute(
        select(Ticket).where(_IS_AT_WORK, or_(overdue(now), col(Ticket.urgency) == "emergency"))
    )
    return sorted(found.scalars(), key=lambda ticket: ticket.id or 0)  # else all are walked by id
