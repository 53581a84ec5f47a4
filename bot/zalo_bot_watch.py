"""A bot whose webhook was taken away, or leads elsewhere, hears nothing: it is set again."""

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta

import structlog

from bot import zalo
from bot.channels.base import ChannelError
from bot.channels.zalo_bot import ZaloBot
from bot.channels.zalo_oa_tokens import Alarm
from bot.settings import Settings
from storage.engine import Database

HOUR = 3600.0
AGAIN = timedelta(days=1)
"""Zalo may be told a few times a day only, and two servers with one token must not fight."""
MOVED = "a bot's webhook was gone or led elsewhere, and is set again"
log = structlog.get_logger()


async def keep(
    settings: Settings,
    database: Database,
    bot: ZaloBot,
    secret: str,
    now: Callable[[], datetime],
    stop: asyncio.Event,
    alarm: Alarm,
    *,
    every: float = HOUR,
) -> None:
    """Tell Zalo where to call, then look each hour (`every`, seconds) whether it still does.

    Nothing else would show it: a bot that is called no more is as quiet as one nobody writes to.
    """
    await zalo.register_when_possible(settings, database, bot, secret, now, stop)
    mended: datetime | None = None
    while not await _ends(stop, every):
        if mended is not None and now() - mended < AGAIN:
            continue
        try:
            if await zalo.register(settings, database, bot, secret, now()):
                mended = now()
                await alarm(MOVED)
        except ChannelError as error:
            log.warning("zalo webhook not looked at", bot=bot.id, error=str(error))


async def _ends(stop: asyncio.Event, seconds: float) -> bool:
    try:
        await asyncio.wait_for(stop.wait(), seconds)
    except TimeoutError:
        return False
    return True
