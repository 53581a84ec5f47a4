"""One person on several channels: a code joins a further one, a press prefers one or drops it."""

from aiogram import Router
from aiogram.filters import Command
from aiogram.types import TelegramObject

from handlers.filters import Pressed
from handlers.reply import Reply
from storage import contacts, webchat
from storage.linking import code_within, make_code
from storage.people import Contact, Speaker
from tickets import reach
from tickets.acts import linking
from tickets.buttons import Press, button
from tickets.incoming import Incoming, Kind
from tickets.moment import Moment


async def channels_asked(
    _: TelegramObject, moment: Moment, who: Speaker, said: Incoming, reply: Reply
) -> None:
    """/kenh: the channels of the person who asks, and a code for a further one."""
    assert who.person is not None and who.person.id is not None
    if said.is_group:
        reply(reply.say.link_only_private())
        return
    own = await contacts.private_contacts(moment.session, who.person.id)
    code = await make_code(moment.session, who.person.id, moment.now)
    reply(reply.say.channels(_names(reply, own, who.person.prefers)), _buttons(reply, own))
    reply(reply.say.link_code(code))


def _names(reply: Reply, contacts: list[Contact], prefers: str) -> list[str]:
    return [
        reply.say.preferred(contact.channel)
        if contact.channel == prefers
        else reply.say.channel(contact.channel)
        for contact in contacts
    ]


def _buttons(reply: Reply, contacts: list[Contact]) -> list[list[dict[str, str]]]:
    """Which to prefer and which to drop; somebody with one channel has no choice."""
    if len(contacts) == 1:
        return []
    say, channels = reply.say, dict.fromkeys(contact.channel for contact in contacts)
    prefer = [
        button(say.by_channel(name), Press("prefer", 0, 0, name))
        for name in channels
        if name not in reach.ONE_WAY
    ]
    drop = [
        button(say.drop_channel(contact.channel), Press("unlink", 0, 0, f"c{contact.id}"))
        for contact in contacts
    ]
    return [prefer, drop]


async def is_link_code(event: TelegramObject, who: Speaker, said: Incoming) -> bool:
    """Whether somebody unknown sends six digits; to others a number is a number."""
    is_private = said.kind is Kind.MESSAGE and not said.is_group
    return is_private and who.person is None and code_within(said.text) is not None


async def code_typed(
    _: TelegramObject, moment: Moment, who: Speaker, said: Incoming, reply: Reply
) -> None:
    """A code from another channel of the same person."""
    code = code_within(said.text)
    assert code is not None
    found = await linking.try_code(moment, who, code)
    if isinstance(found, str):
        too_many = found == "too_many"
        reply(reply.say.too_many_codes() if too_many else reply.say.wrong_link_code())
    else:
        reply(reply.say.linked(found.name))


async def preferred(
    _: TelegramObject, moment: Moment, who: Speaker, press: Press, reply: Reply
) -> None:
    """The channel on which to hear from now on."""
    assert who.person is not None and who.person.id is not None
    own = await contacts.private_contacts(moment.session, who.person.id)
    if press.more not in {contact.channel for contact in own} - {*reach.ONE_WAY}:
        reply(reply.say.channel_not_yours())
        return
    who.person.prefers = press.more
    reply(reply.say.heard_by(press.more))


async def dropped(
    _: TelegramObject, moment: Moment, who: Speaker, press: Press, reply: Reply
) -> None:
    """One of a person's channels is theirs no more; the last one stays."""
    assert who.person is not None and who.person.id is not None
    own = await contacts.private_contacts(moment.session, who.person.id)
    chosen = next((one for one in own if f"c{one.id}" == press.more), None)
    chats = [one for one in own if one.channel not in reach.ONE_WAY]
    if chosen is None or chats == [chosen]:
        reply(reply.say.channel_not_yours())
        return
    if not linking.may_drop(moment, who.contact, chosen):
        reply(reply.say.too_new_to_drop())
        return
    reply(reply.say.dropped(chosen.channel))
    await linking.drop(moment, who.contact, chosen)


async def is_not_carried(event: TelegramObject, who: Speaker, said: Incoming) -> bool:
    """Whether somebody sent what their channel keeps from us: a file, a video, a place."""
    return said.kind is Kind.UNSUPPORTED and said.channel in reach.PLAIN and who.person is not None


async def not_carried(
    _: TelegramObject, moment: Moment, who: Speaker, reply: Reply, address: str
) -> None:
    """The web chat carries it: a one-time link opens it."""
    assert who.person is not None and who.person.id is not None
    token = webchat.make_link(moment.session, who.person.id, webchat.CHAT, moment.now)
    reply(reply.say.unsupported_here(f"{address}/in/{token}"))


def commands(router: Router) -> None:
    """The command, among the others that begin with a slash."""
    router.message.register(channels_asked, Command("kenh", "kênh"))


def at_the_door(router: Router) -> None:
    """A code that lets a known person in by another door; before strangers are turned away."""
    router.message.register(code_typed, is_link_code)


def add_routes(router: Router) -> None:
    """What is pressed below the list of channels, and what a channel cannot carry."""
    router.message.register(not_carried, is_not_carried)
    router.callback_query.register(preferred, Pressed("prefer"))
    router.callback_query.register(dropped, Pressed("unlink"))
