"""What comes round again without any ticket: digests, check-ins, roll-calls, yearly warnings."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Index, UniqueConstraint, bindparam, select, text, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import Field, col

from storage.engine import Document, Instant, Key
from storage.rows import Row


class Round(Row, table=True):
    """One thing that recurs: its due time stands here, as a ticket's does on the ticket."""

    __tablename__ = "rounds"
    __table_args__ = (
        UniqueConstraint("name", "subject"),
        Index("ix_rounds_due", "next_due_at", postgresql_where=text("next_due_at is not null")),
    )
    id: int | None = Field(default=None, primary_key=True, sa_type=Key)
    name: str
    """What happens: a key of tickets.rounds.ROUNDS."""
    subject: str = ""
    """To whom or for what it happens; empty where there is one for the whole province."""
    next_due_at: datetime | None = Field(default=None, sa_type=Instant)
    """None while it rests."""
    last_at: datetime | None = Field(default=None, sa_type=Instant)
    kept: dict[str, Any] = Field(default_factory=dict, sa_type=Document)
    """What the next time must know of the last ones; replaced as a whole, never changed inside."""


# What every tick and every emergency's notice asks is built once.

_IS_DUE = col(Round.next_due_at) <= bindparam("now")
_DUE = (
    select(col(Round.id)).where(_IS_DUE).order_by(col(Round.next_due_at)).limit(bindparam("most"))
)
_CLAIMED = (
    select(Round)
    .where(_IS_DUE)
    .order_by(col(Round.next_due_at))
    .limit(bindparam("most"))
    .with_for_update(skip_locked=True)
)
_CLAIMED_ONE = (
    select(Round)
    .where(_IS_DUE, col(Round.id) == bindparam("number"))
    .with_for_update(skip_locked=True)
)
_NAMED = select(Round).where(
    col(Round.name) == bindparam("name"), col(Round.subject) == bindparam("subject")
)
_NAMED_LOCKED = _NAMED.with_for_update().execution_options(populate_existing=True)


async def due(session: AsyncSession, now: datetime, limit: int) -> Sequence[int]:
    """The rounds whose time has come, the longest waiting first."""
    found = await session.execute(_DUE, {"now": now, "most": limit})
    return [number for number in found.scalars() if number is not None]


async def claim(
    session: AsyncSession, now: datetime, limit: int, *, only: int | None = None
) -> Sequence[Round]:
    """Lock the rounds that are due, or one of them, but for those that somebody else has taken."""
    wanted, given = _CLAIMED, {"now": now, "most": limit}
    if only is not None:
        wanted, given = _CLAIMED_ONE, {"now": now, "number": only}
    return (await session.execute(wanted, given)).scalars().all()


async def named(
    session: AsyncSession, name: str, subject: str = "", *, lock: bool = False
) -> Round | None:
    """A round by its name, whether it rests or not; locked until the commit when asked."""
    wanted = _NAMED_LOCKED if lock else _NAMED
    found = await session.execute(wanted, {"name": name, "subject": subject})
    return found.scalar_one_or_none()


async def all_named(session: AsyncSession, name: str) -> Sequence[Round]:
    """Every round of a name, one for each subject."""
    found = await session.execute(
        select(Round).where(col(Round.name) == name).order_by(col(Round.subject))
    )
    return found.scalars().all()


async def names(session: AsyncSession) -> set[tuple[str, str]]:
    """Every round there is: (name, subject)."""
    found = await session.execute(select(col(Round.name), col(Round.subject)))
    return {(name, subject) for name, subject in found}


async def put_off(session: AsyncSession, number: int, until: datetime) -> None:
    """Let a round be due later."""
    await session.execute(
        update(Round)
        .where(col(Round.id) == number)
        .values(next_due_at=until)
        .execution_options(synchronize_session=False)
    )
