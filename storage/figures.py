"""What the leadership looks at, counted: the open tickets, a period's departments, weeks."""

from collections.abc import Iterable, Mapping
from dataclasses import astuple, dataclass, replace
from datetime import datetime, timedelta
from typing import Any, TypeVar

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    and_,
    case,
    cast,
    extract,
    func,
    literal,
    select,
    text,
    type_coerce,
)
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from storage.carriers import Carrier
from storage.engine import EPOCH, MICROSECOND
from storage.queues import overdue
from storage.tickets import OPEN_ROWS, Outcome, Status, Ticket, TicketEvent

Row = TypeVar("Row")
WEEK = timedelta(days=7)
_MICROSECONDS = 1_000_000
_STEP = 360
"""Seconds: the page tells tenths of an hour."""
_OPEN = text(f"tickets.{OPEN_ROWS}")
"""In the words of `ix_tickets_open`, or no database takes that index."""
_BROKEN = text("ticket_events.kind = 'promise_broken'")
"""In the words of `ix_ticket_events_promise_broken`."""


@dataclass(frozen=True, slots=True)
class Standing:
    """The open tickets of one commune."""

    commune: str
    open: int
    late: int
    emergencies: int
    new: int
    unanswered: int


@dataclass(frozen=True, slots=True)
class Work:
    """What a department did with the tickets of a period that are its own at the end."""

    lead: str
    volume: int
    due: int
    """Answered, or should have been by now: what the share of answers in time is of."""
    in_time: int
    result_due: int
    result_in_time: int
    solved: int
    reopened: int
    rated: int
    stars: int

    def with_more(self, other: "Work") -> "Work":
        """The same department's work of two periods together."""
        sums = (a + b for a, b in zip(astuple(self)[1:], astuple(other)[1:], strict=True))
        return Work(self.lead, *sums)


async def standings(session: AsyncSession, now: datetime) -> list[Standing]:
    """Every open ticket counted once, in one statement by `ix_tickets_open`."""
    is_new = col(Ticket.status) == Status.NEW
    commune = func.coalesce(col(Ticket.commune), "")  # or SQLite walks all tickets by commune
    found = await session.execute(
        select(
            commune,
            func.count(),
            _sum(overdue(now)),
            _sum(col(Ticket.urgency) == "emergency"),
            _sum(is_new),
            _sum(col(Ticket.answered_at).is_(None)),
        )
        .where(_OPEN)
        .group_by(commune)
    )
    return _each(Standing, found)


async def matters(session: AsyncSession, now: datetime) -> dict[str, tuple[int, int]]:
    """How many tickets of each category are open, how many of these overdue; `ix_tickets_open`."""
    found = await session.execute(
        select(col(Ticket.category), func.count(), _sum(overdue(now)))
        .where(_OPEN)
        .group_by(col(Ticket.category))
    )
    return {category: (count, late) for category, count, late in found}


@dataclass(frozen=True, slots=True)
class Late:
    """An open ticket of which a deadline has passed, with its ladder."""

    code: str
    summary: str
    commune: str
    lead: str
    ladder: dict[str, Any]


async def late(session: AsyncSession, now: datetime, limit: int = 5000) -> list[Late]:
    """The open tickets of which a deadline has passed, the oldest first; by `ix_tickets_open`."""
    by_age = func.coalesce(col(Ticket.id), 0)  # or SQLite walks all tickets in the order of ids
    columns = (Ticket.code, Ticket.summary, Ticket.commune, Ticket.lead, Ticket.ladder)
    found = await session.execute(
        select(*map(col, columns)).where(_OPEN, overdue(now)).order_by(by_age).limit(limit)
    )
    return _each(Late, found)


async def works(
    session: AsyncSession, since: datetime, until: datetime, now: datetime
) -> list[Work]:
    """Departments by the tickets opened from one instant to another, by `ix_tickets_opened_at`.

    A ticket that was rerouted counts for where it ended, from when it came there: whoever got it
    wrongly is not blamed. What was cancelled or merged counts for nobody.
    """
    answered, by = col(Ticket.answered_at), col(Ticket.answer_by)
    end = func.coalesce(col(Ticket.promised_at), col(Ticket.result_by))
    done = col(Ticket.resolved_at)
    lead = _lead()
    found = await session.execute(
        select(
            lead,
            func.count(),
            _sum(answered.is_not(None) | (by < now)),
            _sum(and_(answered.is_not(None), by.is_(None) | (answered <= by))),
            _sum(done.is_not(None) | (end < now)),
            _sum(and_(done.is_not(None), end.is_(None) | (done <= end))),
            _sum(done.is_not(None)),
            _sum(col(Ticket.reopened) > 0),
            func.count(col(Ticket.rating)),
            func.coalesce(func.sum(col(Ticket.rating)), 0),
        )
        .where(*_counted(since, until))
        .group_by(lead)
    )
    beside = await _judged_beside(session, since, until)
    works = _each(Work, found)
    return [_with_judged(work, *beside.get(work.lead, (0, 0))) for work in works]


def _with_judged(work: Work, rated: int, stars: int) -> Work:
    return replace(work, rated=work.rated + rated, stars=work.stars + stars)


