"""What the head approves or sends back, and whether the commune agrees to wait."""

from typing import Any

from aiogram import Router
from aiogram.types import TelegramObject

from handlers.awaiting import Awaited, wait_for
from handlers.filters import Pressed
from handlers.following import answer_stale
from handlers.reply import Reply
from storage.people import Speaker
from storage.tickets import Status, Ticket
from tickets import access, moves
from tickets.acts import deciding, reporter
from tickets.buttons import Press
from tickets.incoming import Incoming, Kind
from tickets.moment import Moment


async def approve_pressed(
    _: TelegramObject, moment: Moment, who: Speaker, press: Press, reply: Reply
) -> None:
    """Duyệt: what was proposed happens, and the commune hears of it."""
    ticket = await access.ticket_for(moment, press.ticket, who, lock=True)
    access.require_head(ticket, who)
    if not deciding.is_proposed(ticket, press.more):
        reply(reply.say.no_proposal(ticket), ticket=ticket)
        return
    try:
        await deciding.approve(moment, ticket, who)
    except moves.Stale:
        answer_stale(moment, ticket, who, reply, typed=True)
    else:
        reply(reply.say.head_did(ticket, approved=True), ticket=ticket)


async def unclear_said(
    _: TelegramObject, moment: Moment, who: Speaker, press: Press, reply: Reply
) -> None:
    """A bare "ok" of the head: nothing is approved by it; the choice is shown once more."""
    ticket = await access.ticket_for(moment, press.ticket, who)
    access.require_head(ticket, who)
    reply(reply.say.not_approved(ticket), deciding.approval_buttons(ticket, reply.say))


async def sendback_pressed(
    _: TelegramObject, moment: Moment, who: Speaker, said: Incoming, press: Press, reply: Reply
) -> None:
    """Sửa lại: what the officer has to change."""
    ticket = await access.ticket_for(moment, press.ticket, who, lock=True)
    access.require_head(ticket, who)
    if not deciding.is_proposed(ticket, press.more):
        reply(reply.say.no_proposal(ticket), ticket=ticket)
    elif said.kind is Kind.MESSAGE and said.text:
        given = Awaited("sendback", press.ticket, 0, str(ticket.proposal["number"]))
        await sent_back(moment, who, ticket, said, given, reply)
    else:
        wait_for(reply, "sendback", ticket, more=str(ticket.proposal["number"]))
        reply(reply.say.asks_for("sendback", ticket), ticket=ticket, numbered=False)


async def sent_back(
    moment: Moment, who: Speaker, ticket: Ticket, said: Incoming, given: Awaited, reply: Reply
) -> None:
    """The head's words for the officer."""
    access.require_head(ticket, who)
    if not deciding.is_proposed(ticket, given.more):
        reply(reply.say.no_proposal(ticket), ticket=ticket)
        return
    await deciding.send_back(moment, ticket, who, said.text)
    reply(reply.say.head_did(ticket, approved=False), ticket=ticket)


async def agree_pressed(
    _: TelegramObject, moment: Moment, who: Speaker, press: Press, reply: Reply
) -> None:
    """Đồng ý, Chưa đồng ý: what the commune thinks of waiting for resources."""
    ticket = await access.ticket_for(moment, press.ticket, who, lock=True)
    access.require_report(ticket, who)
    if ticket.status != Status.PLANNED or press.seen not in {0, ticket.version}:
        answer_stale(moment, ticket, who, reply, typed=press.seen == 0)
        return
    reply.about(ticket)
    if press.do == "agree":
        reporter.agree(moment, ticket, who)
        reply(reply.say.agreed(ticket), ticket=ticket)
    else:
        await reporter.disagree(moment, ticket, who)
        reply(reply.say.disagreed(ticket), ticket=ticket)


WORDS: dict[str, Any] = {"sendback": sent_back}


def add_routes(router: Router) -> None:
    """The head's buttons, and the commune's."""
    router.callback_query.register(approve_pressed, Pressed("approve"))
    router.callback_query.register(unclear_said, Pressed("toapprove"))
    router.callback_query.register(sendback_pressed, Pressed("sendback"))
    router.callback_query.register(agree_pressed, Pressed("agree", "disagree"))
