"""Published answers: a department's preview, /hoi, and what is of use."""

from typing import Any

from aiogram import Router
from aiogram.filters import Command
from aiogram.types import TelegramObject

from handlers import keyboards
from handlers.awaiting import Awaited, wait_for
from handlers.filters import Pressed
from handlers.reply import Reply
from storage import guidances
from storage.guidances import Guidance
from storage.people import Speaker
from storage.tickets import Ticket
from tickets import access
from tickets.acts import guidances as acts
from tickets.answers import found_by, read_draft
from tickets.buttons import Press
from tickets.incoming import Incoming, Kind
from tickets.moment import Moment

MOST = 3
"""Answers of one message."""


async def publish_pressed(
    _: TelegramObject, moment: Moment, who: Speaker, said: Incoming, press: Press, reply: Reply
) -> None:
    """Takes “123 công bố: …; căn cứ: …” and previews it; a missing basis is asked for."""
    ticket = await access.ticket_for(moment, press.ticket, who)
    await worded(moment, who, ticket, said, Awaited("publish", press.ticket, 0), reply)


async def worded(
    moment: Moment, who: Speaker, ticket: Ticket, said: Incoming, given: Awaited, reply: Reply
) -> None:
    """The words of an answer that is to be published."""
    access.require_lead(ticket, who)
    if not acts.may_publish(ticket):
        reply(reply.say.guidance_too_early(ticket), ticket=ticket)
        return
    words = f"{given.more}\n{said.text if said.kind is Kind.MESSAGE else ''}".strip()
    typed = read_draft(words, moment.today)
    if not typed.basis or typed.last < max(typed.first, moment.today):
        wait_for(reply, "publish", ticket, more=words)
        reply(reply.say.guidance_help(ticket), ticket=ticket, numbered=False)
        return
    row = acts.draft(moment, ticket, who, typed)
    await moment.session.flush()
    sends = Press("guidesend", row.id or 0, row.version)
    drops = Press("guidedrop", row.id or 0, row.version)
    buttons = keyboards.pair(reply.say, ("publish", sends), ("drop_it", drops))
    reply(reply.say.guidance_preview(row), buttons)


async def guidance_pressed(
    _: TelegramObject, moment: Moment, who: Speaker, press: Press, reply: Reply
) -> None:
    """Công bố, Thôi; later Gia hạn, Rút: by the department's people, once on each version."""
    row = await guidances.by_id(moment.session, press.ticket)
    if row is None or not access.acts_for(row.unit, who.duties):
        reply.toast(reply.say.not_allowed())
        reply(reply.say.not_allowed())
    elif press.seen not in {0, row.version} or not _fits(row, press.do):
        reply(reply.say.guidance_done(row))
    else:
        await DOES[press.do](moment, row, who, reply)


def _fits(row: Guidance, act: str) -> bool:
    if act in {"guidesend", "guidedrop"}:
        return acts.is_open(row, 0)
    return row.published_at is not None and row.withdrawn_at is None


async def _publish(moment: Moment, row: Guidance, who: Speaker, reply: Reply) -> None:
    await acts.publish(moment, row, who)
    withdraws = Press("guidewithdraw", row.id or 0, row.version)
    reply(reply.say.guidance_published(row), keyboards.one(reply.say, "withdraw", withdraws))


async def _withdraw(moment: Moment, row: Guidance, who: Speaker, reply: Reply) -> None:
    acts.withdraw(moment, row)
    reply(reply.say.guidance_withdrawn())


async def _extend(moment: Moment, row: Guidance, who: Speaker, reply: Reply) -> None:
    acts.extend(moment, row)
    reply(reply.say.guidance_done(row))


DOES: dict[str, Any] = {
    "guidesend": _publish,
    "guidedrop": _withdraw,
    "guideextend": _extend,
    "guidewithdraw": _withdraw,
}


def offer(ticket: Ticket, row: Guidance, reply: Reply) -> None:
    """What may be enough, with Không cần phiếu; no press means that the ticket runs."""
    drops = Press("noticket", ticket.id or 0, ticket.version)
    buttons = keyboards.one(reply.say, "no_ticket", drops)
    reply(reply.say.may_need(ticket, row), buttons, ticket=ticket)


async def help_asked(
    _: TelegramObject, moment: Moment, who: Speaker, said: Incoming, reply: Reply
) -> None:
    """/hoi <words>: published answers in force, found without marks."""
    words = said.text.partition(" ")[2].strip()
    if not words:
        reply(reply.say.guidances_how())
        return
    known = await guidances.in_force(moment.session, moment.today)
    rows = list(found_by(words, known))[:MOST]
    if not rows:
        reply(reply.say.guidances_none(words))
        return
    await guidances.count(moment.session, [row.id or 0 for row in rows])
    buttons = keyboards.one(reply.say, "useful", Press("guideuseful", rows[0].id or 0))
    reply(reply.say.guidances_found(rows), buttons)


async def useful_pressed(
    _: TelegramObject, moment: Moment, who: Speaker, press: Press, reply: Reply
) -> None:
    """Có ích: counted once for each person."""
    row = await guidances.by_id(moment.session, press.ticket)
    if row is not None and _fits(row, press.do):
        acts.thank(row, who)
    reply(reply.say.guidance_thanked())


WORDS: dict[str, Any] = {"publish": worded}


def add_commands(router: Router) -> None:
    """What begins with a slash."""
    router.message.register(help_asked, Command("hoi", "hỏi"))


def add_routes(router: Router) -> None:
    """Publishing and its buttons, and what was of use."""
    router.callback_query.register(publish_pressed, Pressed("publish"))
    router.callback_query.register(guidance_pressed, Pressed(*DOES))
    router.callback_query.register(useful_pressed, Pressed("guideuseful"))
