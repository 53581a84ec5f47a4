"""Where an invitation's code can be used: the web chat, and each channel that is configured."""

import sys

from bot.settings import Settings, address

FAILED = 1


def fail(line: str) -> int:
    """Print why a command could not do its work."""
    sys.stderr.write(f"thaogo: {line}\n")
    return FAILED


async def links(settings: Settings, code: str, *, zalo_bot: str | None = None) -> dict[str, str]:
    """A link for each channel; Zalo has none, so that the bot (with room) is named in words."""
    found = {"web": f"{address(settings)}/join/{code}"}
    if settings.telegram_token is not None and (name := await _telegram_name(settings)):
        found["telegram"] = f"https://t.me/{name}?start={code.replace('-', '')}"
    if settings.zalo_bot_tokens and zalo_bot is None:
        fail("no Zalo link: every bot knows 50 people; make another one and add its token")
    elif zalo_bot is not None and (name := await _zalo_name(settings, zalo_bot)):
        found["zalo_bot"] = f"mở Zalo, tìm “{name}”, gửi mã mời"
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
