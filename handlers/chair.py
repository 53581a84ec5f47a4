"""What the chair of a commune presses: Đồng ý or Rút, under what was asked for in its name."""

from aiogram import Router
from aiogram.types import TelegramObject

from handlers import ending
from handlers.filters import Pressed
from handlers.following import answer_stale
from handlers.reply import Reply
from storage.people import Speaker
from storage.tickets import Status
from tickets import access, moves
from tickets.acts import chairing, joint, reporter
from tickets.buttons import Press
from tickets.moment import Moment


async def agree_pressed(
    _: TelegramObject, moment: Moment, who: Speaker, press: Press, reply: Reply
) -> None:
    """Đồng ý: the desk's card says so."""
    ticket = await access.ticket_for(moment, press.ticket, who, lock=True)
    access.require_chair(ticket, who)
    if Status(ticket.status) not in moves.ALIVE:
        answer_stale(moment, ticket, who, reply)
        return
    reply.about(ticket)
    await chairing.agree(moment, ticket, who)
    reply(reply.say.chair_has_agreed(ticket), ticket=ticket)


async def withdraw_pressed(
    _: TelegramObject, moment: Moment, who: Speaker, press: Press, reply: Reply
) -> None:
    """Rút: the request is cancelled, and whoever made it hears by whom; no emergency is."""
    ticket = await access.ticket_for(moment, press.ticket, who, lock=True)
    access.require_chair(ticket, who)
    if Status(ticket.status) not in moves.ALIVE:
        answer_stale(moment, ticket, who, reply)
        return
    reply.about(ticket)
    if ticket.urgency == "emergency":
        reply(reply.say.not_withdrawn(ticket), ticket=ticket)
        return
    if ticket.carriers and (commune := await joint.leave(moment, ticket, who)):
        reply(reply.say.left_together(ticket, commune))
        return
    await reporter.withdraw(moment, ticket, who)
    ending.ask_why(ticket, reply.say.withdrawn(ticket), reply)


def add_routes(router: Router) -> None:
    """The chair's two buttons."""
    router.callback_query.register(agree_pressed, Pressed("chairyes"))
    router.callback_query.register(withdraw_pressed, Pressed("withdraw"))
