"""Where a ticket stands: lists, one ticket, help, language, one's own data."""

import re
from typing import Any

from aiogram import Router
from aiogram.filters import Command
from aiogram.types import TelegramObject
from sqlalchemy import func, select
from sqlmodel import col

from handlers import keyboards, linking
from handlers.filters import Pressed, Worded
from handlers.reply import Reply
from province.text import fold
from storage import tickets, webchat
from storage.people import Contact, Role, Speaker
from storage.tickets import Outcome, Status, Ticket
from tickets import access, notices
from tickets.acts import chairing, data_requests, joint
from tickets.acts.linking import change_phone
from tickets.buttons import Press, button
from tickets.incoming import Incoming
from tickets.moment import Moment
from tickets.texts import Texts

NUMBER = re.compile(r"\b([A-Z]{2,4}-\d\d-\d{1,6})\b|\b(\d{1,6})\b", re.IGNORECASE)
"""A ticket's number after a command."""
NAMED = re.compile(
    r"\b(?:phi[eế]u\s+(?:s[oố]\s+)?)?([A-Z]{2,4}-\d\d-\d{1,6})\b"
    r"|\bphi[eế]u\s+(?:s[oố]\s+)?(\d{1,6})\b",
    re.IGNORECASE,
)
"""A ticket named within a message."""


async def show_called(moment: Moment, who: Speaker, digits: str, reply: Reply) -> None:
    """Show the ticket that a number means to this person."""
    found = await access.tickets_called(moment, digits, who)
    if not found:
        reply(reply.say.no_such_ticket())
    elif len(found) > 1:
        reply(reply.say.several(found))
    else:
        await show(moment, found[0], who, reply)


async def show(moment: Moment, ticket: Ticket, who: Speaker, reply: Reply) -> None:
    """Show one ticket with what this person can do with it now."""
    reply.about(ticket)
    part, own = await notices.parts_of(moment, ticket, who, reply.say)
    text = reply.say.detail(
        ticket,
        now=moment.now,
        proposed=notices.is_proposed(moment),
        duty=notices.duty_number(moment, ticket.lead),
        news=await tickets.last_words(moment.session, ticket.id or 0),
    )
    if ticket.outcome == Outcome.MERGED and ticket.merged_id is not None:
        into = await tickets.by_id(moment.session, ticket.merged_id)
        if into is not None and into.shared:
            stage = notices.stage_text(moment, into, reply.say)
            text = f"{text}\n{reply.say.carried(into, stage)}"
    buttons = can_do(moment, ticket, who, reply.say) or own
    is_calm = ticket.urgency != "emergency"  # there "4" is how many, and presses nothing
    reply(f"{text}\n{part}" if part else text, buttons, ticket=ticket, numbered=is_calm)


def can_do(moment: Moment, ticket: Ticket, who: Speaker, say: Texts) -> notices.Buttons:
    """The buttons that fit a ticket's status and this person's part in it."""
    if access.reports_for(ticket, who):
        if not access.owns(ticket, who):
            return _carrier_can(ticket, say)
        if ticket.outcome == Outcome.MERGED:
            return notices.split_button(ticket, say, "reopen")
        ends = {
            Status.RESOLVED: [("done", "done"), ("not_done", "notdone")],
            Status.CLOSED: [("reopen", "reopen")],
            Status.CANCELLED: [("reopen", "reopen")],
        }.get(Status(ticket.status))
        if ends is None:
            asks = Press("progress", ticket.id or 0)
            row = [button(say.label("progress"), asks)] if ticket.carded_at else []
            if joint.may_be_joint(ticket) and ticket.carded_at:
                row.append(button(say.label("neighbours"), Press("jointask", ticket.id or 0)))
            rows = [row] if row else []
            return [*notices.receipt_buttons(ticket, say), *rows]
        at = [button(say.label(n), Press(do, ticket.id or 0, ticket.version)) for n, do in ends]
        return [at]
    if access.leads(ticket, who):
        return notices.card_buttons(ticket, say)
    may_withdraw = access.chairs(ticket, who) and chairing.is_asked(moment, ticket)
    return chairing.chair_buttons(ticket, say) if may_withdraw else []


def _carrier_can(ticket: Ticket, say: Texts) -> notices.Buttons:
    """What a commune can do that carries the request of another."""
    number = ticket.id or 0
    if ticket.status == Status.RESOLVED:
        return notices.end_buttons(ticket, say)
    if ticket.status == Status.CLOSED:
        return [[button(say.label("reopen"), Press("reopen", number, ticket.version))]]
    if ticket.status == Status.CANCELLED:
        return []
    does = (("progress", "progress"), ("photos", "photos"), ("leave_joint", "jointleave"))
    return [[button(say.label(name), Press(do, number)) for name, do in does]]


async def view_pressed(
    _: TelegramObject, moment: Moment, who: Speaker, press: Press, reply: Reply
) -> None:
    """Somebody wants to see a ticket."""
    await show(moment, await access.ticket_for(moment, press.ticket, who), who, reply)


