"""Two reports of one matter: asked after the receipt, merged and taken apart by whoever may."""

from typing import Any

from aiogram import Router
from aiogram.types import TelegramObject

from handlers import keyboards
from handlers.awaiting import Awaited, wait_for
from handlers.filters import Pressed
from handlers.following import answer_stale
from handlers.reply import Reply
from storage import outages, tickets
from storage.around import Near
from storage.people import Role, Speaker
from storage.tickets import Outcome, Status, Ticket
from tickets import access, duplicates, moves, notices
from tickets.acts import merging
from tickets.buttons import Press
from tickets.incoming import Incoming, Kind
from tickets.moment import Moment


def ask_same(ticket: Ticket, other: Near, reply: Reply) -> None:
    """Gộp vào · Việc khác; whoever does not answer keeps a ticket of their own."""
    unit = reply.say.units.short_name(other.commune)
    where = f"{unit}, {other.place}" if other.place else unit
    buttons = keyboards.pair(
        reply.say,
        ("join", Press("join", ticket.id or 0, 0, f"{other.id}.")),
        ("more", Press("apart", ticket.id or 0)),
    )
    reply(reply.say.same_matter(other.code, other.summary, where), buttons, ticket=ticket)


async def join_pressed(
    _: TelegramObject, moment: Moment, who: Speaker, press: Press, reply: Reply
) -> None:
    """Gộp vào: the commune says that its report is of the matter it was asked about."""
    ticket = await access.ticket_for(moment, press.ticket, who)
    access.require_owner(ticket, who)
    like = (await duplicates.look(moment, ticket)).like
    asked = int(press.more.strip(".")) if press.more.strip(".").isdecimal() else None
    target = asked or (like[0].id if like else None)
    if target is None or target not in {other.id for other in like}:
        answer_stale(moment, ticket, who, reply, typed=True)
        return
    await _merge(moment, ticket.id or 0, target, who, reply)


async def apart_pressed(
    _: TelegramObject, moment: Moment, who: Speaker, press: Press, reply: Reply
) -> None:
    """Việc khác: nothing changes; what joined a shared ticket by itself is taken out again."""
    ticket = await access.ticket_for(moment, press.ticket, who)
    access.require_owner(ticket, who)
    if await shared_of(moment, ticket) is not None:
        await take_apart(moment, ticket, who, press, reply)
        return
    reply(reply.say.kept_apart(ticket), ticket=ticket)


async def shared_of(moment: Moment, ticket: Ticket) -> Ticket | None:
    """The shared ticket that carries a report, if one does."""
    if ticket.outcome != Outcome.MERGED or ticket.merged_id is None:
        return None
    into = await tickets.by_id(moment.session, ticket.merged_id)
    return into if into is not None and into.shared else None


async def tell_gathered(moment: Moment, ticket: Ticket, shared: Ticket, reply: Reply) -> None:
    """The receipt of a report that has joined a shared ticket by itself."""
    count = len(await outages.communes(moment.session, shared.id or 0))
    text = reply.say.gathered(ticket, shared, count)
    stage = notices.stage_text(moment, shared, reply.say)
    reply(f"{text}\n{stage}", notices.apart_buttons(ticket, reply.say), ticket=ticket)


async def merge_pressed(
    _: TelegramObject, moment: Moment, who: Speaker, said: Incoming, press: Press, reply: Reply
) -> None:
    """A desk or the coordinator: "123 gộp 45", or the button and then the number."""
    ticket = await access.ticket_for(moment, press.ticket, who)
    _require_merging(ticket, who)
    if Status(ticket.status) not in moves.ALIVE or press.seen not in {0, ticket.version}:
        answer_stale(moment, ticket, who, reply, typed=press.seen == 0)
    elif said.kind is Kind.MESSAGE and said.text:
        await named(moment, who, ticket, said, Awaited("merge", press.ticket, 0), reply)
    else:
        wait_for(reply, "merge", ticket)
        reply(reply.say.merge_into_which(ticket), ticket=ticket, numbered=False)


async def named(
    moment: Moment, who: Speaker, ticket: Ticket, said: Incoming, given: Awaited, reply: Reply
) -> None:
    """The number of the ticket that takes the other in."""
    _require_merging(ticket, who)
    digits = said.text.lower().removeprefix("vào").removeprefix("vao").strip(" :.#")
    digits = digits.removeprefix("phiếu").removeprefix("phieu").strip()
    is_number = bool(digits) and digits.replace("-", "").isalnum() and digits[-1].isdecimal()
    found = await access.tickets_called(moment, digits, who) if is_number else []
    if len(found) != 1:
        reply(reply.say.several(found) if found else reply.say.not_merged(ticket), ticket=ticket)
        return
    await _merge(moment, ticket.id or 0, found[0].id or 0, who, reply)


async def unmerge_pressed(
    _: TelegramObject, moment: Moment, who: Speaker, press: Press, reply: Reply
) -> None:
    """Tách ra, or the reporter's Mở lại: the ticket stands by itself again."""
    ticket = await access.ticket_for(moment, press.ticket, who)
    if not access.owns(ticket, who):
        _require_merging(ticket, who)
    await take_apart(moment, ticket, who, press, reply)


async def take_apart(
    moment: Moment, ticket: Ticket, who: Speaker, press: Press, reply: Reply
) -> None:
    """Unmerge, for whoever was found to have the right."""
    into_id = ticket.merged_id
    locked = await merging.lock(moment, ticket.id or 0, into_id or 0)
    ticket, into = locked[ticket.id or 0], locked.get(into_id or 0)
    reply.about(ticket)
    if into is None or ticket.outcome != Outcome.MERGED or ticket.merged_id != into_id:
        answer_stale(moment, ticket, who, reply, typed=True)
        return
    try:
        await merging.unmerge(moment, ticket, into, who, seen=press.seen)
    except moves.Stale:
        answer_stale(moment, ticket, who, reply, typed=press.seen == 0)
    else:
        reply(reply.say.unmerged(ticket, into), ticket=ticket)


async def _merge(moment: Moment, merged: int, target: int, who: Speaker, reply: Reply) -> None:
    locked = await merging.lock(moment, merged, target)
    ticket, into = locked[merged], locked[target]
    try:
        await merging.merge(moment, ticket, into, who)
    except moves.Stale:
        if merged != target and Status(ticket.status) not in moves.ALIVE:
            answer_stale(moment, ticket, who, reply, typed=True)
        else:
            reply(reply.say.not_merged(ticket), ticket=ticket)
        return
    reply.about(into if access.may_see(into, who) else ticket)
    reply(reply.say.merged_into(ticket, into), ticket=ticket)


def _require_merging(ticket: Ticket, who: Speaker) -> None:
    """The lead's desk, or any coordinator."""
    if not who.holds(Role.COORDINATOR):
        access.require_lead(ticket, who)


WORDS: dict[str, Any] = {"merge": named}


def add_routes(router: Router) -> None:
    """The hint's two buttons, merging and taking apart."""
    router.callback_query.register(join_pressed, Pressed("join"))
    router.callback_query.register(apart_pressed, Pressed("apart"))
    router.callback_query.register(merge_pressed, Pressed("merge"))
    router.callback_query.register(unmerge_pressed, Pressed("unmerge"))
