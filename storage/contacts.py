"""The several ways to reach one person, and how many people a sender of ours reaches."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import bindparam, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from storage.people import Contact, Person

_CONTACTS_OF = (
    select(Contact, col(Person.prefers))
    .join(Person, col(Person.id) == col(Contact.person_id))
    .where(
        col(Contact.person_id).in_(bindparam("people", expanding=True)),
        col(Contact.reachable).is_(True),
        col(Person.active).is_(True),
    )
    .order_by(col(Contact.id))
)
"""Built once, as every notice asks it."""


async def contacts_of(
    session: AsyncSession, people: Iterable[int]
) -> dict[int, tuple[str, list[Contact]]]:
    """For each person who is active the preferred channel and the contacts that can be reached."""
    rows = await session.execute(_CONTACTS_OF, {"people": list(people)})
    found: dict[int, tuple[str, list[Contact]]] = {}
    for contact, prefers in rows:
        found.setdefault(contact.person_id or 0, (prefers, []))[1].append(contact)
    return found


async def private_contacts(session: AsyncSession, person_id: int) -> list[Contact]:
    """Every contact of a person, also those that cannot be reached now, in order of arrival."""
    rows = await session.execute(
        select(Contact).where(col(Contact.person_id) == person_id).order_by(col(Contact.id))
    )
    return list(rows.scalars())


async def rest(session: AsyncSession, channel: str, among: str, until: datetime) -> None:
    """Send nothing to a channel's contacts whose addresses begin so, until an instant."""
    await session.execute(
        update(Contact)
        .where(
            col(Contact.channel) == channel,
            col(Contact.address).startswith(among, autoescape=True),
        )
        .values(resting_until=until)
    )


async def heard_last(session: AsyncSession, channel: str) -> tuple[int, datetime | None]:
    """How many people have a contact on a channel, and when any of them wrote last (UTC)."""
    found = await session.execute(
        select(func.count(), func.max(col(Contact.heard_at))).where(
            col(Contact.channel) == channel, col(Contact.person_id).is_not(None)
        )
    )
    people, last = found.one()
    return int(people), last


async def count_at(session: AsyncSession, channel: str, among: str) -> int:
    """How many people have a contact whose address on a channel begins so."""
    found = await session.execute(
        select(func.count())
        .select_from(Contact)
        .where(
            col(Contact.channel) == channel,
            col(Contact.address).startswith(among, autoescape=True),
            col(Contact.person_id).is_not(None),
        )
    )
    return found.scalar_one()
