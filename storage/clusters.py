"""Like needs of communes near each other: proposed as one request, decided by a person."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Index, Select, bindparam, literal_column, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import Field, col

from storage.engine import Document, Instant, Key
from storage.rows import Row
from storage.tickets import Status, Ticket

_ALIVE = [
    status for status in Status if status not in {Status.RESOLVED, Status.CLOSED, Status.CANCELLED}
]


MOST = 60
"""Requests that are looked at while somebody waits for a receipt; the morning looks at all."""


class Taken(StrEnum):
    """What a person made of a proposal."""

    PROPOSED = "proposed"
    MADE = "made"
    DROPPED = "dropped"


class Cluster(Row, table=True):
    """One proposal; its tickets run on by themselves, whatever is decided."""

    __tablename__ = "clusters"
    __table_args__ = (Index("ix_clusters_need", "need", "id"),)
    id: int | None = Field(default=None, primary_key=True, sa_type=Key)
    need: str
    """What is asked for; see tickets.wants."""
    category: str
    lead: str
    version: int = 1
    """Rises with each decision; stands on the proposal's buttons."""
    state: str = Taken.PROPOSED
    tickets: list[int] = Field(default_factory=list, sa_type=Document)
    """The tickets that were counted; replaced as a whole, never changed inside."""
    proposed_at: datetime = Field(sa_type=Instant)
    decided_at: datetime | None = Field(default=None, sa_type=Instant)
    by: int | None = Field(default=None, foreign_key="people.id", sa_type=Key)


@dataclass(frozen=True, slots=True)
class Asked:
    """As much of a ticket as it takes to see who asks for what, where and since when."""

    id: int
    need: str
    category: str
    lead: str
    opened_at: datetime
    communes: tuple[str, ...]
    code: str = ""


_COLUMNS: list[Any] = [
    col(Ticket.id),
    col(Ticket.need),
    col(Ticket.category),
    col(Ticket.lead),
    col(Ticket.opened_at),
    col(Ticket.commune),
    col(Ticket.carriers),
    col(Ticket.code),
]


async def alike(
    session: AsyncSession, need: str, category: str, since: datetime, near: Iterable[str]
) -> list[Asked]:
    """The newest living requests for one thing of some communes, by their index; MOST of them.

    What those communes only carry with others is not found: the morning's look finds it.

    Never emergencies, what is restricted, or what has a doubtful department.
    """
    given = {"need": need, "category": category, "since": since, "near": list(near)}
    return await _found(session, _ALIKE, given)


async def every(session: AsyncSession, since: datetime) -> dict[tuple[str, str], list[Asked]]:
    """All of them, by what is asked for and category."""
    found: dict[tuple[str, str], list[Asked]] = {}
    for row in await _found(session, _living(since)):
        found.setdefault((row.need, row.category), []).append(row)
    return found


async def asked_in(session: AsyncSession, numbers: Sequence[int]) -> list[Asked]:
    """The tickets of a proposal, however they stand now, oldest first."""
    if not numbers:
        return []
    return await _found(
        session, select(*_COLUMNS).where(col(Ticket.id).in_(numbers)).order_by(col(Ticket.id))
    )


_NEEDS: ColumnElement[bool] = literal_column("tickets.need <> ''")
"""In the words of `ix_tickets_need`: else SQLite cannot know that the index holds all that fit."""


def _living(since: Any) -> Select[Any]:
    return select(*_COLUMNS).where(
        _NEEDS,
        col(Ticket.opened_at) >= since,
        col(Ticket.status).in_(_ALIVE),
        col(Ticket.urgency) != "emergency",
        col(Ticket.restricted).is_(False),
        col(Ticket.tentative).is_(False),
    )


_ALIKE = (
    _living(bindparam("since"))
    .where(
        col(Ticket.need) == bindparam("need"),
        col(Ticket.category) == bindparam("category"),
        col(Ticket.commune).in_(bindparam("near", expanding=True)),
    )
    .order_by(col(Ticket.opened_at).desc())
    .limit(MOST)
)
"""Built once, as every request asks it."""


async def _found(
    session: AsyncSession, wanted: Select[Any], given: dict[str, Any] | None = None
) -> list[Asked]:
    await session.flush()
    rows = await session.execute(wanted, given or {})
    return [
        Asked(
            row.id,
            row.need,
            row.category,
            row.lead,
            row.opened_at,
            (row.commune, *row.carriers),
            row.code,
        )
        for row in rows
    ]


async def by_id(session: AsyncSession, number: int, *, lock: bool = False) -> Cluster | None:
    """A proposal, its row locked until the commit when asked."""
    return await session.get(Cluster, number, with_for_update=lock or None)


async def about(session: AsyncSession, need: str, category: str) -> Sequence[Cluster]:
    """What was proposed about one thing, the newest first; locked."""
    found = await session.execute(
        select(Cluster)
        .where(col(Cluster.need) == need, col(Cluster.category) == category)
        .order_by(col(Cluster.id).desc())
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    return found.scalars().all()


async def newest(
    session: AsyncSession, leads: Sequence[str] | None = None, *, only_open: bool = False
) -> Sequence[Cluster]:
    """The proposals of some departments, or of all: what waits first, then the newest."""
    wanted = select(Cluster).order_by(col(Cluster.state).desc(), col(Cluster.id).desc()).limit(200)
    if leads is not None:
        wanted = wanted.where(col(Cluster.lead).in_(leads))
    if only_open:
        wanted = wanted.where(col(Cluster.state) == Taken.PROPOSED)
    return (await session.execute(wanted)).scalars().all()
