"""What stands at the other end of each channel, told to the contract test in the same words."""

import re
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

from bot.channels.base import Channel, File
from bot.channels.telegram import Telegram
from bot.channels.zalo_bot import ZaloBot, ZaloBots
from tests.doubles.bot_api import TOKEN, BotApi
from tests.doubles.zalo_bot_api import TOKEN as ZALO_BOT_TOKEN
from tests.doubles.zalo_bot_api import Message as ZaloBotMessage
from tests.doubles.zalo_bot_api import ZaloBotApi


class Trouble(StrEnum):
    """What the next call to send meets."""

    FLOOD = "too many calls, wait 3 seconds"
    QUOTA = "what may be sent is used up"
    TOKEN = "the token is not known any more"
    BLOCKED = "the person has closed the door"
    NO_SUCH_CHAT = "nobody lives there"
    REFUSED = "this message is not accepted"
    SERVER_ERROR = "the server fails"
    SILENT = "the message is taken, no answer comes"
    CUT = "the message is taken, the connection is cut"


@dataclass
class Heard:
    """A message as the person sees it now."""

    text: str
    presses: list[str] = field(default_factory=list)
    files: list[bytes] = field(default_factory=list)


class FarSide(Protocol):
    """One channel's other end.

    `can` names what the channel can do: edit, buttons, move, albums, and of the troubles flood
    and quota.
    """

    can: frozenset[str]
    person: str
    """An address with a person who listens."""
    kept: dict[str, bytes]
    """The kept files, by hash, that the channel may be given to send."""
    secrets: list[str]
    """What no failure and no log may tell."""

    def channel(self, *, patience: float = 10) -> Channel:
        """A channel to this end; it is closed at the end of the test."""
        ...

    def heard(self, address: str) -> list[Heard]:
        """What stands in a chat, oldest first; an album is one."""
        ...

    def trouble(self, trouble: Trouble) -> None:
        """Make the next call meet it."""
        ...

    async def go_away(self) -> None:
        """Answer no connection any more."""
        ...

    def move(self, address: str) -> str:
        """Give a chat another address, which comes back."""
        ...


class TelegramSide:
    """A Telegram made of the Bot API double."""

    can = frozenset({"edit", "buttons", "move", "albums", "flood"})
    person = "700100200"

    def __init__(self, api: BotApi) -> None:
        self.api = api
        self.kept: dict[str, bytes] = {}
        self.secrets = [TOKEN, TOKEN.partition(":")[2]]
        self.channels: list[Telegram] = []

    def channel(self, *, patience: float = 10) -> Telegram:
        channel = Telegram(
            TOKEN,
            open_file=self.open_file,
            api_url=self.api.url,
            pacing=False,
            patience=patience,
        )
        self.channels.append(channel)
        return channel

    def open_file(self, content_hash: str) -> bytes:
        if content_hash not in self.kept:
            raise FileNotFoundError(content_hash)
        return self.kept[content_hash]

    def heard(self, address: str) -> list[Heard]:
        found: dict[str, Heard] = {}
        for message in self.api.in_chat(int(address)):
            heard = found.setdefault(message.album or f"m{message.id}", Heard(message.text))
            heard.presses += [b["callback_data"] for row in message.buttons for b in row]
            heard.files += [message.file] if message.file else []
        return list(found.values())

    def trouble(self, trouble: Trouble) -> None:
        match trouble:
            case Trouble.FLOOD:
                self.api.flood(3)
            case Trouble.QUOTA:
                raise NotImplementedError
            case Trouble.TOKEN:
                self.api.fail(status=401, description="Unauthorized")
            case Trouble.BLOCKED:
                self.api.fail(status=403, description="Forbidden: bot was blocked by the user")
            case Trouble.NO_SUCH_CHAT:
                self.api.fail(status=400, description="Bad Request: chat not found")
            case Trouble.REFUSED:
                self.api.fail(status=400, description="Bad Request: BUTTON_DATA_INVALID")
            case Trouble.SERVER_ERROR:
                self.api.fail(status=500, description="Internal Server Error")
            case Trouble.SILENT:
                self.api.fail(silent=True)
            case Trouble.CUT:
                self.api.fail(cut=True)

    async def go_away(self) -> None:
        await self.api.__aexit__()

    def move(self, address: str) -> str:
        return str(self.api.migrate(int(address)))


@asynccontextmanager
async def telegram() -> AsyncIterator[TelegramSide]:
    async with BotApi() as api:
        side = TelegramSide(api)
        yield side
        for channel in side.channels:
            await channel.close()


class ZaloBotSide:
    """A Zalo Bot Platform, and the address under which our files lie for it."""

    can = frozenset({"quota"})
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
            case Trouble.SILENT:
                self.api.fail(silent=True, taken=True)
            case Trouble.CUT:
                self.api.fail(cut=True, taken=True)

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


FAR_SIDES: dict[str, Callable[[], AbstractAsyncContextManager[FarSide]]] = {
    "telegram": telegram,
    "zalo_bot": zalo_bot,
}
"""Every channel that must keep the contract."""
