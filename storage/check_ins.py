"""When each commune was last heard, by whichever of its people and on whichever channel."""

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from storage.people import Contact, Duty, Person, Role
from storage.tickets import Ticket


async def heard(session: AsyncSession, *communes: str) -> dict[str, datetime]:
    """For these communes, or all, when a reporter last said or pressed something (UTC).

    A ticket that a deputy opened for it counts as well.
    """
    only = [col(Duty.unit).in_(communes)] if communes else []
    of = [col(Ticket.commune).in_(communes)] if communes else []
    rows = await session.execute(
        select(col(Duty.unit), func.max(col(Contact.heard_at)))
        .join(Person, col(Person.id) == col(Duty.person_id))
        .join(Contact, col(Contact.person_id) == col(Person.id))
        .where(
            col(Duty.role) == Role.REPORTER,
            col(Person.active).is_(True),
            col(Contact.heard_at).is_not(None),
            *only,
        )
        .group_by(col(Duty.unit))
    )
    found = {unit: at for unit, at in rows if at is not None}
    opened = (
        select(col(Ticket.commune), func.max(col(Ticket.opened_at)))
        .where(*of)
        .group_by(col(Ticket.commune))
    )
    for commune, at in await session.execute(opened):
        found[commune] = max(at, found.get(commune, at))
    return found
