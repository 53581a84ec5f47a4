"""Vì sao: what the program did with a ticket by itself, and by which rules."""

import re

from aiogram import Router
from aiogram.filters import Command
from aiogram.types import TelegramObject

from handlers.filters import Pressed
from handlers.following import NUMBER
from handlers.reply import Reply
from storage.people import Speaker
from storage.tickets import Ticket
from tickets import access, explaining
from tickets.buttons import Press
from tickets.incoming import Incoming
from tickets.moment import Moment

_ASKED = re.compile(r"^/visao(?:@\w+)?\s*", re.IGNORECASE)


async def why_asked(
    _: TelegramObject, moment: Moment, who: Speaker, said: Incoming, reply: Reply
) -> None:
    """/visao NA-26-000123, /visao 123; without a number the ticket last spoken of."""
    number = NUMBER.search(_ASKED.sub("", said.text, count=1))
    if number is None:
        if reply.chat.ticket_id is None:
            reply(reply.say.why_which())
        else:
            await _explain(
                moment, await access.ticket_for(moment, reply.chat.ticket_id, who), reply
            )
        return
    found = await access.tickets_called(moment, number.group(1) or number.group(2), who)
    if len(found) == 1:
        await _explain(moment, found[0], reply)
    else:
        reply(reply.say.several(found) if found else reply.say.no_such_ticket())


async def why_pressed(
    _: TelegramObject, moment: Moment, who: Speaker, press: Press, reply: Reply
) -> None:
    """The button or its typed twin."""
    await _explain(moment, await access.ticket_for(moment, press.ticket, who), reply)


async def _explain(moment: Moment, ticket: Ticket, reply: Reply) -> None:
    for text in await explaining.explain(moment, ticket, reply.say):
        reply(text, ticket=ticket)


def add_commands(router: Router) -> None:
    """What begins with a slash."""
    router.message.register(why_asked, Command("visao"))


def add_routes(router: Router) -> None:
    """The link under reminders."""
    router.callback_query.register(why_pressed, Pressed("why"))
