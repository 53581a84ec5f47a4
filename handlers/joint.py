"""One request of several communes: inviting neighbours, their yes or no, going out of it."""

from collections.abc import Sequence
from typing import Any

from aiogram import Router
from aiogram.types import TelegramObject

from handlers.awaiting import Awaited, wait_for
from handlers.filters import Pressed
from handlers.following import answer_stale, show
from handlers.reply import Reply
from storage import carriers, tickets
from storage.carriers import Carrier, Carrying
from storage.people import Role, Speaker
from storage.tickets import Status, Ticket
from tickets import access, moves
from tickets.acts import joint
from tickets.buttons import Press, button
from tickets.incoming import Incoming, Kind
from tickets.joint import invited_by, neighbours, together
from tickets.moment import Moment


def tell_together(moment: Moment, ticket: Ticket, reply: Reply) -> None:
    """After the receipt: which communes were told, and which nobody speaks for here."""
    if ticket.restricted or not ticket.text:
        return
    named = together(ticket.text, moment.rules.units, ticket.commune)
    if named:
        absent = [commune for commune in named if commune not in ticket.carriers]
        reply(reply.say.told_together(ticket, absent), ticket=ticket)


async def ask_pressed(
    _: TelegramObject, moment: Moment, who: Speaker, said: Incoming, press: Press, reply: Reply
) -> None:
    """Mời xã bên: with the names in one message, by a button for each neighbour, or asked for."""
    ticket = await access.ticket_for(moment, press.ticket, who, lock=True)
    access.require_owner(ticket, who)
    if not joint.may_be_joint(ticket):
        _not_joint(moment, ticket, who, reply)
    elif press.more and press.more != "why":
        await _invite(moment, ticket, who, [press.more], reply)
    elif said.kind is Kind.MESSAGE and press.more == "why":
        await _invite(moment, ticket, who, invited_by(said.text, moment.rules.units), reply)
    else:
        near = neighbours(moment.rules.units, ticket.commune, ticket.carriers)
        number = ticket.id or 0
        row = [
            button(reply.say.units.short_name(code), Press("jointask", number, 0, code))
            for code in near
        ]
        wait_for(reply, "jointask", ticket)
        reply(reply.say.which_neighbours(ticket), [row], ticket=ticket, numbered=False)


def _not_joint(moment: Moment, ticket: Ticket, who: Speaker, reply: Reply) -> None:
    if Status(ticket.status) in moves.ALIVE:
        reply(reply.say.not_joint(ticket), ticket=ticket)
    else:
        answer_stale(moment, ticket, who, reply, typed=True)


async def named(
    moment: Moment, who: Speaker, ticket: Ticket, said: Incoming, given: Awaited, reply: Reply
) -> None:
    """The names of the communes that were asked for."""
    access.require_owner(ticket, who)
    if not joint.may_be_joint(ticket):
        _not_joint(moment, ticket, who, reply)
        return
    communes = invited_by(said.text, moment.rules.units)
    if communes:
        await _invite(moment, ticket, who, communes, reply)
    else:
        wait_for(reply, "jointask", ticket)
        reply(reply.say.which_neighbours(ticket, again=True), ticket=ticket, numbered=False)


async def _invite(
    moment: Moment, ticket: Ticket, who: Speaker, communes: Sequence[str], reply: Reply
) -> None:
    units = moment.rules.units
    known = await carriers.of_ticket(moment.session, ticket.id or 0)
    waiting = [code for code, row in known.items() if row.state == Carrying.INVITED]
    has = {ticket.commune, *ticket.carriers, *waiting}
    wanted = [code for code in communes if code not in has and units.commune(code)]
    asked = await joint.invite(moment, ticket, who, wanted)
    absent = [code for code in wanted if code not in asked]
    already = [code for code in communes if code in has]
    reply.about(ticket)
    reply(reply.say.neighbours_invited(ticket, asked, absent, already), ticket=ticket)


async def answer_pressed(
    _: TelegramObject, moment: Moment, who: Speaker, press: Press, reply: Reply
) -> None:
    """Đồng ý, Không: an invited commune's answer, by whichever of its officials presses first."""
    ticket = await tickets.by_id(moment.session, press.ticket, lock=True)
    rows = await carriers.of_ticket(moment.session, press.ticket, lock=True) if ticket else {}
    mine = [row for code, row in rows.items() if code in who.units(Role.REPORTER)]
    row = _meant(mine, press.more)
    if ticket is None or row is None:
        raise access.NotAllowed
    if not access.may_answer(row, who) or not joint.may_be_joint(ticket):
        is_seen = access.may_see(ticket, who)
        reply(reply.say.carrier_stands(ticket, row.commune, row.state, is_over=not is_seen))
        return
    agrees = press.do == "jointyes"
    await joint.answer(moment, ticket, row, who, agrees=agrees)
    if agrees:
        reply(reply.say.carries_now(ticket, row.commune), ticket=ticket)
        await show(moment, ticket, who, reply)
    else:
        reply(reply.say.declined(ticket, row.commune))


def _meant(rows: Sequence[Carrier], named: str) -> Carrier | None:
    """The row of the commune that a press names, else the one that still has to answer."""
    if named:
        return next((row for row in rows if row.commune == named), None)
    open_ones = [row for row in rows if row.state == Carrying.INVITED]
    return next(iter([*open_ones, *rows]), None)


async def leave_pressed(
    _: TelegramObject, moment: Moment, who: Speaker, press: Press, reply: Reply
) -> None:
    """Rút xã: the own commune carries it no more; the others go on."""
    ticket = await access.ticket_for(moment, press.ticket, who, lock=True)
    access.require_report(ticket, who)
    if Status(ticket.status) not in moves.ALIVE:
        answer_stale(moment, ticket, who, reply, typed=True)
    elif not ticket.carriers:
        reply(reply.say.not_together(ticket), ticket=ticket)
    elif commune := await joint.leave(moment, ticket, who):
        reply(reply.say.left_together(ticket, commune))
    else:
        reply(reply.say.nobody_to_carry(ticket), ticket=ticket)


WORDS: dict[str, Any] = {"jointask": named}


def add_routes(router: Router) -> None:
    """Inviting, answering, leaving."""
    router.callback_query.register(ask_pressed, Pressed("jointask"))
    router.callback_query.register(answer_pressed, Pressed("jointyes", "jointno"))
    router.callback_query.register(leave_pressed, Pressed("jointleave"))
