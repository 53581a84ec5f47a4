"""A message becomes a ticket, or finds the one it belongs to."""

import re
from dataclasses import replace

from aiogram import Router
from aiogram.filters import StateFilter
from aiogram.types import TelegramObject

from handlers.adding import added, edited
from handlers.alarms import alarmed, is_alarm
from handlers.filters import Holds, Private, Worded
from handlers.following import NAMED, show, show_called
from handlers.lists import list_asked
from handlers.merging import shared_of, tell_gathered
from handlers.questions import answered, asked_again
from handlers.reading import (
    CHOOSING,
    DESCRIBING,
    LEFT,
    NEW,
    OFFERED,
    current_ticket,
    named_ticket,
    replied_to,
    situation_of,
    triage_of,
)
from handlers.receipts import ask_where, assign, offer_undo, receipt, two
from handlers.reply import Reply
from handlers.talk import TALK, kept_words, needs_no_ticket, open_pressed, verdict_on
from province.text import fold
from storage.people import Role, Speaker
from storage.tickets import Status, Ticket
from tickets import access, matters, notices, replies, turns
from tickets.acts import chairing, guidances, prompting, reporting
from tickets.acts.reporting import Report
from tickets.duplicates import Found, look
from tickets.incoming import Incoming, Kind
from tickets.matters import Belongs, Situation
from tickets.moment import Moment
from triage.verdict import Verdict

UNIT_MEANT = re.compile(
    r"^(so|ban|bo|cong an|cong ty|van phong|trung tam|chi cuc|phong"
    r"|s(?!dt)[bcdghklmnpqrtvx]{1,5})\b"
)
"""A unit's kind, or a department's letters ("sxd"); "sat", "song" and "sdt" begin news."""


async def something_said(
    event: TelegramObject, moment: Moment, who: Speaker, said: Incoming, reply: Reply
) -> None:
    """Whatever a reporter sends that no command or button has taken."""
    if not any(letter.isalpha() or letter in "0123456789" for letter in said.text):
        await _wordless(moment, who, said, reply)
        return
    begins_new = NEW.match(said.text)
    words = said.text[begins_new.end() :] if begins_new else said.text
    matter = NAMED.sub(" ", words).strip(" :,.-")
    if not matter:
        await _no_matter(event, moment, who, said, reply, begins_new=bool(begins_new))
        return
    number = NAMED.search(words)
    if number and await named_ticket(moment, who, words) is None:
        await show_called(moment, who, number.group(1) or number.group(2), reply)
        return
    verdict = verdict_on(moment, who, matter)
    if verdict.warned == "secret":
        said = replace(said, attachments=())
    situation = await situation_of(moment, said, words, verdict, reply, begins_new=bool(begins_new))
    if situation.named is not None and turns.may_ask_on(matter):
        await show(moment, await access.ticket_for(moment, situation.named, who), who, reply)
        return
    await _told(event, moment, who, said, words, verdict, situation, reply)
    if verdict.warned:
        reply(reply.say.warned(verdict.warned))


async def _told(
    event: TelegramObject,
    moment: Moment,
    who: Speaker,
    said: Incoming,
    words: str,
    verdict: Verdict,
    situation: Situation,
    reply: Reply,
) -> None:
    """Put what was said where it belongs, unless it needs no ticket."""
    where, ticket_id = matters.belongs(situation)
    if where is Belongs.ANSWER and await asked_again(
        moment, situation.asked, words, verdict, reply
    ):
        return
    is_told = situation.is_report or situation.ended is not None
    if where in {Belongs.NEW, Belongs.ASK, Belongs.NEW_WITH_UNDO} or not is_told:
        if await needs_no_ticket(event, moment, who, said, verdict, situation, reply):
            return
    is_answer = where is Belongs.ANSWER and ticket_id is not None
    if is_answer and await answered(moment, who, said, verdict, ticket_id or 0, reply):
        return
    if where in {Belongs.ANSWER, Belongs.ADD} and ticket_id is not None:
        await added(moment, who, said, verdict, ticket_id, reply)
    else:
        may_repeat = where is Belongs.NEW and not situation.begins_new
        await _opened(moment, who, said, words, verdict, where, reply, may_repeat=may_repeat)


