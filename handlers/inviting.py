"""Invitations in chat: made, listed, withdrawn by coordinators, administrators and heads."""

import re
from collections.abc import Callable

from aiogram import Router
from aiogram.filters import Command
from aiogram.types import TelegramObject

from handlers import keyboards
from handlers.filters import Pressed
from handlers.reply import Reply
from storage import deeds, invitations
from storage.deeds import Deed
from storage.invitations import Standing, standing
from storage.people import Role, Speaker
from tickets import inviting
from tickets.buttons import Press, button
from tickets.incoming import Incoming
from tickets.moment import Moment

Links = Callable[[str], dict[str, str]]
"""Where a code can be used, by channel; given by the program."""
PAGE = 8
_ASKED = re.compile(r"^/moi(?:@\w+)?\s*", re.IGNORECASE)


async def invite_asked(
    _: TelegramObject, moment: Moment, who: Speaker, said: Incoming, reply: Reply, links: Links
) -> None:
    """/moi lists; "/moi xã Chiêu Lưu cán bộ Lan" invites."""
    if not who.holds(Role.COORDINATOR, Role.ADMIN, Role.HEAD):
        reply(reply.say.not_allowed())
    elif said.is_group:
        reply(reply.say.coordinator_privately())
    elif words := _ASKED.sub("", said.text, count=1).strip():
        await _invite(moment, who, words, reply, links)
    else:
        await _list(moment, who, 0, reply)


async def _invite(moment: Moment, who: Speaker, words: str, reply: Reply, links: Links) -> None:
    found = inviting.wanted(moment.rules.units, words)
    if len(found.units) != 1:
        reply(reply.say.invite_which_unit(found.units))
    elif found.role is None or _is_no_commune(moment, found.units[0], found.role):
        reply(reply.say.invite_which_role(found.units[0]))
    elif not inviting.may_invite(who, found.units[0], found.role):
        reply(reply.say.invite_not_yours())
    else:
        code, row = invitations.invite(
            moment.session,
            unit=found.units[0],
            role=found.role,
            now=moment.now,
            name=found.name,
            phone=found.phone,
            post=found.post,
        )
        await deeds.invited(moment.session, row, who.actor, moment.now)
        reply(reply.say.invitation_made(row, code, links(code), moment.now))


def _is_no_commune(moment: Moment, unit: str, role: Role) -> bool:
    """Whether somebody would report for a unit that is no commune."""
    return role is Role.REPORTER and moment.rules.units.commune(unit) is None


async def _list(moment: Moment, who: Speaker, page: int, reply: Reply) -> None:
    units = None if inviting.may_see_all(who) else sorted(who.units(Role.HEAD))
    rows = await invitations.listed(moment.session, units, offset=page * PAGE, limit=PAGE + 1)
    shown = rows[:PAGE]
    lines = [reply.say.invitation_line(row, standing(row, moment.now), moment.now) for row in shown]
    without = None
    if units is None:
        have = await invitations.peopled(moment.session, Role.REPORTER)
        without = [row.code for row in moment.rules.pack.communes if row.code not in have]
    withdraw = [
        [button(f"{reply.say.label('withdraw')} {row.id}", Press("uninvite", row.id or 0))]
        for row in shown
        if standing(row, moment.now) is Standing.OPEN
    ]
    turns = keyboards.paging(reply.say, "invites", page, more=len(rows) > PAGE)
    reply(reply.say.invitations(lines, without), [*withdraw, *turns])


async def page_pressed(
    _: TelegramObject, moment: Moment, who: Speaker, press: Press, reply: Reply
) -> None:
    """Another page of the list."""
    if who.holds(Role.COORDINATOR, Role.ADMIN, Role.HEAD) and not reply.is_group:
        await _list(moment, who, int(press.more) if press.more.isdecimal() else 0, reply)
    else:
        reply.toast(reply.say.not_allowed())


async def withdraw_pressed(
    _: TelegramObject, moment: Moment, who: Speaker, press: Press, reply: Reply
) -> None:
    """An invitation that is not meant any more; one that was used stays used."""
    row = await invitations.by_id(moment.session, press.ticket)
    if row is None or not inviting.may_invite(who, row.unit, Role(row.role)):
        reply.toast(reply.say.not_allowed())
        reply(reply.say.not_allowed())
        return
    if standing(row, moment.now) is Standing.OPEN:
        row.expires_at = moment.now
        await deeds.invited(moment.session, row, who.actor, moment.now, Deed.WITHDRAWN)
    reply(reply.say.invitation_line(row, standing(row, moment.now), moment.now))


def add_commands(router: Router) -> None:
    """What begins with a slash."""
    router.message.register(invite_asked, Command("moi"))


def add_routes(router: Router) -> None:
    """The list's buttons."""
    router.callback_query.register(page_pressed, Pressed("invites"))
    router.callback_query.register(withdraw_pressed, Pressed("uninvite"))
