"""Files that people sent over Zalo, got from Zalo's own hosts and from no others."""

import asyncio
from urllib.parse import urlsplit

import httpx

from bot.channels.base import RetryLater, Undeliverable
from bot.channels.connecting import SHORT_PAUSE, content, is_here

HOSTS = (".zdn.vn", ".dlfl.vn")
"""Where captured pictures, voices and files lie; names end so."""
LONGEST = 8
"""Times the patience with a single answer."""


class Files:
    """Downloads by an address from a payload: it is whatever somebody wrote there."""

    def __init__(self, client: httpx.AsyncClient, api_url: str, *, patience: float) -> None:
        """An API server on this very machine, as in tests, may have files as well."""
        self._client, self._patience = client, patience
        self._own = urlsplit(api_url).netloc if is_here(api_url) else ""

    async def get(self, source: str, *, most: int) -> bytes:
        """At most `most` bytes; the address is asked once, and redirections are not followed."""
        if not self._may_ask(source):
            raise Undeliverable("a file that does not lie with Zalo")
        failure: Exception
        try:
            async with asyncio.timeout(LONGEST * self._patience):
                async with self._client.stream("GET", source) as answer:
                    return await content(answer, most, "Zalo")
        except (httpx.HTTPError, httpx.InvalidURL, TimeoutError) as error:
            failure = RetryLater(f"no file from Zalo ({type(error).__name__})", SHORT_PAUSE)
        raise failure

    def _may_ask(self, source: str) -> bool:
        try:
            parts = urlsplit(source)
            host, is_standard = parts.hostname or "", parts.port in (None, 80, 443)
        except ValueError:
            return False
        if parts.username or parts.scheme not in {"http", "https"}:
            return False
        is_zalo = is_standard and host.endswith(HOSTS)
        return is_zalo or bool(self._own and parts.netloc == self._own)