async def _no_matter(
    event: TelegramObject,
    moment: Moment,
    who: Speaker,
    said: Incoming,
    reply: Reply,
    *,
    begins_new: bool,
) -> None:
    """Nothing but "lập phiếu", "vụ mới" or a number: what was kept, what comes next, or a list."""
    if begins_new and reply.chat.state == OFFERED:
        await open_pressed(event, moment, who, said, reply)
    elif begins_new:
        reply.chat.ticket_id = None
        reply.state("")
        reply(reply.say.which_matter())
    else:
        await list_asked(event, moment, who, said, reply)


async def _opened(
    moment: Moment,
    who: Speaker,
    said: Incoming,
    words: str,
    verdict: Verdict,
    where: Belongs,
    reply: Reply,
    *,
    may_repeat: bool,
) -> None:
    """Open a ticket, and a second one when the message surely holds two matters.

    `may_repeat`: nothing says yet that it is a matter of its own.
    """
    current = await current_ticket(moment, reply) if where is not Belongs.NEW else None
    files = await reporting.keep_files(moment, who, said.attachments)
    words = f"{kept_words(moment, reply)}\n{words}".strip()
    if reply.chat.state == OFFERED:
        reply.state("")
    report = Report(words, said.sent_at, said.place, said.lat, said.lon, files, said.receipt)
    if LEFT.match(said.text):
        report = replace(report, origin=notices.texts(moment).left_behind())
    held = where is Belongs.ASK and current is not None
    ticket = await reporting.open_ticket(moment, who, report, verdict, hold=held)
    reply.about(ticket)
    if (shared := await shared_of(moment, ticket)) is not None:
        await tell_gathered(moment, ticket, shared, reply)
        return
    second = await _second(moment, who, report, verdict, ticket)
    found = Found() if ticket.tentative else await look(moment, ticket)
    await chairing.show_to(moment, ticket, found.chairs)
    if held and current is not None and ticket.carded_at is None:
        ask_where(ticket, current, reply)
    elif second is not None:
        for pressing in (ticket, second):
            if pressing.urgency == "emergency":
                receipt(moment, pressing, triage_of(moment, who, pressing.text), reply)
        two(ticket, second, reply)
    else:
        if current is not None:
            offer_undo(ticket, current, reply)
        asks = bool(found.like) and may_repeat and ticket.urgency != "emergency"
        like = found.like[0] if asks else None
        is_guided = like is not None or ticket.next_step == notices.GUIDED
        known = None if is_guided else await guidances.needed(moment, ticket)
        receipt(moment, ticket, verdict, reply, like=like, known=known)
        prompting.later(moment, ticket, verdict)


async def _second(
    moment: Moment, who: Speaker, report: Report, verdict: Verdict, first: Ticket
) -> Ticket | None:
    if verdict.second is None or verdict.certainty != "sure" or not verdict.second_text:
        return None
    other = triage_of(moment, who, verdict.second_text)
    if other.certainty != "sure" or other.category in {verdict.category, ""}:
        return None
    part = Report(verdict.second_text, report.sent_at)
    ticket = await reporting.open_ticket(moment, who, part, other, linked=first)
    await chairing.show(moment, ticket)
    return ticket


