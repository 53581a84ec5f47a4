"""How both of Zalo's servers fail to order: with an answer, with none, or with nonsense."""

import asyncio
import json
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web


@dataclass
class Fault:
    """What the next `times` calls of `method` (any when empty) meet.

    `status` and `body` answer so. `silent` never answers, `cut` ends the connection, `trickles`
    begins an answer that never ends, `slow` takes a while and is right; `taken` tells whether such
    a call has its effect.
    """

    status: int = 200
    body: dict[str, Any] | str = field(default_factory=dict)
    silent: bool = False
    cut: bool = False
    trickles: bool = False
    slow: bool = False
    taken: bool = False
    method: str = ""
    times: int = 1

    def meets(self, method: str) -> bool:
        return self.times > 0 and self.method in {"", method}


async def answer_badly(
    request: web.Request, fault: Fault, done: web.Response | None
) -> web.StreamResponse:
    """Answer as the fault says."""
    fault.times -= 1
    if fault.silent:
        await asyncio.Event().wait()  # until the caller hangs up
    if fault.slow and done is not None:
        await asyncio.sleep(0.05)
        return done
    if fault.trickles:
        await trickle(request)
    if fault.cut and request.transport:
        request.transport.abort()
        return done or web.Response()
    if isinstance(fault.body, str):
        return web.Response(text=fault.body, status=fault.status)
    text = json.dumps(fault.body)
    return web.Response(text=text, status=fault.status, content_type="application/json")


async def trickle(request: web.Request) -> None:
    """Begin an answer and go on with it until the caller hangs up."""
    answer = web.StreamResponse()
    await answer.prepare(request)
    while True:
        await answer.write(b" ")
        await asyncio.sleep(0.02)
