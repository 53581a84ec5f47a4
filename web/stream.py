"""The live conversation: server-sent events that a reconnecting browser takes up where it was."""

import asyncio
from collections.abc import AsyncIterator, Sequence

from fastapi import APIRouter, Request
from fastapi.responses import Response, StreamingResponse

from storage import webchat
from storage.webchat import Line
from web import sessions
from web.chat import taken, texts_for
from web.doors import Door, Doors
from web.lines import render
from web.pages import Problem, base_of, language_of
from web.sessions import SignedIn, Visitor

HEARTBEAT = 15.0
"""Seconds; shorter than the silence after which proxies hang up."""
RETRY = 2000
"""Milliseconds that a browser waits before it comes back."""

MOST = 20
"""Streams of one conversation: its person's phones and tabs, but not all that the machine has."""


async def stream(request: Request, doors: Door, who: SignedIn, after: str = "") -> Response:
    """Every line that is new or changed since `Last-Event-ID` (or `after`, from the page)."""
    if doors.hub.watchers(who.contact_id) >= MOST:
        raise Problem(429, "too_many_pages")
    last = request.headers.get("last-event-id", "") or after
    since = int(last) if last.isdecimal() and len(last) < 10 else 0  # noqa: PLR2004  32 bits
    return StreamingResponse(
        events(request, doors, who, since),
        media_type="text/event-stream",
        headers={"X-Accel-Buffering": "no"},
    )


async def events(request: Request, doors: Doors, who: Visitor, since: int) -> AsyncIterator[str]:
    """What the browser has missed, then what comes; ends with the program or the session."""
    yield f"retry: {RETRY}\n\n"
    async with doors.hub.watch(who.contact_id) as news:
        while not doors.hub.closing.is_set():
            news.clear()
            lines, chunk = await _missed(request, doors, who, since)
            if lines is None:
                return
            if lines:
                yield chunk
                since = lines[-1].changed
                await taken(doors, who, lines)
            elif not await _comes(news):
                yield ": still here\n\n"


async def _missed(
    request: Request, doors: Doors, who: Visitor, since: int
) -> tuple[Sequence[Line] | None, str]:
    """The next lines and the events that carry them; None when the session has ended."""
    async with doors.database.reading() as session:
        if await sessions.live(session, who.session.id_hash, doors.now()) is None:
            return None, ""
        lines = await webchat.lines_after(session, who.contact_id, since)
        texts = await texts_for(doors, session, request) if lines else None
    if texts is None:
        return [], ""
    now, base, language = doors.now(), base_of(request), language_of(request)
    return lines, "".join(
        event(line, render(line, texts, base=base, language=language, now=now)) for line in lines
    )


def event(line: Line, html: str) -> str:
    """One server-sent event; its id is what the browser reports when it comes back."""
    data = "".join(f"data: {part}\n" for part in html.splitlines())
    return f"id: {line.changed}\nevent: line\n{data}\n"


async def _comes(news: asyncio.Event) -> bool:
    """Whether something comes before it is time for a sign of life."""
    try:
        await asyncio.wait_for(news.wait(), HEARTBEAT)
    except TimeoutError:
        return False
    return True


def routes() -> APIRouter:
    """The stream."""
    router = APIRouter()
    router.add_api_route("/chat/stream", stream, methods=["GET"])
    return router
