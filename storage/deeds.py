"""What was done about people: who invited, withdrew a code, shut out, let in whom."""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import Field, col

from storage.engine import Instant, Key
from storage.people import Invitation, Person
from storage.rows import Row

CONSOLE = "console"
"""Whoever works at the server's command line."""


class Deed(StrEnum):
    """What can be done."""

    INVITED = "invited"
    WITHDRAWN = "withdrawn"
    FROZEN = "frozen"
    THAWED = "thawed"


class DeedRow(Row, table=True):
    """One thing that was done, by whom; names stand where they can be erased."""

    __tablename__ = "deeds"
    id: int | None = Field(default=None, primary_key=True, sa_type=Key)
    at: datetime = Field(sa_type=Instant)
    actor: str
    """person:7, or console."""
    kind: str
    """One of Deed."""
    person_id: int | None = Field(default=None, foreign_key="people.id", sa_type=Key)
    """Who was shut out or let in."""
    invitation_id: int | None = Field(default=None, foreign_key="invitations.id", sa_type=Key)


async def invited(
    session: AsyncSession, row: Invitation, actor: str, at: datetime, kind: Deed = Deed.INVITED
) -> None:
    """Note that somebody made an invitation, or withdrew it (`at` in UTC)."""
    await session.flush()
    session.add(DeedRow(at=at, actor=str(actor), kind=kind, invitation_id=row.id))


def about(session: AsyncSession, person: Person, actor: str, kind: Deed, at: datetime) -> None:
    """Note what was done to a person (`at` in UTC)."""
    session.add(DeedRow(at=at, actor=str(actor), kind=kind, person_id=person.id))


async def newest(
    session: AsyncSession, *, before: int, limit: int
) -> Sequence[tuple[DeedRow, str, str, str]]:
    """Each with the name of whom it is about, an invitation's unit and role; by the primary key."""
    name = func.coalesce(col(Person.name), col(Invitation.name), "")
    unit, role = (func.coalesce(col(what), "") for what in (Invitation.unit, Invitation.role))
    wanted = (
        select(DeedRow, name, unit, role)
        .outerjoin(Person, col(Person.id) == col(DeedRow.person_id))
        .outerjoin(Invitation, col(Invitation.id) == col(DeedRow.invitation_id))
        .order_by(col(DeedRow.id).desc())
        .limit(limit)
    )
    if before:
        wanted = wanted.where(col(DeedRow.id) < before)
    return [(row, name, unit, role) for row, name, unit, role in await session.execute(wanted)]
