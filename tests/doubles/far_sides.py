"""What stands at the other end of each channel, told to the contract test in the same words."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

from bot.channels.base import Channel
from bot.channels.telegram import Telegram
from tests.doubles.bot_api import TOKEN, BotApi


class Trouble(StrEnum):
    """What the next call to send meets."""

    FLOOD = "too many calls, wait 3 seconds"
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
    """One channel's other end; `can` names what the channel can do of edit, buttons and move."""

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

    can = frozenset({"edit", "buttons", "move"})
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


FAR_SIDES: dict[str, Callable[[], AbstractAsyncContextManager[FarSide]]] = {
    "telegram": telegram,
}
"""Every channel that must keep the contract."""
