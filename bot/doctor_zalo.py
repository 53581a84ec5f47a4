"""How Zalo is: who answers, where it calls, how many people and messages there is room for."""

from collections.abc import AsyncIterator
from datetime import datetime
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from bot import zalo
from bot.app import utc_now
from bot.channels.base import ChannelError
from bot.channels.zalo_bot import HOOKED, ZaloBot
from bot.channels.zalo_bot_parse import NAME
from bot.findings import Finding
from bot.settings import Settings
from storage import contacts
from storage.engine import Database

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
NEARLY = 0.8
"""The part of a quota from which on it is a worry."""


async def zalo_bots(settings: Settings, database: Database | None) -> AsyncIterator[Finding]:
    """What is found of each bot; `database` is None where it cannot be asked."""
    if not settings.zalo_bot_tokens:
        yield Finding("zalo bot", fine=True, found="not configured")
        return
    if settings.public_url is None:
        todo = "set THAOGO_PUBLIC_URL: Zalo gets pictures from there, and calls there"
        yield Finding("zalo bot", fine=True, found="pictures cannot be sent", todo=todo)
    bots = zalo.bots(settings)
    try:
        for bot in bots:
            yield await _answering(settings, bot)
            if database is not None:
                yield await _room(database, bot.id)
    finally:
        for bot in bots:
            await bot.close()


async def _answering(settings: Settings, bot: ZaloBot) -> Finding:
    what = f"zalo bot {bot.id}"
    try:
        name, hook = await bot.check(), await bot.webhook()
    except ChannelError as error:
        todo = "check THAOGO_ZALO_BOT_TOKEN, THAOGO_ZALO_BOT_API_URL and the network"
        return Finding(what, fine=False, found=str(error), todo=todo)
    host = urlsplit(hook).hostname or ""
    if not settings.zalo_bot_secrets:
        todo = HOOKED.partition(": ")[2] if hook else "polling is for development only"
        return Finding(what, fine=not hook, found=f"{name}, calls {host or 'nobody'}", todo=todo)
    wanted = f"{settings.public_url}/hooks/{zalo.hook_name(settings, bot.id)}"
    todo = "" if hook == wanted else "start the server once (`thaogo run`): it tells Zalo where"
    return Finding(what, fine=not todo, found=f"{name}, calls {host or 'nobody'}", todo=todo)


async def _room(database: Database, bot: str) -> Finding:
    async with database.reading() as session:
        known = await contacts.count_at(session, NAME, f"{bot}/")
        used = await zalo.used(session, bot, _month())
    is_full = known >= zalo.PEOPLE * NEARLY or used >= zalo.MESSAGES * NEARLY
    found = f"{known} of {zalo.PEOPLE} people, {used} of {zalo.MESSAGES} messages this month, free"
    todo = "add a bot (THAOGO_ZALO_BOT_TOKEN takes several), or use an Official Account"
    return Finding(f"zalo bot {bot} quota", fine=True, found=found, todo=todo if is_full else "")


def _month() -> datetime:
    return utc_now().astimezone(VIETNAM).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
