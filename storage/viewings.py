"""Who opened which ticket, and who took lists along: the access log."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import Index, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import Field, col

from storage.engine import Instant, Key
from storage.people import Person
from storage.rows import Row
from storage.tickets import Ticket

SAME_LOOK = timedelta(minutes=10)
"""Within it a page that is opened again is the same look."""


class Viewing(Row, table=True):
    """One look at one ticket, or one list that was taken along."""

    __tablename__ = "viewings"
    __table_args__ = (Index(None, "person_id", "ticket_id", "id"), Index(None, "ticket_id", "id"))
    id: int | None = Field(default=None, primary_key=True, sa_type=Key)
    person_id: int = Field(foreign_key="people.id", sa_type=Key)
    ticket_id: int | None = Field(default=None, foreign_key="tickets.id", sa_type=Key)
    """None for a list."""
    what: str
    """page, file, letter, xlsx, csv, report, own, api."""
    asked: str = ""
    """Which file or letter, or what a list was narrowed to; never what anybody wrote."""
    at: datetime = Field(sa_type=Instant)


async def is_new(
    session: AsyncSession, person: int, ticket: int, what: str, asked: str, now: datetime
) -> bool:
    """Whether the person has not just looked at the very same thing."""
    found = await session.execute(
        select(col(Viewing.id))
        .where(
            col(Viewing.person_id) == person,
            col(Viewing.ticket_id) == ticket,
            col(Viewing.what) == what,
            col(Viewing.asked) == asked,
            col(Viewing.at) > now - SAME_LOOK,
        )
        .limit(1)
    )
    return found.first() is None


async def has_looked(session: AsyncSession, person: int, ticket: int, since: datetime) -> bool:
    """Whether a person has opened a ticket's page, or anything of it, since an instant (UTC)."""
    found = await session.execute(
        select(col(Viewing.id))
        .where(
            col(Viewing.person_id) == person,
            col(Viewing.ticket_id) == ticket,
            col(Viewing.at) >= since,
        )
        .limit(1)
    )
    return found.first() is not None


async def newest(
    session: AsyncSession, *, before: int, limit: int, ticket: int | None = None
) -> Sequence[tuple[Viewing, str, str]]:
    """Looks with the person's name and the ticket's number, newest first, of one ticket or all."""
    wanted = (
        select(Viewing, col(Person.name), col(Ticket.code))
        .join(Person, col(Person.id) == col(Viewing.person_id))
        .outerjoin(Ticket, col(Ticket.id) == col(Viewing.ticket_id))
        .order_by(col(Viewing.id).desc())
        .limit(limit)
    )
    if before:
        wanted = wanted.where(col(Viewing.id) < before)
    if ticket is not None:
        wanted = wanted.where(col(Viewing.ticket_id) == ticket)
    return [(row[0], row[1], row[2] or "") for row in await session.execute(wanted)]
