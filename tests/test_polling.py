"""Updates are confirmed only after they are safe with us, and none blocks the next."""

import asyncio
from contextlib import asynccontextmanager
from typing import Any

import pytest
from structlog.testing import capture_logs

from bot.channels.base import RetryLater
from bot.channels.telegram import Telegram
from bot.channels.telegram_read import ALLOWED_UPDATES
from bot.polling import poll
from tests.doubles.bot_api import TOKEN, BotApi
from tests.doubles.telegram_phone import Phone
from tickets.incoming import Incoming

PHONE = Phone(9)
SOON = 5


class Inside:
    """What takes the updates in: keeps batches, and may fail first."""

    def __init__(self, *, refuse: int = 0) -> None:
        self.refuse = refuse
        self.batches: list[list[Incoming]] = []
        self.aside: list[tuple[str, str, dict[str, Any], str]] = []
        self.news = asyncio.Condition()

    async def receive(self, batch: list[Incoming]) -> None:
        async with self.news:
            self.batches.append(batch)
            self.news.notify_all()
        if self.refuse:
            self.refuse -= 1
            raise OSError("the database is away")

    async def set_aside(self, channel: str, key: str, payload: dict[str, Any], flaw: str) -> None:
        async with self.news:
            self.aside.append((channel, key, payload, flaw))
            self.news.notify_all()

    async def until(self, condition) -> None:
        async with self.news:
            await asyncio.wait_for(self.news.wait_for(condition), SOON)

    @property
    def texts(self) -> list[list[str]]:
        return [[incoming.text for incoming in batch] for batch in self.batches]


@pytest.fixture
async def api():
    async with BotApi() as server:
        yield server


@asynccontextmanager
async def polling(api: BotApi, inside: Inside):
    stop = asyncio.Event()
    channel = Telegram(TOKEN, open_file=bytes, api_url=api.url, pacing=False)
    loop = asyncio.create_task(
        poll(channel, inside.receive, inside.set_aside, stop, first_pause=0.01)
    )
    try:
        yield
    finally:
        stop.set()
        await asyncio.wait_for(loop, 1)
        await channel.close()


async def confirmed(api: BotApi, update_id: int) -> None:
    await api.until(lambda: any(offset > update_id for offset in offsets(api)))


def offsets(api: BotApi) -> list[int]:
    return [call.params["offset"] for call in api.called("getUpdates")]


async def test_a_batch_is_handed_over_in_order_then_confirmed(api):
    inside = Inside()
    for text in ("một", "hai", "ba"):
        last = await api.push(PHONE.text(text))
    async with polling(api, inside):
        await inside.until(lambda: inside.batches)
        assert inside.texts == [["một", "hai", "ba"]]
        await confirmed(api, last)
        await api.push(PHONE.text("bốn"))
        await inside.until(lambda: len(inside.batches) == 2)
    assert inside.texts[1] == ["bốn"]
    assert api.called("getUpdates")[0].params["allowed_updates"] == list(ALLOWED_UPDATES)


async def test_a_batch_that_was_not_taken_comes_again(api):
    inside = Inside(refuse=2)
    first = await api.push(PHONE.text("một"))
    async with polling(api, inside):
        await inside.until(lambda: len(inside.batches) == 3)
        assert offsets(api) == [0, 0, 0]
        await confirmed(api, first)
    assert inside.batches[0] == inside.batches[1] == inside.batches[2]


async def test_an_update_that_cannot_be_read_is_set_aside_and_blocks_nothing(api):
    inside = Inside()
    await api.push(PHONE.text("một"))
    odd = {"update_id": 1500, "message": {"text": "hai", "date": "hôm qua"}}
    await api.push(odd)
    await api.push({"update_id": 1501} | PHONE.text("ba"))
    async with polling(api, inside):
        await inside.until(lambda: inside.batches)
        await confirmed(api, 1501)
    assert inside.texts == [["một", "ba"]]
    ((channel, key, payload, flaw),) = inside.aside
    assert (channel, key, payload) == ("telegram", "u1500", odd)
    assert "message.date" in flaw
    assert "hôm qua" not in flaw


async def test_what_does_not_concern_us_is_confirmed_unseen(api):
    inside = Inside()
    last = await api.push(PHONE.text("/help@another_bot", group=-5))
    async with polling(api, inside):
        await confirmed(api, last)
    assert inside.batches == []


async def test_a_batch_under_way_is_finished_at_the_stop(api):
    entered, leave, left = asyncio.Event(), asyncio.Event(), []

    async def receive(batch: list[Incoming]) -> None:
        entered.set()
        await leave.wait()
        left.append(batch)

    stop = asyncio.Event()
    channel = Telegram(TOKEN, open_file=bytes, api_url=api.url, pacing=False)
    await api.push(PHONE.text("một"))
    loop = asyncio.create_task(poll(channel, receive, Inside().set_aside, stop))
    await asyncio.wait_for(entered.wait(), SOON)
    stop.set()
    leave.set()
    await asyncio.wait_for(loop, 1)
    await channel.close()
    assert len(left) == 1


async def test_a_webhook_left_over_is_taken_away_and_said(api):
    api.queue.hook_url = "https://old.example.vn/hooks/telegram?key=secret"
    inside = Inside()
    await api.push(PHONE.text("một"))
    with capture_logs() as logs:
        async with polling(api, inside):
            await inside.until(lambda: inside.batches)
    assert [(log["event"], log["host"]) for log in logs] == [
        ("telegram webhook taken away", "old.example.vn")
    ]


class Stumbling:
    """A channel whose server fails as told, then gives one update, then nothing for ever."""

    name = "stumbling"

    def __init__(self, *failures: Exception) -> None:
        self.failures = list(failures)
        self.asked: list[str | int] = []
        self.idle = asyncio.Event()

    async def listen(self) -> None:
        self.asked.append("listen")
        if self.failures:
            raise self.failures.pop()

    async def updates(self, offset: int) -> list[dict[str, Any]]:
        self.asked.append(offset)
        if self.failures:
            raise self.failures.pop()
        if offset == 0:
            return [{"update_id": 41}, {"update_id": 40}]
        self.idle.set()
        await asyncio.Event().wait()
        return []

    def parse(self, payload: dict[str, Any]) -> Incoming | None:
        raise RuntimeError("a fault of our own, told with bí mật")


async def test_the_loop_outlives_every_failure():
    channel = Stumbling(
        RetryLater("a passing fault", 0), OSError("a fault of our own"), RetryLater("x", 0.01)
    )
    inside, stop = Inside(), asyncio.Event()
    with capture_logs() as logs:
        loop = asyncio.create_task(
            poll(channel, inside.receive, inside.set_aside, stop, first_pause=0.001)
        )
        await asyncio.wait_for(channel.idle.wait(), SOON)
        stop.set()
        await asyncio.wait_for(loop, 1)
    assert channel.asked == ["listen", "listen", "listen", "listen", 0, 42]
    assert [key for _, key, _, _ in inside.aside] == ["u41", "u40"]
    assert inside.aside[0] == ("stumbling", "u41", {"update_id": 41}, "RuntimeError")
    errors = [log["error"] for log in logs]
    assert errors == ["x", "OSError", "a passing fault", "RuntimeError", "RuntimeError"]
