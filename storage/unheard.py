"""News of tickets that reached nobody on any channel, and wait for somebody who calls by phone."""

from collections.abc import Collection
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, func, select, text
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from storage.failures import died
from storage.outbox import Kind, Notice
from storage.people import Contact
from storage.tickets import Ticket

_DEAD = text("notices.fate = 'dead'")
"""In the words of `ix_notices_dead`, or SQLite does not take that index."""
_NEWS: ColumnElement[bool] = col(Notice.kind).not_in([Kind.EDIT, Kind.BULK])


class Unheard(NamedTuple):
    """One message about a ticket, for a person or for a unit's desk."""

    notice: int
    died: int
    """Which of its deaths this is (storage/failures.py)."""
    ticket: Ticket
    person: int | None
    desk: str | None
    since: datetime


async def of_leads(
    session: AsyncSession, leads: Collection[str] | None, *, since: datetime, most: int
) -> list[Unheard]:
    """What ended unheard since an instant (UTC) of tickets of these leads, newest first.

    `leads` is None for all of the province.
    """
    wanted = select(Notice, Ticket, col(Contact.person_id)).where(
        _DEAD, _NEWS, col(Notice.ended_at) >= since
    )
    wanted = wanted.join(Ticket, col(Ticket.id) == col(Notice.ticket_id)).outerjoin(
        Contact, col(Contact.id) == col(Notice.contact_id)
    )
    if leads is not None:
        wanted = wanted.where(col(Ticket.lead).in_(leads))
    found = await session.execute(wanted.order_by(col(Notice.id).desc()).limit(most))
    return [_unheard(notice, ticket, person) for notice, ticket, person in found]


async def of_ticket(session: AsyncSession, ticket: Ticket) -> list[Unheard]:
    """What ended unheard of one ticket, the oldest first."""
    found = await session.execute(
        select(Notice, col(Contact.person_id))
        .outerjoin(Contact, col(Contact.id) == col(Notice.contact_id))
        .where(_DEAD, _NEWS, col(Notice.ticket_id) == ticket.id)
        .order_by(col(Notice.id))
    )
    return [_unheard(notice, ticket, person) for notice, person in found]


async def count(session: AsyncSession, since: datetime) -> int:
    """How many tickets have news that ended unheard since an instant (UTC)."""
    found = await session.execute(
        select(func.count(col(Notice.ticket_id).distinct())).where(
            _DEAD, _NEWS, col(Notice.ended_at) >= since
        )
    )
    return found.scalar_one()


def _unheard(notice: Notice, ticket: Ticket, person: int | None) -> Unheard:
    return Unheard(
        notice=notice.id or 0,
        died=died(notice),
        ticket=ticket,
        person=notice.person_id or person,
        desk=notice.desk,
        since=notice.ended_at or notice.created_at,
    )
