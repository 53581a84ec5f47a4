"""Ended tickets: looked through from the newest on, and never all of them at once."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import ColumnElement, case, select, true, union_all
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from storage import queues
from storage.queues import OPEN_NOW, Page, Remote, Scope, Wanted
from storage.tickets import OPEN, Status, Ticket

DEPTH = 10_000
"""How many ended tickets are looked through at a time: some 30 ms, however many there are.

A province of 130 communes ends about as many in half a year or more, a department in years.
"""
ENDED = (Status.CLOSED, Status.CANCELLED)


async def queue(
    session: AsyncSession,
    scope: Scope,
    wanted: Wanted,
    now: datetime,
    remote: Remote,
    first: int,
    size: int,
    before: int = 0,
) -> Page:
    """A queue; where statuses of ended tickets are wanted, DEPTH of these, the newest first.

    `before` is the `older` of the page that came before; 0 begins with the newest.
    """
    ended = tuple(status for status in wanted.statuses if status in ENDED)
    if not ended:
        return await queues.queue(session, scope, wanted, now, remote, first, size)
    walked = await _walked(session, scope, replace(wanted, statuses=ended), before)
    older = max((floor for _, floor in walked), default=0)
    allowed, known = queues.within(scope), col(Ticket.id)
    narrowed = queues.wanting(replace(wanted, statuses=ended), now)
    conditions = [allowed, known >= older, *([known < before] if before else []), *narrowed]
    still = tuple(status for status in wanted.statuses if status not in ENDED)
    if not still or before:
        page = await queues.page_of(session, conditions, [known.desc()], first, size)
        return replace(page, older=older)
    among = [allowed, OPEN_NOW, *queues.wanting(replace(wanted, statuses=still), now)]
    page = await _open_first(session, among, [conditions], first, size)
    late = await queues.late_among(session, [ticket.id or 0 for ticket in page.tickets], now)
    return replace(page, older=older, overdue=late)


async def found(
    session: AsyncSession, scope: Scope, words: Sequence[str], first: int, size: int
) -> Page:
    """The tickets in which every one of some folded words stands, open ones first.

    All open ones, and the newest DEPTH that have ended.
    """
    allowed, holding = queues.within(scope), queues.holding(words)
    stretches = [
        [allowed, way, col(Ticket.status).in_(ENDED), col(Ticket.id) >= floor, *holding]
        for way, floor in await _walked(session, scope, Wanted(statuses=ENDED), 0)
    ]
    open_ones = [allowed, OPEN_NOW, *holding]
    return await _open_first(session, open_ones, stretches, first, size)


async def _open_first(
    session: AsyncSession,
    still_open: Sequence[ColumnElement[bool]],
    stretches: Sequence[Sequence[ColumnElement[bool]]],
    first: int,
    size: int,
) -> Page:
    """A page of open tickets and then of ended ones, each the newest first, each by its index."""
    both = union_all(*(select(col(Ticket.id)).where(*each) for each in (still_open, *stretches)))
    among = col(Ticket.id).in_(select(both.subquery().c.id))
    is_open = col(Ticket.status).in_(OPEN)
    order = (case((is_open, 0), else_=1), col(Ticket.id).desc())
    return await queues.page_of(session, [among], order, first, size)


async def _walked(
    session: AsyncSession, scope: Scope, wanted: Wanted, before: int
) -> list[tuple[ColumnElement[bool], int]]:
    """Each way to a scope's tickets, and the id down to which it is looked through; 0 is all."""
    known, found = col(Ticket.id), []
    for way in _ways(scope, wanted):
        walk = select(known).where(way, *([known < before] if before else []))
        beyond = await session.execute(walk.order_by(known.desc()).offset(DEPTH).limit(1))
        found.append((way, (beyond.scalar() or -1) + 1))
    return found


def _ways(scope: Scope, wanted: Wanted) -> Iterator[ColumnElement[bool]]:
    """By which conditions an index finds a scope's ended tickets in the order of their ids."""
    if scope.everything and wanted.leads:
        scope = Scope(leads=frozenset(wanted.leads))
    elif scope.everything and wanted.communes:
        scope = Scope(communes=frozenset(wanted.communes))
    for status in wanted.statuses:
        ended = col(Ticket.status) == status
        if scope.communes:
            yield queues.of_communes(scope.communes) & ended
        if leads := scope.leads | scope.units:
            yield col(Ticket.lead).in_(leads) & ended
    if scope.everything or scope.units or scope.helping:
        yield true()
