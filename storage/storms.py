"""Storms: for which communes the mode is on, since when, by whom, and what was done about it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Index, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import Field, col

from storage.engine import Document, Instant, Key
from storage.people import Contact, Duty, Person, Role
from storage.rows import Row, partial_index
from storage.tickets import Ticket


class Storm(Row, table=True):
    """One storm, from its preview to its end; at most one runs at a time."""

    __tablename__ = "storms"
    __table_args__ = (partial_index("ix_storms_running", "until is null", "until"),)
    id: int | None = Field(default=None, primary_key=True, sa_type=Key)
    by: int = Field(foreign_key="people.id", sa_type=Key)
    """Who proposed it first; who confirmed what stands in its events."""
    communes: list[str] = Field(default_factory=list, sa_type=Document)
    every: int = 0
    """Hours between two roll-calls."""
    version: int = 1
    """Rises with each proposal and each confirmation; stands on the buttons."""
    wanted: dict[str, Any] = Field(default_factory=dict, sa_type=Document)
    """What waits for a confirmation: {communes, every} as they will be, or {off}; else empty."""
    created_at: datetime = Field(sa_type=Instant)
    since: datetime | None = Field(default=None, sa_type=Instant)
    """None while it is a preview that nobody has confirmed."""
    until: datetime | None = Field(default=None, sa_type=Instant)
    """None while it is on, or may still be switched on."""

    @property
    def is_on(self) -> bool:
        """Whether the mode is on."""
        return self.since is not None and self.until is None


class StormEvent(Row, table=True):
    """One thing that was done about a storm, and by whom."""

    __tablename__ = "storm_events"
    __table_args__ = (Index(None, "storm_id", "id"),)
    id: int | None = Field(default=None, primary_key=True, sa_type=Key)
    storm_id: int = Field(foreign_key="storms.id", sa_type=Key)
    at: datetime = Field(sa_type=Instant)
    kind: str
    """on, changed, off, hastened, roll_call, silence."""
    actor: str
    rule: str = ""
    """Why the clock did it; empty for what a person did."""
    inputs: dict[str, Any] = Field(default_factory=dict, sa_type=Document)


_RUNNING = (
    select(Storm)
    .where(col(Storm.since).is_not(None), col(Storm.until).is_(None))
    .order_by(col(Storm.id))
)
"""Built once: each new ticket asks it."""


async def current(session: AsyncSession) -> Storm | None:
    """The storm that is on."""
    return (await session.execute(_RUNNING)).scalars().first()


async def covering(session: AsyncSession, commune: str) -> int | None:
    """The id of the storm that is on for a commune."""
    storm = await current(session)
    return storm.id if storm is not None and commune in storm.communes else None


async def is_on(session: AsyncSession, storm_id: int) -> bool:
    """Whether this storm is still on."""
    storm = await session.get(Storm, storm_id)
    return storm is not None and storm.is_on


async def locked(session: AsyncSession, storm_id: int) -> tuple[Storm | None, Storm | None]:
    """A storm, and the one that is on; all that are not over are locked until the commit.

    Two confirmations at once find each other so, even of two previews.
    """
    found = await session.execute(
        select(Storm)
        .where(col(Storm.until).is_(None))
        .order_by(col(Storm.id))
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    open_ones = {storm.id: storm for storm in found.scalars()}
    running = next((storm for storm in open_ones.values() if storm.is_on), None)
    return open_ones.get(storm_id) or await session.get(Storm, storm_id), running


def log(
    session: AsyncSession,
    storm: Storm,
    kind: str,
    *,
    at: datetime,
    actor: str,
    rule: str = "",
    **inputs: Any,
) -> None:
    """Append one fact to a storm's history."""
    session.add(
        StormEvent(
            storm_id=storm.id or 0, at=at, kind=kind, actor=str(actor), rule=rule, inputs=inputs
        )
    )


async def events_of(session: AsyncSession, storm_id: int) -> Sequence[StormEvent]:
    """A storm's history, oldest first."""
    found = await session.execute(
        select(StormEvent).where(col(StormEvent.storm_id) == storm_id).order_by(col(StormEvent.id))
    )
    return found.scalars().all()


async def heard_of(session: AsyncSession, communes: Sequence[str]) -> dict[str, datetime | None]:
    """For each commune with somebody who reports, when one of them was last heard."""
    found = await session.execute(
        select(col(Duty.unit), func.max(Contact.heard_at))
        .join(Person, col(Person.id) == col(Duty.person_id))
        .outerjoin(Contact, col(Contact.person_id) == col(Person.id))
        .where(
            col(Duty.unit).in_(communes),
            col(Duty.role) == Role.REPORTER,
            col(Person.active).is_(True),
        )
        .group_by(col(Duty.unit))
    )
    return {row[0]: row[1] for row in found}


async def phones_of(session: AsyncSession, communes: Sequence[str]) -> dict[str, list[Person]]:
    """The people of some communes, each once, in the order in which they joined."""
    found = await session.execute(
        select(col(Duty.unit), Person)
        .join(Person, col(Person.id) == col(Duty.person_id))
        .where(
            col(Duty.unit).in_(communes),
            col(Duty.role).in_([Role.REPORTER, Role.HEAD]),
            col(Person.active).is_(True),
        )
        .order_by(col(Person.id))
    )
    people: dict[str, list[Person]] = {}
    for unit, person in found:
        known = people.setdefault(unit, [])
        if person not in known:
            known.append(person)
    return people


async def tickets_of(
    session: AsyncSession, communes: Sequence[str], statuses: Sequence[str], *, lock: bool = False
) -> Sequence[Ticket]:
    """The tickets of some communes in these statuses that run by no storm's deadlines.

    With `lock` their rows are locked until the commit: for whoever is going to change them.
    """
    wanted = (
        select(Ticket)
        .where(
            col(Ticket.commune).in_(communes),
            col(Ticket.status).in_(statuses),
            col(Ticket.storm_id).is_(None),
        )
        .order_by(col(Ticket.id))
    )
    found = await session.execute(wanted.with_for_update() if lock else wanted)
    return found.scalars().all()


async def count_since(
    session: AsyncSession, communes: Sequence[str], since: datetime
) -> dict[str, dict[str, int]]:
    """For each commune how many tickets were opened since an instant, by their status now."""
    found = await session.execute(
        select(col(Ticket.commune), col(Ticket.status), func.count())
        .where(col(Ticket.commune).in_(communes), col(Ticket.opened_at) >= since)
        .group_by(col(Ticket.commune), col(Ticket.status))
    )
    counts: dict[str, dict[str, int]] = {}
    for commune, status, number in found:
        counts.setdefault(commune, {})[status] = number
    return counts
