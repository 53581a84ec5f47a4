"""A Bot API server on a loopback port that records every call, keeps chats, and fails to order."""

import asyncio
import inspect
import json
import socket
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, Self

from aiohttp import web

from tests.doubles.downloads import Download, give
from tests.doubles.telegram_chats import BOT, Call, Chats, Message, Refused
from tests.doubles.telegram_queue import Queue
from tests.doubles.zalo_far import trickle

TOKEN = "123456:a-made-up-token"
_PLAIN = {"text", "caption", "callback_query_id", "secret_token", "url", "file_id"}


@dataclass
class Fault:
    """What goes wrong, `times` times, with calls of `method` or to `chat` (any when not given).

    `status` answers so. `slow` waits that many seconds first. `silent` never answers, `cut` ends
    the connection, `garbled` answers nonsense, `trickle` sends its answer without an end; `taken`
    tells whether such a call has its effect.
    """

    status: int = 0
    description: str = "a fault to order"
    parameters: dict[str, Any] = field(default_factory=dict)
    slow: float = 0
    silent: bool = False
    cut: bool = False
    garbled: bool = False
    trickle: bool = False
    taken: bool = True
    method: str | None = None
    chat: int | None = None
    times: int = 1

    def meets(self, call: Call) -> bool:
        """Whether this call is the next to fail."""
        here = self.chat is None or self.chat == call.chat
        return self.times > 0 and here and self.method in (None, call.method)


