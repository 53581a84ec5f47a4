"""Zalo's two ends of a channel for the contract test: the Bot Platform and an Official Account."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from bot.channels.base import File
from bot.channels.zalo_bot import ZaloBot, ZaloBots
from bot.channels.zalo_oa import ZaloOa
from tests.doubles.downloads import Download, spoil
from tests.doubles.far_side import Heard, Trouble
from tests.doubles.zalo_bot_api import TOKEN as ZALO_BOT_TOKEN
from tests.doubles.zalo_bot_api import Message as ZaloBotMessage
from tests.doubles.zalo_bot_api import ZaloBotApi
from tests.doubles.zalo_oa_api import Message as ZaloOaMessage
from tests.doubles.zalo_oa_api import ZaloOaApi

NO_ANSWER = {
    Trouble.SILENT: {"silent": True},
    Trouble.CUT: {"cut": True},
    Trouble.TRICKLES: {"trickles": True},
}


class ZaloBotSide:
    """A Zalo Bot Platform, and the address under which our files lie for it."""

    can = frozenset({"files", "quota", "gone", "afar"})
    person = "123456/6ede9afa66b88fe6d6a9"

    def __init__(self, api: ZaloBotApi) -> None:
        self.api = api
        self.kept: dict[str, bytes] = {}
        self.secrets = [ZALO_BOT_TOKEN, ZALO_BOT_TOKEN.partition(":")[2]]
        self.channels: list[ZaloBots] = []

    def channel(self, *, patience: float = 10) -> ZaloBots:
        bot = ZaloBot(
            ZALO_BOT_TOKEN, host_file=self.host_file, api_url=self.api.url, patience=patience
        )
        self.channels.append(ZaloBots([bot]))
        return self.channels[-1]

    async def host_file(self, file: File) -> str:
        if file.hash not in self.kept:
            raise FileNotFoundError(file.hash)
        return self.api.media(file.hash, self.kept[file.hash])

    def heard(self, address: str) -> list[Heard]:
        return [self._heard(message) for message in self.api.in_chat(address)]

    def _heard(self, message: ZaloBotMessage) -> Heard:
        linked = re.findall(r"/media/(\S+)", message.text)
        files = [self.api.files[name] for name in linked]
        return Heard(message.text, files=files + ([message.photo] if message.photo else []))

    def trouble(self, trouble: Trouble) -> None:
        def says(code: int, description: str) -> None:
            told = {"ok": False, "error_code": code, "description": description}
            self.api.fail(body=told)

        match trouble:
            case Trouble.FLOOD:
                raise NotImplementedError
            case Trouble.QUOTA:
                says(429, "Quota exceeded")
            case Trouble.TOKEN:
                says(401, f"token {ZALO_BOT_TOKEN} invalid")
            case Trouble.BLOCKED | Trouble.NO_SUCH_CHAT:
                says(404, "Not found")
            case Trouble.REFUSED:
                says(400, "Bad Request")
            case Trouble.SERVER_ERROR:
                says(403, "Internal server error")
            case _:
                self.api.fail(taken=True, **NO_ANSWER[trouble])

    def slow(self) -> None:
        self.api.fail(slow=True, taken=True)

    def offer(self, content: bytes) -> str:
        return self.api.media(f"{len(self.api.files)}.jpg", content)

    def spoil(self, source: str, meets: Download | None) -> None:
        spoil(self.api.spoilt, source.rpartition("/")[2], meets)

    async def go_away(self) -> None:
        await self.api.__aexit__()

    def move(self, address: str) -> str:
        raise NotImplementedError


@asynccontextmanager
async def zalo_bot() -> AsyncIterator[ZaloBotSide]:
    async with ZaloBotApi() as api:
        side = ZaloBotSide(api)
        yield side
        for channel in side.channels:
            await channel.close()


class OneToken:
    """Tokens without a database: what Zalo's double takes."""

    def __init__(self, api: ZaloOaApi) -> None:
        self.api = api
        self.api.access = "a-made-up-access-token"

    async def access(self, *, stale: str = "") -> str:
        if stale == self.api.access:
            self.api.access = f"{stale}-renewed"
        return self.api.access

    async def close(self) -> None:
        """Nothing is open."""


class ZaloOaSide:
    """An Official Account's OpenAPI, and the address under which our files lie for people."""

    can = frozenset({"buttons", "files", "flood", "quota", "gone", "afar"})
    person = "8123456789"

    def __init__(self, api: ZaloOaApi) -> None:
        self.api = api
        self.kept: dict[str, bytes] = {}
        self.secrets = ["a-made-up-access-token"]
        self.channels: list[ZaloOa] = []

    def channel(self, *, patience: float = 10) -> ZaloOa:
        channel = ZaloOa(
            OneToken(self.api),
            open_file=self.open_file,
            host_file=self.host_file,
            api_url=self.api.url,
            patience=patience,
            pacing=False,
        )
        self.channels.append(channel)
        return channel

    def open_file(self, content_hash: str) -> bytes:
        if content_hash not in self.kept:
            raise FileNotFoundError(content_hash)
        return self.kept[content_hash]

    async def host_file(self, file: File) -> str:
        return self.api.media(file.hash, self.kept[file.hash])

    def heard(self, address: str) -> list[Heard]:
        return [self._heard(message) for message in self.api.chats.get(address, [])]

    def _heard(self, message: ZaloOaMessage) -> Heard:
        files = [self.api.files[name] for name in re.findall(r"/media/(\S+)", message.text)]
        presses = [str(button["payload"]).removeprefix("#") for button in message.buttons]
        return Heard(message.text, presses, files + ([message.file] if message.file else []))

    def trouble(self, trouble: Trouble) -> None:
        match trouble:
            case Trouble.FLOOD:
                self.api.says(-32, "rate limit")
            case Trouble.QUOTA:
                self.api.says(-211, "out of quota")
            case Trouble.TOKEN:
                self.api.says(-216, "Access token is invalid", times=2)
            case Trouble.BLOCKED:
                self.api.says(-213, "user has not followed the OA")
            case Trouble.NO_SUCH_CHAT:
                self.api.says(-230, "no interaction in 7 days")
            case Trouble.REFUSED:
                self.api.says(-201, "bad parameter")
            case Trouble.SERVER_ERROR:
                self.api.fail(status=500, body="<html>")
            case _:
                self.api.fail(taken=True, **NO_ANSWER[trouble])

    def slow(self) -> None:
        self.api.fail(slow=True, taken=True)

    def offer(self, content: bytes) -> str:
        return self.api.media(f"{len(self.api.files)}.jpg", content)

    def spoil(self, source: str, meets: Download | None) -> None:
        spoil(self.api.spoilt, source.rpartition("/")[2], meets)

    async def go_away(self) -> None:
        await self.api.__aexit__()

    def move(self, address: str) -> str:
        raise NotImplementedError


@asynccontextmanager
async def zalo_oa() -> AsyncIterator[ZaloOaSide]:
    async with ZaloOaApi() as api:
        side = ZaloOaSide(api)
        yield side
        for channel in side.channels:
            await channel.close()
