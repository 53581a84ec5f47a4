"""Where channels call us: the answer comes after the commit, never before."""

import hashlib
import json
import secrets
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import PlainTextResponse, Response

from tickets.incoming import Incoming
from web.doors import Door, Hook, TelegramHook
from web.pages import Problem

SECRET = "x-telegram-bot-api-secret-token"  # noqa: S105  a header's name


async def telegram(request: Request, doors: Door) -> Response:
    """One update of Telegram; any failure to commit is a 500, and Telegram sends it again."""
    hook = doors.telegram
    given = request.headers.get(SECRET, "").encode()
    if hook is None or not hook.secret or not secrets.compare_digest(given, hook.secret.encode()):
        raise Problem(403, "not_from_here")
    if doors.ready():
        raise Problem(503, "starting")
    incoming = await _read(hook, await request.body())
    if incoming is not None:
        await doors.receive(incoming)
    return PlainTextResponse("ok")


async def other(request: Request, doors: Door, name: str) -> Response:
    """One event of a channel that may not call again: it waits until the program is loaded."""
    hook = doors.hooks.get(name)
    if hook is None:
        raise Problem(403, "not_from_here")
    body = await request.body()
    if not body:
        return PlainTextResponse("ok")  # Zalo tries an address out so
    if not hook.admits(request.headers, body):
        raise Problem(403, "not_from_here")
    incoming = await _read(hook, body)
    if incoming is not None:
        await doors.receive(incoming)
    return PlainTextResponse("ok")


async def _read(hook: TelegramHook | Hook, body: bytes) -> Incoming | None:
    """The update in our shape; what cannot be read is set aside, for a repeat would be the same."""
    payload: dict[str, Any] | None = None
    try:
        payload = _object(body)
        return hook.parse(payload)
    except Exception as error:  # noqa: BLE001  whatever an odd payload does to the parser
        known = (payload or {}).get("update_id")
        key = f"u{known}" if isinstance(known, int) else hashlib.sha256(body).hexdigest()[:32]
        await hook.set_aside(key, payload, type(error).__name__)
        return None


def _object(body: bytes) -> dict[str, Any]:
    payload = json.loads(body)
    if not isinstance(payload, dict):
        raise TypeError("an update is an object")
    return payload


def routes() -> APIRouter:
    """One hook per channel that calls."""
    router = APIRouter()
    router.add_api_route("/hooks/telegram", telegram, methods=["POST"])
    router.add_api_route("/hooks/{name:path}", other, methods=["POST", "GET"])
    return router