class BotApi:
    """One bot's server; `async with BotApi() as api` runs it on a free port.

    `pace` turns on Telegram's own limits.
    """

    def __init__(self, token: str = TOKEN, *, pace: bool = False) -> None:
        self.token, self.url = token, ""
        self.chats, self.queue = Chats(pace=pace), Queue()
        self.calls: list[Call] = []
        self.files: dict[str, bytes] = {}
        """What getFile and the download know, by file id."""
        self.announced_sizes: dict[str, int] = {}
        """File sizes that getFile tells instead of the true ones."""
        self.file_paths: dict[str, str] = {}
        """Paths that getFile tells instead of the true ones."""
        self.spoilt: dict[str, Download] = {}
        """What the download of a file meets."""
        self.redirects: dict[str, str] = {}
        """Addresses to which the download of a file is sent on."""
        self.downloads: list[str] = []
        self.faults: list[Fault] = []
        self._news = asyncio.Condition()
        self._methods = {
            "getMe": lambda _: BOT | {"can_join_groups": True},
            "getFile": self._get_file,
            "setMyCommands": lambda _: True,
            **self.chats.methods,
            **self.queue.methods,
        }

    async def __aenter__(self) -> Self:
        app = web.Application(client_max_size=100 * 1024 * 1024)
        app.router.add_post("/bot{token}/{method}", self._handle)
        app.router.add_get("/file/bot{token}/{path:.+}", self._download)
        self._runner = web.AppRunner(
            app, access_log=None, shutdown_timeout=0.1, handler_cancellation=True
        )
        await self._runner.setup()
        listener = socket.create_server(("127.0.0.1", 0))
        await web.SockSite(self._runner, listener).start()
        self.url = f"http://127.0.0.1:{listener.getsockname()[1]}"
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.queue.close()
        await self._runner.cleanup()

    def fail(self, **fault: Any) -> Fault:
        """Let the next calls fail; see Fault for the words."""
        self.faults.append(Fault(**fault))
        return self.faults[-1]

    def flood(self, seconds: int = 3, **where: Any) -> Fault:
        """Answer the next calls with 429."""
        told = f"Too Many Requests: retry after {seconds}"
        return self.fail(status=429, description=told, parameters={"retry_after": seconds}, **where)

    def block(self, chat: int, reason: str = "bot was blocked by the user") -> None:
        """Close a chat to the bot for good."""
        self.chats.forbidden[chat] = f"Forbidden: {reason}"

    def migrate(self, group: int) -> int:
        """Make a group a supergroup; its new address comes back."""
        supergroup = self.chats.moved[group] = -1_000_000_000_000 + group
        return supergroup

    async def push(self, update: dict[str, Any]) -> int:
        """Queue what a user did; see Queue.push."""
        return await self.queue.push(update)

    def said(self, chat: int) -> list[str]:
        """The texts in a chat as they stand, oldest first."""
        return [message.text for message in self.in_chat(chat)]

    def in_chat(self, chat: int) -> list[Message]:
        """The messages in a chat as they stand, oldest first."""
        return [message for (where, _), message in self.chats.messages.items() if where == chat]

    def called(self, method: str) -> list[Call]:
        """The calls of one method, oldest first."""
        return [call for call in self.calls if call.method == method]

    async def until(self, condition: Callable[[], object], seconds: float = 5) -> None:
        """Wait for calls until the condition holds; it is asked after each."""
        async with self._news:
            await asyncio.wait_for(self._news.wait_for(condition), seconds)

    async def _handle(self, request: web.Request) -> web.StreamResponse:
        call = Call(request.match_info["method"], *await _decoded(request))
        if request.match_info["token"] != self.token:
            return _answer(call, Refused(401, "Unauthorized"))
        await self._record(call)
        fault = next((fault for fault in self.faults if fault.meets(call)), None)
        return await (self._fail(request, call, fault) if fault else self._do(call))

    async def _record(self, call: Call) -> None:
        async with self._news:
            self.calls.append(call)
            self._news.notify_all()

    async def _do(self, call: Call) -> web.Response:
        act = self._methods.get(call.method)
        if act is None:
            return _answer(call, Refused(404, "Not Found: method not found"))
        try:
            self.chats.check(call)
            result = act(call)
            return _answer(call, await result if inspect.isawaitable(result) else result)
        except Refused as refused:
            return _answer(call, refused)

    async def _fail(self, request: web.Request, call: Call, fault: Fault) -> web.StreamResponse:
        fault.times -= 1
        await asyncio.sleep(fault.slow)
        if fault.status:
            refused = Refused(fault.status, fault.description, **fault.parameters)
            return _answer(call, refused)
        answer = await self._do(call) if fault.taken else web.Response(status=500)
        if fault.silent:
            await asyncio.Event().wait()  # until the caller hangs up
        if fault.trickle:
            await trickle(request)
        if fault.cut and request.transport:
            request.transport.abort()
        return web.Response(text="<html>what?</html>") if fault.garbled else answer

    def _get_file(self, call: Call) -> dict[str, Any]:
        file_id = call.params.get("file_id", "")
        if file_id not in self.files:
            raise Refused(400, "Bad Request: wrong file_id or the file is temporarily unavailable")
        return {
            "file_id": file_id,
            "file_unique_id": f"q{file_id}",
            "file_size": self.announced_sizes.get(file_id, len(self.files[file_id])),
            "file_path": self.file_paths.get(file_id, f"files/{file_id}"),
        }

    async def _download(self, request: web.Request) -> web.StreamResponse:
        self.downloads.append(path := request.match_info["path"])
        file_id = path.removeprefix("files/")
        if elsewhere := self.redirects.get(file_id):
            raise web.HTTPFound(elsewhere)
        is_ours = request.match_info["token"] == self.token
        content = self.files.get(file_id) if is_ours else None
        return await give(request, content, self.spoilt.get(file_id))


def _answer(call: Call, result: Any) -> web.Response:
    if not isinstance(result, Refused):
        call.status, call.result = 200, result
        return web.json_response({"ok": True, "result": result})
    call.status = result.status
    told = {"ok": False, "error_code": result.status, "description": result.description}
    if result.parameters:
        told["parameters"] = result.parameters
    return web.json_response(told, status=result.status)


async def _decoded(request: web.Request) -> tuple[dict[str, Any], dict[str, bytes]]:
    if request.content_type == "application/json":
        return await request.json(), {}
    params: dict[str, Any] = {}
    files: dict[str, bytes] = {}
    for name, value in (await request.post()).items():
        if isinstance(value, web.FileField):
            files[name] = value.file.read()
        else:
            params[name] = _value(name, value)
    return params, files


def _value(name: str, value: Any) -> Any:
    if name not in _PLAIN:
        with suppress(ValueError):
            return json.loads(value)
    return value
