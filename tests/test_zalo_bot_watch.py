"""A bot's webhook that somebody took away, or led elsewhere, is set again; people hear of it."""

import asyncio
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime, timedelta

import pytest

from bot import doctor
from bot.channels.zalo_bot import ZaloBot
from bot.settings import read_settings
from bot.zalo_bot_watch import MOVED, keep
from bot.zalo_parts import ZaloParts
from storage.engine import Database
from tests.doubles.zalo_bot_api import TOKEN, ZaloBotApi
from tests.test_zalo_bot import NOW, settings
from tests.world import ZONE, rules
from tickets.texts import Texts

OURS = "https://thaogo.example/hooks/zalo-bot/123456"


@pytest.fixture
async def api() -> AsyncIterator[ZaloBotApi]:
    async with ZaloBotApi() as running:
        yield running


async def test_a_webhook_that_leads_elsewhere_is_set_again_once_a_day(
    api: ZaloBotApi, make_database: Callable[[str], str]
) -> None:
    database, stop = Database(make_database("sqlite")), asyncio.Event()
    bot, now = ZaloBot(TOKEN, host_file=None, api_url=api.url, patience=1), NOW
    alarms: list[str] = []
    looked, looking = 0, asyncio.Event()

    async def alarm(reason: str) -> None:
        alarms.append(reason)
        looking.set()

    def clock() -> datetime:
        nonlocal looked
        looked += 1
        looking.set()
        return now

    async def until(comes: Callable[[], bool]) -> None:
        async with asyncio.timeout(5):
            while not comes():
                looking.clear()
                await looking.wait()

    async def looks(count: int) -> None:
        """Let it look so often more."""
        enough = looked + count
        await until(lambda: looked >= enough)

    given = settings(api)
    work = asyncio.create_task(
        keep(given, database, bot, "first-secret", clock, stop, alarm, every=0.001)
    )
    await looks(4)
    assert (api.bot.webhook["url"], api.bot.webhooks_set, alarms) == (OURS, 1, [])
    api.fail(status=504, body="", method="getWebhookInfo", times=2)
    await looks(4)
    assert (api.bot.webhooks_set, alarms) == (1, [])
    api.bot.webhook = {**api.bot.webhook, "url": "https://other.example/"}
    await until(lambda: bool(alarms))
    assert (api.bot.webhook["url"], api.bot.webhooks_set, alarms) == (OURS, 2, [MOVED])
    api.bot.webhook = {}
    now += timedelta(hours=23)
    await looks(5)
    assert api.bot.webhooks_set == 2  # two servers with one token do not fight
    now += timedelta(hours=1)
    await until(lambda: len(alarms) == 2)
    assert api.bot.webhook["url"] == OURS
    stop.set()
    await work
    await bot.close()
    await database.close()


def test_each_alarm_has_its_own_words() -> None:
    say = Texts("vi", rules().units, ZONE)
    assert "webhook bị gỡ" in ZaloParts.told(MOVED)(say)
    assert "từ chối" in ZaloParts.told("anything else")(say)


@pytest.mark.parametrize(("ahead", "fine"), [(0, True), (45, False)])
async def test_the_doctor_compares_the_clock_with_zalos(
    api: ZaloBotApi, monkeypatch: pytest.MonkeyPatch, ahead: int, fine: bool
) -> None:
    """A province without Telegram has a clock too: signatures and late messages go by it."""
    now = datetime.now(UTC) + timedelta(seconds=ahead)
    monkeypatch.setattr(doctor, "utc_now", lambda: now)
    given = read_settings(zalo_bot_token=TOKEN, zalo_bot_api_url=api.url)
    found = await doctor._clock(given)
    assert found.fine is fine
    assert found.found.startswith("off by")
