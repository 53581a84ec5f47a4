"""Where awaited words go: one table from acts to the handlers that they finish."""

from typing import Any

from aiogram import Router
from aiogram.filters import StateFilter
from aiogram.types import TelegramObject

from handlers import (
    coordinating,
    deciding,
    desk,
    ending,
    guidances,
    joint,
    merging,
    overseeing,
    reminding,
)
from handlers.awaiting import AWAITING, OPTIONAL, Awaited, awaited, is_taken_back, take
from handlers.beside import is_answer
from handlers.reply import Reply
from storage.people import Speaker
from tickets import access
from tickets.incoming import Incoming
from tickets.moment import Moment

WORDS: dict[str, Any] = {
    **desk.WORDS,
    **deciding.WORDS,
    **reminding.WORDS,
    **ending.WORDS,
    **merging.WORDS,
    **guidances.WORDS,
    **joint.WORDS,
    **coordinating.WORDS,
    **overseeing.WORDS,
}
"""(moment, who, ticket, said, awaited, reply), by the act as buttons carry it."""


async def words_given(
    _: TelegramObject,
    moment: Moment,
    who: Speaker,
    said: Incoming,
    awaited: Awaited,
    reply: Reply,
) -> None:
    """The words that were asked for: they finish what the press began."""
    take(reply)
    ticket = await access.ticket_for(moment, awaited.ticket, who, lock=True)
    if awaited.act not in OPTIONAL and is_taken_back(said):
        reply(reply.say.taken_back(ticket), ticket=ticket)
        return
    await WORDS[awaited.act](moment, who, ticket, said, awaited, reply)


def add_routes(router: Router) -> None:
    """Before everything else that is said in such a chat."""
    router.message.register(words_given, StateFilter(AWAITING), awaited, is_answer)
