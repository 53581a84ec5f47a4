"""Zalo's OpenAPI and OAuth servers on one loopback port: one account, its tokens, its webhook."""

import base64
import hashlib
import json
import socket
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any, Self

from aiohttp import web

from tests.doubles.downloads import Download, give
from tests.doubles.zalo_far import Fault, answer_badly
from tickets.rich import units

APP_ID, APP_SECRET, OA_SECRET = "1234567890", "an-app-secret", "oa-secret"
REFRESH = "refresh-token-0"
AGAIN_AFTER = (30, 300, 900, 1800, 3600)
"""Seconds after which Zalo calls again where it could not connect."""
Post = Callable[[bytes, dict[str, str]], Awaitable[bool]]
Wait = Callable[[float], Awaitable[None]]


@dataclass
class Message:
    """What stands in somebody's chat with the account."""

    id: str
    text: str
    buttons: list[dict[str, Any]] = field(default_factory=list)
    file: bytes | None = None


class Refused(Exception):
    """An error code, with HTTP 200."""

    def __init__(self, code: int, told: str = "refused") -> None:
        super().__init__(told)
        self.code, self.told = code, told


class ZaloOaApi:
    """`async with ZaloOaApi() as api` runs both on a free port."""

    def __init__(self) -> None:
        self.url = ""
        self.chats: dict[str, list[Message]] = {}
        self.calls: list[tuple[str, Any]] = []
        self.files: dict[str, bytes] = {}
        """What people sent, by the last part of its address."""
        self.spoilt: dict[str, Download] = {}
        """What whoever gets one of them meets."""
        self.uploads: dict[str, bytes] = {}
        self.faults: list[Fault] = []
        self.closed: dict[str, int] = {}
        """People for whom sending ends with an error code: -230 after seven silent days."""
        self.takes_lists = True
        self.is_hooked = True
        """Whether Zalo still calls the webhook."""
        self.refresh, self.access = REFRESH, ""
        self.renewals = 0
        self.lives: Any = "90000"
        """What it says of how long an access token lives."""
        self.consents: dict[str, str] = {}
        """Codes that a browser came back with, each with the challenge it was asked for with."""
        self._count = 0
        self._routes = {
            "/v3.0/oa/message/cs": self._send,
            "/v2.0/oa/upload/image": self._upload,
            "/v2.0/oa/upload/file": self._upload,
            "/v2.0/oa/getoa": self._account,
        }

    async def __aenter__(self) -> Self:
        app = web.Application(client_max_size=10 * 1024 * 1024)
        app.router.add_post("/v4/oa/access_token", self._renew)
        app.router.add_get("/media/{name}", self._file)
        app.router.add_route("*", "/{path:v[23].+}", self._handle)
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

    def fail(self, **fault: Any) -> None:
        """Let the next calls fail; see Fault. Paths are methods here."""
        self.faults.append(Fault(**fault))

    def says(self, code: int, told: str = "refused", **more: Any) -> None:
        """Let the next calls be answered with an error code."""
        self.fail(body={"error": code, "message": told}, **more)

    def media(self, name: str, content: bytes) -> str:
        """An address under which a file lies that somebody sent."""
        self.files[name] = content
        return f"{self.url}/media/{name}"

    def signed(
        self, event: dict[str, Any], *, secret: str = OA_SECRET, prefix: str = "mac="
    ) -> tuple[bytes, dict[str, str]]:
        """An event as Zalo posts it: its body, and the headers with the signature."""
        body = json.dumps(event, ensure_ascii=False, separators=(",", ":")).encode()
        return body, self.signature(body, event["timestamp"], secret, prefix=prefix)

    def signature(
        self, body: bytes, stamp: str, secret: str, *, prefix: str = "mac="
    ) -> dict[str, str]:
        """The headers under which a body is posted."""
        whole = APP_ID.encode() + body + stamp.encode() + secret.encode()
        mac = hashlib.sha256(whole).hexdigest()
        return {"X-ZEvent-Signature": prefix + mac, "Content-Type": "application/json"}

    async def call_back(self, event: dict[str, Any], post: Post, wait: Wait) -> bool:
        """Post an event as Zalo does: again while nobody can be connected to, with its old time and
        signature; then the webhook is off until somebody switches it on. Whether it was taken.
        """
        body, headers = self.signed(event)
        for number, pause in enumerate((0, *AGAIN_AFTER)):
            await wait(pause)
            again = {"num_retry": str(number)} if number else {}
            if self.is_hooked and await post(body, headers | again):
                return True
        self.is_hooked = False
        return False

    async def _renew(self, request: web.Request) -> web.StreamResponse:
        form = dict(await request.post())
        self.calls.append(("renew", form))
        fault = next((fault for fault in self.faults if fault.meets("renew")), None)
        if fault is not None and not fault.taken:
            return await answer_badly(request, fault, None)
        told = self._new_pair(form, request.headers.get("secret_key", ""))
        done = web.json_response(told)
        return await answer_badly(request, fault, done) if fault is not None else done

    def _new_pair(self, form: dict[str, Any], secret: str) -> dict[str, Any]:
        """A refresh token works once, and the access token of before dies."""
        if secret != APP_SECRET or form.get("app_id") != APP_ID:
            return {"error": -14002, "error_name": "Invalid secret key"}
        if form.get("grant_type") == "authorization_code":
            digest = hashlib.sha256(str(form.get("code_verifier")).encode()).digest()
            challenge = base64.urlsafe_b64encode(digest).decode().rstrip("=")
            if self.consents.pop(str(form.get("code")), None) != challenge:
                return {"error": -14003, "error_name": "Invalid code"}
        elif form.get("grant_type") != "refresh_token" or form.get("refresh_token") != self.refresh:
            return {"error": -14014, "error_name": "Invalid refresh token"}
        self.renewals += 1
        self.access = f"access-token-{self.renewals}"
        self.refresh = f"refresh-token-{self.renewals}"
        return {
            "access_token": self.access,
            "refresh_token": self.refresh,
            "expires_in": self.lives,
        }

    async def _handle(self, request: web.Request) -> web.StreamResponse:
        path = request.path
        body = await _decoded(request)
        self.calls.append((path, body))
        fault = next((fault for fault in self.faults if fault.meets(path)), None)
        if fault is None:
            return self._do(request, path, body)
        done = self._do(request, path, body) if fault.taken else None
        return await answer_badly(request, fault, done)

    def _do(self, request: web.Request, path: str, body: Any) -> web.Response:
        try:
            if not self.access or request.headers.get("access_token") != self.access:
                raise Refused(-216, "Access token is invalid")
            data = self._routes[path](body)
        except Refused as refused:
            return web.json_response({"error": refused.code, "message": refused.told})
        return web.json_response({"data": data, "error": 0, "message": "Success"})

    def _send(self, body: dict[str, Any]) -> dict[str, Any]:
        person, message = body["recipient"]["user_id"], body["message"]
        if code := self.closed.get(person):
            raise Refused(code)
        text, buttons, file = message.get("text", ""), [], None
        if units(text) > 2000:
            raise Refused(-210, "out of range")
        if attachment := message.get("attachment"):
            payload = attachment["payload"]
            buttons = payload.get("buttons", [])
            if len(buttons) > 5 or any(len(button["title"]) > 100 for button in buttons):
                raise Refused(-201, "buttons")
            if payload.get("template_type") == "list":
                text, rows = self._list(payload["elements"])
                buttons = rows + buttons
            held = payload.get("token") or payload.get("elements", [{}])[0].get("attachment_id")
            file = self.uploads[held] if held else None
        if not text and file is None:
            raise Refused(-201, "message is empty")
        self._count += 1
        said = Message(f"oa{self._count}", text, buttons, file)
        self.chats.setdefault(person, []).append(said)
        quota = {"quota_type": "reply"}
        return {"message_id": said.id, "user_id": person, "sent_time": "1", "quota": quota}

    def _list(self, elements: list[dict[str, Any]]) -> tuple[str, list[dict[str, Any]]]:
        """What a list shows: its head as a text, and the rows below as buttons."""
        too_long = any(
            units(row["title"]) > 100 or units(row.get("subtitle", "")) > 500 for row in elements
        )
        if not self.takes_lists or not 1 <= len(elements) <= 5 or too_long:
            raise Refused(-201, "elements")
        head, *rows = elements
        text = "\n".join(filter(None, (head["title"], head.get("subtitle", ""))))
        return text, [{"title": row["title"], **row["default_action"]} for row in rows]

    def _upload(self, body: bytes) -> dict[str, Any]:
        self._count += 1
        held = f"upload{self._count}"
        self.uploads[held] = body
        return {"attachment_id": held, "token": held}

    def _account(self, _: Any) -> dict[str, Any]:
        return {"oaid": "oa1", "name": "Tháo Gỡ Nghệ An", "package_name": "Tăng trưởng"}

    async def _file(self, request: web.Request) -> web.StreamResponse:
        name = request.match_info["name"]
        return await give(request, self.files.get(name), self.spoilt.get(name))


async def _decoded(request: web.Request) -> Any:
    if request.content_type == "application/json":
        return await request.json()
    if request.content_type == "multipart/form-data":
        field = (await request.post())["file"]
        assert isinstance(field, web.FileField)
        return field.file.read()
    return {}
