"""The first answer to a report, and what its buttons do."""

from typing import Any

from aiogram import Router
from aiogram.types import TelegramObject

from handlers import keyboards
from handlers.choosing import UNIT, ask_unit
from handlers.filters import Pressed
from handlers.following import answer_stale
from handlers.guidances import offer
from handlers.joint import tell_together
from handlers.merging import ask_same
from handlers.questions import ask, raised_text
from handlers.reading import CHOOSING, triage_of
from handlers.reply import Reply
from storage import tickets
from storage.around import Near
from storage.guidances import Guidance
from storage.people import Speaker
from storage.tickets import Outcome, Status, Ticket
from tickets import access, moves, notices
from tickets.acts import prompting, reporter, reporting
from tickets.buttons import Press
from tickets.moment import Moment
from tickets.offered import label_of, options_of
from triage.verdict import Verdict


def receipt(
    moment: Moment,
    ticket: Ticket,
    verdict: Verdict,
    reply: Reply,
    *,
    like: Near | None = None,
    known: Guidance | None = None,
) -> None:
    """Say what was understood; the first question follows, or stands in it in an emergency.

    `like` is an open ticket of the same matter, perhaps: asked about before our own questions, as
    is whether the published answer `known` is enough.
    """
    slots = reporting.questions(moment, ticket, verdict)
    is_emergency = ticket.urgency == "emergency"
    if ticket.tentative and is_emergency:
        before = reply.say.sent_to_several(ticket, notices.deadline_text(moment, ticket, reply.say))
        if slots:
            ask(moment, ticket, [*slots, UNIT], reply, before=before)
        else:  # nobody under a landslide is asked which department it is
            buttons = notices.receipt_buttons(ticket, reply.say)
            key = notices.receipt_key(ticket)
            reply(before, buttons, ticket=ticket, key=key, numbered=False)  # "4" is how many
        return
    if ticket.tentative:
        ask_unit(moment, ticket, reply)
    elif ticket.category == "":
        text = reply.say.to_coordinator(ticket)
        if slots and is_emergency:
            ask(moment, ticket, slots, reply, before=text)
            return
        reply(text, ticket=ticket, key=notices.receipt_key(ticket))
    elif ticket.next_step == notices.GUIDED:
        route = moment.route(ticket.category)
        text = reply.say.guidance(ticket, route.guidance if route else "")
        key = notices.receipt_key(ticket)
        reply(text, notices.receipt_buttons(ticket, reply.say), ticket=ticket, key=key)
        return
    else:
        text = notices.receipt_text(moment, ticket, reply.say)
        if slots and is_emergency:
            ask(moment, ticket, slots, reply, before=text)
            return
        buttons = notices.receipt_buttons(ticket, reply.say)
        key = notices.receipt_key(ticket)
        reply(text, buttons, ticket=ticket, key=key, numbered=not is_emergency)
        tell_together(moment, ticket, reply)
        _hint(ticket, like, known, reply)
    ask(moment, ticket, slots, reply)


def _hint(ticket: Ticket, like: Near | None, known: Guidance | None, reply: Reply) -> None:
    if like is not None:
        ask_same(ticket, like, reply)
    elif known is not None:
        offer(ticket, known, reply)


def two(first: Ticket, second: Ticket, reply: Reply) -> None:
    buttons = keyboards.pair(
        reply.say,
        ("both", Press("both", second.id or 0, second.version)),
        ("one", Press("one", second.id or 0, second.version)),
    )
    wrong = keyboards.one(reply.say, "wrong", Press("wrong", first.id or 0, first.version))
    reply(reply.say.second(first, second), [*buttons, *wrong], ticket=first)


def ask_where(ticket: Ticket, current: Ticket, reply: Reply) -> None:
    buttons = keyboards.pair(
        reply.say,
        ("add", Press("undo", ticket.id or 0, ticket.version, str(current.id))),
        ("new", Press("both", ticket.id or 0, ticket.version)),
    )
    reply(reply.say.add_or_new(current), buttons, ticket=ticket)


def offer_undo(ticket: Ticket, current: Ticket, reply: Reply) -> None:
    undo = Press("undo", ticket.id or 0, ticket.version, str(current.id))
    buttons = keyboards.one(reply.say, "undo", undo)
    reply(reply.say.new_with_undo(ticket, current), buttons, ticket=ticket)


async def receipt_pressed(
    _: TelegramObject, moment: Moment, who: Speaker, press: Press, reply: Reply
) -> None:
    """Đúng, Sai đơn vị, KHẨN CẤP, Thêm ảnh, and those of doubtful or guided tickets."""
    ticket = await access.ticket_for(moment, press.ticket, who, lock=True)
    (access.require_report if press.do in ANY_CARRIER else access.require_owner)(ticket, who)
    is_alive = Status(ticket.status) in moves.ALIVE
    is_alive |= press.do == "urgent" and ticket.outcome == Outcome.MERGED
    is_fresh = press.seen in {0, ticket.version} or press.do in {"urgent", "photos"}
    if not is_alive or not is_fresh:
        answer_stale(moment, ticket, who, reply, typed=press.seen == 0)
        return
    reply.about(ticket)
    await RECEIPT[press.do](moment, who, ticket, press, reply)


