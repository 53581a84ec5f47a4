"""The Zalo Bot Platform: several bots as one channel, since each holds few people."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, datetime
from typing import Any

import httpx

from bot.channels.base import File, Limits, Part, RetryLater, Undeliverable, no_file
from bot.channels.choices import with_choices
from bot.channels.connecting import LONG_PAUSE
from bot.channels.zalo_bot_call import NO_MESSAGE, Caller
from bot.channels.zalo_bot_parse import NAME, parse
from bot.channels.zalo_files import Files
from tickets.incoming import Incoming
from tickets.rich import bold_ranges, plain, units

MOST = 2000
"""UTF-16 units of a message; a longer one is rejected, not cut."""
LONG_POLL = 30
"""Seconds that Zalo holds a request for updates open."""
HOOKED = (
    "a webhook is registered for this Zalo bot, so that asking for updates hears nothing: set "
    "THAOGO_ZALO_BOT_WEBHOOK_SECRET, or run `thaogo webhooks --take-away`"
)

HostFile = Callable[[File], Awaitable[str]]
"""An address under which Zalo, or a person, can get a kept file for a while; OSError when gone."""


class ZaloBot:
    """One bot: what it says and hears."""

    name = NAME

    def __init__(
        self,
        token: str,
        *,
        host_file: HostFile | None,
        api_url: str = "https://bot-api.zaloplatforms.com",
        patience: float = 15,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        """`host_file` is None where no public address is known: pictures are then only named."""
        for name in ("httpx", "httpcore"):  # their lines hold the URL, and the URL the token
            logging.getLogger(name).setLevel(logging.CRITICAL)
        self.id = token.partition(":")[0]
        self._caller = Caller(token, api_url.rstrip("/"), patience=patience)
        self._host_file = host_file
        self._held: dict[str, Any] | None = None
        self._number = int(now().timestamp() * 1000)
        self._files = Files(self._caller.client, api_url, patience=patience)

    async def send(self, chat: str, part: Part) -> str:
        """Make the one call that a part is; its receipt."""
        return await (self._send_file(chat, part) if part.files else self._say(chat, part))

    async def _say(self, chat: str, part: Part) -> str:
        text = with_choices(part)
        styles = [{"start": at, "len": n, "st": ["b"]} for at, n in bold_ranges(text)]
        return await self._sent("sendMessage", chat, text=plain(text), text_styles=styles)

    async def _send_file(self, chat: str, part: Part) -> str:
        """A picture by an address of ours that Zalo fetches; all else as a link in words.

        The API takes no uploads, and no files but pictures (docs.zaloplatforms.com/docs/BOT).
        """
        address = await self._hosted(part.files[0])
        caption = plain(part.text)
        if address and part.files[0].kind == "photo":
            more = {"caption": caption} if caption else {}
            return await self._sent("sendPhoto", chat, photo=address, **more)
        name = part.files[0].name or part.files[0].kind
        words = f"📎 {name}: {address}" if address else f"📎 {name}"
        return await self._sent("sendMessage", chat, text=f"{caption}\n{words}".strip())

    async def _hosted(self, file: File) -> str:
        try:
            return await self._host_file(file) if self._host_file else ""
        except OSError as error:
            raise no_file(error) from None

    async def _sent(self, method: str, chat: str, **fields: Any) -> str:
        if units(str(fields.get("text", ""))) > MOST:
            raise Undeliverable(f"over {MOST} letters")
        given = {name: value for name, value in fields.items() if value}
        result = await self._caller.call(method, {"chat_id": chat, **given})
        return str(result.get("message_id", "")) if isinstance(result, dict) else ""

    async def fetch(self, source: str, *, most: int) -> bytes:
        """See Channel; `source` is an address on Zalo's own hosts."""
        return await self._files.get(source, most=most)

    async def check(self) -> str:
        """The bot's own name."""
        me = await self._caller.call("getMe", {})
        return str(me.get("account_name", "")) if isinstance(me, dict) else ""

    async def webhook(self) -> str:
        """Where Zalo calls this bot; empty when nowhere, which Zalo says with 404."""
        found = await self._caller.call("getWebhookInfo", {}, nothing=httpx.codes.NOT_FOUND)
        return str(found.get("url", "")) if isinstance(found, dict) else ""

    async def set_webhook(self, url: str, secret: str) -> str:
        """Have events posted to `url` with `secret` in their header; what Zalo's own try found.

        The address is kept by Zalo even when its try fails, and may be set a few times a day only.
        """
        result = await self._caller.call("setWebhook", {"url": url, "secret_token": secret})
        tried = result.get("verification") if isinstance(result, dict) else None
        return str(tried.get("outcome", "")) if isinstance(tried, dict) else ""

    async def take_webhook_away(self) -> None:
        """Let the bot be polled again; none to take away is fine, which Zalo says with 400."""
        await self._caller.call("deleteWebhook", {}, nothing=httpx.codes.BAD_REQUEST)

    # Polling, for development: what Zalo hands out it forgets, and what it cannot it may lose.

    async def listen(self) -> None:
        """Refuse where a webhook gets everything instead; nobody takes it away unasked."""
        if await self.webhook():
            raise RetryLater(HOOKED, LONG_PAUSE)

    async def updates(self, offset: int) -> list[dict[str, Any]]:
        """Wait for an event; one that was handed over and not taken comes again from here."""
        if self._held is not None and self._held["update_id"] >= offset:
            return [self._held]
        self._held = None
        asked = {"timeout": str(LONG_POLL)}
        event = await self._caller.call("getUpdates", asked, longer=LONG_POLL, nothing=NO_MESSAGE)
        if not isinstance(event, dict) or not event:
            return []
        self._number += 1
        self._held = {"result": event, "update_id": self._number}
        return [self._held]

    def parse(self, payload: dict[str, Any]) -> Incoming | None:
        """Read an event; None when it does not concern us, ValueError when it is none."""
        return parse(payload, bot=self.id)

    async def close(self) -> None:
        """Give the connections back."""
        await self._caller.client.aclose()


class ZaloBots:
    """All our bots as one channel; a contact's address begins with the bot that knows it."""

    name = NAME

    def __init__(self, bots: Sequence[ZaloBot]) -> None:
        """At least one bot."""
        self.bots = {bot.id: bot for bot in bots}
        self.limits = Limits(text=MOST, caption=MOST, files=1, can_edit=False, spells_choices=True)

    async def send(
        self, address: str, part: Part, *, delivery: int, edits: str | None = None
    ) -> str:
        """See Channel; Zalo recognises no repeats, and changes nothing that was said."""
        number, _, chat = address.partition("/")
        bot = self.bots.get(number)
        if bot is None or not chat or edits is not None:
            raise Undeliverable("no bot of ours knows this chat", gone=edits is None)
        return await bot.send(chat, part)

    async def toast(self, press_id: str, text: str) -> None:
        """Nothing can be pressed, and so nothing is shown there."""

    async def fetch(self, source: str, *, most: int) -> bytes:
        """See Channel."""
        return await next(iter(self.bots.values())).fetch(source, most=most)

    async def check(self) -> str:
        """The names of all bots."""
        names = await asyncio.gather(*(bot.check() for bot in self.bots.values()))
        return ", ".join(names)

    async def close(self) -> None:
        """See Channel."""
        for bot in self.bots.values():
            await bot.close()
