"""Calls of the Official Account's API, and what its error codes mean."""

import asyncio
import logging
from typing import Any

import httpx

from bot.channels.base import ChannelError, OverQuota, RetryLater, Undeliverable, Unknown
from bot.channels.connecting import NOTHING_SENT, SHORT_PAUSE, connection, timeout

MINUTE = 60.0
STALE_TOKEN = frozenset({-216, -220, -124})
CLOSED_DOOR = frozenset({-213, -217, -222, -227, -230, -232})
"""Not followed, blocked, inactive, or silent for over seven days."""
NOT_IN_ORDER = frozenset({-202, -204, -205, -207, -208, -209, -212, -215, -221, -224, -320, -321})
"""The account or its app is not as it must be: a person must mend it."""
RATE = -32
USED_UP = frozenset({-211, -218})
"""The account's messages that cost, or what one person may get."""
TOLD = 200


class StaleToken(ChannelError):
    """The access token is not valid any more."""


class OaCaller:
    """Posts to the API with an access token, which stands in a header and never in an URL."""

    def __init__(self, api_url: str, *, patience: float) -> None:
        """`patience` is how many seconds an answer may take."""
        for name in ("httpx", "httpcore"):
            logging.getLogger(name).setLevel(logging.CRITICAL)
        self.client = httpx.AsyncClient(
            timeout=timeout(patience), follow_redirects=False, **connection(api_url)
        )
        self.patience, self._api = patience, api_url

    async def call(
        self, path: str, token: str, *, address: str = "", method: str = "POST", **body: Any
    ) -> dict[str, Any]:
        """The answer's `data`; raises ChannelError. HTTP is 200 whatever happened."""
        try:
            async with asyncio.timeout(3 * self.patience):
                answer = await self.client.request(
                    method, f"{self._api}{path}", headers={"access_token": token}, **body
                )
        except (httpx.HTTPError, TimeoutError) as error:
            failure = broken(error)
        else:
            told = body_of(answer)
            code = code_of(told) if told is not None else None
            if told is None or code is None:
                raise gateway(answer.status_code)
            if code == 0:
                data = told.get("data")
                return data if isinstance(data, dict) else {}
            failure = meaning(code, str(told.get("message", ""))[:TOLD], address=address)
        raise failure  # outside the except clause: an httpx error carries the request


def body_of(answer: httpx.Response) -> dict[str, Any] | None:
    """The JSON object of an answer, if it is one of Zalo's: gateways before it answer in JSON too.

    What they say with a 5xx, whatever is in it, is no word of the API, which answers with 200.
    """
    if answer.status_code >= httpx.codes.INTERNAL_SERVER_ERROR:
        return None
    try:
        told = answer.json()
    except ValueError:
        return None
    return told if isinstance(told, dict) else None


def code_of(told: dict[str, Any]) -> int | None:
    """The error code of an answer, 0 for success; None where it has neither code nor data."""
    code = told.get("error", 0 if isinstance(told.get("data"), dict) else None)
    try:
        return int(str(code))
    except ValueError:
        return None


def broken(error: BaseException) -> ChannelError:
    """No answer at all; names the kind of fault alone."""
    if isinstance(error, NOTHING_SENT):
        is_ours = isinstance(error, httpx.PoolTimeout)
        told = f"Zalo cannot be reached ({type(error).__name__})"
        return RetryLater(told, SHORT_PAUSE, whole_channel=not is_ours)
    return Unknown(f"no answer from Zalo ({type(error).__name__})")


def gateway(status: int) -> ChannelError:
    """An answer that is none of the API; of a 502 nothing has been taken, of a 504 nobody knows."""
    if status == httpx.codes.GATEWAY_TIMEOUT or status < 300:  # noqa: PLR2004  a success
        return Unknown(f"no answer of the Zalo API ({status})")
    return RetryLater(f"Zalo answered {status}", SHORT_PAUSE)


def meaning(code: int, told: str, *, address: str) -> ChannelError:
    """What an error code means for a message (docs.zaloplatforms.com/docs/OA/phu-luc/ma-loi)."""
    told = f"Zalo answered {code}: {told}"
    if code in STALE_TOKEN:
        return StaleToken(told)
    if code in CLOSED_DOOR:
        return Undeliverable(told, gone=True)
    if code == RATE or code in NOT_IN_ORDER:
        return RetryLater(told, MINUTE, whole_channel=True)
    if code in USED_UP:  # others may still be within their free 48 hours
        return OverQuota(told, among=address)
    return Undeliverable(told)
