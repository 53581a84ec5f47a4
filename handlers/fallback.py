"""What is left: words of people who do not report, buttons nobody knows any more."""

import re

from aiogram import Router
from aiogram.types import TelegramObject

from handlers.following import help_at_work
from handlers.reply import Reply
from province.text import fold
from storage.people import Role, Speaker
from tickets.incoming import Incoming

POLITE = frozenset(
    {
        *("ok", "oke", "okie", "okay", "da", "vang", "u", "um", "uh", "ro", "cam", "on", "thanks"),
        *("tks", "tot", "roi", "biet", "duoc", "nhe", "nha", "a", "em", "anh", "chi", "ban"),
        *("nhieu", "lam", "qua"),
    }
)
"""Words that ask for nothing, however they are put together."""


async def not_understood(_: TelegramObject, who: Speaker, said: Incoming, reply: Reply) -> None:
    """Staff and leaders who say something that presses nothing; silence in groups."""
    if said.is_group:
        return
    is_asked = who.holds(Role.LEADER)  # an opinion may be awaited: "ok em" is none
    if said.text and not is_asked and {*re.findall(r"\w+", fold(said.text))} <= POLITE:
        reply(reply.say.thanks())
        return
    is_overseer = who.holds(Role.COORDINATOR, Role.ADMIN)
    reply(reply.say.help_coordinator() if is_overseer else help_at_work(who, reply.say))


async def nothing(_: TelegramObject, reply: Reply) -> None:
    """An edited message or a button that means nothing here."""


def add_routes(router: Router) -> None:
    """Always the last router: after it no update is unhandled."""
    router.message.register(not_understood)
    router.callback_query.register(nothing)
    router.edited_message.register(nothing)
