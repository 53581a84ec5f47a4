"""Connections that are slow, or end in the middle of what is said over them."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress
from typing import Any

import httpx
from starlette.requests import ClientDisconnect

from tests.callers import Caller, Event


async def post_slowly(caller: Caller, event: Event) -> int:
    """Call over a connection on which the body comes in pieces; the status."""
    call = await caller.call(event)
    body, size = call.content, len(call.content) // 7 + 1

    async def pieces() -> AsyncIterator[bytes]:
        for begins in range(0, len(body), size):
            yield body[begins : begins + size]
            await asyncio.sleep(0)

    headers = {name: at for name, at in call.headers.items() if name != "content-length"}
    answer = await caller.browser.client.post(call.url, content=pieces(), headers=headers)
    return 200 if answer.status_code == httpx.codes.SEE_OTHER else answer.status_code


async def post_half(caller: Caller, event: Event) -> None:
    """Begin a call whose connection is cut in the middle of its body."""
    call = await caller.call(event)
    said = iter(
        [
            {
                "type": "http.request",
                "body": call.content[: len(call.content) // 2],
                "more_body": True,
            }
        ]
    )

    async def receive() -> dict[str, Any]:
        return next(said, {"type": "http.disconnect"})

    async def send(_: Any) -> None:
        """Nobody is there any more."""

    scope = {
        "type": "http",
        "method": call.method,
        "headers": [(name.lower(), value) for name, value in call.headers.raw],
        "scheme": call.url.scheme,
        "path": call.url.path,
        "raw_path": call.url.raw_path,
        "query_string": call.url.query,
        "server": (call.url.host, 443),
        "client": ("10.0.0.7", 5000),
    }
    with suppress(ClientDisconnect):
        await caller.site.app(scope, receive, send)
