"""What is known when a message comes in: which ticket, which question, what triage says."""

import re
from datetime import timedelta

from handlers.following import NAMED
from handlers.reply import Reply
from province.pack import Question
from province.text import fold
from storage import outbox, tickets
from storage.conversations import ASKING
from storage.people import Role, Speaker
from storage.tickets import OPEN, Status, Ticket
from tickets import access, matters, replies, turns
from tickets.acts import reporting
from tickets.incoming import Incoming
from tickets.matters import Situation
from tickets.moment import Moment
from triage import triage, triage_report
from triage.scoring import ranked
from triage.verdict import Verdict

DESCRIBING = "describing"
CHOOSING = "choosing"
OFFERED = "offered"
"""States of a chat, beside ASKING: a photo waits for words; a unit's name is awaited; words
that were no report may still become one. See also handlers.awaiting."""


NEW = re.compile(
    r"^\s*((?:v[uụ]|vi[eệ]c|chuy[eệ]n) (?:m[oớ]i|kh[aá]c)|phi[eế]u m[oớ]i|l[aậ]p phi[eế]u"
    r"|vi[eệ]c t[oồ]n [đd][oọ]ng|new (?:matter|ticket))(?!\w)\s*[:,.\-]*\s*",
    re.IGNORECASE,
)
LEFT = re.compile(r"^\s*vi[eệ]c t[oồ]n [đd][oọ]ng\b", re.IGNORECASE)
"""What an official begins with who reports work that the former district has left."""


ENDED_LATELY = timedelta(days=7)
PART = 0.6
"""The chance of the ticket's own category, once a few words are read after its own, from which
they are part of it."""


def home_of(who: Speaker) -> str | None:
    return next(iter(who.units(Role.REPORTER)), None)


def triage_of(moment: Moment, who: Speaker, words: str) -> Verdict:
    return triage(words, moment.rules.pack, home=home_of(who), when=moment.today)


def triage_of_report(moment: Moment, who: Speaker, words: str) -> Verdict:
    """The same for words that are a report: their writer said so, or only asks nothing in them."""
    return triage_report(words, moment.rules.pack, home=home_of(who), when=moment.today)


async def situation_of(
    moment: Moment,
    said: Incoming,
    words: str,
    verdict: Verdict,
    reply: Reply,
    *,
    begins_new: bool,
) -> Situation:
    """What is known about the chat this message came into."""
    current = await current_ticket(moment, reply)
    spoke_at = reply.chat.spoke_at or moment.now
    is_pressing = bool(verdict.urgency_why) and not replies.denies(words)
    return Situation(
        text=words,
        replied_to=await replied_to(moment, said, reply),
        named=await named_ticket(moment, reply.who, words),
        begins_new=begins_new,
        current=current.id if current else None,
        current_category=current.category if current else "",
        current_group=group_of(moment, current.category) if current else "",
        minutes=(moment.now - spoke_at).total_seconds() / 60,
        asked=None if said.precedes(spoke_at) else open_question(moment, current, reply),
        is_report=verdict.kind == "report" and verdict.certainty != "nothing",
        is_sure=verdict.certainty == "sure",
        is_pressing=verdict.urgency in reporting.PRESSING and is_pressing,
        is_emergency=verdict.urgency == "emergency" and is_pressing,
        is_elsewhere=_names_place(verdict, current) is False,
        is_here=_names_place(verdict, current) is True,
        is_awaited=current is not None and current.status == Status.WAITING,
        is_nameless=current is not None and current.category == "",
        is_current_unsure=current is not None and current.tentative,
        is_current_emergency=current is not None and current.urgency == "emergency",
        is_beside_emergency=_is_beside_emergency(moment, verdict),
        is_part=_is_part(moment, reply, words, verdict, current),
        ended=await _ended(moment, words, verdict, reply),
        category=verdict.category,
        group=group_of(moment, verdict.category),
    )


async def _ended(moment: Moment, words: str, verdict: Verdict, reply: Reply) -> int | None:
    """The ticket of this chat that has ended within a week, and goes on after all."""
    number = reply.chat.ticket_id
    if number is None or not turns.wants_again(words):
        return None
    if verdict.urgency in reporting.PRESSING and verdict.urgency_why:
        return None
    ticket = await tickets.by_id(moment.session, number)
    is_late = moment.now - (reply.chat.spoke_at or moment.now) > ENDED_LATELY
    if ticket is None or is_late or Status(ticket.status) in OPEN:
        return None
    return ticket.id if access.reports_for(ticket, reply.who) else None


def _is_beside_emergency(moment: Moment, verdict: Verdict) -> bool:
    listed = moment.rules.pack.policies.beside_emergency
    return bool({verdict.category, group_of(moment, verdict.category)} & {*listed})


def _is_part(
    moment: Moment, reply: Reply, words: str, verdict: Verdict, current: Ticket | None
) -> bool:
    """Whether a few words, surely another matter's by themselves, are none after the ticket's own.

    "Cần quyết định của ai ký" after a question about signature tokens. On pieces of messages
    nobody had trained on, it finds 52 of the 129 that went elsewhere, and keeps 20 of 458 messages
    that were put after another's and are matters of their own.
    """
    if current is None or not current.text or verdict.certainty != "sure":
        return False
    is_short = matters.ENOUGH_WORDS <= len(words.split()) <= matters.PART_WORDS
    is_late = moment.now - (reply.chat.spoke_at or moment.now) > timedelta(minutes=matters.RECENT)
    if not is_short or is_late or (verdict.urgency in reporting.PRESSING and verdict.urgency_why):
        return False
    both = triage_of(moment, reply.who, f"{current.text}. {words}")
    chances = {guess.category: guess.confidence for guess in ranked(both)}
    return verdict.category != current.category and chances.get(current.category, 0) >= PART


def _names_place(verdict: Verdict, current: Ticket | None) -> bool | None:
    """Whether the current ticket speaks of the place that the text names; None if it names none."""
    place = fold(verdict.slots.get("place", ""))
    known = fold(f"{current.place} {current.text}") if current else ""
    return place in known if place else None


async def current_ticket(moment: Moment, reply: Reply) -> Ticket | None:
    """The open ticket that this chat last spoke of."""
    if reply.chat.ticket_id is None:
        return None
    ticket = await tickets.by_id(moment.session, reply.chat.ticket_id)
    is_open = ticket is not None and Status(ticket.status) in OPEN
    return ticket if is_open and ticket and access.reports_for(ticket, reply.who) else None


async def replied_to(moment: Moment, said: Incoming, reply: Reply) -> int | None:
    if said.reply_to is None:
        return None
    return await outbox.ticket_of_receipt(moment.session, reply.chat.contact_id, said.reply_to)


async def named_ticket(moment: Moment, who: Speaker, words: str) -> int | None:
    found = NAMED.search(words)
    if found is None:
        return None
    named = await access.tickets_called(moment, found.group(1) or found.group(2), who)
    return named[0].id if len(named) == 1 else None


def group_of(moment: Moment, category: str) -> str:
    route = moment.route(category) if category else None
    return route.group if route else ""


def open_question(moment: Moment, current: Ticket | None, reply: Reply) -> Question | None:
    draft = reply.chat.draft
    if current is None or reply.chat.state != ASKING or draft.get("ticket") != current.id:
        return None
    if current.status == Status.RESOLVED:
        return None  # whether it is done is asked now
    slots = draft.get("slots") or [""]
    return reporting.question_of(moment, current, slots[0], reply.say.ask_danger())
