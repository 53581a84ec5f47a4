"""Pages of tickets: a commune's list, a desk's queue, what a search finds."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    String,
    and_,
    case,
    cast,
    false,
    func,
    literal_column,
    or_,
    select,
    true,
)
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from storage.carriers import carried_by
from storage.tickets import OPEN, OPEN_ROWS, SOLVED_ROWS, URGENCIES, Status, Ticket


@dataclass(frozen=True, slots=True)
class Scope:
    """Whose tickets somebody may look through: communes, units that lead or help, or all."""

    communes: frozenset[str] = frozenset()
    units: frozenset[str] = frozenset()
    leads: frozenset[str] = frozenset()
    """Units of which only what they lead counts."""
    everything: bool = False
    restricted: bool = True
    """False in groups: what is restricted is not even found there."""
    helping: frozenset[str] = frozenset()
    """Units of which only what they help with counts."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a queue is narrowed to; whatever is empty narrows nothing."""

    is_overdue: bool = False
    is_unanswered: bool = False
    """Without a first answer to the commune."""
    urgencies: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    assignee: int | None = None
    communes: tuple[str, ...] = ()
    leads: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    imported: int = 0
    """The list by which they were taken in."""
    words: tuple[str, ...] = ()
    """Folded words that number, place, matter or text must hold."""


@dataclass(frozen=True, slots=True)
class Remote:
    """The communes that come first within equal urgency: area III, then the mountainous ones."""

    area_three: tuple[str, ...] = ()
    mountainous: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """A page of tickets, how many there are in all, and which of these are overdue."""

    tickets: Sequence[Ticket] = ()
    total: int = 0
    open: int = 0
    overdue: frozenset[int] = field(default_factory=frozenset)
    older: int = 0
    """Ended tickets with smaller ids were not looked through, see storage.ended; 0 if all were."""


_IS_OPEN = col(Ticket.status).in_(OPEN)
OPEN_NOW: ColumnElement[bool] = literal_column(f"tickets.{OPEN_ROWS}")
"""The same in the words of `ix_tickets_open`, for who looks through the whole province."""


_SOLVED_ROWS: ColumnElement[bool] = literal_column(f"tickets.{SOLVED_ROWS}")


async def of_office(session: AsyncSession, communes: Sequence[str], first: int, size: int) -> Page:
    """A commune's tickets: open ones, then ended ones, each the newest first."""
    mine = of_communes(communes)
    order = (case((_IS_OPEN, 0), else_=1), col(Ticket.id).desc())
    return await page_of(session, [mine], order, first, size)


async def solved_alike(session: AsyncSession, ticket: Ticket, limit: int = 3) -> Sequence[Ticket]:
    """What the same department has solved of the same category, newest first; nothing restricted.

    By `ix_tickets_solved`.
    """
    if not ticket.category:
        return []
    found = await session.execute(
        select(Ticket)
        .where(
            col(Ticket.lead) == ticket.lead,
            _SOLVED_ROWS,
            col(Ticket.category) == ticket.category,
            # Not a bare list of statuses: SQLite would take `ix_tickets_lead` and sort it all.
            func.coalesce(col(Ticket.status), "").in_([Status.RESOLVED, Status.CLOSED]),
            col(Ticket.restricted).is_(False),
            col(Ticket.id) != ticket.id,
        )
        .order_by(col(Ticket.id).desc())
        .limit(limit)
    )
    return found.scalars().all()


async def queue(
    session: AsyncSession,
    scope: Scope,
    wanted: Wanted,
    now: datetime,
    remote: Remote,
    first: int,
    size: int,
) -> Page:
    """Open tickets in the order of work: urgency, asked about, remote, oldest.

    Of a desk by `ix_tickets_lead`, of a commune by `ix_tickets_commune`, of all by
    `ix_tickets_open`; ended ones are storage.ended's.
    """
    conditions = [within(scope), *wanting(wanted, now)]
    page = await page_of(session, conditions, in_order_of_work(remote), first, size)
    ids = await late_among(session, [ticket.id or 0 for ticket in page.tickets], now)
    return replace(page, overdue=ids)


def in_order_of_work(remote: Remote) -> list[ColumnElement[Any]]:
    """Urgency, asked about, remote, oldest."""
    rank = case({name: n for n, name in enumerate(URGENCIES)}, value=col(Ticket.urgency))
    asked = case((col(Ticket.pressed_at).is_not(None), 0), else_=1)
    ranks: list[Any] = [
        (col(Ticket.commune).in_(codes), n)
        for n, codes in enumerate((remote.area_three, remote.mountainous))
        if codes
    ]
    remoteness = (case(*ranks, else_=2),) if ranks else ()
    return [rank, asked, *remoteness, col(Ticket.id)]


