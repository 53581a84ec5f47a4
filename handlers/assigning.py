"""Phân công: which colleague is in charge of a ticket."""

import re

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
NAMING_WORDS = 6
"""In longer words a given name is told of, not chosen."""
_NO = re.compile(r"\b(?:khong|ko|k|chua|dung|nghi|vang)\b")


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
    found = await called(moment, ticket, said.text)
    if len(found) != 1:
        wait_for(reply, "assign", ticket)
        buttons = await colleagues(moment, ticket, reply.say)
        reply(reply.say.which_colleague(ticket), buttons, ticket=ticket, numbered=False)
        return
    await _assign(moment, who, ticket, found[0], reply)


async def called(moment: Moment, ticket: Ticket, text: str) -> list[Person]:
    """Whom a text means: a whole name, a part of one, or the given name in it ("chú Tuấn đi nhé").

    Several where it does not tell them apart; nobody where it names none.
    """
    wanted = fold(text).strip(" .!")
    staff = [person for person in await staff_of(moment, ticket) if person.name]
    names = {person.id: fold(person.name) for person in staff}
    is_name = len(wanted.split()) <= NAMING_WORDS and not _NO.search(wanted)
    ways = (
        lambda name: name == wanted,
        lambda name: bool(wanted) and wanted in name,
        lambda name: is_name and re.search(rf"\b{re.escape(name)}\b", wanted) is not None,
        lambda name: is_name and name.split()[-1] in wanted.split(),
    )
    found = ([person for person in staff if way(names[person.id])] for way in ways)
    return next((persons for persons in found if persons), [])


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
