"""How the commune ends its ticket: cancels it and says why, judges how well it was done."""

import re
from typing import Any

from aiogram import Router
from aiogram.types import TelegramObject

from handlers import keyboards, merging
from handlers.awaiting import Awaited, is_skipped, take, wait_for
from handlers.filters import Pressed
from handlers.following import answer_stale
from handlers.reply import Reply
from province.text import fold
from storage.people import Speaker
from storage.tickets import Outcome, Status, Ticket
from tickets import access, moves
from tickets.acts import closing, guidances, joint, objecting, outages, reporter
from tickets.acts import merging as acts
from tickets.buttons import Press
from tickets.incoming import Incoming, Kind
from tickets.moment import Moment

REGRETS = re.compile(
    r"^(?:a |thoi |u |em |nham |bam )*(?:khoan|dung|khong|ko|k|chua) (?:dung )?huy\b"
)
"""Instead of why it was cancelled, that it was not meant to be: "khoan đừng huỷ"."""
LABEL_WORDS = 2
"""Words of a button's label: what is typed beyond them is news for the desk."""


async def end_pressed(
    _: TelegramObject, moment: Moment, who: Speaker, said: Incoming, press: Press, reply: Reply
) -> None:
    """The commune says whether it is really solved, or wants it back."""
    ticket = await access.ticket_for(moment, press.ticket, who)
    access.require_report(ticket, who)
    reply.about(ticket)
    shared = await merging.shared_of(moment, ticket)
    is_carried = shared is not None
    if is_carried and press.do == "done":
        await _confirm_own(moment, ticket, who, press, reply)
        return
    if shared is not None and shared.status in {Status.RESOLVED, Status.CLOSED}:
        await _object(moment, ticket, shared, who, press, reply)
        return
    if ticket.outcome == Outcome.MERGED and (press.do == "reopen" or is_carried):
        await merging.take_apart(moment, ticket, who, press, reply)
        return
    ticket = await access.ticket_for(moment, press.ticket, who, lock=True)
    try:
        if press.do == "done":
            if left := await reporter.confirm(moment, ticket, who, seen=press.seen):
                ask_rating(ticket, reply.say.confirmed_own(ticket, left), reply)
            else:
                ask_rating(ticket, reply.say.closed(ticket), reply)
        else:
            if ticket.status == Status.CANCELLED:
                access.require_owner(ticket, who)
            has_words = press.more == "why" or len(said.text.split()) > LABEL_WORDS
            words = said.text if has_words else ""
            await reporter.reopen(moment, ticket, who, seen=press.seen, words=words)
            reply(reply.say.reopened(ticket), ticket=ticket)
    except moves.Stale:
        answer_stale(moment, ticket, who, reply, typed=press.seen == 0)


async def _confirm_own(
    moment: Moment, ticket: Ticket, who: Speaker, press: Press, reply: Reply
) -> None:
    """Đã xong, of a commune whose report a shared ticket carries: for itself alone."""
    locked = await acts.lock(moment, ticket.id or 0, ticket.merged_id or 0)
    ticket = locked[ticket.id or 0]
    shared = locked.get(ticket.merged_id or 0)
    try:
        if shared is None:
            raise moves.Stale
        await outages.confirm(moment, ticket, shared, who, seen=press.seen)
        ask_rating(ticket, reply.say.closed(ticket), reply)
    except moves.Stale:
        answer_stale(moment, ticket, who, reply, typed=press.seen == 0)


async def _object(
    moment: Moment, ticket: Ticket, shared: Ticket, who: Speaker, press: Press, reply: Reply
) -> None:
    """Chưa xong, of a commune whose report a shared ticket carried to a result."""
    try:
        rest = await objecting.object_to(moment, ticket, shared.id or 0, who, seen=press.seen)
    except moves.Stale:
        answer_stale(moment, ticket, who, reply, typed=press.seen == 0)
        return
    if rest is None:
        reply(reply.say.unmerged(ticket, shared), ticket=ticket)
    else:
        await merging.tell_gathered(moment, ticket, rest, reply)


