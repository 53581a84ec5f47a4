"""Ended tickets: looked through from the newest on, and never all of them at once."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import ColumnElement, case, func, select, true, union
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from storage import queues
from storage.carriers import carried_by
from storage.queues import OPEN_NOW, Page, Remote, Scope, Wanted
from storage.tickets import OPEN, Status, Ticket

DEPTH = 5_000
"""How many ended tickets are looked through at a time: some 20 ms, however many there are.

A province of 130 communes ends about as many in some months, a department in years.
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
    asked = replace(wanted, statuses=ended)
    walked = await _walked(session, scope, asked, before)
    older = max((floor for _, floor in walked), default=0)
    known = col(Ticket.id)
    stretch = [known >= older, *([known < before] if before else [])]
    narrowed = [queues.within(scope), *stretch, *queues.wanting(asked, now)]
    stretches = [[way, *narrowed] for way, _ in walked]
    still = tuple(status for status in wanted.statuses if status not in ENDED)
    if still and not before:
        among = queues.wanting(replace(wanted, statuses=still), now)
        stretches = [[queues.within(scope), OPEN_NOW, *among], *stretches]
    page = await _page(session, stretches, first, size)
    late = await queues.late_among(session, [ticket.id or 0 for ticket in page.tickets], now)
    return replace(page, older=older, overdue=late)


async def found(
    session: AsyncSession, scope: Scope, words: Sequence[str], first: int, size: int
) -> Page:
    """The tickets in which every one of some folded words stands, open ones first.

    All open ones, and the newest DEPTH that have ended.
    """
    walked = await _walked(session, scope, Wanted(statuses=ENDED), 0)
    allowed, holding = queues.within(scope), queues.holding(words)
    stretches = [
        [allowed, way, col(Ticket.status).in_(ENDED), col(Ticket.id) >= floor, *holding]
        for way, floor in walked
    ]
    page = await _page(session, [[allowed, OPEN_NOW, *holding], *stretches], first, size)
    return replace(page, older=max((floor for _, floor in walked), default=0))


async def _page(
    session: AsyncSession, parts: Sequence[Sequence[ColumnElement[bool]]], first: int, size: int
) -> Page:
    """A page of what meets any of some lists of conditions, open ones first, then the newest.

    Each list is asked by its own index, and walked once: for the ids and for how many there are.
    """
    await session.flush()
    known, is_open = col(Ticket.id), case((col(Ticket.status).in_(OPEN), 1), else_=0)
    each = (select(known.label("id"), is_open.label("open")).where(*part) for part in parts)
    found = union(*each).subquery() if len(parts) > 1 else next(each).subquery()
    counts = (func.count().over(), func.sum(found.c.open).over())
    order = (found.c.open.desc(), found.c.id.desc())
    asked = select(found.c.id, *counts).order_by(*order).offset(first).limit(size)
    rows = (await session.execute(asked)).all()
    if not rows:
        return Page()
    return Page(await queues.named(session, [row[0] for row in rows]), rows[0][1], rows[0][2])


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
    communes, leads = col(Ticket.commune), col(Ticket.lead)
    ways: list[ColumnElement[bool]] = []
    if scope.everything and (wanted.leads or wanted.communes):
        ways.append(leads.in_(wanted.leads) if wanted.leads else communes.in_(wanted.communes))
    if scope.communes:
        ways.append(communes.in_(scope.communes))
        yield col(Ticket.id).in_(carried_by(list(scope.communes)))
    if led := scope.leads | scope.units:
        ways.append(leads.in_(led))
    for way in ways:
        for status in wanted.statuses:
            yield way & (col(Ticket.status) == status)
    if (scope.everything and not ways) or scope.units or scope.helping:
        yield true()
