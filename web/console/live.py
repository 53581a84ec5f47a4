"""Parts of open pages that renew themselves: sent again when something happened to a ticket."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable

from fastapi import Request
from fastapi.responses import Response, StreamingResponse

from storage.tickets import newest_event
from tickets import access
from tickets.moment import Moment
from web.console import sitting as seats
from web.console.sitting import ANYTHING, Sitting, looking
from web.doors import Doors
from web.forms import whole
from web.pages import Problem
from web.stream import RETRY

LOOK = 2.0
"""Seconds between two looks: one maximum of a primary key each."""
ANEW = 30
"""After so many looks a part is made anyway: deadlines pass by themselves."""
MOST = 20
"""Streams of one person."""

Render = Callable[[Moment, Sitting], Awaitable[str]]
"""Makes the part for whoever sits there now: duties end while a page is open."""


def stream(
    request: Request, doors: Doors, sitting: Sitting, render: Render, *, anew: int = ANEW
) -> Response:
    """What `render` gives now and whenever something has happened since `?sau=`.

    After `anew` looks without news the part is made anyway.
    """
    if doors.hub.watchers(_own(sitting)) >= MOST:
        raise Problem(429, "too_many_pages")
    last = request.headers.get("last-event-id", "") or request.query_params.get("sau", "")
    since = whole(last, digits=17)
    return StreamingResponse(
        parts(doors, sitting, render, since, anew),
        media_type="text/event-stream",
        headers={"X-Accel-Buffering": "no"},
    )


async def parts(
    doors: Doors, sitting: Sitting, render: Render, since: int, anew: int = ANEW
) -> AsyncIterator[str]:
    """The part each time it is another; ends with the program, the session, or the right to it."""
    yield f"retry: {RETRY}\n\n"
    shown, looks = "", 0
    async with doors.hub.watch(ANYTHING) as news, doors.hub.watch(_own(sitting)):
        while not doors.hub.closing.is_set():
            news.clear()
            made = await _made(doors, sitting, render, since if looks < anew else None)
            if made is None:
                return
            newest, html = made
            if html is not None:
                since, looks = newest, 0
                yield _event(newest, html) if html != shown else ": still here\n\n"
                shown = html
            looks += 1
            await _waits(news)


async def _made(
    doors: Doors, sitting: Sitting, render: Render, since: int | None
) -> tuple[int, str | None] | None:
    """The newest event's number with the part, if it is another; None when the stream ends.

    Nothing of the database is held while a browser takes its time to read.
    """
    async with looking(doors) as moment:
        now = await _still(moment, sitting)
        newest = await newest_event(moment.session)
        if now is None:
            return None
        try:
            return newest, await render(moment, now) if newest != since else None
        except Problem:
            return None


async def _still(moment: Moment, sitting: Sitting) -> Sitting | None:
    """The same session with what its person does now; None when it, or their console, has ended."""
    found = await seats.live(moment.session, sitting.visitor.session.id_hash, moment.now)
    return found if found is not None and found.who.holds(*access.CONSOLE) else None


def _event(number: int, html: str) -> str:
    data = "".join(f"data: {part}\n" for part in html.splitlines())
    return f"id: {number}\nevent: part\n{data}\n"


def _own(sitting: Sitting) -> int:
    """The number under which one person's streams are counted; contacts are positive."""
    return -(sitting.person.id or 0)


async def _waits(news: asyncio.Event) -> None:
    try:
        await asyncio.wait_for(news.wait(), LOOK)
    except TimeoutError:
        pass