def answer_stale(
    moment: Moment, ticket: Ticket, who: Speaker, reply: Reply, *, typed: bool = False
) -> None:
    """An old button, or words that no longer fit: what the ticket is now, and what one can do."""
    text = reply.say.stale(ticket, moment.now, typed=typed)
    reply.toast(text)
    if reply.is_group:
        return
    reply(
        text,
        can_do(moment, ticket, who, reply.say) or keyboards.view(reply.say, ticket),
        ticket=ticket,
    )


def help_at_work(who: Speaker, say: Texts) -> str:
    """How to use the line, for those who report nothing."""
    is_leader = who.holds(Role.LEADER) and not who.holds(*access.DESK)
    return say.help_leader() if is_leader else say.help_desk()


async def help_asked(_: TelegramObject, who: Speaker, reply: Reply) -> None:
    """/giup, /start without a code, "giúp"."""
    is_reporter = who.holds(Role.REPORTER)
    reply(reply.say.help_reporter() if is_reporter else help_at_work(who, reply.say))
    if who.holds(Role.COORDINATOR, Role.ADMIN) and not reply.is_group:
        reply(reply.say.help_coordinator())
    elif who.holds(Role.LEADER) and not reply.is_group:
        reply(reply.say.help_leader())


async def language_asked(_: TelegramObject, who: Speaker, said: Incoming, reply: Reply) -> None:
    """/ngonngu switches between Vietnamese and English, or to the one named."""
    assert who.person is not None
    named = " ".join(said.text.lower().split()[1:])
    if named in {"vi", "en"}:
        who.person.language = named
    elif named:
        reply(reply.say.which_language())
        return
    else:
        who.person.language = "en" if who.person.language == "vi" else "vi"
    reply(Texts(who.person.language, reply.say.units, reply.say.zone).language_set())


async def link_asked(
    _: TelegramObject, moment: Moment, who: Speaker, said: Incoming, reply: Reply, address: str
) -> None:
    """/vao: one-time links that open the web chat, and the console of whoever has one."""
    assert who.person is not None and who.person.id is not None
    if said.is_group:
        reply(reply.say.link_only_private())
        return
    if who.holds(*access.CONSOLE):
        token = webchat.make_link(moment.session, who.person.id, webchat.CONSOLE, moment.now)
        reply(reply.say.console_link(f"{address}/vao/{token}"))
    token = webchat.make_link(moment.session, who.person.id, webchat.CHAT, moment.now)
    reply(reply.say.sign_in_link(f"{address}/in/{token}"))


async def data_asked(
    _: TelegramObject, moment: Moment, who: Speaker, reply: Reply, address: str
) -> None:
    """/dulieu: what is kept about the person who asks (Law 91/2025/QH15)."""
    assert who.person is not None
    if reply.is_group:
        reply(reply.say.private_only())
        return
    mine = col(Contact.person_id) == who.person.id
    channels = await moment.session.execute(select(col(Contact.channel)).where(mine))
    own = select(func.count()).select_from(Ticket).where(Ticket.reporter_id == who.person.id)  # type: ignore[arg-type]  # SQLModel's columns are typed as their values
    count = (await moment.session.execute(own)).scalar_one()
    duties = "; ".join(reply.say.duty(role, unit) for unit, role in who.duties)
    reply(
        reply.say.my_data(
            who.person.name,
            who.person.phone,
            duties,
            ", ".join(channels.scalars()),
            count,
            f"{address}/du-lieu",
        )
    )


async def data_corrected(
    _: TelegramObject, moment: Moment, who: Speaker, said: Incoming, reply: Reply
) -> None:
    """Somebody corrects their name or number, or asks for deletion."""
    assert who.person is not None
    name, _colon, value = said.text.removeprefix("/suadulieu").partition(":")
    if value.strip() and fold(name).startswith("ten"):
        who.person.name = value.strip()[:80]
        reply(reply.say.data_corrected())
    elif value.strip():
        await change_phone(moment, who.person, value.strip()[:20])
        reply(reply.say.data_corrected())
    else:
        kind = "restrict" if fold(said.text).endswith("ngung xu ly du lieu") else "delete"
        row = await data_requests.ask(moment, who, kind)
        reply(reply.say.data_request_made(row, moment.now))


async def command_unknown(_: TelegramObject, said: Incoming, reply: Reply) -> None:
    """A word with a slash that is no command of ours; groups have commands of other bots."""
    if not said.is_group:
        reply(reply.say.unknown_command())


def commands(*others: Any) -> Router:
    """What begins with a slash, here and in others; one question spares other messages them all."""
    router = Router(name=f"{__name__}.commands")
    router.message.filter(Worded("/"))
    for module in others:
        module.add_commands(router)
    router.message.register(help_asked, Command("giup", "giúp", "help", "start"))
    router.message.register(language_asked, Command("ngonngu", "ngônngữ", "language"))
    router.message.register(link_asked, Command("vao", "vào", "web"))
    router.message.register(data_asked, Command("dulieu", "dữliệu"))
    router.message.register(data_corrected, Command("suadulieu"))
    linking.commands(router)
    router.message.register(command_unknown)
    return router


def add_routes(router: Router) -> None:
    """The press that looks."""
    router.callback_query.register(view_pressed, Pressed("view"))
