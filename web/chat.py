"""The chat page: the newest lines, and the forms that send something."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import JSONResponse, RedirectResponse, Response
from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from storage import people, webchat
from storage.webchat import Line
from tickets import access
from tickets.texts import Texts
from web import sessions
from web.doors import Door, Doors
from web.lines import quote_of, render
from web.pages import base_of, language_of, page
from web.sessions import PerhapsSignedIn, SignedIn, Visitor

SHOWN = 30
"""Lines on a page: some 20 KB, and what was said last is what matters."""
NOTES = frozenset({"photos_refused", "photos_lost", "photos_many"})
Number = Annotated[int, Query(ge=0, lt=2**31)]
"""A line's number, as its column holds it."""


@dataclass(frozen=True, slots=True)
class Quoted:
    """The line that is being replied to."""

    number: int
    quote: str


async def chat(
    request: Request,
    doors: Door,
    who: PerhapsSignedIn,
    note: str = "",
    to: Number = 0,
    before: Number = 0,
) -> Response:
    """The conversation as it stands, or the lines before one of them."""
    if who is None:
        return RedirectResponse(f"{base_of(request)}/join", 303)
    async with doors.database.reading() as session:
        lines = await _shown(session, who, before)
        texts = await texts_for(doors, session, request)
        unit, has_console = await _works_for(session, who, texts, doors.now())
        quoted = await _quoted(session, who, to)
    await taken(doors, who, lines)
    now, base, language = doors.now(), base_of(request), language_of(request)
    response = page(
        request,
        "chat.html",
        name=who.person.name if who.person else "",
        unit=unit,
        has_console=has_console,
        lines=[render(line, texts, base=base, language=language, now=now) for line in lines],
        older=lines[0].number if len(lines) == SHOWN and lines[0].number > 1 else 0,
        before=before,
        after=max((line.changed for line in lines), default=0),
        csrf=who.session.csrf,
        key=secrets.token_hex(16),
        note=note if note in NOTES else "",
        to=quoted,
    )
    await sessions.renew(doors, request, response, who)
    return response


async def _shown(session: AsyncSession, who: Visitor, before: int) -> Sequence[Line]:
    """The newest lines, or those before a line."""
    if not before:
        return await webchat.last_lines(session, who.contact_id, SHOWN)
    found = await session.execute(
        select(Line)
        .where(col(Line.contact_id) == who.contact_id, col(Line.number) < before)
        .order_by(col(Line.number).desc())
        .limit(SHOWN)
    )
    return list(reversed(found.scalars().all()))


async def texts_for(doors: Doors, session: AsyncSession, request: Request) -> Texts:
    """The sentences, names and local time for the visitor."""
    rules = await doors.rules(session)
    return Texts(language_of(request), rules.units, rules.zone)


async def _works_for(
    session: AsyncSession, who: Visitor, texts: Texts, now: datetime
) -> tuple[str, bool]:
    """For whom the visitor speaks, all units of a person of several; and whether at a console."""
    if who.person is None or who.person.id is None:
        return "", False
    held = (await people.duties_of(session, [who.person.id], now)).get(who.person.id)
    if held is None:
        return "", False
    units = dict.fromkeys(texts.unit(unit) for unit, _ in held.duties)
    return ", ".join(units), any(role in access.CONSOLE for _, role in held.duties)


async def _quoted(session: AsyncSession, who: Visitor, number: int) -> Quoted | None:
    line = await session.get(Line, (who.contact_id, number)) if number > 0 else None
    return Quoted(number, quote_of(line)) if line is not None and not line.mine else None


async def taken(doors: Doors, who: Visitor, lines: Sequence[Line]) -> None:
    """Note that a browser has taken lines: their person was reached."""
    new = [line.number for line in lines if line.seen_at is None]
    if not new:
        return
    async with doors.database.transaction() as session:
        await session.execute(
            update(Line)
            .where(
                col(Line.contact_id) == who.contact_id,
                col(Line.number).in_(new),
                col(Line.seen_at).is_(None),
            )
            .values(seen_at=doors.now())
            .execution_options(synchronize_session=False)
        )


async def news(doors: Door, who: SignedIn, after: Number = 0) -> Response:
    """How many lines a page in the background has missed; asking does not take them."""
    async with doors.database.reading() as session:
        found = await session.execute(
            select(func.count())
            .select_from(Line)
            .where(
                col(Line.contact_id) == who.contact_id,
                col(Line.changed) > after,
                col(Line.mine).is_(False),
            )
        )
    return JSONResponse({"new": found.scalar_one()})


def routes() -> APIRouter:
    """The page and its news."""
    router = APIRouter()
    router.add_api_route("/chat", chat, methods=["GET"])
    router.add_api_route("/chat/news", news, methods=["GET"])
    return router
