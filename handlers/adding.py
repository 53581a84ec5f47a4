"""A message that belongs to a ticket is added to it, and says what follows from it."""

from aiogram.types import TelegramObject

from handlers import keyboards
from handlers.questions import ask, put_again, safety_known
from handlers.reading import OFFERED, open_question, triage_of
from handlers.receipts import receipt
from handlers.reply import Reply
from storage import tickets
from storage.people import Speaker
from storage.tickets import OPEN, Status, Ticket
from tickets import access, matters, notices, replies, turns
from tickets.acts import coordinating, merging, reporter, reporting
from tickets.buttons import Press
from tickets.incoming import Incoming
from tickets.moment import Moment
from triage.verdict import Verdict


async def added(
    moment: Moment,
    who: Speaker,
    said: Incoming,
    verdict: Verdict | None,
    ticket_id: int,
    reply: Reply,
) -> None:
    """Add a message to a ticket; words that make a nameless ticket clear send it on."""
    ticket = await access.ticket_for(moment, ticket_id, who, lock=True)
    access.require_report(ticket, who)
    own, ticket = ticket, await _carrier(moment, ticket, verdict, who)
    files = await reporting.keep_files(moment, who, said.attachments)
    if ticket.category == "" and ticket.status == Status.NEW and said.text:
        whole = f"{ticket.text}\n{said.text}".strip()
        told = triage_of(moment, who, whole)
        is_pressing = told.urgency in reporting.PRESSING and told.certainty != "nothing"
        if told.kind == "report" and (told.certainty == "sure" or is_pressing):
            reporting.attach(ticket, files)
            await reporting.describe(moment, ticket, who, whole, told)
            reply.about(ticket)
            receipt(moment, ticket, told, reply)
            return
    if verdict is not None and turns.corrects(said.text):
        named = [place.text for place in verdict.places if place.kind in {"village", "road"}]
        ticket.place = next(iter(named), ticket.place)
    await reporter.add(
        moment,
        ticket,
        who,
        text=said.text,
        files=files,
        lat=said.lat,
        lon=said.lon,
        place=said.place,
        receipt=said.receipt,
    )
    reply.about(own if ticket.shared else ticket)
    if ticket.shared:
        reply(reply.say.added(own, said.text, len(said.attachments), 0, place=False), ticket=own)
        return
    if Status(ticket.status) not in OPEN:
        reopen = Press("reopen", ticket.id or 0, ticket.version)
        text = reply.say.added_after_end(ticket)
        reply(text, keyboards.one(reply.say, "reopen", reopen), ticket=ticket)
        return
    photos = sum(file.kind == "photo" for file in said.attachments)
    others = len(said.attachments) - photos
    text = reply.say.added(ticket, said.text, photos, others, place=said.lat is not None)
    if ticket.status == Status.RESOLVED:
        ends = notices.end_buttons(ticket, reply.say)
        reply(f"{text}\n{reply.say.really_done()}", ends, ticket=ticket)
        return
    text += await _in_emergency(moment, said, verdict, ticket, reply)
    _with_way_out(said, verdict, ticket, text, reply)
    _ask_on(moment, said, verdict, ticket, reply)


async def edited(
    _: TelegramObject, moment: Moment, who: Speaker, said: Incoming, reply: Reply
) -> None:
    """A message was edited in the channel: the report that it was is corrected."""
    ticket, opened = await tickets.told_by(moment.session, reply.chat.contact_id, said.receipt)
    if ticket is None or Status(ticket.status) not in OPEN or not said.text:
        return
    if not access.reports_for(ticket, who):
        return
    if opened:
        place = triage_of(moment, who, said.text).slots.get("place", "")
        await reporter.correct(moment, ticket, who, said.text, place=place)
    else:
        await reporter.add(moment, ticket, who, text=said.text, receipt=said.receipt)
    reply(reply.say.corrected(ticket), ticket=ticket)
    verdict = triage_of(moment, who, said.text)
    if ticket.urgency != "emergency" and (
        verdict.ask_danger or (verdict.urgency == "emergency" and verdict.urgency_why)
    ):
        ask(moment, ticket, [reporting.DANGER.slot], reply)


