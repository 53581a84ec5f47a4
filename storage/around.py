"""What lies around a new report: open tickets that it may repeat, and the commune's chair.

Asked in one statement, because every report waits for it.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from sqlalchemy import Float, bindparam, cast, literal, null, select, union_all
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from storage.people import Duty, Person, Role
from storage.tickets import Status, Ticket

MOST = 20
"""Tickets that are compared; the newest."""
_ALIVE = [
    status for status in Status if status not in {Status.RESOLVED, Status.CLOSED, Status.CANCELLED}
]


@dataclass(frozen=True, slots=True)
class Near:
    """As much of a ticket as it takes to tell whether it is the same matter."""

    id: int
    code: str
    summary: str
    category: str
    commune: str
    place: str
    lat: float | None = None
    lon: float | None = None


@dataclass(frozen=True, slots=True)
class Around:
    """Open tickets of the family, newest first, and the people who head the commune."""

    tickets: list[Near] = field(default_factory=list)
    chairs: list[int] = field(default_factory=list)


_nearest = (
    select(
        col(Ticket.id).label("number"),
        col(Ticket.code).label("code"),
        col(Ticket.summary).label("summary"),
        col(Ticket.category).label("category"),
        col(Ticket.commune).label("commune"),
        col(Ticket.place).label("place"),
        col(Ticket.lat).label("lat"),
        col(Ticket.lon).label("lon"),
    )
    .where(
        col(Ticket.commune).in_(bindparam("communes", expanding=True)),
        col(Ticket.status).in_(_ALIVE),
        col(Ticket.category).in_(bindparam("categories", expanding=True)),
        col(Ticket.id) != bindparam("but"),
        col(Ticket.restricted).is_(False),
    )
    .order_by(col(Ticket.id).desc())
    .limit(MOST)
    .subquery()
)
_AROUND = union_all(
    select(_nearest),
    select(
        col(Duty.person_id),
        literal(""),
        literal(""),
        literal(""),
        literal(""),
        literal(""),
        cast(null(), Float),
        cast(null(), Float),
    )
    .join(Person, col(Person.id) == col(Duty.person_id))
    .where(
        col(Duty.unit) == bindparam("headed"),
        col(Duty.role) == str(Role.HEAD),
        col(Person.active).is_(True),
    ),
)
"""Built once, as every report asks it. A chair is a row without a number."""


async def around(
    session: AsyncSession,
    *,
    but: int,
    communes: Iterable[str],
    categories: Iterable[str],
    headed: str,
) -> Around:
    """The open tickets of these categories in these communes, and who heads `headed`."""
    given = {
        "but": but,
        "communes": list(communes),
        "categories": list(categories),
        "headed": headed,
    }
    rows = (await session.execute(_AROUND, given)).all()
    found = [Near(*row) for row in rows if row.code]
    return Around(
        sorted(found, key=lambda near: near.id, reverse=True),
        [row.number for row in rows if not row.code],
    )
