"""The other end of every channel that must keep the contract."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager

from bot.channels.telegram import Telegram
from tests.doubles.bot_api import TOKEN, BotApi
from tests.doubles.downloads import Download, spoil
from tests.doubles.far_side import FarSide, Heard, Trouble
from tests.doubles.one_way_sides import email, sms
from tests.doubles.zalo_sides import zalo_bot, zalo_oa

NO_ANSWER = {
    Trouble.SILENT: {"silent": True},
    Trouble.CUT: {"cut": True},
    Trouble.TRICKLES: {"trickle": True},
}


class TelegramSide:
    """A Telegram made of the Bot API double."""

    can = frozenset({"edit", "buttons", "move", "albums", "files", "flood", "gone", "afar"})
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
            case _:
                self.api.fail(**NO_ANSWER[trouble])

    def slow(self) -> None:
        self.api.fail(slow=0.05)

    def offer(self, content: bytes) -> str:
        source = f"AgAC{len(self.api.files)}"
        self.api.files[source] = content
        return source

    def spoil(self, source: str, meets: Download | None) -> None:
        spoil(self.api.spoilt, source, meets)

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
    "zalo_bot": zalo_bot,
    "zalo_oa": zalo_oa,
    "email": email,
    "sms": sms,
}
"""Every channel that must keep the contract."""
