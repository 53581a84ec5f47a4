"""What is got from Telegram as it stands: updates and files."""

import asyncio
from typing import Any, TypeVar

import httpx

from bot.channels.base import RetryLater, Undeliverable
from bot.channels.connecting import SHORT_PAUSE, connection, content, timeout
from bot.channels.telegram_failures import refusal, unreachable

T = TypeVar("T")

NAME = "telegram"
ALLOWED_UPDATES = ("message", "edited_message", "callback_query", "my_chat_member")
LONGEST_DOWNLOAD = 8
"""Times the patience with a single answer."""


class Reader:
    """Fetches from one Bot API server, and from no other: redirections are not followed."""

    def __init__(self, api_url: str, token: str, *, patience: float) -> None:
        """`patience` is how many seconds an answer may take."""
        self._methods = f"{api_url}/bot{token}"
        self._files = f"{api_url}/file/bot{token}"
        self._patience = patience
        self._client = httpx.AsyncClient(
            timeout=timeout(patience), follow_redirects=False, **connection(api_url)
        )

    async def updates(self, offset: int, *, wait: int) -> list[dict[str, Any]]:
        """Wait up to `wait` seconds for updates from `offset` on; those below it are confirmed."""
        fields = {"offset": offset, "timeout": wait, "allowed_updates": ALLOWED_UPDATES}
        answered = await self._call("getUpdates", fields, list, longer=wait)
        numbered = [update for update in answered if _has_number(update)]
        if answered and not numbered:  # nothing that could be confirmed: it would come for ever
            raise RetryLater("Telegram answered with updates that have no number", SHORT_PAUSE)
        return numbered

    async def file(self, file_id: str, *, most: int) -> bytes:
        """The bytes of a file, at most `most` of them; raises RetryLater or Undeliverable."""
        path = _path(await self._call("getFile", {"file_id": file_id}, dict), most)
        try:
            async with asyncio.timeout(LONGEST_DOWNLOAD * self._patience):
                return await self._download(path, most)
        except (httpx.HTTPError, httpx.InvalidURL, TimeoutError) as error:
            failure = unreachable(error)
        raise failure

    async def close(self) -> None:
        """Give the connections back."""
        await self._client.aclose()

    async def _download(self, path: str, most: int) -> bytes:
        async with self._client.stream("GET", f"{self._files}/{path}") as answer:
            return await content(answer, most, "Telegram")

    async def _call(
        self, method: str, fields: dict[str, Any], gives: type[T], *, longer: float = 0
    ) -> T:
        patience = timeout(self._patience + longer)
        try:
            answer = await self._client.post(
                f"{self._methods}/{method}", json=fields, timeout=patience
            )
        except httpx.HTTPError as error:
            failure = unreachable(error)
        else:
            return _result(answer, gives)
        raise failure  # outside the except clause: an httpx error carries the URL with the token


def _result(answer: httpx.Response, gives: type[T]) -> T:
    try:
        told = answer.json()
        result = told.get("result")
        description = str(told.get("description", ""))
        seconds = float(told.get("parameters", {}).get("retry_after", SHORT_PAUSE))
    except (ValueError, TypeError, AttributeError):
        result, description, seconds = None, "no answer of a Bot API", SHORT_PAUSE
    if answer.is_success and isinstance(result, gives):
        return result
    raise refusal(answer.status_code, description, seconds)


def _has_number(update: Any) -> bool:
    return isinstance(update, dict) and type(update.get("update_id")) is int


def _path(about: dict[str, Any], most: int) -> str:
    """Where a file lies below the server's folder of files."""
    path, size = str(about.get("file_path") or ""), about.get("file_size")
    if isinstance(size, int) and size > most:
        raise Undeliverable(f"the file has over {most} bytes")
    if not path or path.startswith("/") or ".." in path.split("/"):
        raise Undeliverable("Telegram named no path to fetch the file from")
    return path
