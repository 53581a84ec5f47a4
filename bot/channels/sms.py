"""Text messages by any gateway that takes an HTTP POST; one way, for emergencies alone."""

import asyncio
import itertools
import json
import logging
from collections.abc import Awaitable, Callable, Mapping
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

import httpx

from bot.channels.base import (
    ChannelError,
    File,
    Limits,
    Part,
    RetryLater,
    Undeliverable,
    Unknown,
    no_file,
)
from bot.channels.connecting import LONG_PAUSE, NOTHING_SENT, SHORT_PAUSE, connection, timeout
from tickets.rich import plain

NAME = "sms"
MOST = 335
"""UTF-16 units of five joined messages with Vietnamese letters (67 each, 3GPP TS 23.040)."""
MINUTE = 60.0
PER_SECOND = 5
HostFile = Callable[[File], Awaitable[str]]


class Sms:
    """A gateway as a Channel. Each provider has its own form, so the settings give a template.

    `body` is JSON, or a=b&c=d; {phone} (09…), {phone84} (849…) and {text} stand for what is sent.
    A 2xx answer counts as taken, but only with `success` in it where that is set: many gateways
    answer 200 to what they refuse. No gateway's own errors are known here.
    """

    name = NAME

    def __init__(
        self,
        url: str,
        body: str,
        *,
        headers: Mapping[str, str] | None = None,
        success: str = "",
        host_file: HostFile | None = None,
        patience: float = 15,
        pacing: bool = True,
    ) -> None:
        """`host_file` lays a file open for a while, as a text message carries none."""
        for name in ("httpx", "httpcore"):
            logging.getLogger(name).setLevel(logging.CRITICAL)
        self._url, self._body, self._success = url, body, success
        self._headers, self._host_file = dict(headers or {}), host_file
        self._patience = patience
        self._client = httpx.AsyncClient(
            timeout=timeout(patience), follow_redirects=False, **connection(url)
        )
        self._count = itertools.count(1)
        self.limits = Limits(
            text=MOST,
            caption=0,
            files=1,
            can_edit=False,
            is_abroad=True,
            per_second=PER_SECOND if pacing else 0,
        )

    async def send(
        self, address: str, part: Part, *, delivery: int, edits: str | None = None
    ) -> str:
        """See Channel; the receipt is our own count, as gateways tell nothing common."""
        if edits is not None:
            raise Undeliverable("a text message cannot be changed")
        text = plain(part.text)
        for file in part.files:
            where = f": {await self._hosted(file)}" if self._host_file else ""
            text = f"{text}\n{file.name or file.kind}{where}".strip()
        failure = await self._post(fill(self._body, phone=address, text=text))
        if failure is not None:
            raise failure
        return f"{delivery}.{next(self._count)}"

    async def _hosted(self, file: File) -> str:
        assert self._host_file is not None
        try:
            return await self._host_file(file)
        except OSError as error:
            raise no_file(error) from None

    async def _post(self, body: str) -> ChannelError | None:
        kind = "application/json" if is_json(body) else "application/x-www-form-urlencoded"
        headers = {"content-type": kind} | self._headers
        try:
            async with asyncio.timeout(3 * self._patience):
                answer = await self._client.post(self._url, content=body, headers=headers)
        except NOTHING_SENT as error:
            told = f"the SMS gateway cannot be reached ({type(error).__name__})"
            return RetryLater(told, SHORT_PAUSE, whole_channel=True)
        except (httpx.HTTPError, TimeoutError) as error:
            return Unknown(f"no answer from the SMS gateway ({type(error).__name__})")
        return self._meaning(answer)

    def _meaning(self, answer: httpx.Response) -> ChannelError | None:
        status, told = answer.status_code, f"the SMS gateway answered {answer.status_code}"
        if answer.is_success:
            is_taken = self._success in answer.text
            return None if is_taken else Undeliverable(f"{told} without what marks success")
        match status:
            case 429:
                return RetryLater(told, MINUTE, whole_channel=True)
            case 401 | 402 | 403 | 404:  # the account or the settings: a person must mend it
                return RetryLater(told, LONG_PAUSE, whole_channel=True)
            case 502 | 504:
                return Unknown(told)
            case _ if status >= 500:  # noqa: PLR2004  the server itself fails
                return RetryLater(told, SHORT_PAUSE)
            case _:
                return Undeliverable(told)

    async def toast(self, press_id: str, text: str) -> None:
        """Nothing can be pressed in a text message."""

    async def fetch(self, source: str, *, most: int) -> bytes:
        """Nobody sends us files this way."""
        raise Undeliverable("nothing comes in by SMS")

    async def check(self) -> str:
        """No call is harmless here: each one is a message that costs."""
        return urlsplit(self._url).hostname or ""

    async def close(self) -> None:
        """Give connections back."""
        await self._client.aclose()


def is_json(body: str) -> bool:
    """Whether a template or a body is JSON, and no form."""
    return body.lstrip().startswith(("{", "["))


def fill(template: str, *, phone: str, text: str) -> str:
    """The body of a call; what is filled in is escaped as the form of the template wants it."""
    international = f"84{phone[1:]}" if phone.startswith("0") else phone
    given = {"{phone84}": international, "{phone}": phone, "{text}": text}

    def filled(value: Any) -> Any:
        match value:
            case str():
                return given.get(value) or _replaced(value, given)
            case dict():
                return {name: filled(one) for name, one in value.items()}
            case list():
                return [filled(one) for one in value]
            case _:
                return value

    if is_json(template):
        return json.dumps(filled(json.loads(template)), ensure_ascii=False)
    return urlencode(
        {name: filled(value) for name, value in parse_qsl(template, keep_blank_values=True)}
    )


def _replaced(value: str, given: Mapping[str, str]) -> str:
    """The text last: what somebody wrote is no template."""
    for mark, what in given.items():
        value = value.replace(mark, what)
    return value
