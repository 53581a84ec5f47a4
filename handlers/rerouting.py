"""Chuyển: which department, and why; typed in one message or chosen and explained."""

import re

from aiogram import Router
from aiogram.types import TelegramObject

from handlers.awaiting import Awaited, wait_for
from handlers.filters import Pressed
from handlers.following import answer_stale
from handlers.reply import Reply
from province.lookup import Lookup
from storage.people import Speaker
from storage.tickets import Ticket
from tickets import access, moves
from tickets.acts import rerouting
from tickets.buttons import Press, button
from tickets.incoming import Incoming
from tickets.moment import Moment
from tickets.notices import Buttons
from tickets.offered import options_of
from tickets.texts import Texts

MOST_WORDS = 12
"""A department's name has no more words."""
_JOINS = re.compile(
    r"^(?:\s*[:,;.\-–]+\s*|\s+)?(?:(?:vì|vi|do|lý do|ly do|because)\b\s*:?\s*)?", re.IGNORECASE
)
"""What stands between a department's name and the reason."""
_WITH = re.compile(r"^(?:bên|ben|phía|phia)\s+(?:sở\s+|so\s+)?", re.IGNORECASE)
"""What people call a department with: "bên nông nghiệp"."""
_CLOSES = re.compile(
    r"^(?:(?:ấy|ay|đi|di|nhé|nhe|nha|ạ|giúp|giup|với|voi|xử lý|xu ly)\b[\s,.:;!]*)+"
)


def likely(moment: Moment, ticket: Ticket, say: Texts) -> Buttons:
    """The departments that the pack and triage think of beside the present one, three at most."""
    units = [unit for unit in ticket.coordinating if moment.rules.units.agency(unit)]
    units += [unit for _, unit in options_of(moment, ticket, without=ticket.lead)]
    chosen = [unit for unit in dict.fromkeys(units) if unit != ticket.lead][:3]
    return [
        [
            button(say.units.short_name(unit), Press("to", ticket.id or 0, ticket.version, unit))
            for unit in chosen
        ]
    ]


def unit_and_reason(units: Lookup, words: str) -> tuple[str, str]:
    """The agency that some words begin with, by name or alias, and the reason after it."""
    cleaned = re.sub(r"^\s*(?:sang|qua|cho|về|ve|to)\s+", "", words, flags=re.IGNORECASE)
    ends = [found.end() for found in re.finditer(r"[^\s:,;]+", cleaned)][:MOST_WORDS]
    for end in reversed(ends):
        name = cleaned[:end].strip(" .-")
        unit = units.find_unit(name) or units.find_unit(_WITH.sub("sở ", name))
        if unit is not None and units.agency(unit) is not None:
            why = _JOINS.sub("", _CLOSES.sub("", cleaned[end:].strip()), count=1)
            return unit, why.strip()
    return "", words


async def named(
    moment: Moment, who: Speaker, ticket: Ticket, said: Incoming, given: Awaited, reply: Reply
) -> None:
    """A department's name, with or without the reason."""
    access.require_lead(ticket, who)
    unit, why = unit_and_reason(moment.rules.units, said.text)
    if not unit:
        wait_for(reply, "reroute", ticket)
        reply(reply.say.unit_unknown(), likely(moment, ticket, reply.say), numbered=False)
        return
    await _to(moment, who, ticket, unit, why, given.seen, reply)


async def explained(
    moment: Moment, who: Speaker, ticket: Ticket, said: Incoming, given: Awaited, reply: Reply
) -> None:
    """Why it goes to the department that was chosen."""
    access.require_lead(ticket, who)
    await _to(moment, who, ticket, given.more, said.text, given.seen, reply)


async def to_pressed(
    _: TelegramObject, moment: Moment, who: Speaker, press: Press, reply: Reply
) -> None:
    """One of the likely departments was chosen: the reason is asked for."""
    ticket = await access.ticket_for(moment, press.ticket, who, lock=True)
    access.require_lead(ticket, who)
    if not moves.may(ticket, "reroute", seen=press.seen):
        answer_stale(moment, ticket, who, reply)
        return
    if moment.rules.units.agency(press.more) is not None:
        await _to(moment, who, ticket, press.more, "", press.seen, reply)


async def _to(
    moment: Moment, who: Speaker, ticket: Ticket, unit: str, why: str, seen: int, reply: Reply
) -> None:
    refusal = rerouting.refusal(ticket, unit, who)
    if refusal is not None:
        wait_for(reply, "reroute", ticket)
        text = reply.say.not_rerouted(refusal, ticket, unit)
        reply(text, likely(moment, ticket, reply.say), ticket=ticket, numbered=False)
        return
    if not why:
        wait_for(reply, "why", ticket, more=unit)
        reply(reply.say.asks_for("why", ticket), ticket=ticket, numbered=False)
        return
    try:
        await rerouting.reroute(moment, ticket, who, unit, why, seen=seen)
    except moves.Stale:
        answer_stale(moment, ticket, who, reply, typed=True)
        return
    reply(reply.say.rerouted(ticket, unit if ticket.lead != unit else ""), ticket=ticket)


def add_routes(router: Router) -> None:
    """The chosen department; the name and the reason come by handlers.words."""
    router.callback_query.register(to_pressed, Pressed("to"))
