"""The updates a made-up Telegram holds for its bot, and the two ways in which it gives them out."""

import asyncio
import itertools
from collections import deque
from contextlib import suppress
from typing import Any

from aiohttp import ClientError, ClientSession, ClientTimeout

from tests.doubles.telegram_chats import Call, Refused

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"
KNOCK_AGAIN = 0.02
"""Seconds after which a hook that did not answer with 2xx is tried again."""


class Queue:
    """Updates in order: polled (those below the offset are forgotten), or posted to a hook."""

    def __init__(self) -> None:
        self.updates: deque[dict[str, Any]] = deque()
        self.hook_url, self.hook_secret = "", ""
        self.hook_answers: list[int] = []
        self._ids = itertools.count(1000)
        self._news = asyncio.Condition()
        self._polling = False
        self._posting: asyncio.Task[None] | None = None
        self.methods = {
            "getUpdates": self._get_updates,
            "getWebhookInfo": self._hook_info,
            "setWebhook": self._set_hook,
            "deleteWebhook": self._delete_hook,
        }

    async def push(self, update: dict[str, Any]) -> int:
        """Add an update, numbered unless it has a number; the number comes back."""
        update = {"update_id": next(self._ids)} | update
        async with self._news:
            self.updates.append(update)
            self._news.notify_all()
        return int(update["update_id"])

    async def close(self) -> None:
        if self._posting:
            self._posting.cancel()
            await asyncio.gather(self._posting, return_exceptions=True)

    async def _get_updates(self, call: Call) -> list[dict[str, Any]]:
        if self.hook_url:
            raise Refused(409, "Conflict: can't use getUpdates method while webhook is active")
        if self._polling:
            raise Refused(409, "Conflict: terminated by other getUpdates request")
        self._polling = True
        try:
            return await self._wait(call.params)
        finally:
            self._polling = False

    async def _wait(self, params: dict[str, Any]) -> list[dict[str, Any]]:
        offset, allowed = int(params.get("offset", 0)), set(params.get("allowed_updates") or [])

        def found() -> list[dict[str, Any]]:
            return [update for update in self.updates if not allowed or allowed & set(update)]

        async with self._news:
            while self.updates and self.updates[0]["update_id"] < offset:
                self.updates.popleft()
            with suppress(TimeoutError):
                await asyncio.wait_for(self._news.wait_for(found), int(params.get("timeout", 0)))
            return found()[: int(params.get("limit", 100))]

    def _hook_info(self, _: Call) -> dict[str, Any]:
        return {
            "url": self.hook_url,
            "has_custom_certificate": False,
            "pending_update_count": len(self.updates),
        }

    async def _delete_hook(self, _: Call) -> bool:
        self.hook_url = ""
        await self.close()
        return True

    async def _set_hook(self, call: Call) -> bool:
        await self.close()
        self.hook_url = call.params.get("url", "")
        self.hook_secret = call.params.get("secret_token", "")
        self._posting = asyncio.create_task(self._post_all()) if self.hook_url else None
        return True

    async def _post_all(self) -> None:
        """Post the updates in their order, each again until it is answered with 2xx."""
        async with ClientSession(timeout=ClientTimeout(total=10)) as client:
            while True:
                async with self._news:
                    await self._news.wait_for(lambda: self.updates)
                status = await self._post(client, self.updates[0])
                self.hook_answers.append(status)
                if 200 <= status < 300:
                    self.updates.popleft()
                else:
                    await asyncio.sleep(KNOCK_AGAIN)

    async def _post(self, client: ClientSession, update: dict[str, Any]) -> int:
        headers = {SECRET_HEADER: self.hook_secret} if self.hook_secret else {}
        try:
            async with client.post(self.hook_url, json=update, headers=headers) as answer:
                return answer.status
        except (ClientError, TimeoutError):
            return 0
