"""Where an invitation's code can be used: the web chat, and each channel that is configured."""

import sys

from bot.settings import Settings, address
from storage.engine import Database

FAILED = 1


def fail(line: str) -> int:
    """Print why a command could not do its work."""
    sys.stderr.write(f"thaogo: {line}\n")
    return FAILED


async def links(
    settings: Settings, database: Database, code: str, *, zalo_bot: str | None = None
) -> dict[str, str]:
    """A link for each channel, or words where a channel has none that carries a code.

    `zalo_bot` is the number of a bot with room.
    """
    found = {"web": f"{address(settings)}/join/{code}"}
    if settings.telegram_token is not None and (name := await _telegram_name(settings)):
        found["telegram"] = f"https://t.me/{name}?start={code.replace('-', '')}"
    if settings.zalo_bot_tokens and zalo_bot is None:
        fail("no Zalo link: every bot knows 50 people; make another one and add its token")
    elif zalo_bot is not None and (name := await _zalo_name(settings, zalo_bot)):
        found["zalo_bot"] = f"mở Zalo, tìm “{name}”, gửi mã mời"
    if settings.zalo_oa_app_id is not None and (page := await _oa_page(settings, database)):
        found["zalo_oa"] = f"{page}: bấm Quan tâm, gửi mã mời"
    return found


async def _telegram_name(settings: Settings) -> str:
    """The Telegram bot's name, asked of Telegram; empty when it does not answer."""
    from bot.channels.base import ChannelError  # noqa: PLC0415  only with a token
    from bot.channels.telegram import Telegram  # noqa: PLC0415

    assert settings.telegram_token is not None
    telegram = Telegram(
        settings.telegram_token.get_secret_value(),
        open_file=lambda _: b"",
        api_url=settings.telegram_api_url,
    )
    try:
        await telegram.check()
    except ChannelError as error:
        fail(f"no Telegram link: {error}")
        return ""
    finally:
        await telegram.close()
    return telegram.own_name


async def _zalo_name(settings: Settings, number: str) -> str:
    """A Zalo bot's name, asked of Zalo; empty when it does not answer."""
    from bot import zalo  # noqa: PLC0415  only with a token
    from bot.channels.base import ChannelError  # noqa: PLC0415

    bots = zalo.bots(settings)
    try:
        return await next(bot for bot in bots if bot.id == number).check()
    except ChannelError as error:
        fail(f"no Zalo link: {error}")
        return ""
    finally:
        for bot in bots:
            await bot.close()


async def _oa_page(settings: Settings, database: Database) -> str:
    """Where the Official Account is found, asked of Zalo; empty when it does not answer."""
    from bot import zalo_oa  # noqa: PLC0415  only with an account
    from bot.app import utc_now  # noqa: PLC0415
    from bot.channels.base import ChannelError  # noqa: PLC0415

    account = zalo_oa.account(
        settings, database, open_file=lambda _: b"", host_file=None, now=utc_now, alarm=_complain
    )
    assert account is not None
    try:
        told = await account.account()
    except ChannelError as error:
        fail(f"no Zalo OA link: {error}")
        return ""
    finally:
        await account.close()
    return f"https://zalo.me/{told.get('oaid', '')}"


async def _complain(reason: str) -> None:
    fail(reason)
