"""Each channel's way in, as its own servers or pages call it, before a whole program."""

import asyncio
import json
import re
from abc import ABC, abstractmethod
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any, ClassVar

import httpx

from bot.channels.telegram import Telegram
from bot.zalo import SECRET as ZALO_SECRET
from bot.zalo import BotHook
from bot.zalo_oa import OaHook
from tests.doubles.zalo_oa_api import APP_ID, OA_SECRET, ZaloOaApi
from tests.site import ORIGIN, Browser, Site, photo, picture, site_of
from tests.world import Actor, World
from tickets.incoming import Incoming
from web.hooks import SECRET as TELEGRAM_SECRET

OURS = "a-secret-of-ours"
Event = dict[str, Any]


@dataclass
class Caller(ABC):
    """One channel's way in; `official` is whoever speaks over it."""

    world: World
    site: Site
    official: Actor
    browser: Browser
    count: int = 0
    one_at_a_time: asyncio.Lock = field(default_factory=asyncio.Lock)
    path: ClassVar[str] = ""

    def number(self) -> int:
        """A number that no event had."""
        self.count += 1
        return 9000 + self.count

    @property
    def who(self) -> str:
        """The person's id as the channel's events have it."""
        return self.official.chat.address.rpartition("/")[2]

    @abstractmethod
    def text(self, words: str, *, minutes_ago: int = 0) -> Event:
        """The event of some words."""

    @abstractmethod
    def album(self, count: int, words: str) -> list[Event]:
        """The events of some pictures that were sent at once."""

    @abstractmethod
    def press(self, packed: str, label: str) -> Event:
        """The event of a button that was pressed, or of its label where there are none."""

    @abstractmethod
    def unsupported(self) -> Event:
        """The event of what the channel does not carry to us."""

    async def post(self, event: Event | bytes, *, is_ours: bool = True) -> int:
        """Call; the status. `is_ours` is whether the call has what proves where it comes from."""
        answer = await self.browser.client.send(await self.call(event, is_ours=is_ours))
        return answer.status_code

    async def call(self, event: Event | bytes, *, is_ours: bool = True) -> httpx.Request:
        """The whole call that brings an event."""
        body = event if isinstance(event, bytes) else json.dumps(event).encode()
        headers = self.proof(body, is_ours=is_ours)
        return self.browser.client.build_request("POST", self.path, content=body, headers=headers)

    async def receive(self, updates: Incoming | Iterable[Incoming]) -> None:
        """Let the program take what was said, and deliver what that causes: pages wait for it."""
        said = [updates] if isinstance(updates, Incoming) else list(updates)
        await self.world.program.intake.receive(said)
        async with self.one_at_a_time:
            self.world.fetches = True
            await self.world.settle()

    def server(self) -> Any:
        """Where files lie that people sent; None where they come with the event."""
        return self.world.api or self.world.zalo_bot or self.world.zalo_oa

    def proof(self, body: bytes, *, is_ours: bool) -> dict[str, str]:
        """The headers that prove where a call comes from; a browser has its cookie for that."""
        return {}


class TelegramCaller(Caller):
    """Telegram's servers."""

    path = "/hooks/telegram"
    secret = OURS

    def parse(self, payload: dict[str, Any]) -> Any:
        channel = self.world.program.channels["telegram"]
        assert isinstance(channel, Telegram)
        return channel.parse(payload)

    async def set_aside(self, key: str, payload: dict[str, Any] | None, error: str) -> None:
        await self.world.program.intake.set_aside_payload("telegram", key, payload, error)

    def _message(self, *, minutes_ago: int = 0, **more: Any) -> Event:
        number, who = self.number(), {"id": int(self.who), "is_bot": False, "first_name": "Lan"}
        at = int(self.world.now.timestamp()) - 60 * minutes_ago
        chat = {"id": int(self.who), "type": "private", "first_name": "Lan"}
        message = {"message_id": number, "from": who, "chat": chat, "date": at, **more}
        return {"update_id": number, "message": message}

    def text(self, words: str, *, minutes_ago: int = 0) -> Event:
        return self._message(minutes_ago=minutes_ago, text=words)

    def album(self, count: int, words: str) -> list[Event]:
        pieces = []
        for n in range(count):
            source = self.world.photo().source
            size = {"file_id": source, "file_unique_id": source, "width": 9, "height": 9}
            caption = {"caption": words} if n == 0 else {}
            pieces.append(self._message(media_group_id="album", photo=[size], **caption))
        return pieces

    def press(self, packed: str, label: str) -> Event:
        event = self._message(text="phiếu")
        message = event.pop("message")
        query = {"id": "1", "from": message["from"], "message": message, "chat_instance": "1"}
        return {**event, "callback_query": {**query, "data": packed}}

    def unsupported(self) -> Event:
        return self._message(dice={"emoji": "🎲", "value": 4})

    def proof(self, body: bytes, *, is_ours: bool) -> dict[str, str]:
        return {TELEGRAM_SECRET: OURS if is_ours else "another"}


