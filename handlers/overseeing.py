"""The coordinator's queue: which tickets wait for a decision, why, and the decision itself."""

from typing import Any

from aiogram import Router
from aiogram.filters import Command
from aiogram.types import TelegramObject

from handlers import keyboards
from handlers.awaiting import Awaited, wait_for
from handlers.filters import Holds, Pressed
from handlers.following import answer_stale
from handlers.reply import Reply
from handlers.rerouting import unit_and_reason
from storage import tickets
from storage.people import Role, Speaker
from storage.tickets import Status, Ticket
from tickets import access, moves, needs, notices
from tickets.acts import coordinator
from tickets.buttons import Press, button
from tickets.incoming import Incoming, Kind
from tickets.moment import Moment
from tickets.naming import categories_like
from tickets.notices import Buttons
from tickets.offered import label_of, options_of

PAGE = 5


async def queue_asked(_: TelegramObject, moment: Moment, who: Speaker, reply: Reply) -> None:
    """/canxem."""
    if not who.holds(Role.COORDINATOR):
        reply(reply.say.not_allowed())
        return
    await show_queue(moment, 0, reply)


async def page_pressed(
    _: TelegramObject, moment: Moment, who: Speaker, press: Press, reply: Reply
) -> None:
    """Another page of the queue, as it stands now."""
    await show_queue(moment, int(press.more) if press.more.isdecimal() else 0, reply)


