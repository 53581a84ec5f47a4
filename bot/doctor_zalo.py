"""How Zalo is: who answers, where it calls, how many people and messages there is room for."""

from collections.abc import AsyncIterator
from datetime import datetime
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from bot import zalo
from bot import zalo_oa as official
from bot.app import utc_now
from bot.channels.base import ChannelError
from bot.channels.zalo_bot import HOOKED, ZaloBot
from bot.channels.zalo_bot_parse import NAME
from bot.channels.zalo_oa_parse import NAME as OA
from bot.findings import Finding
from bot.settings import Settings
from storage import calls, contacts, standstill
from storage.engine import Database
from tickets.reach import BOT_MONTH, FREE, PRICE

NEVER_HEARD = (
    "follow the account and write to it; if this stays so, switch the events on in the console's "
    "webhook section, and look in the log for refused calls (docs/zalo-oa.md)"
)
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
        used = await zalo.used(session, bot, this_month())
    is_full = known >= zalo.PEOPLE * NEARLY or used >= BOT_MONTH * NEARLY
    found = f"{known} of {zalo.PEOPLE} people, {used} of {BOT_MONTH} messages this month, free"
    todo = "add a bot (THAOGO_ZALO_BOT_TOKEN takes several), or use an Official Account"
    return Finding(f"zalo bot {bot} quota", fine=True, found=found, todo=todo if is_full else "")


async def zalo_oa(settings: Settings, database: Database | None) -> AsyncIterator[Finding]:
    """What is found of the Official Account; its tokens stand in the database."""
    if settings.zalo_oa_app_id is None:
        yield Finding("zalo oa", fine=True, found="not configured")
        return
    if database is None:
        todo = "start the server once (`thaogo run`): its tokens stand in the database"
        yield Finding("zalo oa", fine=True, found="configured, and not asked yet", todo=todo)
        return
    account = official.account(
        settings, database, open_file=nothing, host_file=None, now=utc_now, alarm=_silently
    )
    assert account is not None
    async with database.reading() as session:
        heard = await standstill.heard_last(session, OA)
    last = f"last heard {heard.astimezone(VIETNAM):%d/%m/%Y %H:%M}" if heard else "never heard"
    try:
        name = await account.check()
    except ChannelError as error:
        todo = "check the THAOGO_ZALO_OA_… settings, the app's consent and the network"
        yield Finding("zalo oa", fine=False, found=str(error), todo=todo)
    else:
        hook = f"the console must call {settings.public_url}/hooks/{official.HOOK}"
        todo = "" if heard else NEVER_HEARD
        yield Finding("zalo oa", fine=True, found=f"{name}; {hook}; {last}", todo=todo)
    finally:
        await account.close()
    async with database.reading() as session:
        sent, late = await calls.sent_late(session, OA, this_month(), FREE[OA])
    found = f"{sent} messages this month, {late} after 48 h: about {late * PRICE:,} đ"
    yield Finding("zalo oa use", fine=True, found=found)


def nothing(_: str) -> bytes:
    """For whoever asks a channel only how it is."""
    raise FileNotFoundError


async def _silently(_: str) -> None:
    """The doctor says it himself."""


def this_month() -> datetime:
    """When the month began in Vietnam."""
    return utc_now().astimezone(VIETNAM).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