async def _judged_beside(
    session: AsyncSession, since: datetime, until: datetime
) -> dict[str, tuple[int, int]]:
    """For each department the ratings, and their points, that stand on no ticket counted above: of
    communes that carried a request with others, or whose report a shared ticket carried to its end.
    """
    lead = _lead()
    with_others = (
        select(lead, func.count(), func.sum(col(Carrier.rating)))
        .join(Ticket, col(Ticket.id) == col(Carrier.ticket_id))
        .where(col(Carrier.rating).is_not(None), *_counted(since, until))
        .group_by(lead)
    )
    carried = (
        select(lead, func.count(), func.sum(col(Ticket.rating)))
        .where(
            col(Ticket.opened_at) >= since,
            col(Ticket.opened_at) < until,
            col(Ticket.outcome) == Outcome.MERGED,
            col(Ticket.rating).is_not(None),
        )
        .group_by(lead)
    )
    found: dict[str, tuple[int, int]] = {}
    for statement in (with_others, carried):
        for unit, count, points in await session.execute(statement):
            rated, stars = found.get(unit, (0, 0))
            found[unit] = rated + count, stars + int(points or 0)
    return found


async def waits(
    session: AsyncSession, since: datetime, until: datetime
) -> dict[str, dict[int, int]]:
    """How long departments took, day and night, from card to first answer, and how often.

    In steps of six minutes, a tenth of an hour: counted so, nothing has to be sorted. By
    `ix_tickets_opened_at`.
    """
    lead = _lead()
    took = _seconds(session, col(Ticket.answered_at), col(Ticket.carded_at))
    step = ((took + _STEP // 2) // _STEP).label("step")
    inner = (
        select(lead.label("lead"), step)
        .where(*_counted(since, until), col(Ticket.answered_at) >= col(Ticket.carded_at))
        .subquery()
    )
    found = await session.execute(
        select(inner.c.lead, inner.c.step, func.count()).group_by(inner.c.lead, inner.c.step)
    )
    counts: dict[str, dict[int, int]] = {}
    for unit, number, how_many in found:
        counts.setdefault(unit, {})[int(number)] = how_many
    return counts


def median(steps: Mapping[int, int]) -> int | None:
    """The seconds in the middle of what `waits` counted; the lower of two, None of nothing."""
    left = (sum(steps.values()) + 1) // 2
    for value, count in sorted(steps.items()):
        left -= count
        if left <= 0:
            return _STEP * value
    return None


async def broken(session: AsyncSession, since: datetime, until: datetime) -> dict[str, int]:
    """How often each department let a promised day pass, by `ix_ticket_events_promise_broken`."""
    in_time = (col(TicketEvent.at) >= since, col(TicketEvent.at) < until)
    found = await session.execute(
        select(col(Ticket.lead), func.count())
        .join(TicketEvent, col(TicketEvent.ticket_id) == col(Ticket.id))
        .where(_BROKEN, *in_time)
        .group_by(col(Ticket.lead))
    )
    return {str(lead): int(count) for lead, count in found}


async def weeks(session: AsyncSession, start: datetime, count: int) -> list[tuple[int, int]]:
    """For each week from an instant on: how many were opened, and how many solved.

    Two statements, by `ix_tickets_opened_at` and `ix_tickets_resolved_at`.
    """
    rows = [[0, 0] for _ in range(count)]
    for place, column in enumerate((col(Ticket.opened_at), col(Ticket.resolved_at))):
        since = literal((start - EPOCH) // MICROSECOND if _is_sqlite(session) else start)
        whole = _seconds(session, column, since) // int(WEEK.total_seconds())
        in_time = (column >= start, column < start + count * WEEK)
        inner = select(whole.label("week")).where(*in_time).subquery()
        found = await session.execute(select(inner.c.week, func.count()).group_by(inner.c.week))
        for number, how_many in found:
            rows[number][place] = how_many
    return [(opened, solved) for opened, solved in rows]


def _counted(since: datetime, until: datetime) -> tuple[ColumnElement[bool], ...]:
    is_merged = col(Ticket.outcome) == Outcome.MERGED
    return (
        col(Ticket.opened_at) >= since,
        col(Ticket.opened_at) < until,
        col(Ticket.status) != Status.CANCELLED,
        col(Ticket.outcome).is_(None) | ~is_merged,
        col(Ticket.carded_at).is_not(None),
    )


def _lead() -> ColumnElement[str]:
    """Not the bare column: SQLite would walk all tickets in its order instead of a period's."""
    return func.coalesce(col(Ticket.lead), "")


def _sum(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.coalesce(func.sum(case((condition, 1), else_=0)), 0)


def _each(kind: type[Row], found: Iterable[Any]) -> list[Row]:
    return [kind(*row) for row in found]


def _is_sqlite(session: AsyncSession) -> bool:
    return session.get_bind().dialect.name == "sqlite"


def _seconds(session: AsyncSession, later: Any, earlier: Any) -> Any:
    """Whole seconds between two instants, in each database's own way of keeping them."""
    if _is_sqlite(session):
        between = type_coerce(later, BigInteger) - type_coerce(earlier, BigInteger)
        return between // _MICROSECONDS
    return cast(func.floor(extract("epoch", later - earlier)), BigInteger)
