"""Zalo as the settings say: its bots, where each is called, and how our files lie open to it."""

import asyncio
import contextlib
import hashlib
import secrets
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime
from typing import Any

import structlog
from sqlalchemy.ext.asyncio import AsyncSession

from bot.channels.base import ChannelError, File
from bot.channels.zalo_bot import HostFile, ZaloBot
from bot.channels.zalo_bot_parse import NAME, parse
from bot.settings import Settings
from storage import calls, contacts, hosting, inbox, marks
from storage.engine import Database
from tickets.incoming import Incoming

log = structlog.get_logger()
SECRET = "x-bot-api-secret-token"  # noqa: S105  a header's name
PEOPLE = 50
"""How many people a basic bot holds: measured by others, published by nobody."""
FIRST_PAUSE, LONGEST_PAUSE = 2.0, 600.0
SetAside = Callable[[str, str, dict[str, Any] | None, str], Awaitable[None]]


def bots(settings: Settings, host_file: HostFile | None = None) -> list[ZaloBot]:
    """The bots that are configured."""
    return [
        ZaloBot(token, host_file=host_file, api_url=settings.zalo_bot_api_url)
        for token in settings.zalo_bot_tokens
    ]


def file_host(
    settings: Settings,
    database: Database,
    read: Callable[[str], bytes],
    now: Callable[[], datetime],
) -> HostFile | None:
    """A way to lay a kept file open for a while; None where nobody outside could get it."""
    if settings.public_url is None:
        return None

    async def host(file: File) -> str:
        await asyncio.to_thread(read, file.hash)
        async with database.transaction() as session:
            token = await hosting.host(
                session, content=file.hash, mime=file.mime, name=file.name, now=now()
            )
        return f"{settings.public_url}/given/{token}"

    return host


# Room.


async def with_most_room(session: AsyncSession, settings: Settings) -> str | None:
    """The number of the bot that knows the fewest people; None when all of them are full."""
    numbers = [token.partition(":")[0] for token in settings.zalo_bot_tokens]
    known = {bot: await contacts.count_at(session, NAME, f"{bot}/") for bot in numbers}
    emptiest = min(known, key=lambda bot: known[bot], default=None)
    return emptiest if emptiest is not None and known[emptiest] < PEOPLE else None


async def used(session: AsyncSession, bot: str, since: datetime) -> int:
    """Messages of a bot since an instant, in both directions: so the quota counts."""
    sent = await calls.sent_since(session, NAME, f"{bot}/", since)
    return sent + await inbox.received_since(session, NAME, f"{bot}/", since)


# Webhooks.


def hook_name(settings: Settings, bot: str) -> str:
    """What follows /hooks/ for a bot; several have an address each, as no event names its bot."""
    return "zalo-bot" if len(settings.zalo_bot_tokens) == 1 else f"zalo-bot/{bot}"


class BotHook:
    """One bot's webhook: its secret, and its number for every contact."""

    def __init__(self, bot: str, secret: str, set_aside: SetAside) -> None:
        """`set_aside` is the intake's, which may be loaded later than the pages."""
        self._bot, self._secret, self._set_aside = bot, secret.encode(), set_aside

    def admits(self, headers: Mapping[str, str], body: bytes) -> bool:
        """Plain equality, compared in constant time (docs.zaloplatforms.com/docs/BOT: webhook)."""
        return secrets.compare_digest(headers.get(SECRET, "").encode(), self._secret)

    def parse(self, payload: dict[str, Any]) -> Incoming | None:
        """Read an event."""
        return parse(payload, bot=self._bot)

    async def set_aside(self, key: str, payload: dict[str, Any] | None, error: str) -> None:
        """Keep what cannot be read."""
        await self._set_aside(NAME, f"{self._bot}/{key}", payload, error)


def bot_hooks(settings: Settings, set_aside: SetAside) -> dict[str, BotHook]:
    """A hook for each bot that has a secret."""
    numbers = [token.partition(":")[0] for token in settings.zalo_bot_tokens]
    pairs = zip(numbers, settings.zalo_bot_secrets, strict=False)
    return {hook_name(settings, bot): BotHook(bot, secret, set_aside) for bot, secret in pairs}


async def register(
    settings: Settings, database: Database, bot: ZaloBot, secret: str, now: datetime
) -> bool:
    """Tell Zalo where to call a bot, unless it knows: it may be told a few times a day only.

    Whether Zalo knows the secret it does not say, so we remember with what it was told.
    """
    url = f"{settings.public_url}/hooks/{hook_name(settings, bot.id)}"
    told, name = hashlib.sha256(f"{url} {secret}".encode()).hexdigest(), f"{NAME} {bot.id} webhook"
    async with database.reading() as session:
        is_remembered = await marks.read(session, name) == told
    if is_remembered and await bot.webhook() == url:
        return False
    outcome = await bot.set_webhook(url, secret)
    if outcome not in {"", "webhook.ok"}:
        log.warning("zalo could not call the webhook", bot=bot.id, outcome=outcome)
    async with database.transaction() as session:
        await marks.write(session, name, told, now)
    return True


async def register_when_possible(
    settings: Settings,
    database: Database,
    bot: ZaloBot,
    secret: str,
    now: Callable[[], datetime],
    stop: asyncio.Event,
) -> None:
    """The same, tried until Zalo answers."""
    pause = FIRST_PAUSE
    while not stop.is_set():
        try:
            await register(settings, database, bot, secret, now())
        except ChannelError as error:
            log.warning("zalo webhook not set", bot=bot.id, error=str(error))
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), pause)
            pause = min(LONGEST_PAUSE, pause * 2)
        else:
            return


async def show_webhooks(settings: Settings, *, take_away: bool, say: Callable[[str], None]) -> int:
    """Say where Zalo calls each bot, after taking that away if asked to; the exit status."""
    failed = 0
    for bot in bots(settings):
        try:
            if take_away:
                await bot.take_webhook_away()
            say(f"{bot.id}: {await bot.webhook() or '–'}")
        except ChannelError as error:
            say(f"{bot.id}: {error}")
            failed = 1
        finally:
            await bot.close()
    return failed