class ZaloBotCaller(Caller):
    """The Zalo Bot Platform's servers: every second event bare, as they were captured."""

    path = "/hooks/zalo-bot"

    def _event(self, name: str, *, minutes_ago: int = 0, **more: Any) -> Event:
        number, at = self.number(), self.world.now.timestamp() - 60 * minutes_ago
        message = {
            "from": {"id": self.who, "display_name": "Lan", "is_bot": False},
            "chat": {"id": self.who, "chat_type": "PRIVATE"},
            "message_id": f"m{number}",
            "date": int(at * 1000),
            **more,
        }
        event = {"event_name": f"message.{name}.received", "message": message}
        return event if number % 2 else {"ok": True, "result": event}

    def text(self, words: str, *, minutes_ago: int = 0) -> Event:
        return self._event("text", minutes_ago=minutes_ago, text=words)

    def album(self, count: int, words: str) -> list[Event]:
        return [
            self._event(
                "image", photo_url=self.world.photo().source, caption=words if n == 0 else ""
            )
            for n in range(count)
        ]

    def press(self, packed: str, label: str) -> Event:
        return self.text(label)

    def unsupported(self) -> Event:
        return self._event("unsupported")

    def proof(self, body: bytes, *, is_ours: bool) -> dict[str, str]:
        return {ZALO_SECRET: OURS if is_ours else "another"}


class ZaloOaCaller(Caller):
    """Zalo's servers for an Official Account, which sign."""

    path = "/hooks/zalo-oa"

    def _event(self, name: str, *, minutes_ago: int = 0, **message: Any) -> Event:
        at = self.world.now.timestamp() - 60 * minutes_ago
        return {
            "app_id": APP_ID,
            "event_name": f"user_send_{name}",
            "sender": {"id": self.who},
            "recipient": {"id": "oa1"},
            "message": {"msg_id": f"m{self.number()}", **message},
            "timestamp": str(int(at * 1000)),
        }

    def text(self, words: str, *, minutes_ago: int = 0) -> Event:
        return self._event("text", minutes_ago=minutes_ago, text=words)

    def album(self, count: int, words: str) -> list[Event]:
        return [
            self._event(
                "image",
                text=words if n == 0 else "",
                attachments=[{"type": "image", "payload": {"url": self.world.photo().source}}],
            )
            for n in range(count)
        ]

    def press(self, packed: str, label: str) -> Event:
        return self.text(f"#{packed}")

    def unsupported(self) -> Event:
        return self._event("link", attachments=[{"type": "link", "payload": {"url": "https://x"}}])

    def proof(self, body: bytes, *, is_ours: bool) -> dict[str, str]:
        stamp = str(int(self.world.now.timestamp() * 1000))
        try:
            stamp = str(json.loads(body)["timestamp"])
        except (ValueError, KeyError, TypeError, RecursionError):
            more = {"X-ZEvent-Timestamp": stamp}
        else:
            more = {}
        secret = OA_SECRET if is_ours else "another"
        return {**ZaloOaApi().signature(body, stamp, secret), **more}


class WebCaller(Caller):
    """Our own page; an event is a form, and its key is what tells a repeat."""

    def text(self, words: str, *, minutes_ago: int = 0) -> Event:
        return {"path": "/chat/say", "text": words, "key": f"{self.number():032x}"}

    def album(self, count: int, words: str) -> list[Event]:
        colours = ("red", "blue", "green")[:count]
        return [{**self.text(words), "files": [photo(picture(colour)) for colour in colours]}]

    def press(self, packed: str, label: str) -> Event:
        return {"path": "/chat/press", "press": packed, "key": f"{self.number():032x}"}

    def unsupported(self) -> Event:
        return {**self.text(""), "files": [("photos", ("a.bin", b"\x00\x01", "image/jpeg"))]}

    async def post(self, event: Event | bytes, *, is_ours: bool = True) -> int:
        status = await super().post(event, is_ours=is_ours)
        return 200 if status == httpx.codes.SEE_OTHER else status

    async def call(self, event: Event | bytes, *, is_ours: bool = True) -> httpx.Request:
        form = {"text": "x", "path": "/chat/say"} if isinstance(event, bytes) else dict(event)
        form.setdefault("key", "no key")
        path, files = str(form.pop("path")), form.pop("files", None)
        page = (await self.browser.get("/chat")).text
        if "press" in form:  # a page's button names its line too
            form["press"] = re.findall(rf'value="([^"]*{re.escape(form["press"])})"', page)[-1]
        form |= {} if is_ours else {"csrf": "0" * 32}
        request = self.browser.client.build_request(
            "POST",
            path,
            data={**self.browser.fields, **form},
            headers={"Origin": ORIGIN},
            files=files,
        )
        await request.aread()
        return request


CALLERS: dict[str, type[Caller]] = {
    "telegram": TelegramCaller,
    "web": WebCaller,
    "zalo_bot": ZaloBotCaller,
    "zalo_oa": ZaloOaCaller,
}


@asynccontextmanager
async def calling(world: World) -> AsyncIterator[Caller]:
    """An official of Chiêu Lưu, and the way in of the world's channel."""
    official = await world.joins("chieu_luu", name="Lan")
    site = site_of(world)
    async with site.browser() as browser:
        caller = CALLERS[world.channel](world, site, official, browser)
        if isinstance(caller, WebCaller):
            await official.says("/vao")
            link = re.search(r"/in/[\w-]+", "\n".join(await official.news()))
            assert link is not None
            await browser.get(link.group())
            await browser.post(link.group())
        set_aside = world.program.intake.set_aside_payload
        hooks = {
            "zalo-bot": BotHook("123456", OURS, set_aside),
            "zalo-oa": OaHook(APP_ID, OA_SECRET, lambda: world.now, set_aside),
        }

        telegram = caller if isinstance(caller, TelegramCaller) else None
        opened = site_of(world, hooks=hooks, telegram=telegram, receive=caller.receive)
        async with opened.browser() as calls:
            calls.client.cookies.update(browser.client.cookies)
            caller.site, caller.browser = opened, calls
            yield caller
