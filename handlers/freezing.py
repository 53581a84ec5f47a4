"""A person is shut out or let in again, by name or number."""

import re

from aiogram import Router
from aiogram.filters import Command
from aiogram.types import TelegramObject

from handlers.filters import Pressed
from handlers.reply import Reply
from storage import people
from storage.people import Person, Role, Speaker
from tickets.acts import freezing
from tickets.buttons import Press, button
from tickets.incoming import Incoming
from tickets.moment import Moment

VALID_MINUTES = 10
"""A button counts as long: an old one far up the chat shuts nobody out again."""
_ASKED = re.compile(r"^/(?:mo)?khoa(?:@\w+)?\s*", re.IGNORECASE)


async def freeze_asked(
    _: TelegramObject, moment: Moment, who: Speaker, said: Incoming, reply: Reply
) -> None:
    """/khoa and /mokhoa <name or number>: who it is, what they hold, and a button that does it."""
    if not who.holds(Role.COORDINATOR, Role.ADMIN):
        reply(reply.say.not_allowed())
        return
    if said.is_group:
        reply(reply.say.coordinator_privately())
        return
    called = _ASKED.sub("", said.text, count=1).strip()
    freezes = not said.text.lower().startswith("/mokhoa")
    found = await people.find_people(moment.session, called) if called else []
    if len(found) != 1:
        lines = [await _line(moment, person, reply) for person in found]
        reply(reply.say.freeze_whom(lines))
        return
    await _ask(moment, found[0], freezes=freezes, reply=reply)


async def _ask(moment: Moment, person: Person, *, freezes: bool, reply: Reply) -> None:
    if person.active != freezes:
        reply(reply.say.frozen_already(person.name, active=person.active))
        return
    held = await freezing.assigned_to(moment, person)
    line = await _line(moment, person, reply)
    text = reply.say.freeze_sure(line, held) if freezes else reply.say.thaw_sure(line)
    do = "freeze" if freezes else "thaw"
    press = Press(do, person.id or 0, int(moment.now.timestamp() // 60))
    reply(text, [[button(reply.say.label(do), press)]])


async def _line(moment: Moment, person: Person, reply: Reply) -> str:
    assert person.id is not None
    held = await people.duties_of(moment.session, [person.id], moment.now)
    duties = held.get(person.id, people.Held()).duties
    return reply.say.person_line(person, [reply.say.duty(role, unit) for unit, role in duties])


async def freeze_pressed(
    _: TelegramObject, moment: Moment, who: Speaker, press: Press, reply: Reply
) -> None:
    """The button: once, whoever presses it again hears how it stands."""
    person = await moment.session.get(Person, press.ticket, with_for_update=True)
    freezes = press.do == "freeze"
    found = await people.duties_of(moment.session, [press.ticket], moment.now)
    held = found.get(press.ticket, people.Held()).duties
    if person is None or not freezing.may_freeze(who, held, person):
        reply.toast(reply.say.not_allowed())
        reply(reply.say.not_allowed())
    elif person.active != freezes:
        reply(reply.say.frozen_already(person.name, active=person.active))
    elif moment.now.timestamp() // 60 - press.seen > VALID_MINUTES:
        reply(reply.say.freeze_late())
    elif freezes:
        await freezing.freeze(moment, who, person)
        reply(reply.say.frozen(person.name, await freezing.assigned_to(moment, person)))
    else:
        await freezing.thaw(moment, who, person)
        reply(reply.say.thawed(person.name))


def add_commands(router: Router) -> None:
    """What begins with a slash."""
    router.message.register(freeze_asked, Command("khoa", "mokhoa"))


def add_routes(router: Router) -> None:
    """The buttons that do it."""
    router.callback_query.register(freeze_pressed, Pressed("freeze", "thaw"))
