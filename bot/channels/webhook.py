"""Calls to other programs' addresses: signed, never to this network, told apart by their number."""

import asyncio
import hashlib
import hmac
import ipaddress
import socket
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime, timedelta
from urllib.parse import urlsplit

import httpx

from bot.channels.base import ChannelError, Limits, Part, RetryLater, Undeliverable
from bot.channels.connecting import SHORT_PAUSE, connection, timeout
from storage.webhooks import CHANNEL
from tickets.rich import plain

PATIENCE = 10.0
MINUTE, LONGEST_REST = 60.0, 3600.0
MOST = 100_000
SIGNATURE, NUMBER = "X-Thaogo-Signature", "X-Thaogo-Delivery"
NOT_OURS = tuple(
    ipaddress.ip_network(net) for net in ("64:ff9b::/96", "2002::/16", "2001::/32", "::/96")
)
"""IPv6 networks behind which an IPv4 address stands: it may be one of this network."""

Resolve = Callable[[str, int], Awaitable[Sequence[str]]]


class Webhooks:
    """The addresses of other programs as a Channel.

    A contact's address is the salt of its secret, a space and the URL. What answers 2xx has it; a
    fault, a silence and a 5xx are tried again with the same number, so that the receiver knows a
    repeat; all else is a dead letter. Redirects are not followed. The name is resolved for each
    call and the call goes to what was looked at, so it cannot lead elsewhere in between.
    """

    name = CHANNEL

    def __init__(
        self,
        secret_of: Callable[[str], str],
        now: Callable[[], datetime],
        *,
        is_private: bool = False,
        resolve: Resolve | None = None,
        transport: httpx.AsyncBaseTransport | None = None,
    ) -> None:
        """`is_private` lets calls go to this network, for tests; `resolve` names no names there."""
        self._secret_of, self._now, self._is_private = secret_of, now, is_private
        self._resolve = resolve or _resolved
        options = {**connection("https://outside"), "trust_env": False}
        self._client = httpx.AsyncClient(
            timeout=timeout(PATIENCE), follow_redirects=False, transport=transport, **options
        )
        self._resting: dict[str, datetime] = {}
        self.limits = Limits(text=MOST, can_edit=False, is_abroad=True, recognises=True)

    async def send(
        self, address: str, part: Part, *, delivery: int, edits: str | None = None
    ) -> str:
        """See Channel; the receipt is the number of the delivery."""
        if edits is not None:
            raise Undeliverable("what was told cannot be changed")
        rests = self._resting.get(address)
        if rests is not None and rests > self._now():
            raise RetryLater("the address rests", (rests - self._now()).total_seconds())
        try:
            async with asyncio.timeout(2 * PATIENCE):
                answer = await self._post(address, plain(part.text).encode(), delivery)
        except (httpx.HTTPError, OSError, TimeoutError) as error:
            told = f"the webhook cannot be reached ({type(error).__name__})"
            raise self._rest(address, RetryLater(told, SHORT_PAUSE)) from None
        if (failure := _meaning(answer)) is not None:
            raise self._rest(address, failure)
        self._resting.pop(address, None)
        return str(delivery)

    def _rest(self, address: str, failure: ChannelError) -> ChannelError:
        """One address that is down is not asked by each of the calls that wait for it."""
        if isinstance(failure, RetryLater):
            self._resting[address] = self._now() + timedelta(seconds=failure.seconds)
        return failure

    async def _post(self, address: str, body: bytes, delivery: int) -> httpx.Response:
        salt, _, url = address.partition(" ")
        parts = urlsplit(url)
        host, at = parts.hostname or "", int(self._now().timestamp())
        port = parts.port or (443 if parts.scheme == "https" else 80)
        target = httpx.URL(url).copy_with(host=await self._looked_at(host, port))
        headers = {
            "Host": parts.netloc,
            "Content-Type": "application/json",
            "User-Agent": "thaogo",
            NUMBER: str(delivery),
            SIGNATURE: f"t={at},v1={sign(self._secret_of(salt), at, body)}",
        }
        request = self._client.build_request("POST", target, content=body, headers=headers)
        request.extensions["sni_hostname"] = host
        answer = await self._client.send(request, stream=True)
        await answer.aclose()  # what it says beside its status concerns nobody
        return answer

    async def _looked_at(self, host: str, port: int) -> str:
        """The address behind a name; Undeliverable for one that is not open to all the world."""
        found = await self._resolve(host, port)
        if not found:
            raise OSError("no address")
        if not self._is_private and not all(map(is_outside, found)):
            raise Undeliverable("the webhook leads to a private address")
        return found[0]

    async def toast(self, press_id: str, text: str) -> None:
        """A program presses nothing."""

    async def fetch(self, source: str, *, most: int) -> bytes:
        """No program sends us files this way."""
        raise Undeliverable("nothing comes in by a webhook")

    async def check(self) -> str:
        """There is no one server to ask."""
        return "webhooks"

    async def close(self) -> None:
        """Give connections back."""
        await self._client.aclose()


def sign(secret: str, at: int, body: bytes) -> str:
    """HMAC-SHA256 of the second (UTC) at which a call was made, a point and its body."""
    return hmac.new(secret.encode(), f"{at}.".encode() + body, hashlib.sha256).hexdigest()


def secret_by(key: str) -> Callable[[str], str]:
    """How the secret of an address follows from THAOGO_SECRET_KEY and its salt."""

    def secret_of(salt: str) -> str:
        told = hmac.new(key.encode(), f"webhook {salt}".encode(), hashlib.sha256)
        return f"whs_{told.hexdigest()}"

    return secret_of


def is_outside(address: str) -> bool:
    """Whether an address is one of the open net, whatever it is written as."""
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(found, ipaddress.IPv6Address):
        if found.ipv4_mapped is not None:
            found = found.ipv4_mapped
        elif any(found in net for net in NOT_OURS):
            return False
    return found.is_global and not found.is_multicast


async def _resolved(host: str, port: int) -> list[str]:
    loop = asyncio.get_running_loop()
    rows = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [str(row[4][0]) for row in rows]


def _meaning(answer: httpx.Response) -> ChannelError | None:
    status, told = answer.status_code, f"the webhook answered {answer.status_code}"
    if answer.is_success:
        return None
    if status == httpx.codes.TOO_MANY_REQUESTS:
        after = answer.headers.get("retry-after", "")
        wait = float(after) if after.isascii() and after.isdecimal() else MINUTE
        return RetryLater(told, min(wait, LONGEST_REST))
    if status >= httpx.codes.INTERNAL_SERVER_ERROR or status == httpx.codes.REQUEST_TIMEOUT:
        return RetryLater(told, SHORT_PAUSE)
    return Undeliverable(told)
