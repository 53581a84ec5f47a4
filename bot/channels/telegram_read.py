"""What is got from Telegram as it stands: updates and files."""

import ipaddress
from typing import Any
from urllib.parse import urlsplit

import httpx

from bot.channels.base import RetryLater, Undeliverable
from bot.channels.telegram_failures import SHORT_PAUSE, refusal, unreachable

NAME = "telegram"
ALLOWED_UPDATES = ("message", "edited_message", "callback_query", "my_chat_member")


class Reader:
    """Fetches from one Bot API server, and from no other: redirections are not followed."""

    def __init__(self, api_url: str, token: str, *, patience: float) -> None:
        """`patience` is how many seconds an answer may take."""
        self._methods = f"{api_url}/bot{token}"
        self._files = f"{api_url}/file/bot{token}"
        self._patience = patience
        self._client = httpx.AsyncClient(
            timeout=timeout(patience), follow_redirects=False, trust_env=proxied(api_url)
        )

    async def updates(self, offset: int, *, wait: int) -> list[dict[str, Any]]:
        """Wait up to `wait` seconds for updates from `offset` on; those below it are confirmed."""
        fields = {"offset": offset, "timeout": wait, "allowed_updates": ALLOWED_UPDATES}
        found: list[dict[str, Any]] = await self._call("getUpdates", fields, longer=wait)
        return found

    async def file(self, file_id: str, *, most: int) -> bytes:
        """The bytes of a file, at most `most` of them; raises RetryLater or Undeliverable."""
        about = await self._call("getFile", {"file_id": file_id})
        path = str(about.get("file_path", ""))
        if int(about.get("file_size", 0)) > most:
            raise Undeliverable(f"the file has over {most} bytes")
        if not path or path.startswith("/") or ".." in path.split("/"):
            raise Undeliverable("Telegram named no path to fetch the file from")
        try:
            async with self._client.stream("GET", f"{self._files}/{path}") as answer:
                return await _content(answer, most)
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            failure = unreachable(error)
        raise failure

    async def close(self) -> None:
        """Give the connections back."""
        await self._client.aclose()

    async def _call(self, method: str, fields: dict[str, Any], *, longer: float = 0) -> Any:
        try:
            answer = await self._client.post(
                f"{self._methods}/{method}", json=fields, timeout=timeout(self._patience + longer)
            )
        except httpx.HTTPError as error:
            failure = unreachable(error)
        else:
            return _result(answer)
        raise failure  # outside the except clause: an httpx error carries the URL with the token


def timeout(patience: float) -> httpx.Timeout:
    """Limits in seconds for the four steps of a call whose answer may take `patience`."""
    return httpx.Timeout(connect=5, write=10, pool=5, read=patience)


def proxied(api_url: str) -> bool:
    """Whether the environment's proxy is to be used; never for a server on this machine."""
    host = urlsplit(api_url).hostname or ""
    try:
        return not ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host != "localhost"


def _result(answer: httpx.Response) -> Any:
    try:
        told = answer.json()
        if answer.is_success:
            return told["result"]
        description = str(told.get("description", ""))
        seconds = float(told.get("parameters", {}).get("retry_after", SHORT_PAUSE))
    except (ValueError, KeyError, TypeError, AttributeError):
        description, seconds = "an answer that is none of the Bot API's", SHORT_PAUSE
    raise refusal(answer.status_code, description, seconds)


async def _content(answer: httpx.Response, most: int) -> bytes:
    if answer.status_code >= httpx.codes.INTERNAL_SERVER_ERROR:
        raise RetryLater(f"Telegram answered {answer.status_code}", SHORT_PAUSE)
    if not answer.is_success:
        raise Undeliverable(f"Telegram answered {answer.status_code} for the file")
    content = bytearray()
    async for piece in answer.aiter_bytes():
        content += piece
        if len(content) > most:
            raise Undeliverable(f"the file has over {most} bytes")
    return bytes(content)
