"""What a browser sends into its conversation: words, photos, a place, and presses."""

import asyncio
import hashlib
import secrets
from collections.abc import Sequence

import structlog
from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, RedirectResponse, Response
from starlette.datastructures import FormData, UploadFile

from storage.webchat import Line
from tickets.incoming import Attachment, Incoming, Kind
from tickets.rich import clean
from web.doors import Door, Doors
from web.forms import client_key, coordinates, read_form, text_of, uploads
from web.labels import labels
from web.lines import label_of
from web.pages import Problem, base_of, language_of, wants_json
from web.papers import VIDEO, paper_of
from web.sessions import CHANNEL, SignedIn, Visitor, check_form, check_still
from web.shield import PHOTO, PHOTOS

LONGEST = 20_000
"""Characters of one message."""
NAME = 100
"""Characters of a file's name."""
ANSWER_WAITS = 1.5
"""Seconds that a page without script waits for the answer, so that it is there to be seen."""

log = structlog.get_logger()


async def say(request: Request, doors: Door, who: SignedIn) -> Response:
    """A message with what came along."""
    async with read_form(request) as form:
        check_form(form, who)
        key = client_key(form)
        text = text_of(form, "text")
        if len(text) > LONGEST:
            raise Problem(413, "too_long")
        place = coordinates(form)
        reply_to = text_of(form, "to")
        await check_still(doors, who)
        files, note = await keep_photos(doors, uploads(form, "photos"))
    said = Incoming(
        channel=CHANNEL,
        key=_key(who, key, text, place, *(file.hash for file in files)),
        address=who.contact.address,
        sender=who.contact.address,
        sent_at=doors.now(),
        text=text,
        attachments=tuple(files),
        lat=place[0] if place else None,
        lon=place[1] if place else None,
        receipt=key,
        reply_to=reply_to if reply_to.isdecimal() else None,
    )
    if text or files or place:
        await _receive(request, doors, who, said)
    return _done(request, note)


async def keep_photos(doors: Doors, files: Sequence[UploadFile]) -> tuple[list[Attachment], str]:
    """Keep the photos that can be kept; the others never hold up the report, but are told of."""
    kept, note = [], "photos_many" if len(files) > PHOTOS else ""
    for file in files[:PHOTOS]:
        try:
            kept.append(await _keep_one(doors, file))
        except doors.refused as refusal:
            log.info("photo refused", reason=str(refusal), size=file.size)
            note = "photos_refused"
        except OSError as error:
            log.error("photo not kept", error=type(error).__name__, size=file.size)
            note = "photos_lost"
    return kept, note


async def _keep_one(doors: Doors, file: UploadFile) -> Attachment:
    if (file.size or 0) > PHOTO:
        raise doors.refused("too large")
    content = await file.read()
    name = _base_name(file.filename or "")
    paper = paper_of(content, name)
    kind = "photo" if not paper else "video" if paper == VIDEO else "document"
    kept = await asyncio.to_thread(doors.keep_upload, content, kind, paper or "image/jpeg")
    return Attachment(
        kind=kind,
        name=name,
        mime=kept.mime,
        size=kept.size,
        hash=kept.hash,
        taken_at=kept.taken_at,
        lat=kept.lat,
        lon=kept.lon,
    )


def _base_name(name: str) -> str:
    """A file's name without folders, cleaned and cut."""
    return clean(name.replace("\\", "/").rpartition("/")[2])[:NAME]


async def press(request: Request, doors: Door, who: SignedIn) -> Response:
    """A button; only one that was shown to this contact, on the line that showed it."""
    async with read_form(request) as form:
        check_form(form, who)
        key = client_key(form)
        number, packed = _pressed(form)
    await check_still(doors, who)
    async with doors.database.reading() as session:
        line = await session.get(Line, (who.contact_id, number))
    label = label_of(line, packed) if line is not None else None
    if label is None:
        raise Problem(409, "old_button")
    said = Incoming(
        channel=CHANNEL,
        key=_key(who, key, str(number), packed),
        address=who.contact.address,
        sender=who.contact.address,
        sent_at=doors.now(),
        kind=Kind.PRESS,
        text=label,
        press=packed,
        receipt=key,
        reply_to=str(number),
    )
    await _receive(request, doors, who, said)
    return _done(request, "")


def _pressed(form: FormData) -> tuple[int, str]:
    """The line's number and what its button carries."""
    number, _, packed = text_of(form, "press").partition(":")
    if not number.isdecimal() or len(number) > 9 or not packed:  # noqa: PLR2004  a 32-bit column
        raise Problem(400, "bad")
    return int(number), packed


def _key(who: Visitor, key: str, *content: object) -> str:
    """The same for a form that is sent again, another when its content was changed in between.

    A browser's "back" may bring an old page: what is then written on it is a new message.
    """
    digest = hashlib.sha256(repr(content).encode()).hexdigest()[:12]
    return f"{who.contact.address}:{key}-{digest}"


async def _receive(request: Request, doors: Doors, who: Visitor, said: Incoming) -> None:
    """Hand it in, show it on open pages, and let a page without script find the answer."""
    async with doors.hub.watch(who.contact_id) as answered:
        await doors.receive(said)
        if not wants_json(request):
            try:
                await asyncio.wait_for(answered.wait(), ANSWER_WAITS)
            except TimeoutError:
                pass
    doors.hub.wake(who.contact_id)


def _done(request: Request, note: str) -> Response:
    """Back to the conversation; our script gets a fresh key instead."""
    if wants_json(request):
        words = labels(language_of(request))(note) if note else ""
        return JSONResponse({"key": secrets.token_hex(16), "note": words})
    query = f"?note={note}" if note else ""
    return RedirectResponse(f"{base_of(request)}/chat{query}#end", 303)


def routes() -> APIRouter:
    """The two forms of the chat."""
    router = APIRouter()
    router.add_api_route("/chat/say", say, methods=["POST"])
    router.add_api_route("/chat/press", press, methods=["POST"])
    return router