async def _right(moment: Moment, who: Speaker, ticket: Ticket, press: Press, reply: Reply) -> None:
    tickets.log(moment.session, ticket, "confirmed_right", at=moment.now, actor=who.actor)
    if ticket.tentative and ticket.carded_at is None:
        await assign(moment, who, ticket, ticket.lead, ticket.category, reply)
        return
    reply(reply.say.confirmed_right(ticket), ticket=ticket)


async def _wrong(moment: Moment, who: Speaker, ticket: Ticket, press: Press, reply: Reply) -> None:
    if ticket.status != Status.NEW:
        reporter.doubt(moment, ticket, who)
        reply(reply.say.doubt_told(ticket), ticket=ticket)
        return
    options = options_of(moment, ticket, without=ticket.lead)
    labels = [(label_of(moment, category), unit) for category, unit in options]
    reply.state(CHOOSING, ticket=ticket.id)
    text = reply.say.which_unit(ticket, labels)
    reply(text, keyboards.units(reply.say, ticket, options), ticket=ticket)


async def _urgent(moment: Moment, who: Speaker, ticket: Ticket, press: Press, reply: Reply) -> None:
    why = notices.texts(moment).rule_pressed_emergency()
    if not await reporting.make_emergency(moment, ticket, actor=who.actor, why=why):
        reply(notices.receipt_text(moment, ticket, reply.say), ticket=ticket)
        return
    reply(raised_text(moment, ticket, reply), ticket=ticket)
    if reporting.DANGER.slot not in ticket.answers:
        ask(moment, ticket, [reporting.DANGER.slot], reply)


async def _photos(moment: Moment, who: Speaker, ticket: Ticket, press: Press, reply: Reply) -> None:
    reply(reply.say.send_photos(ticket), ticket=ticket)


async def _both(moment: Moment, who: Speaker, ticket: Ticket, press: Press, reply: Reply) -> None:
    if ticket.carded_at is None and not ticket.tentative:
        rule = "cán bộ phản ánh xác nhận là việc riêng"
        await reporting.send(moment, ticket, actor=who.actor, rule=rule)
    verdict = triage_of(moment, who, ticket.text)
    receipt(moment, ticket, verdict, reply)
    await prompting.anew(moment, ticket, verdict)


async def _undo(moment: Moment, who: Speaker, ticket: Ticket, press: Press, reply: Reply) -> None:
    """Take a ticket back into the one it was split from; its words are added there."""
    other_id = int(press.more) if press.more.isdecimal() else ticket.linked_id
    if other_id is None:
        return
    other = await access.ticket_for(moment, other_id, who, lock=True)
    access.require_owner(other, who)
    await reporter.move_into(moment, ticket, other, who)
    reply.about(other)
    reply.state("")
    reply(reply.say.undone(ticket, other), ticket=other)


RECEIPT: dict[str, Any] = {
    "right": _right,
    "wrong": _wrong,
    "urgent": _urgent,
    "photos": _photos,
    "both": _both,
    "one": _undo,
    "undo": _undo,
}


ANY_CARRIER = frozenset({"urgent", "photos"})
"""What every commune that carries a request may press; the rest is for the one that reported."""


async def unit_picked(
    _: TelegramObject, moment: Moment, who: Speaker, press: Press, reply: Reply
) -> None:
    """One of the likeliest departments, or another."""
    ticket = await access.ticket_for(moment, press.ticket, who, lock=True)
    access.require_owner(ticket, who)
    if ticket.status != Status.NEW or press.seen not in {0, ticket.version}:
        answer_stale(moment, ticket, who, reply)
        return
    if press.more == "other":
        await _leave_to_coordinator(moment, who, ticket, reply)
        return
    options = dict(options_of(moment, ticket))
    route = moment.route(press.more)
    lead = options.get(press.more) or (route.lead if route else "")
    if lead:
        await assign(moment, who, ticket, lead, press.more, reply)


async def _leave_to_coordinator(moment: Moment, who: Speaker, ticket: Ticket, reply: Reply) -> None:
    """None of the likeliest: the coordinator has it, and a unit may still be typed."""
    rule = "cán bộ phản ánh chọn “Khác”"
    unit = moment.rules.pack.coordinator
    await reporting.assign(moment, ticket, unit, ticket.category, actor=who.actor, rule=rule)
    reply.state(CHOOSING, ticket=ticket.id)
    reply(reply.say.to_coordinator(ticket), ticket=ticket, key=notices.receipt_key(ticket))


async def assign(
    moment: Moment, who: Speaker, ticket: Ticket, unit: str, category: str, reply: Reply
) -> None:
    rule = "cán bộ phản ánh chọn đơn vị"
    await reporting.assign(
        moment, ticket, unit, category or ticket.category, actor=who.actor, rule=rule
    )
    reply.state("")
    reply.about(ticket)
    text = notices.receipt_text(moment, ticket, reply.say)
    buttons = notices.receipt_buttons(ticket, reply.say)
    reply(text, buttons, ticket=ticket, key=notices.receipt_key(ticket))
    verdict = triage_of(moment, who, ticket.text)
    ask(moment, ticket, reporting.questions(moment, ticket, verdict), reply)
    await prompting.anew(moment, ticket, verdict)


def add_routes(router: Router) -> None:
    """The receipt's buttons, and the choice among departments."""
    router.callback_query.register(unit_picked, Pressed("pick"))
    router.callback_query.register(receipt_pressed, Pressed(*RECEIPT))
