"""Nhắc lại sau: a desk puts a reminder off to a day it names; the ladder above it runs on."""

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
from tickets.acts import escalating
from tickets.buttons import Press
from tickets.dates import read_date
from tickets.deadlines import end_of_day
from tickets.incoming import Incoming
from tickets.moment import Moment


async def snooze_pressed(
    _: TelegramObject, moment: Moment, who: Speaker, press: Press, reply: Reply
) -> None:
    """Asks until when."""
    ticket = await access.ticket_for(moment, press.ticket, who)
    access.require_lead(ticket, who)
    if Status(ticket.status) not in moves.ALIVE:
        answer_stale(moment, ticket, who, reply)
        return
    wait_for(reply, "snooze", ticket)
    reply(reply.say.asks_for("snooze", ticket), ticket=ticket, numbered=False)


async def snoozed(
    moment: Moment, who: Speaker, ticket: Ticket, said: Incoming, given: Awaited, reply: Reply
) -> None:
    """The day on which the desk wants to hear again."""
    access.require_lead(ticket, who)
    day = read_date(said.text, moment.today)
    until = end_of_day(day, moment.rules.calendar_of(ticket.lead)) if day else None
    if until is None or until <= moment.now:
        wait_for(reply, "snooze", ticket)
        text = reply.say.day_has_passed(ticket, until) if until else reply.say.which_day(ticket)
        reply(text, ticket=ticket, numbered=False)
        return
    escalating.snooze(moment, ticket, who.actor, until)
    reply(reply.say.snoozed(ticket), ticket=ticket)


WORDS: dict[str, Any] = {"snooze": snoozed}


def add_routes(router: Router) -> None:
    """The button under a reminder; the day comes by handlers.words."""
    router.callback_query.register(snooze_pressed, Pressed("snooze"))
