"""What is said while things go wrong: reporters on Telegram and Zalo, and what they must cause."""

import asyncio
import itertools
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import aiohttp

from bot.app import BUNDLED_PACK, ensure_pack
from province.pack import Pack
from storage.engine import Database
from storage.people import Contact
from tests.bench import people
from tests.doubles.bot_api import BotApi
from tests.doubles.telegram_phone import Phone
from tests.doubles.zalo_bot_api import HEADER, ZaloBotApi

DANGER = "Sạt lở ở bản Xốp Mạt, có 2 người bị vùi, mã {mark}"
ZALO_SECRET = "a-secret-of-ours"
AGAIN = 0.1
"""Seconds after which Zalo calls once more; until it is answered with 200 nothing was accepted."""


@dataclass
class Talker:
    """One reporter, and what they have said."""

    number: int
    channel: str
    texts: Sequence[str]
    said: int = 0
    """How much of it the channel has from them."""
    one_at_a_time: asyncio.Lock = field(default_factory=asyncio.Lock, repr=False)

    @property
    def chat(self) -> str:
        return f"chat{self.number}" if self.channel == "zalo_bot" else str(self.number)

    @property
    def address(self) -> str:
        return f"123456/{self.chat}" if self.channel == "zalo_bot" else self.chat

    @property
    def mark(self) -> str:
        """What stands in their report alone."""
        return f"mã {self.number + 1000}"

    @property
    def place(self) -> str:
        """What stands in their answer alone; '' when they were not asked."""
        return f"cửa {self.number + 1000}" if len(self.texts) > 1 else ""


@dataclass
class Load:
    """All talkers of a database, and the doubles through which they speak."""

    database: Database
    pack: Pack
    telegram: BotApi
    zalo: ZaloBotApi
    talkers: list[Talker] = field(default_factory=list)
    calls: int = 0
    """Calls of Zalo's that were not taken and came again."""

    async def settle(self) -> None:
        """The province's desks."""
        await ensure_pack(self.database, BUNDLED_PACK, people.NOW)
        await people.settle_desks(self.database, self.pack)

    async def join(self, count: int, channel: str = "") -> list[Talker]:
        """So many more reporters: one in eight in danger, one in four on Zalo, or all on one."""
        reports = people.suitable_reports(self.pack)[:1]  # with a number in it others are unsure
        first = len(self.talkers) + 1
        new = [self._talker(number, reports, channel) for number in range(first, first + count)]
        await people.settle_people(self.database, self.pack, first, count)
        async with self.database.transaction() as session:
            for talker in new:
                contact = await session.get(Contact, talker.number)
                assert contact is not None
                contact.channel, contact.address = talker.channel, talker.address
        self.talkers += new
        return new

    def _talker(self, number: int, reports: Sequence[str], channel: str) -> Talker:
        channel = channel or ("zalo_bot" if number % 4 == 0 else "telegram")
        if number % 8 == 1:
            return Talker(number, channel, [DANGER.format(mark=number + 1000)])
        texts = [update["message"]["text"] for update in people.talk(number, reports)]
        return Talker(number, channel, texts)

    async def say(self, talkers: Sequence[Talker], rate: float, ports: Sequence[int]) -> None:
        """Let them talk, so many updates a second over all; each in their order."""
        tasks = []
        for talker, text in _in_turn(talkers):
            tasks.append(asyncio.create_task(self._says(talker, text, ports)))
            await asyncio.sleep(1 / rate)
        await asyncio.gather(*tasks)

    async def _says(self, talker: Talker, text: str, ports: Sequence[int]) -> None:
        talker.said += 1
        if talker.channel == "telegram":
            phone = Phone(talker.number, at=int(time.time()))
            await self.telegram.push(phone.text(text))
        else:
            nth = talker.said
            async with talker.one_at_a_time:
                await self._calls(talker, text, nth, ports)

    async def _calls(self, talker: Talker, text: str, nth: int, ports: Sequence[int]) -> None:
        """As Zalo does: one call after another until it is taken, whoever takes it."""
        who = {"id": talker.chat, "display_name": "Lan", "is_bot": False}
        message = {"from": who, "chat": {"id": talker.chat, "chat_type": "PRIVATE"}, "text": text}
        message |= {"message_id": f"m{talker.number}.{nth}", "date": int(time.time() * 1000)}
        event = {"ok": True, "result": {"event_name": "message.text.received", "message": message}}
        timeout = aiohttp.ClientTimeout(total=15)
        async with aiohttp.ClientSession(timeout=timeout, headers={HEADER: ZALO_SECRET}) as client:
            for port in itertools.islice(itertools.cycle(ports), nth % len(ports), None):
                try:
                    url = f"http://127.0.0.1:{port}/hooks/zalo-bot"
                    async with client.post(url, json=event) as answer:
                        if answer.status == 200:
                            return
                except (aiohttp.ClientError, TimeoutError):
                    pass
                self.calls += 1
                await asyncio.sleep(AGAIN)

    def heard(self, talker: Talker) -> list[tuple[str, str]]:
        """(receipt, text) of all that stands in a talker's chat, in the order of its coming."""
        if talker.channel == "telegram":
            chat = self.telegram.in_chat(talker.number)
            return [(str(message.id), message.text) for message in chat]
        return [(message.id, message.text) for message in self.zalo.in_chat(talker.address)]


def _in_turn(talkers: Sequence[Talker]) -> Iterator[tuple[Talker, str]]:
    """Everybody's first words, then everybody's second ones."""
    for nth in range(max(len(talker.texts) for talker in talkers)):
        for talker in talkers:
            if nth < len(talker.texts):
                yield talker, talker.texts[nth]
