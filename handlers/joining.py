"""How people come in: invitation codes, the closed door, groups that become desks."""

from aiogram import Router
from aiogram.types import TelegramObject

from handlers import linking
from handlers.filters import Pressed, Stranger
from handlers.reply import Reply
from storage.invitations import code_within, read_code
from storage.people import Contact, Invitation, Role, Speaker
from tickets.acts import joining
from tickets.buttons import Press
from tickets.incoming import Incoming, Kind
from tickets.moment import Moment
from tickets.texts import Texts


def code_of(who: Speaker, said: Incoming) -> str | None:
    """The invitation code that a message is; a stranger's may stand among other words."""
    if said.kind is not Kind.MESSAGE:
        return None
    code = read_code(said.text)
    is_at_the_door = who.person is None and not said.is_group
    return code or (code_within(said.text) if is_at_the_door else None)


async def is_code(event: TelegramObject, who: Speaker, said: Incoming) -> bool:
    """Whether there is one; aiogram would run a filter that is not async in a thread."""
    return code_of(who, said) is not None


async def code_typed(
    _: TelegramObject, moment: Moment, who: Speaker, said: Incoming, reply: Reply
) -> None:
    """Somebody typed an invitation code, or followed a link that carries one."""
    code = code_of(who, said)
    assert code is not None
    found = await joining.try_code(moment, who, code)
    if isinstance(found, str):
        too_many = found == "too_many"
        reply(reply.say.too_many_codes() if too_many else reply.say.wrong_code())
    elif said.is_group:
        await _bind(moment, who, found, reply)
    elif found.role == Role.DESK:
        reply(reply.say.desk_code_outside())
    else:
        await _join(moment, who, found, reply)


async def _join(moment: Moment, who: Speaker, invitation: Invitation, reply: Reply) -> None:
    is_new = who.person is None
    person = await joining.join(moment, who, invitation)
    say = Texts(person.language, reply.say.units, reply.say.zone)
    reply(say.welcome(person.name, invitation.role, invitation.unit))
    if is_new:
        reply(say.privacy())


async def _bind(moment: Moment, who: Speaker, invitation: Invitation, reply: Reply) -> None:
    group = await moment.session.get(Contact, reply.chat.contact_id)
    assert group is not None
    if invitation.role != Role.DESK:
        reply(reply.say.person_code_in_group())
    elif not joining.may_bind(who, invitation.unit):
        reply(reply.say.not_allowed())
    else:
        await joining.bind_desk(moment, who, group, invitation)
        reply(reply.say.desk_bound(invitation.unit))


async def turned_away(_: TelegramObject, moment: Moment, said: Incoming, reply: Reply) -> None:
    """A stranger spoke: one polite answer a day, and nothing is kept."""
    contact = await moment.session.get(Contact, reply.chat.contact_id)
    assert contact is not None
    if said.is_group:
        if said.press is not None:
            reply.toast(reply.say.join_hint())
        return
    if await joining.turn_away(moment, contact):
        reply(reply.say.closed_line())


async def unbind_pressed(
    _: TelegramObject, moment: Moment, who: Speaker, press: Press, reply: Reply
) -> None:
    """The coordinator takes a desk away from a group; an old button leaves a newer desk alone."""
    number, _dot, unit = press.more.partition(".")
    may = who.holds(Role.COORDINATOR, Role.ADMIN) and number.isdecimal()
    group = await moment.session.get(Contact, int(number)) if may else None
    if group is None or not unit:
        reply.toast(reply.say.not_allowed())
    elif group.desk_of != unit:
        reply.toast(reply.say.desk_not_there(unit))
        reply(reply.say.desk_not_there(unit))
    else:
        await joining.unbind_desk(moment, group)
        reply(reply.say.desk_unbound(unit))


async def chat_changed(moment: Moment, said: Incoming, reply: Reply) -> None:
    """The bot was added somewhere, removed, or a group got a new address."""
    contact = await moment.session.get(Contact, reply.chat.contact_id)
    assert contact is not None
    match said.kind:
        case Kind.JOINED:
            contact.reachable = True
            if said.is_group and contact.desk_of is None:
                reply(reply.say.closed_group())
        case Kind.LEFT:
            contact.reachable = False
            await joining.unbind_desk(moment, contact)
        case Kind.MIGRATED:
            await joining.move(moment, contact, said.text)


def routes() -> Router:
    """Codes first, then the closed door for whoever is not known."""
    router = Router(name=__name__)
    router.message.register(code_typed, is_code)
    linking.at_the_door(router)
    router.callback_query.register(unbind_pressed, Pressed("unbind"))
    router.message.register(turned_away, Stranger())
    router.edited_message.register(turned_away, Stranger())
    router.callback_query.register(turned_away, Stranger())
    return router
