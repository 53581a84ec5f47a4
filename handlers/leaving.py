"""/bangiao, /nghi: a person's work goes to another, and people leave."""

import re

from aiogram import Router
from aiogram.filters import Command
from aiogram.types import TelegramObject

from handlers import keyboards
from handlers.filters import Pressed
from handlers.reply import Reply
from handlers.rosters import argument, find
from province.text import fold
from storage.people import Person, Speaker
from tickets.acts import rosters as acts
from tickets.buttons import Press, button
from tickets.incoming import Incoming
from tickets.moment import Moment

FROM_TO = re.compile(r"^(?P<who>.*?)\s*\b(?:cho|sang)\b\s*:?\s*(?P<to>.+)$")
MOST = 6
"""Colleagues shown as buttons; the others are typed."""


async def handover_asked(
    _: TelegramObject, moment: Moment, who: Speaker, said: Incoming, reply: Reply
) -> None:
    """/bangiao Minh cho Hoa: what would move, and a button that moves it."""
    found = FROM_TO.match(fold(argument(said)))
    if found is None:
        reply(reply.say.how_to_hand_over())
        return
    person = await find(moment, who, found["who"], reply) if found["who"] else who.person
    to = await find(moment, who, found["to"], reply) if person else None
    if person is None or to is None:
        return
    if not await _may_hand_over(moment, who, person):
        reply(reply.say.not_allowed())
        return
    work = await acts.work_of(moment, person, to)
    if work.tickets + work.tasks == 0:
        say = reply.say
        reply(say.other_unit(to.name) if work.kept else say.nothing_to_hand_over(person.name))
        return
    text = reply.say.hand_over(person.name, to.name, work.tickets, work.tasks, work.kept)
    press = Press("handover", 0, 0, f"{person.id}.{to.id}")
    reply(text, keyboards.one(reply.say, "hand_over", press))


async def _may_hand_over(moment: Moment, who: Speaker, person: Person) -> bool:
    """One's own work, or that of somebody whom the speaker decides about."""
    if who.person is not None and person.id == who.person.id:
        return True
    units = await acts.units_of(moment, person)
    return any(acts.may_manage(who, unit) for unit in units)


async def _two(moment: Moment, press: Press) -> tuple[Person | None, Person | None, bool]:
    """Whose work a button names, whose it becomes, and whether that one can still take it."""
    first, _dot, second = press.more.partition(".")
    ids = [int(number) if number.isdecimal() else 0 for number in (first, second)]
    person, to = [await moment.session.get(Person, number) for number in ids]
    return person, to, ids[1] == 0 or (to is not None and to.active)


async def handover_pressed(
    _: TelegramObject, moment: Moment, who: Speaker, press: Press, reply: Reply
) -> None:
    """Bàn giao: what is in hand at this moment goes over; pressed again nothing is left to go."""
    person, to, can_take = await _two(moment, press)
    if person is None or to is None or not await _may_hand_over(moment, who, person):
        reply(reply.say.not_allowed())
        return
    if not can_take:
        reply(reply.say.has_left(to.name))
        return
    work = await acts.hand_over(moment, who, person, to)
    if work.tickets + work.tasks == 0:
        reply(reply.say.nothing_to_hand_over(person.name))
    else:
        reply(reply.say.handed_over(person.name, to.name, work.tickets, work.tasks))


async def leaving_asked(
    _: TelegramObject, moment: Moment, who: Speaker, said: Incoming, reply: Reply
) -> None:
    """/nghi Minh: who gets the work is asked first, then a button lets the person go."""
    words = argument(said)
    if not words:
        reply(reply.say.how_to_leave())
        return
    person = await find(moment, who, words, reply)
    if person is None:
        return
    if who.person is not None and person.id == who.person.id:
        reply(reply.say.not_oneself())
    elif not await acts.may_let_go(moment, who, person):
        reply(reply.say.not_allowed())
    else:
        await _ask_who_goes_on(moment, who, person, reply)


async def _ask_who_goes_on(moment: Moment, who: Speaker, person: Person, reply: Reply) -> None:
    work = await acts.work_of(moment, person)
    text = reply.say.leaves(person.name, work.tickets, work.tasks)
    alone = Press("letgo", 0, 0, f"{person.id}.0")
    if work.tickets + work.tasks == 0:
        reply(text, keyboards.one(reply.say, "let_go", alone))
        return
    units = await acts.units_of(moment, person)
    shown = []
    for one in await acts.candidates(moment, who):
        if one.id != person.id and units & await acts.units_of(moment, one):
            shown.append(button(one.name, Press("letgo", 0, 0, f"{person.id}.{one.id}")))
    rows = [shown[n : n + 2] for n in range(0, min(len(shown), MOST), 2)]
    reply(text, [*rows, [button(reply.say.label("no_handover"), alone)]])


async def let_go_pressed(
    _: TelegramObject, moment: Moment, who: Speaker, press: Press, reply: Reply
) -> None:
    """The person leaves; a second press finds nobody to let go."""
    person, to, can_take = await _two(moment, press)
    gone = [one for one in (person, to) if one is not None and not one.active]
    if person is None or person is who.person:
        reply(reply.say.not_allowed())
    elif gone or not can_take:
        reply(reply.say.has_left(gone[0].name) if gone else reply.say.not_allowed())
    elif not await acts.may_let_go(moment, who, person):
        reply(reply.say.not_allowed())
    else:
        work = await acts.leave(moment, who, person, to)
        lines = [reply.say.has_left(person.name)]
        if to is not None and work.tickets + work.tasks:
            lines.insert(0, reply.say.handed_over(person.name, to.name, work.tickets, work.tasks))
        reply("\n".join(lines))


def add_commands(router: Router) -> None:
    """What begins with a slash."""
    router.message.register(handover_asked, Command("bangiao", "bàngiao"))
    router.message.register(leaving_asked, Command("nghi", "nghỉ"))


def add_routes(router: Router) -> None:
    """The buttons that confirm."""
    router.callback_query.register(handover_pressed, Pressed("handover"))
    router.callback_query.register(let_go_pressed, Pressed("letgo"))
