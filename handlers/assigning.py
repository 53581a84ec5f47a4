"""Phân công: which colleague is in charge of a ticket."""

from aiogram import Router
from aiogram.types import TelegramObject

from handlers.awaiting import Awaited, take, wait_for
from handlers.filters import Pressed
from handlers.following import answer_stale
from handlers.reply import Reply
from province.text import fold
from storage.people import Person, Speaker
from storage.tickets import Status, Ticket
from tickets import access, moves
from tickets.acts import desk
from tickets.buttons import Press, button
from tickets.incoming import Incoming
from tickets.moment import Moment
from tickets.notices import Buttons
from tickets.offered import staff_of
from tickets.texts import Texts

MOST = 6
"""Colleagues shown as buttons; the others are typed."""


async def colleagues(moment: Moment, ticket: Ticket, say: Texts) -> Buttons:
    """A button for each colleague, few in a row."""
    shown = [
        button(person.name, Press("assignee", ticket.id or 0, ticket.version, str(person.id)))
        for person in (await staff_of(moment, ticket))[:MOST]
        if person.name
    ]
    return [shown[n : n + 2] for n in range(0, len(shown), 2)]


async def named(
    moment: Moment, who: Speaker, ticket: Ticket, said: Incoming, given: Awaited, reply: Reply
) -> None:
    """A colleague's name, as far as it tells them apart."""
    access.require_lead(ticket, who)
    if Status(ticket.status) not in moves.ALIVE or given.seen not in {0, ticket.version}:
        answer_stale(moment, ticket, who, reply, typed=True)
        return
    wanted = fold(said.text).strip(" .!")
    staff = await staff_of(moment, ticket)
    found = [person for person in staff if fold(person.name) == wanted]
    found = found or [person for person in staff if wanted and wanted in fold(person.name)]
    if len(found) != 1:
        wait_for(reply, "assign", ticket)
        buttons = await colleagues(moment, ticket, reply.say)
        reply(reply.say.which_colleague(ticket), buttons, ticket=ticket, numbered=False)
        return
    await _assign(moment, who, ticket, found[0], reply)


async def assignee_pressed(
    _: TelegramObject, moment: Moment, who: Speaker, press: Press, reply: Reply
) -> None:
    """A colleague was chosen."""
    ticket = await access.ticket_for(moment, press.ticket, who, lock=True)
    access.require_lead(ticket, who)
    if Status(ticket.status) not in moves.ALIVE or press.seen not in {0, ticket.version}:
        answer_stale(moment, ticket, who, reply)
        return
    chosen = [p for p in await staff_of(moment, ticket) if str(p.id) == press.more]
    if chosen:
        take(reply)
        await _assign(moment, who, ticket, chosen[0], reply)


async def _assign(
    moment: Moment, who: Speaker, ticket: Ticket, person: Person, reply: Reply
) -> None:
    await desk.assign(moment, ticket, who, person)
    reply(reply.say.assigned(ticket, person.name), ticket=ticket)


def add_routes(router: Router) -> None:
    """The chosen colleague; a typed name comes by handlers.words."""
    router.callback_query.register(assignee_pressed, Pressed("assignee"))
