"""A Zalo Bot Platform on a loopback port: keeps chats, hands out one event, and fails to order."""

import asyncio
import socket
from collections import deque
from dataclasses import dataclass, field
from typing import Any, Self

import httpx
from aiohttp import web

from tests.doubles.downloads import Download, give
from tests.doubles.zalo_far import Fault, answer_badly
from tickets.rich import units

TOKEN = "123456:a-made-up-zalo-token"
HEADER = "X-Bot-Api-Secret-Token"


@dataclass
class Message:
    """What stands in a chat."""

    id: str
    text: str
    photo: bytes | None = None


@dataclass
class Bot:
    """One bot of the platform."""

    token: str
    chats: dict[str, list[Message]] = field(default_factory=dict)
    updates: deque[dict[str, Any]] = field(default_factory=deque)
    webhook: dict[str, str] = field(default_factory=dict)
    webhooks_set: int = 0
    left: int | None = None
    """Messages left this month; None for as many as one likes."""

    @property
    def id(self) -> str:
        return self.token.partition(":")[0]


class Refused(Exception):
    """ok:false, with HTTP 200 as often as not."""

    def __init__(self, code: int, description: str, status: int = 200) -> None:
        super().__init__(description)
        self.code, self.description, self.status = code, description, status


class ZaloBotApi:
    """Some bots' server; `async with ZaloBotApi() as api` runs it on a free port."""

    def __init__(self, *tokens: str) -> None:
        self.bots = {token: Bot(token) for token in tokens or (TOKEN,)}
        self.url = ""
        self.calls: list[tuple[str, dict[str, Any]]] = []
        self.files: dict[str, bytes] = {}
        """What people sent, by the last part of its address."""
        self.redirects: dict[str, str] = {}
        self.spoilt: dict[str, Download] = {}
        """What whoever gets one of them meets."""
        self.faults: list[Fault] = []
        self.closed: dict[str, int] = {}
        """Chats that answer with an error code."""
        self.idle = 0.05
        """Seconds until getUpdates says 408."""
        self.fetches = 3
        """How often Zalo gets a hosted picture (issue 141415 of the facts)."""
        self._count = 0
        self._methods = {
            "getMe": self._get_me,
            "getUpdates": self._get_updates,
            "setWebhook": self._set_webhook,
            "getWebhookInfo": self._get_webhook_info,
            "deleteWebhook": self._delete_webhook,
            "sendMessage": self._send_message,
            "sendPhoto": self._send_photo,
        }

    async def __aenter__(self) -> Self:
        app = web.Application(client_max_size=1024 * 1024)
        app.router.add_post("/bot{token}/{method}", self._handle)
        app.router.add_get("/media/{name}", self._file)
        self._runner = web.AppRunner(
            app, access_log=None, shutdown_timeout=0.1, handler_cancellation=True
        )
        await self._runner.setup()
        listener = socket.create_server(("127.0.0.1", 0))
        await web.SockSite(self._runner, listener).start()
        self.url = f"http://127.0.0.1:{listener.getsockname()[1]}"
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._runner.cleanup()

    @property
    def bot(self) -> Bot:
        return next(iter(self.bots.values()))

    def fail(self, **fault: Any) -> None:
        """Let the next calls fail; see Fault."""
        self.faults.append(Fault(**fault))

    def in_chat(self, address: str) -> list[Message]:
        """What stands in a chat, whose address is the bot's number and the chat's."""
        number, _, chat = address.partition("/")
        return [
            message
            for bot in self.bots.values()
            if bot.id == number
            for message in bot.chats.get(chat, [])
        ]

    def media(self, name: str, content: bytes) -> str:
        """An address under which a file lies that somebody sent."""
        self.files[name] = content
        return f"{self.url}/media/{name}"

    async def call_back(self, event: Any, bot: Bot | None = None, **headers: str) -> httpx.Response:
        """Post an event to the webhook as Zalo does."""
        hook = (bot or self.bot).webhook
        agent = {"User-Agent": "Java/1.8.0_192", HEADER: hook["secret_token"], **headers}
        async with httpx.AsyncClient(trust_env=False) as client:
            return await client.post(hook["url"], json=event, headers=agent)

    async def _handle(self, request: web.Request) -> web.StreamResponse:
        bot = self.bots.get(request.match_info["token"])
        method, given = request.match_info["method"], await request.json()
        self.calls.append((method, given))
        fault = next((fault for fault in self.faults if fault.meets(method)), None)
        if fault is None:
            return await self._do(bot, method, given)
        done = await self._do(bot, method, given) if fault.taken else None
        return await answer_badly(request, fault, done)

    async def _do(self, bot: Bot | None, method: str, given: dict[str, Any]) -> web.Response:
        try:
            if bot is None:
                raise Refused(401, "Unauthorized", 401)
            act = self._methods.get(method)
            if act is None:
                raise Refused(400, "Bad Request")
            result = await act(bot, given)
        except Refused as refused:
            told = {"ok": False, "error_code": refused.code, "description": refused.description}
            return web.json_response(told, status=refused.status)
        return web.json_response({"ok": True, "result": result})

    async def _get_me(self, bot: Bot, _: dict[str, Any]) -> dict[str, Any]:
        return {
            "id": f"1459{bot.id}",
            "account_name": f"bot.{bot.id}",
            "account_type": "BASIC",
            "can_join_groups": False,
        }

    async def _get_updates(self, bot: Bot, given: dict[str, Any]) -> dict[str, Any]:
        if not isinstance(given.get("timeout"), str):
            raise Refused(400, "timeout is a String")
        if bot.webhook or not bot.updates:  # with a webhook set, polling is silently dead
            await asyncio.sleep(self.idle)
            raise Refused(408, "Request timeout", 408)
        return bot.updates.popleft()

    async def _set_webhook(self, bot: Bot, given: dict[str, Any]) -> dict[str, Any]:
        if not 8 <= len(given.get("secret_token", "")) <= 256:
            raise Refused(400, "secret_token")
        bot.webhook, bot.webhooks_set = given, bot.webhooks_set + 1
        told = {"ok": True, "url": given["url"], "outcome": "webhook.ok", "hint": ""}
        return {"url": given["url"], "updated_at": 1750316131602, "verification": told}

    async def _get_webhook_info(self, bot: Bot, _: dict[str, Any]) -> dict[str, Any]:
        if not bot.webhook:
            raise Refused(404, "Not Found", 404)
        return {"url": bot.webhook["url"], "updated_at": 1750316131602}

    async def _delete_webhook(self, bot: Bot, _: dict[str, Any]) -> dict[str, Any]:
        if not bot.webhook:
            raise Refused(400, "Bad Request", 400)
        bot.webhook = {}
        return {"url": "", "updated_at": 1750316131602}

    async def _send_message(self, bot: Bot, given: dict[str, Any]) -> dict[str, Any]:
        text = given.get("text", "")
        if not 1 <= units(text) <= 2000 or "\ue000" in text:
            raise Refused(400, "text must be 1-2000 characters")
        for style in given.get("text_styles", []):
            if style["start"] + style["len"] > units(text):
                raise Refused(400, "text_styles")
        return self._take(bot, given["chat_id"], Message("", text))

    async def _send_photo(self, bot: Bot, given: dict[str, Any]) -> dict[str, Any]:
        async with httpx.AsyncClient(trust_env=False) as client:
            pages = [await client.get(given["photo"]) for _ in range(self.fetches)]
        if any(page.status_code != 200 for page in pages):
            raise Refused(400, "photo cannot be fetched")
        message = Message("", given.get("caption", ""), pages[-1].content)
        return self._take(bot, given["chat_id"], message)

    def _take(self, bot: Bot, chat: str, message: Message) -> dict[str, Any]:
        if code := self.closed.get(chat):
            raise Refused(code, "chat not found")
        if bot.left is not None:
            if bot.left <= 0:
                raise Refused(429, "Quota exceeded", 429)
            bot.left -= 1
        self._count += 1
        message.id = f"82599f{self._count:014x}"
        bot.chats.setdefault(chat, []).append(message)
        return {"message_id": message.id, "date": 1750316131602}

    async def _file(self, request: web.Request) -> web.StreamResponse:
        name = request.match_info["name"]
        if elsewhere := self.redirects.get(name):
            raise web.HTTPFound(elsewhere)
        return await give(request, self.files.get(name), self.spoilt.get(name))
