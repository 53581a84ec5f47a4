"""How channels connect over HTTP: patience, certificates, and files that are read only so far."""

import ipaddress
import ssl
from functools import cache
from typing import Any
from urllib.parse import urlsplit

import httpx

from bot.channels.base import RetryLater, Undeliverable

SHORT_PAUSE = 5.0
"""Seconds until a call is tried again after a fault that should pass."""
LONG_PAUSE = 600.0
"""The same after one that a person must mend."""

NOTHING_SENT = (
    httpx.ConnectError,
    httpx.ConnectTimeout,
    httpx.PoolTimeout,
    httpx.ProxyError,
    httpx.UnsupportedProtocol,
    httpx.WriteTimeout,
)
"""Faults after which the other side cannot have a whole request."""


def timeout(patience: float) -> httpx.Timeout:
    """Limits in seconds for the four steps of a call whose answer may take `patience`."""
    return httpx.Timeout(connect=5, write=10, pool=5, read=patience)


def connection(api_url: str) -> dict[str, Any]:
    """How httpx connects: one set of certificates for all, and no proxy to this very machine."""
    return {"verify": _certificates(), "trust_env": not is_here(api_url)}


def is_here(url: str) -> bool:
    """Whether an address is this very machine."""
    host = urlsplit(url).hostname or ""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


async def content(answer: httpx.Response, most: int, whose: str) -> bytes:
    """The bytes of a file that is being streamed; raises RetryLater or Undeliverable."""
    if answer.status_code >= httpx.codes.INTERNAL_SERVER_ERROR:
        raise RetryLater(f"{whose} answered {answer.status_code}", SHORT_PAUSE)
    if not answer.is_success:
        raise Undeliverable(f"{whose} answered {answer.status_code} for the file")
    kept = bytearray()
    async for piece in answer.aiter_bytes():
        kept += piece
        if len(kept) > most:
            raise Undeliverable(f"the file has over {most} bytes")
    return bytes(kept)


@cache
def _certificates() -> ssl.SSLContext:
    return httpx.create_ssl_context()
