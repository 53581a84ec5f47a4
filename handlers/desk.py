"""What a department presses and types: takes a ticket, says what was done."""

from typing import Any

from aiogram import Router
from aiogram.types import TelegramObject

from handlers.awaiting import Awaited, wait_for
from handlers.filters import Pressed
from handlers.following import answer_stale
from handlers.reading import named_ticket, replied_to
from handlers.reply import Reply
from storage import tickets
from storage.people import Role, Speaker
from storage.tickets import Ticket
from tickets import access, moves
from tickets.acts import desk
from tickets.acts.reporting import attach, keep_files
from tickets.buttons import Press
from tickets.incoming import Incoming, Kind
from tickets.moment import Moment


async def acknowledge_pressed(
    _: TelegramObject, moment: Moment, who: Speaker, said: Incoming, press: Press, reply: Reply
) -> None:
    """Tiếp nhận."""
    ticket = await access.ticket_for(moment, press.ticket, who, lock=True)
    access.require_lead(ticket, who)
    try:
        await desk.acknowledge(moment, ticket, who, seen=press.seen)
    except moves.Stale:
        answer_stale(moment, ticket, who, reply, typed=press.seen == 0)
    else:
        assert who.person is not None
        taken = reply.say.taken_by(who.person.name, ticket, moment.now)
        reply.toast(taken)
        if said.kind is Kind.MESSAGE and not said.is_group:
            reply(f"{reply.say.title(ticket)}\n{taken}", ticket=ticket)


async def worded_pressed(
    _: TelegramObject, moment: Moment, who: Speaker, said: Incoming, press: Press, reply: Reply
) -> None:
    """A button that needs words: takes those typed with it, or asks for them."""
    ticket = await access.ticket_for(moment, press.ticket, who, lock=True)
    access.require_lead(ticket, who)
    if not moves.may(ticket, MOVE_OF[press.do], seen=press.seen):
        answer_stale(moment, ticket, who, reply, typed=press.seen == 0)
    elif said.kind is Kind.MESSAGE and said.text:
        given = Awaited(press.do, press.ticket, press.seen)
        await WORDS[press.do](moment, who, ticket, said, given, reply)
    else:
        wait_for(reply, press.do, ticket)
        reply(reply.say.asks_for(press.do, ticket), ticket=ticket, numbered=False)


async def resolved(
    moment: Moment, who: Speaker, ticket: Ticket, said: Incoming, given: Awaited, reply: Reply
) -> None:
    """What was done, in words or pictures: the ticket is resolved."""
    access.require_lead(ticket, who)
    files = await keep_files(moment, who, said.attachments)
    attach(ticket, files)
    words = said.text or reply.say.photo_evidence()
    try:
        await desk.resolve(moment, ticket, who, words, files=len(files), seen=given.seen)
    except moves.Stale:
        answer_stale(moment, ticket, who, reply, typed=True)
    else:
        reply(reply.say.resolved(ticket), ticket=ticket)


async def about_our_ticket(
    event: TelegramObject, moment: Moment, who: Speaker, said: Incoming, reply: Reply
) -> dict[str, Ticket] | bool:
    """Whether a desk's person replies to a ticket that the desk leads, or names it."""
    if not who.holds(*access.DESK, Role.COORDINATOR) or said.text.startswith("/"):
        return False
    ticket_id = await replied_to(moment, said, reply) or await named_ticket(moment, who, said.text)
    ticket = await tickets.by_id(moment.session, ticket_id) if ticket_id is not None else None
    if ticket is None or not said.text or access.reports_for(ticket, who):
        return False
    return {"ticket": ticket} if access.leads(ticket, who) else False


async def noted(
    _: TelegramObject, moment: Moment, who: Speaker, said: Incoming, reply: Reply, ticket: Ticket
) -> None:
    """Words of a desk about its ticket are an internal note: the commune does not see them."""
    await desk.note(moment, ticket, who, said.text)
    reply(reply.say.noted(ticket), ticket=ticket)


MOVE_OF = {"resolve": "resolve"}
"""Buttons that need words, and the move that the words make."""
WORDS: dict[str, Any] = {"resolve": resolved}
"""What handlers.words does with words that were awaited."""


def add_routes(router: Router) -> None:
    """The card's buttons, and the answer to "what was done"."""
    router.callback_query.register(acknowledge_pressed, Pressed("ack"))
    router.callback_query.register(worded_pressed, Pressed(*MOVE_OF))
    router.message.register(noted, about_our_ticket)
