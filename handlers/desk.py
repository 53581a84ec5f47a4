"""What a department presses and types: takes a ticket, says what was done."""

from aiogram import Router
from aiogram.filters import StateFilter
from aiogram.types import TelegramObject

from handlers.filters import Pressed
from handlers.following import answer_stale
from handlers.reply import Reply
from storage.people import Speaker
from tickets import access, moves
from tickets.acts import desk
from tickets.acts.reporting import attach, keep_files
from tickets.buttons import Press
from tickets.incoming import Incoming
from tickets.moment import Moment

RESOLVING = "resolving"


async def acknowledge_pressed(
    _: TelegramObject, moment: Moment, who: Speaker, press: Press, reply: Reply
) -> None:
    """Tiếp nhận."""
    ticket = await access.ticket_for(moment, press.ticket, who, lock=True)
    access.require_lead(ticket, who)
    try:
        await desk.acknowledge(moment, ticket, who, seen=press.seen)
    except moves.Stale:
        answer_stale(moment, ticket, who, reply)
    else:
        assert who.person is not None
        reply.toast(reply.say.taken_by(who.person.name, ticket, moment.now))


async def resolve_pressed(
    _: TelegramObject, moment: Moment, who: Speaker, press: Press, reply: Reply
) -> None:
    """Đã xử lý: asks what was done."""
    ticket = await access.ticket_for(moment, press.ticket, who)
    access.require_lead(ticket, who)
    if not moves.may(ticket, "resolve", seen=press.seen):
        answer_stale(moment, ticket, who, reply)
        return
    assert who.person is not None
    reply.about(ticket)
    reply.state(RESOLVING, ticket=ticket.id, seen=ticket.version, person=who.person.id)
    reply(reply.say.ask_evidence(ticket), ticket=ticket, numbered=False)


async def evidence_given(
    _: TelegramObject, moment: Moment, who: Speaker, said: Incoming, reply: Reply
) -> None:
    """What was done, in words or pictures: the ticket is resolved."""
    draft = reply.chat.draft
    ticket = await access.ticket_for(moment, draft["ticket"], who, lock=True)
    access.require_lead(ticket, who)
    reply.state("")
    files = await keep_files(moment, who, said.attachments)
    attach(ticket, files)
    words = said.text or reply.say.photo_evidence()
    try:
        await desk.resolve(moment, ticket, who, words, files=len(files), seen=draft["seen"])
    except moves.Stale:
        answer_stale(moment, ticket, who, reply)
    else:
        reply(reply.say.resolved(ticket), ticket=ticket)


def is_awaited(who: Speaker, said: Incoming, reply: Reply) -> bool:
    """Whether this message is the evidence that was asked of this very person."""
    mine = who.person is not None and reply.chat.draft.get("person") == who.person.id
    return mine and bool(said.text or said.attachments)


async def awaited(event: TelegramObject, who: Speaker, said: Incoming, reply: Reply) -> bool:
    """The same as a filter."""
    return is_awaited(who, said, reply)


def routes() -> Router:
    """The card's buttons, and the answer to "what was done"."""
    router = Router(name=__name__)
    router.callback_query.register(acknowledge_pressed, Pressed("ack"))
    router.callback_query.register(resolve_pressed, Pressed("resolve"))
    router.message.register(evidence_given, StateFilter(RESOLVING), awaited)
    return router
