"""Who is here: people with their duties a page at a time, and how each channel stands."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import case, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from storage.outbox import Fate, Notice
from storage.people import Contact, Duty, Person
from storage.tickets import Ticket, TicketEvent


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody in a unit."""

    person: Person
    unit: str
    role: str
    post: str
    channels: int


@dataclass(frozen=True, slots=True)
class ChannelState:
    """How a channel stands: its people, and those who hear nothing on it now."""

    channel: str
    people: int
    unreachable: int
    resting: int
    heard_at: datetime | None


async def members(
    session: AsyncSession, units: Sequence[str] | None, *, offset: int, limit: int
) -> list[Member]:
    """The people of some units (None for all), unit by unit; by `ix_duties_unit_role`."""
    reached = (
        select(func.count())
        .select_from(Contact)
        .where(col(Contact.person_id) == col(Person.id), col(Contact.reachable).is_(True))
        .scalar_subquery()
    )
    chosen = (
        select(Person, col(Duty.unit), col(Duty.role), col(Duty.post), reached)
        .join(Duty, col(Duty.person_id) == col(Person.id))
        .order_by(col(Duty.unit), col(Duty.role), col(Person.id))
        .offset(offset)
        .limit(limit)
    )
    if units is not None:
        chosen = chosen.where(col(Duty.unit).in_(units))
    return [Member(*row) for row in await session.execute(chosen)]


async def workers(session: AsyncSession, unit: str, *roles: str) -> Sequence[Person]:
    """The active people who hold one of the roles for a unit, in the order in which they joined."""
    held = select(col(Duty.person_id)).where(col(Duty.unit) == unit, col(Duty.role).in_(roles))
    found = await session.execute(
        select(Person)
        .where(col(Person.id).in_(held), col(Person.active).is_(True))
        .order_by(col(Person.id))
    )
    return found.scalars().all()


async def duties(session: AsyncSession, person_id: int) -> list[tuple[str, str]]:
    """A person's own duties: (unit, role)."""
    found = await session.execute(
        select(col(Duty.unit), col(Duty.role)).where(col(Duty.person_id) == person_id)
    )
    return [(unit, role) for unit, role in found]


async def channels(session: AsyncSession, now: datetime) -> list[ChannelState]:
    """Every channel that people use: one pass over contacts, of whom there are some thousands."""
    found = await session.execute(
        select(
            col(Contact.channel),
            func.count(),
            func.sum(case((col(Contact.reachable).is_(False), 1), else_=0)),
            func.sum(case((col(Contact.resting_until) > now, 1), else_=0)),
            func.max(col(Contact.heard_at)),
        )
        .where(col(Contact.person_id).is_not(None))
        .group_by(col(Contact.channel))
        .order_by(col(Contact.channel))
    )
    return [ChannelState(*row) for row in found]


async def undelivered(session: AsyncSession) -> dict[str, int]:
    """How many messages wait, and how many reached nobody."""
    found = await session.execute(
        select(col(Notice.fate), func.count())
        .where(col(Notice.fate).in_([Fate.PENDING, Fate.DEAD]))
        .group_by(col(Notice.fate))
    )
    return {str(fate): int(count) for fate, count in found}


async def happenings(
    session: AsyncSession, *, before: int, limit: int
) -> Sequence[tuple[TicketEvent, str]]:
    """The newest facts about tickets before one of them, each with the ticket's number.

    By the primary key.
    """
    chosen = (
        select(TicketEvent, col(Ticket.code))
        .join(Ticket, col(Ticket.id) == col(TicketEvent.ticket_id))
        .order_by(col(TicketEvent.id).desc())
        .limit(limit)
    )
    if before:
        chosen = chosen.where(col(TicketEvent.id) < before)
    return [(event, code) for event, code in await session.execute(chosen)]
