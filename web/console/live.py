"""Parts of open pages that renew themselves: sent again when something happened to a ticket."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable

from fastapi import Request
from fastapi.responses import Response, StreamingResponse

from storage.tickets import newest_event
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

Render = Callable[[Moment], Awaitable[str]]


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
    """The part each time it is another; ends with the program or the session."""
    yield f"retry: {RETRY}\n\n"
    shown, looks = "", 0
    async with doors.hub.watch(ANYTHING) as news, doors.hub.watch(_own(sitting)):
        while not doors.hub.closing.is_set():
            news.clear()
            async with looking(doors) as moment:
                if not await _still(moment, sitting):
                    return
                newest = await newest_event(moment.session)
                if newest != since or looks >= anew:
                    since, looks = newest, 0
                    html = await render(moment)
                    yield _event(newest, html) if html != shown else ": still here\n\n"
                    shown = html
            looks += 1
            await _waits(news)


async def _still(moment: Moment, sitting: Sitting) -> bool:
    """Whether the session still counts."""
    id_hash = sitting.visitor.session.id_hash
    return await seats.live(moment.session, id_hash, moment.now) is not None


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
