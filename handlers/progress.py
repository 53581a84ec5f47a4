"""Hỏi tiến độ: the commune asks how far its ticket is, and hears where it stands."""

from aiogram import Router
from aiogram.types import TelegramObject

from handlers.filters import Pressed
from handlers.following import can_do
from handlers.reply import Reply
from storage.people import Speaker
from storage.tickets import Status, Ticket
from tickets import access, moves, notices
from tickets.acts import merging, progress
from tickets.buttons import Press
from tickets.moment import Moment


async def progress_pressed(
    _: TelegramObject, moment: Moment, who: Speaker, press: Press, reply: Reply
) -> None:
    """Once a day the desk hears of it; each time the answer says where the ticket stands."""
    own = await access.ticket_for(moment, press.ticket, who)
    access.require_report(own, who)
    reply.about(own)
    ticket = await merging.root_of(moment, own)
    stage = notices.stage_text(moment, ticket, reply.say)
    if Status(ticket.status) not in moves.ALIVE or ticket.carded_at is None:
        text = reply.say.stands(ticket, stage)
    elif await progress.ask(moment, ticket, who):
        text = reply.say.progress_asked(ticket, stage)
    else:
        text = reply.say.progress_asked_before(ticket, stage)
    reply(text, _ends(moment, ticket, own, who, reply), ticket=own)


def _ends(
    moment: Moment, ticket: Ticket, own: Ticket, who: Speaker, reply: Reply
) -> notices.Buttons:
    """What is to be answered when the department is done already."""
    is_open = Status(ticket.status) in moves.ALIVE
    return [] if is_open or ticket is not own else can_do(moment, ticket, who, reply.say)


def add_routes(router: Router) -> None:
    """The button, and the words that press it."""
    router.callback_query.register(progress_pressed, Pressed("progress"))
