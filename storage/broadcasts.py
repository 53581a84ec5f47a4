"""One message of the coordinator to many units, from its preview to its count."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import Field, col

from storage.engine import Document, Instant, Key
from storage.outbox import Fate, Notice
from storage.people import Contact, Duty, Person, Role
from storage.rows import Row


class Broadcast(Row, table=True):
    """What was said to which units; it goes out only once somebody has confirmed the preview."""

    __tablename__ = "broadcasts"
    id: int | None = Field(default=None, primary_key=True, sa_type=Key)
    by: int = Field(foreign_key="people.id", sa_type=Key)
    text: str
    urgent: bool = False
    units: list[Any] = Field(default_factory=list, sa_type=Document)
    """The units' codes."""
    reaches: dict[str, list[str]] = Field(default_factory=dict, sa_type=Document)
    """For each person or group that was written to, the units for which they stand."""
    receivers: int = 0
    """How many people and groups were written to."""
    version: int = 1
    """Rises with each edit of the preview; stands on its buttons."""
    created_at: datetime = Field(sa_type=Instant)
    sent_at: datetime | None = Field(default=None, sa_type=Instant)
    dropped_at: datetime | None = Field(default=None, sa_type=Instant)
    reported_at: datetime | None = Field(default=None, sa_type=Instant)
    """When the sender was told how it went."""


async def by_id(session: AsyncSession, broadcast_id: int) -> Broadcast | None:
    """A broadcast, its row locked until the commit: whoever asks is going to end it."""
    return await session.get(Broadcast, broadcast_id, with_for_update=True)


async def shown(session: AsyncSession, broadcast_id: int) -> Broadcast | None:
    """A broadcast to be looked at."""
    return await session.get(Broadcast, broadcast_id)


async def newest(session: AsyncSession, limit: int) -> Sequence[Broadcast]:
    """The newest broadcasts, by their primary key."""
    found = await session.execute(select(Broadcast).order_by(col(Broadcast.id).desc()).limit(limit))
    return found.scalars().all()


_UNREPORTED = select(col(Broadcast.id)).where(
    col(Broadcast.sent_at).is_not(None), col(Broadcast.reported_at).is_(None)
)
"""Built once, as every tick asks it."""


async def unreported(session: AsyncSession) -> Sequence[int]:
    """The broadcasts that went out and whose sender does not know yet how they went."""
    found = await session.execute(_UNREPORTED)
    return [number for number in found.scalars() if number is not None]


def key_of(broadcast_id: int) -> str:
    """The name that all notices of a broadcast share."""
    return f"broadcast:{broadcast_id}"


async def fates(session: AsyncSession, broadcast_id: int) -> Sequence[tuple[str, str]]:
    """For each notice of a broadcast whom it was for, as `reaches` names them, and its fate."""
    found = await session.execute(
        select(col(Notice.person_id), col(Notice.contact_id), col(Notice.fate))
        .where(col(Notice.replace_key) == key_of(broadcast_id))
        .order_by(col(Notice.id))
    )
    return [
        (f"person:{person}" if person is not None else f"contact:{contact}", fate)
        for person, contact, fate in found
    ]


async def are_over(session: AsyncSession, broadcast_id: int) -> bool:
    """Whether every notice of a broadcast has ended."""
    stand = await fates(session, broadcast_id)
    return not any(fate in {Fate.PENDING, Fate.SENDING} for _, fate in stand)


async def reporters(session: AsyncSession, units: Sequence[str]) -> dict[int, list[str]]:
    """Who reports for some communes, and for which."""
    return await _people(session, units, (Role.REPORTER,))


async def officials(session: AsyncSession, units: Sequence[str]) -> dict[int, list[str]]:
    """Who works for some departments, and for which."""
    return await _people(session, units, (Role.STAFF, Role.HEAD))


async def _people(
    session: AsyncSession, units: Sequence[str], roles: Sequence[Role]
) -> dict[int, list[str]]:
    rows = await session.execute(
        select(col(Duty.person_id), col(Duty.unit))
        .join(Person, col(Person.id) == col(Duty.person_id))
        .where(
            col(Duty.unit).in_(list(units)),
            col(Duty.role).in_([str(role) for role in roles]),
            col(Person.active).is_(True),
        )
        .distinct()
        .order_by(col(Duty.person_id), col(Duty.unit))
    )
    found: dict[int, list[str]] = {}
    for person, unit in rows:
        found.setdefault(person, []).append(unit)
    return found


async def groups(session: AsyncSession, units: Sequence[str]) -> dict[int, str]:
    """The bound groups of some units that can be reached, and whose each is."""
    rows = await session.execute(
        select(col(Contact.id), col(Contact.desk_of)).where(
            col(Contact.desk_of).in_(list(units)), col(Contact.reachable).is_(True)
        )
    )
    return {contact: unit for contact, unit in rows if contact is not None and unit}
