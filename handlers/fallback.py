"""What is left: words of people who do not report, buttons nobody knows any more."""

from aiogram import Router
from aiogram.types import TelegramObject

from handlers.following import help_at_work
from handlers.reply import Reply
from storage.people import Role, Speaker
from tickets.incoming import Incoming


async def not_understood(_: TelegramObject, who: Speaker, said: Incoming, reply: Reply) -> None:
    """Staff and leaders who say something that presses nothing; silence in groups."""
    if said.is_group:
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
