"""Soạn văn bản: links to draft letters, and the number of the letter that was issued."""

from aiogram import Router
from aiogram.types import TelegramObject

from handlers.awaiting import Awaited, wait_for
from handlers.filters import Pressed
from handlers.reply import Reply
from storage import webchat
from storage.people import Speaker
from storage.tickets import Ticket
from tickets import access
from tickets.acts import desk
from tickets.authority import signed_document
from tickets.buttons import Press
from tickets.incoming import Incoming
from tickets.letters import KINDS
from tickets.moment import Moment


async def draft_pressed(
    _: TelegramObject,
    moment: Moment,
    who: Speaker,
    press: Press,
    reply: Reply,
    address: str,
) -> None:
    """A link to each kind of draft, for a day and this person."""
    ticket = await access.ticket_for(moment, press.ticket, who)
    access.require_lead(ticket, who)
    assert who.person is not None and who.person.id is not None
    if reply.is_group:
        reply(reply.say.link_only_private())
        return
    reply.about(ticket)
    links = []
    for kind in KINDS:
        purpose = f"{webchat.LETTER}:{ticket.id}:{kind}"
        token = webchat.make_link(
            moment.session, who.person.id, purpose, moment.now, valid=webchat.LETTER_VALID
        )
        links.append((kind, f"{address}/letters/{token}"))
    reply(reply.say.drafts(ticket, links), ticket=ticket)


async def issued(
    moment: Moment, who: Speaker, ticket: Ticket, said: Incoming, given: Awaited, reply: Reply
) -> None:
    """The number of the letter that was issued."""
    access.require_lead(ticket, who)
    number = signed_document(said.text)
    if not number:
        wait_for(reply, "number", ticket)
        reply(reply.say.asks_for("number", ticket), ticket=ticket, numbered=False)
        return
    await desk.issue(moment, ticket, who, number)
    reply(reply.say.issued(ticket), ticket=ticket)


def add_routes(router: Router) -> None:
    """The drafts; a typed number comes by handlers.words."""
    router.callback_query.register(draft_pressed, Pressed("draft"))
