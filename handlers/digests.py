"""The digest when it is asked for, Đã xem under it, the weekly question, and who stays silent."""

from aiogram import Router
from aiogram.filters import Command
from aiogram.types import TelegramObject

from handlers.filters import Pressed
from handlers.lists import list_asked
from handlers.reply import Reply
from storage.people import Role, Speaker
from tickets import check_ins
from tickets.acts import check_ins as asking
from tickets.acts import digests
from tickets.acts.check_ins import Answer
from tickets.buttons import Press
from tickets.incoming import Incoming
from tickets.moment import Moment


async def seen_pressed(
    _: TelegramObject, moment: Moment, who: Speaker, press: Press, reply: Reply
) -> None:
    """A digest was read: counted once for each reader; a desk's opening is only answered."""
    is_known = not press.more or await digests.seen(moment, who, press.more)
    reply.toast(reply.say.digest_seen() if is_known else reply.say.not_allowed())


async def nothing_pressed(
    _: TelegramObject, moment: Moment, who: Speaker, press: Press, reply: Reply
) -> None:
    """No difficulties this week: the first answer counts for the commune."""
    commune, _dot, day = press.more.partition(".")
    answer, by, at = await asking.nothing(moment, who, commune, day)
    if answer is Answer.NOTED:
        reply(reply.say.nothing_noted(commune))
    elif answer is Answer.GIVEN and at is not None:
        reply(reply.say.nothing_given(commune, by, at, moment.now))
    else:
        reply(reply.say.nothing_old())


async def picture_asked(
    event: TelegramObject, moment: Moment, who: Speaker, said: Incoming, reply: Reply
) -> None:
    """/toancanh: how things stand now; who gets no digest of a morning sees the own tickets."""
    told = await digests.on_demand(moment, who, reply.say)
    if not told:
        await list_asked(event, moment, who, said, reply)
    elif reply.is_group:
        reply(reply.say.coordinator_privately())
    else:
        reply(told)


async def silent_asked(_: TelegramObject, moment: Moment, who: Speaker, reply: Reply) -> None:
    """/imlang: the communes that have not answered, by name."""
    if not who.holds(Role.COORDINATOR, Role.LEADER):
        reply(reply.say.not_allowed())
        return
    reply(reply.say.silent_communes(await check_ins.silences(moment)))


def add_commands(router: Router) -> None:
    """What begins with a slash."""
    router.message.register(picture_asked, Command("toancanh"))
    router.message.register(silent_asked, Command("imlang"))


def add_routes(router: Router) -> None:
    """The buttons under what comes round."""
    router.callback_query.register(seen_pressed, Pressed("seen"))
    router.callback_query.register(nothing_pressed, Pressed("nothing"))