async def show_queue(moment: Moment, page: int, reply: Reply) -> None:
    """One page: each ticket with why it is here, what triage thinks, and where it may go."""
    rows = await needs.waiting(moment)
    page = min(page, max(0, (len(rows) - 1) // PAGE))
    shown = rows[page * PAGE : (page + 1) * PAGE]
    lines = [
        reply.say.need_lines(
            row.ticket, row.needs, [unit for _, unit in options_of(moment, row.ticket)]
        )
        for row in shown
    ]
    looks = [
        button(
            f"{reply.say.label('look')} {row.ticket.code[-6:].lstrip('0')}",
            Press("decide", row.ticket.id or 0),
        )
        for row in shown
    ]
    in_rows = [looks[n : n + 3] for n in range(0, len(looks), 3)]
    turns = keyboards.paging(reply.say, "needs", page, more=len(rows) > (page + 1) * PAGE)
    reply(reply.say.need_queue(lines, len(rows)), [*in_rows, *turns])


async def decide_pressed(
    _: TelegramObject, moment: Moment, who: Speaker, press: Press, reply: Reply
) -> None:
    """One ticket of the queue, with the departments that it may go to."""
    ticket = await access.ticket_for(moment, press.ticket, who)
    await show_ticket(moment, ticket, reply)


async def show_ticket(moment: Moment, ticket: Ticket, reply: Reply) -> None:
    """What is known, why it waits, and the choices."""
    reply.about(ticket)
    found = await needs.needs_now(moment, ticket)
    options = options_of(moment, ticket)
    detail = reply.say.detail(
        ticket,
        now=moment.now,
        proposed=notices.is_proposed(moment),
        duty=notices.duty_number(moment, ticket.lead),
        news=await tickets.last_words(moment.session, ticket.id or 0),
    )
    labels = [(label_of(moment, category), unit) for category, unit in options]
    text = reply.say.to_decide(detail, ticket, found, labels)
    reply(text, _choices(ticket, options, found, reply), ticket=ticket)


def _choices(
    ticket: Ticket, options: list[tuple[str, str]], found: tuple[needs.Need, ...], reply: Reply
) -> Buttons:
    def at(label: str, do: str, more: str = "") -> dict[str, str]:
        return button(label, Press(do, ticket.id or 0, ticket.version, more))

    if Status(ticket.status) not in moves.ALIVE:
        return []
    say = reply.say
    units = [at(say.units.short_name(unit), "give", category) for category, unit in options]
    rest = [at(say.label("other"), "give", "other"), at(say.label("category"), "category")]
    keeps = [at(say.label("keep"), "keep")] if needs.DISPUTED.intersection(found) else []
    return [row for row in (units, [*keeps, *rest]) if row]


async def given_pressed(
    _: TelegramObject, moment: Moment, who: Speaker, press: Press, reply: Reply
) -> None:
    """A proposed department was chosen, or another is to be typed."""
    ticket = await access.ticket_for(moment, press.ticket, who, lock=True)
    options = dict(options_of(moment, ticket))
    if press.seen not in {0, ticket.version} or Status(ticket.status) not in moves.ALIVE:
        answer_stale(moment, ticket, who, reply)
    elif press.more in options:
        await _decide(moment, who, ticket, options[press.more], press.more, "", press.seen, reply)
    else:
        wait_for(reply, "decideto", ticket)
        reply(reply.say.decide_ask(ticket), ticket=ticket, numbered=False)


async def reroute_pressed(
    _: TelegramObject, moment: Moment, who: Speaker, said: Incoming, press: Press, reply: Reply
) -> None:
    """The coordinator's "123 chuyển sở xây dựng: lý do", for any ticket."""
    ticket = await access.ticket_for(moment, press.ticket, who, lock=True)
    if Status(ticket.status) not in moves.ALIVE or press.seen not in {0, ticket.version}:
        answer_stale(moment, ticket, who, reply, typed=press.seen == 0)
    elif said.kind is Kind.MESSAGE and said.text:
        given = Awaited("decideto", press.ticket, press.seen)
        await unit_typed(moment, who, ticket, said, given, reply)
    else:
        await show_ticket(moment, ticket, reply)


async def unit_typed(
    moment: Moment, who: Speaker, ticket: Ticket, said: Incoming, given: Awaited, reply: Reply
) -> None:
    """A department's name and the reason."""
    unit, why = unit_and_reason(moment.rules.units, said.text)
    if not who.holds(Role.COORDINATOR):
        reply(reply.say.not_allowed(ticket))
    elif not unit:
        wait_for(reply, "decideto", ticket)
        reply(reply.say.unit_unknown(), numbered=False)
    else:
        await _decide(moment, who, ticket, unit, "", why, given.seen, reply)


async def _decide(
    moment: Moment,
    who: Speaker,
    ticket: Ticket,
    unit: str,
    category: str,
    why: str,
    seen: int,
    reply: Reply,
) -> None:
    if unit == ticket.lead and not ticket.tentative:
        stage = notices.stage_text(moment, ticket, reply.say)
        reply(reply.say.has_it_already(ticket, stage), ticket=ticket)
        return
    try:
        await coordinator.decide(moment, ticket, who, unit, category=category, why=why, seen=seen)
    except moves.Stale:
        answer_stale(moment, ticket, who, reply, typed=seen == 0)
    else:
        reply(reply.say.decided(ticket), ticket=ticket)


async def keep_pressed(
    _: TelegramObject, moment: Moment, who: Speaker, said: Incoming, press: Press, reply: Reply
) -> None:
    """It stays: the reason, which the commune hears, is asked for or came along."""
    ticket = await access.ticket_for(moment, press.ticket, who, lock=True)
    if said.kind is Kind.MESSAGE and said.text:
        given = Awaited("keep", press.ticket, press.seen)
        await kept(moment, who, ticket, said, given, reply)
    elif press.seen not in {0, ticket.version} or Status(ticket.status) not in moves.ALIVE:
        answer_stale(moment, ticket, who, reply)
    else:
        wait_for(reply, "keep", ticket)
        reply(reply.say.keep_ask(ticket), ticket=ticket, numbered=False)


async def kept(
    moment: Moment, who: Speaker, ticket: Ticket, said: Incoming, given: Awaited, reply: Reply
) -> None:
    """Why it stays."""
    if not who.holds(Role.COORDINATOR):
        reply(reply.say.not_allowed(ticket))
        return
    try:
        await coordinator.keep(moment, ticket, who, said.text, seen=given.seen)
    except moves.Stale:
        answer_stale(moment, ticket, who, reply, typed=True)
    else:
        reply(reply.say.kept(ticket), ticket=ticket)


async def category_pressed(
    _: TelegramObject, moment: Moment, who: Speaker, said: Incoming, press: Press, reply: Reply
) -> None:
    """Sửa lĩnh vực: by words that came along, or asks for them."""
    ticket = await access.ticket_for(moment, press.ticket, who, lock=True)
    if said.kind is Kind.MESSAGE and said.text:
        given = Awaited("category", press.ticket, press.seen)
        await category_typed(moment, who, ticket, said, given, reply)
    else:
        wait_for(reply, "category", ticket)
        reply(reply.say.category_ask(ticket), ticket=ticket, numbered=False)


async def category_typed(
    moment: Moment, who: Speaker, ticket: Ticket, said: Incoming, given: Awaited, reply: Reply
) -> None:
    """Words that name a category, and after a colon the reason: the likeliest three are shown."""
    if not who.holds(Role.COORDINATOR):
        reply(reply.say.not_allowed(ticket))
        return
    words, _, why = said.text.partition(":")
    found = categories_like(moment.rules.units.routes(moment.today), words)
    if not found:
        wait_for(reply, "category", ticket)
        reply(reply.say.category_unknown(ticket), ticket=ticket, numbered=False)
        return
    coordinator.question_category(moment, ticket, who, why.strip() or said.text.strip())
    choices = [
        button(
            f"{reply.say.label('choose')} {n}",
            Press("recat", ticket.id or 0, ticket.version, route.category),
        )
        for n, route in enumerate(found, 1)
    ]
    titles = [route.label for route in found]
    reply(reply.say.categories(ticket, titles), [choices], ticket=ticket)


async def category_chosen(
    _: TelegramObject, moment: Moment, who: Speaker, press: Press, reply: Reply
) -> None:
    """One of the categories that fit."""
    ticket = await access.ticket_for(moment, press.ticket, who, lock=True)
    try:
        await coordinator.recategorise(moment, ticket, who, press.more, seen=press.seen)
    except moves.Stale:
        answer_stale(moment, ticket, who, reply)
    else:
        reply(reply.say.recategorised(ticket), ticket=ticket)


async def refused(_: TelegramObject, reply: Reply) -> None:
    """Somebody else pressed or typed what only the coordinator does."""
    reply.toast(reply.say.not_allowed())
    if not reply.is_group:
        reply(reply.say.not_allowed())


WORDS: dict[str, Any] = {"decideto": unit_typed, "keep": kept, "category": category_typed}
"""What handlers.words does with words that were awaited."""


def add_commands(router: Router) -> None:
    """What begins with a slash."""
    router.message.register(queue_asked, Command("canxem"))


def add_routes(router: Router) -> None:
    """The queue's buttons; before handlers.desk, as the coordinator may move every ticket."""
    holds = Holds(Role.COORDINATOR)
    acts = (
        (page_pressed, "needs"),
        (decide_pressed, "decide"),
        (given_pressed, "give"),
        (reroute_pressed, "reroute"),
        (keep_pressed, "keep"),
        (category_pressed, "category"),
        (category_chosen, "recat"),
    )
    for handler, act in acts:
        router.callback_query.register(handler, Pressed(act), holds)
    own = [act for _, act in acts if act != "reroute"]
    router.callback_query.register(refused, Pressed(*own))
