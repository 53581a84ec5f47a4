"""Files that a channel's server gets from us, or a person by a link: random and for a while."""

import asyncio
from urllib.parse import quote

from fastapi import APIRouter
from fastapi.responses import Response

from storage.hosting import hosted
from web.doors import Door
from web.pages import Problem

PICTURE = "image/jpeg"
"""What is shown; pictures were drawn anew when they were kept. All else is downloaded."""


async def given(doors: Door, token: str) -> Response:
    """The file behind an address, as often as it is asked for: Zalo gets a picture three times."""
    async with doors.database.reading() as session:
        found = await hosted(session, token, doors.now())
    if found is None:
        raise Problem(404, "not_there")
    try:
        content = await asyncio.to_thread(doors.read_file, found.hash)
    except (OSError, doors.refused):
        raise Problem(404, "not_there") from None
    headers = {"Referrer-Policy": "no-referrer", "X-Robots-Tag": "noindex"}
    if found.mime != PICTURE:
        name = quote(found.name or "tep")
        headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{name}"
    mime = PICTURE if found.mime == PICTURE else "application/octet-stream"
    return Response(content, media_type=mime, headers=headers)


def routes() -> APIRouter:
    """Files by a random word."""
    router = APIRouter()
    router.add_api_route("/given/{token}", given, methods=["GET", "HEAD"])
    return router
