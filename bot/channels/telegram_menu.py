"""Telegram's menu of commands, in both languages, for private chats and for groups."""

import structlog
from telegram import (
    BotCommand,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
)
from telegram.error import TelegramError
from telegram.ext import ExtBot

from tickets.texts.menu import menu

log = structlog.get_logger()
LANGUAGES = {"": "vi", "en": "en"}
"""Telegram's language of the phone, and ours: who has neither sees Vietnamese."""


async def show_menu(bot: ExtBot[int]) -> None:
    """Put the commands into the bot's menu; without it they can still be typed, so it may fail.

    Source: Bot API, setMyCommands.
    """
    try:
        for code, language in LANGUAGES.items():
            for scope in (BotCommandScopeAllPrivateChats(), BotCommandScopeAllGroupChats()):
                in_groups = isinstance(scope, BotCommandScopeAllGroupChats)
                offered = [BotCommand(*row) for row in menu(language, in_groups=in_groups)]
                await bot.set_my_commands(offered, scope=scope, language_code=code or None)
    except TelegramError as error:
        log.warning("telegram menu not set", error=type(error).__name__)