async def _in_emergency(
    moment: Moment, said: Incoming, verdict: Verdict | None, ticket: Ticket, reply: Reply
) -> str:
    """What an emergency's addition leads to: another unit has it too, and whom to call."""
    if ticket.urgency != "emergency" or verdict is None:
        return ""
    lines = []
    is_sure = verdict.kind == "report" and verdict.certainty == "sure"
    is_told = matters.tells_trouble(said.text) and not replies.counts_people(said.text)
    if is_sure and is_told and await coordinating.draw_in(moment, ticket, verdict.lead, said.text):
        lines.append(reply.say.drawn_in(verdict.lead))
    is_calm = verdict.slots.get("people_at_risk") == "no"
    is_calm |= turns.tells_safe(said.text) or turns.takes_back(said.text)
    if _sounds_urgent(verdict) and not is_calm:
        lines.append(reply.say.call())
    return "".join(f"\n{line}" for line in lines)


def _ask_on(
    moment: Moment, said: Incoming, verdict: Verdict | None, ticket: Ticket, reply: Reply
) -> None:
    """After what was added: whether anybody is in danger, even while something else is asked."""
    asked = open_question(moment, ticket, reply)
    if ticket.urgency == "emergency":
        return
    if asked is not None and asked.danger:
        if not (turns.is_over(said.text) or turns.takes_back(said.text)):
            put_again(moment, ticket, reply)
    elif asked is not None:
        if _sounds_urgent(verdict):
            ask(moment, ticket, [reporting.DANGER.slot, *reply.chat.draft["slots"]], reply)
    elif _sounds_urgent(verdict) or _is_doubtful(moment, said, verdict, ticket):
        ask(moment, ticket, [reporting.DANGER.slot], reply)


def _is_doubtful(moment: Moment, said: Incoming, verdict: Verdict | None, ticket: Ticket) -> bool:
    is_told = len(said.text.split()) >= matters.ENOUGH_WORDS
    is_asked = verdict is not None and verdict.ask_danger and is_told
    return is_asked and not safety_known(moment, ticket)


def _with_way_out(
    said: Incoming, verdict: Verdict | None, ticket: Ticket, text: str, reply: Reply
) -> None:
    """What was added, and the one tap where it is over already, or was a matter of its own."""
    is_urgent = ticket.urgency == "emergency"
    if is_urgent and turns.tells_safe(said.text):
        _offer_end(ticket, f"{text}\n{reply.say.danger_past()}", reply)
    elif turns.takes_back(said.text):
        _offer_end(ticket, f"{text}\n{reply.say.taken_for_mistake()}", reply)
    elif verdict is None or is_urgent:
        reply(text, ticket=ticket)
    elif verdict.kind == "not_a_report" and turns.is_over(said.text):
        _offer_end(ticket, f"{text}\n{reply.say.over_already()}", reply)
    elif _has_nothing_open(reply) and _may_be_its_own(said, verdict, ticket):
        reply.state(OFFERED, text=said.text, is_added=True)
        reply(text, keyboards.one(reply.say, "open", Press("open")), ticket=ticket)
    else:
        reply(text, ticket=ticket)


def _offer_end(ticket: Ticket, text: str, reply: Reply) -> None:
    """What was said, with the one tap by which the commune ends its ticket; never by itself."""
    cancel = Press("cancel", ticket.id or 0, ticket.version)
    reply(text, keyboards.one(reply.say, "cancel", cancel), ticket=ticket, numbered=False)


def _has_nothing_open(reply: Reply) -> bool:
    """Whether nothing is asked here, but perhaps whether the words before were a matter."""
    is_offered = reply.chat.state == OFFERED and bool(reply.chat.draft.get("is_added"))
    return reply.chat.state == "" or is_offered


def _may_be_its_own(said: Incoming, verdict: Verdict, ticket: Ticket) -> bool:
    if verdict.kind != "report" or verdict.category in {"", ticket.category}:
        return False
    return verdict.certainty == "sure" or matters.tells_trouble(said.text)


async def _carrier(moment: Moment, own: Ticket, verdict: Verdict | None, who: Speaker) -> Ticket:
    """The ticket in which one goes on; one in a shared ticket leaves it when danger is told."""
    root = await merging.root_of(moment, own)
    is_danger = _sounds_urgent(verdict) or (verdict is not None and verdict.ask_danger)
    if not root.shared or not is_danger:
        return root
    await merging.unmerge(moment, own, root, who)
    return own


def _sounds_urgent(verdict: Verdict | None) -> bool:
    return verdict is not None and verdict.urgency == "emergency"