async def late_among(
    session: AsyncSession, numbers: Sequence[int], now: datetime
) -> frozenset[int]:
    """Which of some tickets are overdue."""
    late = await session.execute(
        select(col(Ticket.id)).where(col(Ticket.id).in_(numbers), overdue(now))
    )
    return frozenset(number for number in late.scalars() if number is not None)


def overdue(now: datetime) -> ColumnElement[bool]:
    """Whether a deadline of the department has passed; while the commune is asked none does."""
    at_work = col(Ticket.status).in_([Status.NEW, Status.ACKNOWLEDGED, Status.IN_PROGRESS])
    late = or_(
        and_(col(Ticket.status) == Status.NEW, col(Ticket.acknowledge_by) < now),
        and_(col(Ticket.answered_at).is_(None), col(Ticket.answer_by) < now),
        col(Ticket.result_by) < now,
    )
    later = col(Ticket.status).in_([Status.PLANNED, Status.AWAITING_GUIDANCE])
    broken = and_(or_(at_work, later), col(Ticket.promised_at) < now)
    return or_(and_(at_work, late), broken)


def within(scope: Scope) -> ColumnElement[bool]:
    """The tickets of a scope."""
    open_to_all = true() if scope.restricted else col(Ticket.restricted).is_(False)
    if scope.everything:
        return open_to_all
    either: list[ColumnElement[bool]] = []
    if scope.communes:
        either.append(of_communes(scope.communes))
    if scope.leads:
        either.append(col(Ticket.lead).in_(scope.leads))
    if scope.units:
        either.append(col(Ticket.lead).in_(scope.units))
    if helping := scope.units | scope.helping:
        either.append(col(Ticket.operator).in_(helping))
        listed = cast(col(Ticket.coordinating), String)
        either += [listed.contains(f'"{unit}"', autoescape=True) for unit in sorted(helping)]
    return and_(open_to_all, or_(*either)) if either else false()


def of_communes(communes: Iterable[str]) -> ColumnElement[bool]:
    """What communes reported or carry with others; each half by an index."""
    codes = list(communes)
    return or_(col(Ticket.commune).in_(codes), col(Ticket.id).in_(carried_by(codes)))


def wanting(wanted: Wanted, now: datetime) -> list[ColumnElement[bool]]:
    """What a queue is narrowed to; to open tickets where no status is wanted."""
    conditions = [*([] if wanted.statuses else [_IS_OPEN, OPEN_NOW]), *holding(wanted.words)]
    if wanted.is_overdue:
        conditions.append(overdue(now))
    if wanted.is_unanswered:
        conditions.append(col(Ticket.answered_at).is_(None))
    if wanted.imported:
        conditions.append(col(Ticket.import_id) == wanted.imported)
    if wanted.assignee is not None:
        conditions.append(col(Ticket.assignee_id) == wanted.assignee)
    for column, values in (
        (col(Ticket.urgency), wanted.urgencies),
        (col(Ticket.status), wanted.statuses),
        (col(Ticket.commune), wanted.communes),
        (col(Ticket.lead), wanted.leads),
        (col(Ticket.category), wanted.categories),
    ):
        if values:
            conditions.append(column.in_(values))
    return conditions


def holding(words: Sequence[str]) -> list[ColumnElement[bool]]:
    """That every one of some folded words stands in a ticket."""
    return [col(Ticket.search).contains(word, autoescape=True) for word in words]


async def page_of(
    session: AsyncSession,
    conditions: Sequence[ColumnElement[bool]],
    order: Sequence[ColumnElement[Any]],
    first: int,
    size: int,
) -> Page:
    """A page of the tickets that meet some conditions; the ids alone are put in order.

    They are counted beside it: what is looked for by words is not looked for twice.
    """
    await session.flush()
    counts = (func.count().over(), func.sum(case((_IS_OPEN, 1), else_=0)).over())
    asked = select(col(Ticket.id), *counts).where(*conditions).order_by(*order)
    rows = (await session.execute(asked.offset(first).limit(size))).all()
    if not rows:
        return Page()
    return Page(await named(session, [row[0] for row in rows]), rows[0][1], rows[0][2])


async def named(session: AsyncSession, numbers: Sequence[int | None]) -> list[Ticket]:
    """The tickets of some ids, in their order: whole rows in a sort cost three times as much."""
    rows = await session.execute(select(Ticket).where(col(Ticket.id).in_(numbers)))
    known = {ticket.id: ticket for ticket in rows.scalars()}
    return [known[number] for number in numbers]
