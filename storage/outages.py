"""One failure that many communes report at once: proposed, then carried by one shared ticket."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Index, exists, literal_column, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import Field, col

from storage.engine import Instant, Key
from storage.rows import Row
from storage.tickets import OPEN, Outcome, Status, Ticket, TicketEvent

_ALIVE = [
    status for status in Status if status not in {Status.RESOLVED, Status.CLOSED, Status.CANCELLED}
]


_HAS_SUBJECT: ColumnElement[bool] = literal_column("tickets.subject <> ''")
"""In the words of `ix_tickets_subject`: else SQLite cannot know that the index holds all."""


class Outage(Row, table=True):
    """A proposal to carry several reports as one; `ticket_id` once somebody has agreed."""

    __tablename__ = "outages"
    __table_args__ = (Index("ix_outages_subject", "subject", "lead", "id"),)
    id: int | None = Field(default=None, primary_key=True, sa_type=Key)
    subject: str
    """What fails; see tickets.subjects."""
    lead: str
    version: int = 1
    """Rises with the decision; stands on the proposal's buttons."""
    proposed_at: datetime = Field(sa_type=Instant)
    decided_at: datetime | None = Field(default=None, sa_type=Instant)
    by: int | None = Field(default=None, foreign_key="people.id", sa_type=Key)
    ticket_id: int | None = Field(default=None, foreign_key="tickets.id", sa_type=Key)
    """The shared ticket; None while nobody has decided, and when it was no shared matter."""


async def by_id(session: AsyncSession, number: int) -> Outage | None:
    """A proposal, its row locked until the commit: whoever asks is going to decide it."""
    return await session.get(Outage, number, with_for_update=True)


async def newest(session: AsyncSession, subject: str, lead: str) -> Outage | None:
    """The last proposal about what fails."""
    found = await session.execute(
        select(Outage)
        .where(col(Outage.subject) == subject, col(Outage.lead) == lead)
        .order_by(col(Outage.id).desc())
        .limit(1)
    )
    return found.scalar_one_or_none()


async def alike(
    session: AsyncSession, subject: str, lead: str, since: datetime, *, lock: bool = False
) -> Sequence[Ticket]:
    """The living reports of one failure since an instant, oldest first; locked when asked.

    Never emergencies, what is restricted, what has a doubtful department, shared tickets
    themselves, nor what was taken out of one.
    """
    apart = exists().where(
        col(TicketEvent.ticket_id) == col(Ticket.id), col(TicketEvent.kind) == "unmerged"
    )
    wanted = (
        select(Ticket)
        .where(
            _HAS_SUBJECT,
            col(Ticket.subject) == subject,
            col(Ticket.lead) == lead,
            col(Ticket.opened_at) >= since,
            col(Ticket.status).in_(_ALIVE),
            col(Ticket.urgency) != "emergency",
            col(Ticket.restricted).is_(False),
            col(Ticket.tentative).is_(False),
            col(Ticket.shared).is_(False),
            ~apart,
        )
        .order_by(col(Ticket.id))
    )
    if lock:
        wanted = wanted.with_for_update().execution_options(populate_existing=True)
    return (await session.execute(wanted)).scalars().all()


async def running(session: AsyncSession, subject: str, lead: str) -> Ticket | None:
    """The shared ticket of a failure on which somebody still works, locked until the commit."""
    found = await session.execute(
        select(Ticket)
        .where(
            _HAS_SUBJECT,
            col(Ticket.subject) == subject,
            col(Ticket.lead) == lead,
            col(Ticket.shared).is_(True),
            col(Ticket.status).in_(_ALIVE),
        )
        .order_by(col(Ticket.id).desc())
        .limit(1)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    return found.scalar_one_or_none()


async def shared_ones(session: AsyncSession, leads: Sequence[str] | None) -> Sequence[Ticket]:
    """The shared tickets that are open, of some departments or of all, the newest first."""
    wanted = select(Ticket).where(col(Ticket.shared).is_(True), col(Ticket.status).in_(OPEN))
    if leads is not None:
        wanted = wanted.where(col(Ticket.lead).in_(leads))
    return (await session.execute(wanted.order_by(col(Ticket.id).desc()))).scalars().all()


async def objectors(session: AsyncSession, shared: int) -> Sequence[int]:
    """The open tickets of those for whom a shared result was none, theirs alone or shared anew."""
    subject = select(col(Ticket.subject)).where(col(Ticket.id) == shared).scalar_subquery()
    found = await session.execute(
        select(col(Ticket.id))
        .where(
            _HAS_SUBJECT,
            col(Ticket.subject) == subject,
            col(Ticket.linked_id) == shared,
            col(Ticket.status).in_(OPEN),
        )
        .order_by(col(Ticket.id))
    )
    return [number for number in found.scalars() if number is not None]


async def communes(session: AsyncSession, shared: int) -> Sequence[str]:
    """The communes whose reports a shared ticket carries, each once, the first to report first."""
    found = await session.execute(
        select(col(Ticket.commune)).where(col(Ticket.merged_id) == shared).order_by(col(Ticket.id))
    )
    return list(dict.fromkeys(found.scalars()))


async def left(session: AsyncSession, shared: int) -> Sequence[str]:
    """How the reports stand that a shared ticket carries: merged, or confirmed by the commune."""
    found = await session.execute(
        select(col(Ticket.outcome)).where(col(Ticket.merged_id) == shared)
    )
    return [outcome or Outcome.MERGED for outcome in found.scalars()]
