"""The other ends of e-mail and SMS, which carry words to people and none back."""

import json
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any, Self

from aiohttp import web

from bot.channels.base import File
from bot.channels.email import Email
from bot.channels.sms import Sms
from tests.doubles.downloads import Download
from tests.doubles.far_side import Heard, Trouble
from tests.doubles.smtp_server import PASSWORD, SmtpServer
from tests.doubles.zalo_far import Fault, answer_badly

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
KEY = "a-made-up-gateway-key"


class EmailSide:
    """A mailbox behind a mail server."""

    can = frozenset({"flood", "gone", "albums", "one way", "afar"})
    person = "chu.tich@xa.example"

    def __init__(self, server: SmtpServer) -> None:
        self.server = server
        self.kept: dict[str, bytes] = {}
        self.secrets = [PASSWORD]

    def channel(self, *, patience: float = 10) -> Email:
        return Email(
            self.server.url,
            "Tháo Gỡ <thaogo@tinh.example>",
            open_file=self.open_file,
            now=lambda: NOW,
            pages="https://thaogo.example",
            patience=patience,
            pacing=False,
        )

    def open_file(self, content_hash: str) -> bytes:
        if content_hash not in self.kept:
            raise FileNotFoundError(content_hash)
        return self.kept[content_hash]

    def heard(self, address: str) -> list[Heard]:
        heard = []
        for to, mail in self.server.mails:
            if to == address:
                body = mail.get_body(("plain",))
                assert body is not None
                files = [bytes(one.get_content()) for one in mail.iter_attachments()]
                heard.append(Heard(str(body.get_content()).rstrip("\n"), files=files))
        return heard

    def trouble(self, trouble: Trouble) -> None:
        command, answer = {
            Trouble.FLOOD: ("MAIL", "421 too many connections"),
            Trouble.TOKEN: ("AUTH", "535"),
            Trouble.BLOCKED: ("RCPT", "550 mailbox closed"),
            Trouble.NO_SUCH_CHAT: ("RCPT", "550 no such user here"),
            Trouble.REFUSED: ("DATA", "554 looks like spam"),
            Trouble.SERVER_ERROR: ("DATA", "451 local error"),
            Trouble.SILENT: ("DATA", "silent"),
            Trouble.CUT: ("DATA", "cut"),
            Trouble.TRICKLES: ("DATA", "trickles"),
        }[trouble]
        self.server.answers[command] = answer

    def slow(self) -> None:
        self.server.answers["DATA"] = "slow"

    def offer(self, content: bytes) -> str:
        raise NotImplementedError

    def spoil(self, source: str, meets: Download | None) -> None:
        raise NotImplementedError

    async def go_away(self) -> None:
        await self.server.__aexit__()

    def move(self, address: str) -> str:
        raise NotImplementedError


@asynccontextmanager
async def email() -> AsyncIterator[EmailSide]:
    async with SmtpServer() as server:
        yield EmailSide(server)


class SmsGateway:
    """A provider's HTTP server; it takes JSON and forms, and keeps what it was given."""

    def __init__(self) -> None:
        self.url = ""
        self.given: list[dict[str, Any]] = []
        self.faults: list[Fault] = []
        self.files: dict[str, bytes] = {}

    async def __aenter__(self) -> Self:
        app = web.Application()
        app.router.add_post("/send", self._send)
        self._runner = web.AppRunner(
            app, access_log=None, shutdown_timeout=0.1, handler_cancellation=True
        )
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}/send"
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._runner.cleanup()

    async def _send(self, request: web.Request) -> web.StreamResponse:
        if request.headers.get("Authorization") != f"Bearer {KEY}":
            return web.json_response({"code": "key"}, status=401)
        is_json = request.content_type == "application/json"
        given = await request.json() if is_json else dict(await request.post())
        fault = next((one for one in self.faults if one.meets("send")), None)
        if fault is None or fault.taken:
            self.given.append(given)
        done = web.json_response({"code": "100"})
        return await answer_badly(request, fault, done) if fault is not None else done


class SmsSide:
    """Phones behind a gateway."""

    can = frozenset({"flood", "one way", "afar"})
    person = "0912345678"

    def __init__(self, gateway: SmsGateway) -> None:
        self.gateway = gateway
        self.kept: dict[str, bytes] = {}
        self.secrets = [KEY]
        self.channels: list[Sms] = []

    def channel(self, *, patience: float = 10) -> Sms:
        channel = Sms(
            self.gateway.url,
            json.dumps({"to": "{phone84}", "content": "{text}"}),
            headers={"Authorization": f"Bearer {KEY}"},
            success='"code": "100"',
            host_file=self.host_file,
            patience=patience,
            pacing=False,
        )
        self.channels.append(channel)
        return channel

    async def host_file(self, file: File) -> str:
        if file.hash not in self.kept:
            raise FileNotFoundError(file.hash)
        return f"https://thaogo.example/given/{file.hash}"

    def heard(self, address: str) -> list[Heard]:
        sent = [one["content"] for one in self.gateway.given if one["to"] == f"84{address[1:]}"]
        return [
            Heard(text, files=[self.kept[name] for name in re.findall(r"/given/(\S+)", text)])
            for text in sent
        ]

    def trouble(self, trouble: Trouble) -> None:
        fault = {
            Trouble.FLOOD: Fault(status=429),
            Trouble.TOKEN: Fault(status=401),
            Trouble.REFUSED: Fault(body={"code": "99"}),
            Trouble.SERVER_ERROR: Fault(status=500),
            Trouble.SILENT: Fault(silent=True, taken=True),
            Trouble.CUT: Fault(cut=True, taken=True),
            Trouble.TRICKLES: Fault(trickles=True, taken=True),
        }[trouble]
        self.gateway.faults.append(fault)

    def slow(self) -> None:
        self.gateway.faults.append(Fault(slow=True, taken=True))

    def offer(self, content: bytes) -> str:
        raise NotImplementedError

    def spoil(self, source: str, meets: Download | None) -> None:
        raise NotImplementedError

    async def go_away(self) -> None:
        await self.gateway.__aexit__()

    def move(self, address: str) -> str:
        raise NotImplementedError


@asynccontextmanager
async def sms() -> AsyncIterator[SmsSide]:
    async with SmsGateway() as gateway:
        side = SmsSide(gateway)
        yield side
        for channel in side.channels:
            await channel.close()
