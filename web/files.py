"""Photos and files of the conversation, for those who may see the message or the ticket."""

import asyncio
import re
from datetime import datetime
from urllib.parse import quote

from fastapi import APIRouter
from fastapi.responses import Response
from sqlalchemy import String, cast, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from storage import people
from storage.media import Media
from storage.tickets import Ticket
from storage.webchat import Line
from tickets import access
from web.doors import Door
from web.pages import Problem
from web.sessions import SignedIn, Visitor

HASH = re.compile(r"[0-9a-f]{64}")
JPEG = b"\xff\xd8\xff"


async def file(doors: Door, who: SignedIn, name: str) -> Response:
    """A kept file; the same answer for one that is not there and one that is not theirs."""
    if not HASH.fullmatch(name):
        raise Problem(404, "not_there")
    async with doors.database.reading() as session:
        shown_as = await _seen_on_a_line(session, who, name)
        if shown_as is None:
            shown_as = await _seen_on_a_ticket(session, who, name, doors.now())
    if shown_as is None:
        raise Problem(404, "not_there")
    try:
        content = await asyncio.to_thread(doors.read_file, name)
    except (OSError, doors.refused):
        raise Problem(404, "not_there") from None
    return answer(content, *shown_as)


def answer(content: bytes, mime: str, name: str) -> Response:
    """A file's response: pictures, drawn anew when they were kept, are shown, all else is saved."""
    is_picture = mime == "image/jpeg" and content.startswith(JPEG)
    headers = {"Cache-Control": "private, max-age=86400"}
    if not is_picture:
        headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name or 'tep')}"
    return Response(
        content, media_type="image/jpeg" if is_picture else "application/octet-stream",
        headers=headers,
    )  # fmt: skip


async def _seen_on_a_line(session: AsyncSession, who: Visitor, name: str) -> tuple[str, str] | None:
    """Type and name of a file on a line of this conversation.

    The text is only searched to find the line: whoever writes a hash is shown nothing by it.
    """
    found = await session.execute(
        select(Line).where(
            col(Line.contact_id) == who.contact_id, cast(Line.body, String).contains(name)
        )
    )
    for line in found.scalars():
        for kept in line.body.get("files", ()):
            if kept.get("hash") == name:
                return str(kept.get("mime", "")), str(kept.get("name", ""))
    return None


async def _seen_on_a_ticket(
    session: AsyncSession, who: Visitor, name: str, now: datetime
) -> tuple[str, str] | None:
    """Type and name of a file of a ticket that this person may read."""
    speaker = await people.speaker_for(session, who.contact, who.person, now)
    found = await session.execute(
        select(Media, Ticket)
        .join(Ticket, col(Ticket.id) == col(Media.ticket_id))
        .where(col(Media.hash) == name)
        .order_by(col(Media.id))
    )
    for kept, ticket in found:
        if access.may_see(ticket, speaker):
            return kept.mime, kept.name
    return None


def routes() -> APIRouter:
    """Files by their hash."""
    router = APIRouter()
    router.add_api_route("/files/{name}", file, methods=["GET"])
    return router