async def _wordless(moment: Moment, who: Speaker, said: Incoming, reply: Reply) -> None:
    """A photo, file or place without words; emoji and stickers alone are small talk."""
    if not said.attachments and said.lat is None:
        is_talk = said.text or said.kind is Kind.STICKER
        reply(reply.say.thanks() if is_talk else reply.say.unsupported())
        return
    target = await replied_to(moment, said, reply)
    current = await current_ticket(moment, reply)
    spoke_at = reply.chat.spoke_at or moment.now
    is_recent = (moment.now - spoke_at).total_seconds() <= matters.RECENT * 60
    if target is None and current is not None and is_recent:
        target = current.id
    if target is not None:
        await added(moment, who, said, None, target, reply)
        return
    files = await reporting.keep_files(moment, who, said.attachments)
    report = Report("", said.sent_at, said.place, said.lat, said.lon, files, said.receipt)
    nothing = Verdict(kind="report", certainty="nothing", why="tin không có chữ")
    ticket = await reporting.open_ticket(moment, who, report, nothing, hold=True)
    reply.about(ticket)
    reply.state(DESCRIBING, ticket=ticket.id)
    reply(reply.say.no_words(ticket), ticket=ticket)


async def described(
    event: TelegramObject, moment: Moment, who: Speaker, said: Incoming, reply: Reply
) -> None:
    """The words for a photo that came alone: now it can be classified and sent."""
    ticket = await current_ticket(moment, reply)
    verdict = triage_of(moment, who, said.text)
    is_waiting = ticket is not None and ticket.carded_at is None and not ticket.text
    if not is_waiting:
        reply.state("")
    is_talk = verdict.kind == "status_question" or verdict.small_talk in TALK
    is_elsewhere = NEW.match(said.text) or NAMED.search(said.text) or said.reply_to
    if ticket is None or ticket.id is None or not is_waiting or is_talk or is_elsewhere:
        await something_said(event, moment, who, said, reply)
        return
    reply.state("")
    ticket = await access.ticket_for(moment, ticket.id, who, lock=True)
    if said.attachments:
        reporting.attach(ticket, await reporting.keep_files(moment, who, said.attachments))
    await reporting.describe(moment, ticket, who, said.text, verdict)
    reply.about(ticket)
    receipt(moment, ticket, verdict, reply)
    await prompting.anew(moment, ticket, verdict)


async def unit_typed(
    event: TelegramObject, moment: Moment, who: Speaker, said: Incoming, reply: Reply
) -> None:
    """The name of a department was awaited; anything else goes on as a message."""
    ticket = await current_ticket(moment, reply)
    unit = moment.rules.units.find_unit(said.text)
    if ticket is None or ticket.id is None or ticket.status != Status.NEW:
        reply.state("")
        await something_said(event, moment, who, said, reply)
        return
    if fold(said.text).strip(" .!") in replies.SKIP:
        reply.state("")
        reply(reply.say.questions_done(ticket, ""), ticket=ticket)
        return
    if fold(said.text) in {"khac", "other"}:
        unit = moment.rules.pack.coordinator
    if unit is None or moment.rules.units.agency(unit) is None:
        if UNIT_MEANT.match(fold(said.text)):
            reply(reply.say.unit_unknown(), ticket=ticket)
        else:
            await something_said(event, moment, who, said, reply)
        return
    ticket = await access.ticket_for(moment, ticket.id, who, lock=True)
    if unit == ticket.lead and not ticket.tentative and ticket.carded_at is not None:
        reply.state("")
        stage = notices.stage_text(moment, ticket, reply.say)
        reply(reply.say.has_it_already(ticket, stage), ticket=ticket)
        return
    await assign(moment, who, ticket, unit, "", reply)


def add_routes(router: Router) -> None:
    """The states that await words, then everything a reporter says."""
    reporters = Holds(Role.REPORTER)
    router.message.register(described, reporters, Private(), StateFilter(DESCRIBING), Worded())
    router.message.register(unit_typed, reporters, Private(), StateFilter(CHOOSING), Worded())
    router.edited_message.register(edited, reporters)
    router.message.register(alarmed, reporters, Private(), is_alarm)
    router.message.register(something_said, reporters, Private())
