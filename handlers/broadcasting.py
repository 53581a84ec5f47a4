"""The coordinator writes to many communes or departments: preview, correct, send once."""

import re

from aiogram import Router
from aiogram.filters import Command, StateFilter
from aiogram.types import TelegramObject

from handlers.filters import Pressed, Private, Worded
from handlers.reply import Reply
from province.text import fold
from storage import broadcasts
from storage.broadcasts import Broadcast
from storage.people import Role, Speaker
from tickets.acts import broadcasts as acts
from tickets.audience import UnknownAudience, audience
from tickets.buttons import Press, button
from tickets.incoming import Incoming
from tickets.moment import Moment
from tickets.texts import Texts

EDITING = "broadcasting"
"""The state of a chat in which a preview waits for other words."""
_ASKED = re.compile(r"^/thongbao(?:@\w+)?\s*", re.IGNORECASE)
URGENT = frozenset({"gap", "khan"})


async def broadcast_asked(
    _: TelegramObject, moment: Moment, who: Speaker, said: Incoming, reply: Reply
) -> None:
    """/thongbao [gấp] <whom>: <words>."""
    if not who.holds(Role.COORDINATOR):
        reply(reply.say.not_allowed())
        return
    if said.is_group:
        reply(reply.say.coordinator_privately())
        return
    whom, colon, words = _ASKED.sub("", said.text, count=1).partition(":")
    urgent, whom = _urgent(whom)
    if not colon or not words.strip() or not whom.strip():
        reply(reply.say.broadcast_help())
        return
    try:
        units = audience(moment.rules.units, whom)
    except UnknownAudience as error:
        reply(reply.say.broadcast_unknown(error.names))
        return
    row = acts.draft(moment, who, units, words.strip(), urgent=urgent)
    await moment.session.flush()
    await preview(moment, row, reply)


def _urgent(whom: str) -> tuple[bool, str]:
    first, _, rest = whom.strip().partition(" ")
    return (True, rest) if fold(first) in URGENT else (False, whom)


async def preview(moment: Moment, row: Broadcast, reply: Reply) -> None:
    """Show what would go to whom; nothing has gone yet."""
    to = await acts.receivers_of(moment, row.units)
    missing = [unit for unit in row.units if unit not in to.units()]
    reply(reply.say.broadcast_preview(row, to.count, missing), _buttons(row, reply.say))


def _buttons(row: Broadcast, say: Texts) -> list[list[dict[str, str]]]:
    names = ("send_out", "edit_text", "drop_it")
    does = ("castsend", "castedit", "castdrop")
    return [
        [
            button(say.label(name), Press(do, row.id or 0, row.version))
            for name, do in zip(names, does, strict=True)
        ]
    ]


async def preview_pressed(
    _: TelegramObject, moment: Moment, who: Speaker, press: Press, reply: Reply
) -> None:
    """Gửi, Sửa, Thôi: once, on the preview as it stands; a later press hears what was done."""
    row = await broadcasts.by_id(moment.session, press.ticket)
    mine = row is not None and who.person is not None and row.by == who.person.id
    if row is None or not mine or not who.holds(Role.COORDINATOR):
        reply.toast(reply.say.not_allowed())
        reply(reply.say.not_allowed())
    elif not acts.is_open(row, press.seen):
        text = reply.say.broadcast_done(row, moment.now)
        reply.toast(text)
        reply(text)
    elif press.do == "castsend":
        await acts.send(moment, row)
        reply.state("")
        reply(reply.say.broadcast_going(row))
    elif press.do == "castedit":
        reply.state(EDITING, broadcast=row.id)
        reply(reply.say.broadcast_edit(row), numbered=False)
    else:
        acts.drop(moment, row)
        reply.state("")
        reply(reply.say.broadcast_dropped())


async def words_typed(
    _: TelegramObject, moment: Moment, who: Speaker, said: Incoming, reply: Reply
) -> None:
    """The words that replace those of a preview: it is shown again."""
    row = await broadcasts.by_id(moment.session, int(reply.chat.draft.get("broadcast", 0)))
    reply.state("")
    if row is None or not acts.is_open(row, 0):
        reply(reply.say.broadcast_done(row, moment.now) if row else reply.say.broadcast_help())
        return
    acts.edit(row, said.text.strip())
    await preview(moment, row, reply)


def add_commands(router: Router) -> None:
    """What begins with a slash."""
    router.message.register(broadcast_asked, Command("thongbao"))


def add_routes(router: Router) -> None:
    """The preview's buttons, and other words for it."""
    router.callback_query.register(preview_pressed, Pressed("castsend", "castedit", "castdrop"))
    router.message.register(words_typed, Private(), StateFilter(EDITING), Worded())
