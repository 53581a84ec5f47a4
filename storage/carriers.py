"""The communes that carry one request together: who was asked, who said yes, who has confirmed."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Index, Select, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import Field, col

from storage import people
from storage.engine import Instant, Key
from storage.people import Role
from storage.rows import Row
from storage.tickets import Ticket


class Carrying(StrEnum):
    """How a commune stands to a request of several."""

    INVITED = "invited"
    CARRIES = "carries"
    DECLINED = "declined"
    LEFT = "left"


class Carrier(Row, table=True):
    """One commune of a joint request; `Ticket.carriers` names those that carry it now."""

    __tablename__ = "carriers"
    __table_args__ = (Index("ix_carriers_commune", "commune", "state"),)
    ticket_id: int = Field(foreign_key="tickets.id", primary_key=True, sa_type=Key)
    commune: str = Field(primary_key=True)
    state: str
    person_id: int | None = Field(default=None, foreign_key="people.id", sa_type=Key)
    """Who answers for the commune; None while nobody of it has said anything."""
    contact_id: int | None = Field(default=None, foreign_key="contacts.id", sa_type=Key)
    """Where that person spoke."""
    asked_at: datetime = Field(sa_type=Instant)
    answered_at: datetime | None = Field(default=None, sa_type=Instant)
    confirmed_at: datetime | None = Field(default=None, sa_type=Instant)
    """When the commune said that the result is there."""
    rating: int | None = None
    """1 to 5, of a commune other than the one that reported: that one's stands on the ticket."""


def carried_by(communes: Iterable[str]) -> Select[Any]:
    """The ids of the tickets that some communes carry for or with others."""
    return select(col(Carrier.ticket_id)).where(
        col(Carrier.commune).in_(list(communes)), col(Carrier.state) == Carrying.CARRIES
    )


async def of_ticket(
    session: AsyncSession, ticket_id: int, *, lock: bool = False
) -> dict[str, Carrier]:
    """All communes that were ever asked about a ticket, the first asked first."""
    statement = (
        select(Carrier)
        .where(col(Carrier.ticket_id) == ticket_id)
        .order_by(col(Carrier.asked_at), col(Carrier.commune))
    )
    if lock:
        statement = statement.with_for_update()
    found = (await session.execute(statement)).scalars()
    return {row.commune: row for row in found}


async def invited(session: AsyncSession, communes: Iterable[str]) -> Sequence[int]:
    """The tickets to which some communes were invited and have not answered, newest first."""
    found = await session.execute(
        select(col(Carrier.ticket_id))
        .where(col(Carrier.commune).in_(list(communes)), col(Carrier.state) == Carrying.INVITED)
        .order_by(col(Carrier.ticket_id).desc())
    )
    return list(dict.fromkeys(found.scalars()))


async def hearers(session: AsyncSession, ticket: Ticket) -> list[int]:
    """Who hears a ticket's news beside its reporter: of each commune that carries it.

    Whoever answers for the commune, or all its officials while nobody does, or that one has left.
    """
    if not ticket.carriers:
        return []
    rows = await of_ticket(session, ticket.id or 0)
    found: dict[int, None] = {}
    for commune in ticket.carriers:
        officials = await people.people_of(session, commune, Role.REPORTER)
        person = rows[commune].person_id if commune in rows else None
        those = [person] if person is not None and person in officials else officials
        found |= dict.fromkeys(those)
    found.pop(ticket.reporter_id, None)
    return list(found)


async def unconfirmed(session: AsyncSession, ticket: Ticket) -> list[str]:
    """The communes that have not confirmed the result yet, the one that reported first."""
    rows = await of_ticket(session, ticket.id or 0)
    return [
        commune
        for commune in (ticket.commune, *ticket.carriers)
        if commune not in rows or rows[commune].confirmed_at is None
    ]
