"""How a file that somebody sent arrives, or does not, when it is got from a channel's server."""

import asyncio
from enum import StrEnum

from aiohttp import web


class Download(StrEnum):
    """What whoever gets a file meets."""

    SLOW = "it comes bit by bit"
    CUT = "the connection is cut in its middle"
    SILENT = "nothing comes"
    TRICKLES = "it comes letter by letter and never ends"
    ENDLESS = "it is larger than was said"
    FAILS = "the server fails"
    GONE = "it is there no more"
    ELSEWHERE = "it lies elsewhere, perhaps within our own network"


async def give(
    request: web.Request, content: bytes | None, meets: Download | None
) -> web.StreamResponse:
    """Answer with a file as ordered; None is one that is not there."""
    if meets is Download.FAILS:
        return web.Response(status=503)
    if meets is Download.ELSEWHERE:
        raise web.HTTPFound("http://127.0.0.1:9/elsewhere")
    if content is None or meets is Download.GONE:
        return web.Response(status=404)
    if meets is None:
        return web.Response(body=content)
    if meets is Download.SILENT:
        await asyncio.Event().wait()  # until the caller hangs up
    return await _bit_by_bit(request, content, meets)


async def _bit_by_bit(request: web.Request, content: bytes, meets: Download) -> web.StreamResponse:
    answer, half = web.StreamResponse(), len(content) // 2
    if meets is Download.CUT:
        answer.content_length = len(content)
    await answer.prepare(request)
    for piece in (content[:half], content[half:]):
        await answer.write(piece)
        await asyncio.sleep(0.02)
        if meets is Download.CUT and request.transport is not None:
            request.transport.abort()
            return answer
    while meets in {Download.TRICKLES, Download.ENDLESS}:
        await answer.write(content[:1] if meets is Download.TRICKLES else content * 100)
        await asyncio.sleep(0.01)
    await answer.write_eof()
    return answer


def spoil(spoilt: dict[str, Download], name: str, meets: Download | None) -> None:
    """Note what a file's download meets from now on; None for nothing odd."""
    spoilt.pop(name, None)
    if meets is not None:
        spoilt[name] = meets