async def cancel_pressed(
    _: TelegramObject, moment: Moment, who: Speaker, said: Incoming, press: Press, reply: Reply
) -> None:
    """Hủy, Không cần phiếu: cancelled at once; why is asked afterwards, and may be left out."""
    ticket = await access.ticket_for(moment, press.ticket, who, lock=True)
    access.require_report(ticket, who)
    if Status(ticket.status) not in moves.ALIVE or press.seen not in {0, ticket.version}:
        answer_stale(moment, ticket, who, reply, typed=press.seen == 0)
        return
    if ticket.carriers and (commune := await joint.leave(moment, ticket, who)):
        reply(reply.say.left_together(ticket, commune))
        return
    await reporter.cancel(moment, ticket, who)
    if press.do == "noticket":
        await guidances.count_help(moment, ticket)
    reply.about(ticket)
    reply.state("")
    reopen = Press("reopen", ticket.id or 0, ticket.version)
    buttons = keyboards.one(reply.say, "reopen", reopen)
    reason = said.text if said.kind is Kind.MESSAGE and press.more == "why" else ""
    if reason:
        await reporter.explain(moment, ticket, who, reason)
        text = f"{reply.say.cancelled(ticket)} {reply.say.reason_kept(ticket)}"
        reply(text, buttons, ticket=ticket)
    elif press.do == "noticket":
        reply(reply.say.cancelled(ticket), buttons, ticket=ticket)
    else:
        ask_why(ticket, reply.say.cancelled(ticket), reply, more=buttons)


def ask_why(ticket: Ticket, done: str, reply: Reply, *, more: Any = ()) -> None:
    """Ask for the reason of what is done already; "Bỏ qua" and silence are answers too."""
    wait_for(reply, "cancel_why", ticket)
    text = f"{done} {reply.say.why_cancelled()}"
    reply(text, [*_skip(ticket, reply), *more], ticket=ticket, numbered=False)


async def explained(
    moment: Moment, who: Speaker, ticket: Ticket, said: Incoming, given: Awaited, reply: Reply
) -> None:
    """Why it was cancelled: for the desk and the history."""
    if is_skipped(said):
        reply(reply.say.skipped(), ticket=ticket)
        return
    if REGRETS.match(fold(said.text[:40])) and ticket.status == Status.CANCELLED:
        access.require_owner(ticket, who)
        await reporter.reopen(moment, ticket, who, seen=0, words="")
        reply(reply.say.reopened(ticket), ticket=ticket)
        return
    await reporter.explain(moment, ticket, who, said.text)
    reply(reply.say.reason_kept(ticket), ticket=ticket)


def ask_rating(ticket: Ticket, done: str, reply: Reply) -> None:
    """Ask how well it was done: five buttons in order, so that a bare number is one too."""
    points = [
        {"label": reply.say.points(n), "press": Press("rate", ticket.id or 0, 0, f".{n}").pack()}
        for n in range(1, closing.BEST + 1)
    ]
    text = f"{done}\n{reply.say.how_good()}"
    reply(text, [points, *_skip(ticket, reply)], ticket=ticket)


async def rate_pressed(
    _: TelegramObject, moment: Moment, who: Speaker, said: Incoming, press: Press, reply: Reply
) -> None:
    """1 to 5, by a button or as "123 chấm 5"; then a word more is welcome."""
    ticket = await access.ticket_for(moment, press.ticket, who, lock=True)
    access.require_report(ticket, who)
    given = press.more[1:] if press.more.startswith(".") else said.text.strip()[:1]
    shared, own = await merging.shared_of(moment, ticket), await joint.own_row(moment, ticket, who)
    if given not in {"1", "2", "3", "4", "5"} or not closing.may_rate(ticket, shared, own):
        reply(reply.say.not_to_rate(ticket), ticket=ticket)
        return
    closing.rate(moment, ticket, who, int(given), own)
    wait_for(reply, "rate_why", ticket)
    reply(reply.say.rated(ticket), _skip(ticket, reply), ticket=ticket, numbered=False)


async def judged(
    moment: Moment, who: Speaker, ticket: Ticket, said: Incoming, given: Awaited, reply: Reply
) -> None:
    """The word that goes with a rating."""
    if is_skipped(said):
        reply(reply.say.skipped(), ticket=ticket)
        return
    closing.say_why(moment, ticket, who, said.text)
    reply(reply.say.word_kept(ticket), ticket=ticket)


async def skip_pressed(_: TelegramObject, moment: Moment, press: Press, reply: Reply) -> None:
    """Bỏ qua: nothing is awaited any more."""
    take(reply)
    reply(reply.say.skipped())


def _skip(ticket: Ticket, reply: Reply) -> Any:
    return keyboards.one(reply.say, "skip", Press("skip", ticket.id or 0))


WORDS: dict[str, Any] = {"cancel_why": explained, "rate_why": judged}


def add_routes(router: Router) -> None:
    """Whether it is done, Hủy and what is asked after it, the five points, Bỏ qua."""
    router.callback_query.register(end_pressed, Pressed("done", "notdone", "reopen"))
    router.callback_query.register(cancel_pressed, Pressed("cancel", "noticket"))
    router.callback_query.register(rate_pressed, Pressed("rate"))
    router.callback_query.register(skip_pressed, Pressed("skip"))
