"""A message becomes a ticket, or finds the one it belongs to; then at most three questions.

Over 300 lines, because the whole talk with a reporter is read in one place.
"""

import re
from typing import Any

from aiogram import F, Router
from aiogram.filters import StateFilter
from aiogram.types import TelegramObject

from handlers import keyboards
from handlers.filters import Holds, Pressed
from handlers.following import answer_stale, list_asked, show_called
from handlers.reply import Reply
from province.pack import Question
from province.text import fold
from storage import outbox, tickets
from storage.people import Role, Speaker
from storage.tickets import OPEN, Status, Ticket
from tickets import access, matters, moves, notices
from tickets.acts import reporter, reporting
from tickets.acts.reporting import Report
from tickets.buttons import Press
from tickets.incoming import Incoming, Kind
from tickets.matters import Belongs, Situation
from tickets.moment import Moment
from triage import triage
from triage.verdict import Verdict

ASKING = "asking"
DESCRIBING = "describing"
CHOOSING = "choosing"
"""States of a chat: a question is open; a photo waits for words; a unit's name is awaited."""

NAMED = re.compile(
    r"\b[A-Z]{2,4}-\d\d-\d{1,6}\b|\bphi[eế]u\s+(?:s[oố]\s+)?(\d{1,6})\b", re.IGNORECASE
)
NEW = re.compile(r"^\s*(v[uụ] m[oớ]i|vi[eệ]c m[oớ]i|l[aậ]p phi[eế]u)\s*[:,.\-]*\s*", re.IGNORECASE)
UNIT_MEANT = re.compile(
    r"^(so|ban|bo|cong an|cong ty|van phong|trung tam|chi cuc|phong|s[a-z]{1,5})\b"
)


async def something_said(
    event: TelegramObject, moment: Moment, who: Speaker, said: Incoming, reply: Reply
) -> None:
    """Whatever a reporter sends that no command or button has taken."""
    if not any(letter.isalnum() for letter in said.text):
        await _wordless(moment, who, said, reply)
        return
    begins_new = NEW.match(said.text)
    words = said.text[begins_new.end() :] if begins_new else said.text
    matter = NAMED.sub(" ", words).strip(" :,.-")
    if not matter:
        await list_asked(event, moment, who, said, reply)
        return
    verdict = _triage(moment, who, matter)
    situation = await _situation(moment, said, words, verdict, reply, begins_new=bool(begins_new))
    if situation.named is not None and verdict.kind == "status_question":
        await show_called(moment, who, str(situation.named), reply)
        return
    where, ticket_id = matters.belongs(situation)
    if where in {Belongs.NEW, Belongs.ASK, Belongs.NEW_WITH_UNDO} or not situation.is_report:
        if await _needs_no_ticket(event, moment, who, said, verdict, situation, reply):
            return
    if where is Belongs.ANSWER and ticket_id is not None:
        await _answered(moment, who, said, verdict, ticket_id, reply)
    elif where is Belongs.ADD and ticket_id is not None:
        await _added(moment, who, said, verdict, ticket_id, reply)
    else:
        await _opened(moment, who, said, words, verdict, where, ticket_id, reply)


def _triage(moment: Moment, who: Speaker, words: str) -> Verdict:
    home = next(iter(who.units(Role.REPORTER)), None)
    return triage(words, moment.rules.pack, home=home, when=moment.today)


async def _situation(
    moment: Moment,
    said: Incoming,
    words: str,
    verdict: Verdict,
    reply: Reply,
    *,
    begins_new: bool,
) -> Situation:
    """What is known about the chat this message came into."""
    current = await _current(moment, reply)
    spoke_at = reply.chat.spoke_at or moment.now
    return Situation(
        text=words,
        replied_to=await _replied_to(moment, said, reply),
        named=await _named(moment, reply.who, words),
        begins_new=begins_new,
        current=current.id if current else None,
        current_category=current.category if current else "",
        current_group=_group(moment, current.category) if current else "",
        minutes=(moment.now - spoke_at).total_seconds() / 60,
        asked=_open_question(moment, current, reply),
        is_report=verdict.kind == "report" and verdict.certainty != "nothing",
        is_sure=verdict.certainty == "sure",
        is_pressing=verdict.urgency in reporting.PRESSING and bool(verdict.urgency_why),
        category=verdict.category,
        group=_group(moment, verdict.category),
    )


async def _current(moment: Moment, reply: Reply) -> Ticket | None:
    """The open ticket that this chat last spoke of."""
    if reply.chat.ticket_id is None:
        return None
    ticket = await tickets.by_id(moment.session, reply.chat.ticket_id)
    is_open = ticket is not None and Status(ticket.status) in OPEN
    return ticket if is_open and ticket and access.reports_for(ticket, reply.who) else None


async def _replied_to(moment: Moment, said: Incoming, reply: Reply) -> int | None:
    if said.reply_to is None:
        return None
    return await outbox.ticket_of_receipt(moment.session, reply.chat.contact_id, said.reply_to)


async def _named(moment: Moment, who: Speaker, words: str) -> int | None:
    found = NAMED.search(words)
    if found is None:
        return None
    named = await access.tickets_called(moment, found.group(1) or found.group(), who)
    return named[0].id if len(named) == 1 else None


def _group(moment: Moment, category: str) -> str:
    route = moment.route(category) if category else None
    return route.group if route else ""


def _open_question(moment: Moment, current: Ticket | None, reply: Reply) -> Question | None:
    draft = reply.chat.draft
    if current is None or reply.chat.state != ASKING or draft.get("ticket") != current.id:
        return None
    slots = draft.get("slots") or [""]
    return reporting.question_of(moment, current, slots[0], reply.say.ask_danger())


async def _needs_no_ticket(
    event: TelegramObject,
    moment: Moment,
    who: Speaker,
    said: Incoming,
    verdict: Verdict,
    situation: Situation,
    reply: Reply,
) -> bool:
    """Answer greetings, thanks, status questions and complaints; False for everything else."""
    route = moment.route(verdict.category) if verdict.category else None
    if verdict.kind == "status_question":
        await list_asked(event, moment, who, said, reply)
        return True
    if route and route.handling == "redirect" and verdict.certainty == "sure":
        reply(reply.say.redirect())
        return True
    if verdict.kind != "not_a_report" or situation.begins_new or verdict.ask_danger:
        return False
    if situation.asked is not None and verdict.small_talk not in {"greeting", "thanks", "spam"}:
        return False
    if situation.replied_to is not None or situation.named is not None:
        return verdict.small_talk in {"thanks", "greeting"} and _talk(verdict, reply)
    return _talk(verdict, reply)


def _talk(verdict: Verdict, reply: Reply) -> bool:
    answers = {"greeting": reply.say.hello, "thanks": reply.say.thanks}
    reply(answers.get(verdict.small_talk, reply.say.not_a_report)())
    return True


# Opening.


async def _opened(
    moment: Moment,
    who: Speaker,
    said: Incoming,
    words: str,
    verdict: Verdict,
    where: Belongs,
    beside: int | None,
    reply: Reply,
) -> None:
    """Open a ticket, and a second one when the message surely holds two matters."""
    current = await _current(moment, reply) if where is not Belongs.NEW else None
    secret = verdict.warned == "secret"
    files = await reporting.keep_files(moment, who, () if secret else said.attachments)
    report = Report(words, said.sent_at, said.place, said.lat, said.lon, files, said.receipt)
    held = where is Belongs.ASK and current is not None
    ticket = await reporting.open_ticket(moment, who, report, verdict, hold=held)
    reply.about(ticket)
    second = await _second(moment, who, report, verdict, ticket)
    if held and current is not None and ticket.carded_at is None:
        _ask_where(ticket, current, reply)
    elif second is not None:
        _two(ticket, second, reply)
    else:
        _receipt(moment, ticket, verdict, reply)
        if current is not None:
            _offer_undo(ticket, current, reply)
    if verdict.warned:
        reply(reply.say.warned(verdict.warned), ticket=ticket)


async def _second(
    moment: Moment, who: Speaker, report: Report, verdict: Verdict, first: Ticket
) -> Ticket | None:
    if verdict.second is None or verdict.certainty != "sure" or not verdict.second_text:
        return None
    other = _triage(moment, who, verdict.second_text)
    if other.certainty != "sure" or other.category in {verdict.category, ""}:
        return None
    part = Report(verdict.second_text, report.sent_at)
    return await reporting.open_ticket(moment, who, part, other, linked=first)


def _receipt(moment: Moment, ticket: Ticket, verdict: Verdict, reply: Reply) -> None:
    """Say what was understood; the first question follows, or stands in it in an emergency."""
    slots = reporting.questions(moment, ticket, verdict)
    if ticket.tentative:
        _ask_unit(moment, ticket, reply)
    elif ticket.category == "":
        reply(reply.say.to_coordinator(ticket), ticket=ticket, key=notices.receipt_key(ticket))
    elif ticket.next_step == notices.GUIDED:
        route = moment.route(ticket.category)
        text = reply.say.guidance(ticket, route.guidance if route else "")
        reply(text, notices.receipt_buttons(ticket, reply.say), ticket=ticket)
        return
    else:
        text = notices.receipt_text(moment, ticket, reply.say)
        if slots and ticket.urgency == "emergency":
            _ask(moment, ticket, slots, reply, before=text)
            return
        buttons = notices.receipt_buttons(ticket, reply.say)
        reply(text, buttons, ticket=ticket, key=notices.receipt_key(ticket))
    _ask(moment, ticket, slots, reply)


def _ask_unit(moment: Moment, ticket: Ticket, reply: Reply) -> None:
    options = _options(moment, ticket)
    labels = [(_label(moment, category), unit) for category, unit in options]
    text = reply.say.choose(ticket, labels)
    if ticket.urgency in reporting.PRESSING:
        text += "\n" + reply.say.call()
    reply.state(CHOOSING, ticket=ticket.id)
    reply(text, keyboards.units(reply.say, ticket, options), ticket=ticket)


def _options(moment: Moment, ticket: Ticket, *, without: str = "") -> list[tuple[str, str]]:
    """The likeliest (category, unit) pairs of a ticket, as triage left them."""
    kept = ticket.verdict.get("alternatives", [])
    return [(category, unit) for category, unit in kept if unit != without][:3]


def _label(moment: Moment, category: str) -> str:
    route = moment.route(category)
    return route.label if route else category


def _two(first: Ticket, second: Ticket, reply: Reply) -> None:
    buttons = keyboards.pair(
        reply.say,
        ("both", Press("both", second.id or 0, second.version)),
        ("one", Press("one", second.id or 0, second.version)),
    )
    wrong = keyboards.one(reply.say, "wrong", Press("wrong", first.id or 0, first.version))
    reply(reply.say.second(first, second), [*buttons, *wrong], ticket=first)


def _ask_where(ticket: Ticket, current: Ticket, reply: Reply) -> None:
    buttons = keyboards.pair(
        reply.say,
        ("add", Press("undo", ticket.id or 0, ticket.version, str(current.id))),
        ("new", Press("both", ticket.id or 0, ticket.version)),
    )
    reply(reply.say.add_or_new(current), buttons, ticket=ticket)


def _offer_undo(ticket: Ticket, current: Ticket, reply: Reply) -> None:
    undo = Press("undo", ticket.id or 0, ticket.version, str(current.id))
    buttons = keyboards.one(reply.say, "undo", undo)
    reply(reply.say.new_with_undo(ticket, current), buttons, ticket=ticket)


# Questions.


def _ask(
    moment: Moment,
    ticket: Ticket,
    slots: list[str],
    reply: Reply,
    *,
    before: str = "",
    noted: str = "",
) -> None:
    """Ask about the first slot; `before` is a receipt that the question ends."""
    question = None
    if slots:
        question = reporting.question_of(moment, ticket, slots[0], reply.say.ask_danger())
    if question is None:
        if before or noted:
            reply(before or reply.say.questions_done(ticket, noted), ticket=ticket)
        return
    reply.state(ASKING, ticket=ticket.id, slots=slots)
    asks_danger = bool(question.danger)
    text = reply.say.question(question.ask, noted=noted, danger_first=asks_danger)
    reply(
        f"{before}\n{question.ask}" if before else text,
        keyboards.question(reply.say, ticket, question),
        ticket=ticket,
        numbered=question.kind not in {"count", "time"},
        key=notices.receipt_key(ticket) if before else None,
    )


async def _answered(
    moment: Moment, who: Speaker, said: Incoming, verdict: Verdict, ticket_id: int, reply: Reply
) -> None:
    """A typed answer to the open question; what else the words tell is not asked again."""
    ticket = await access.ticket_for(moment, ticket_id, who, lock=True)
    question = _open_question(moment, ticket, reply)
    if question is None:
        await _added(moment, who, said, verdict, ticket_id, reply)
        return
    given = matters.read_answer(question, said.text)
    if said.attachments or said.lat is not None:
        files = await reporting.keep_files(moment, who, said.attachments)
        await reporter.add(moment, ticket, who, files=files, lat=said.lat, lon=said.lon)
    told = verdict.slots if given not in {"yes", "no", "skip"} else {}
    await _take(moment, who, ticket, question, given, reply, told=told)


async def answer_pressed(
    _: TelegramObject, moment: Moment, who: Speaker, press: Press, reply: Reply
) -> None:
    """A pressed answer; one to a question that is closed is told so, unless it means danger."""
    ticket = await access.ticket_for(moment, press.ticket, who, lock=True)
    access.require_report(ticket, who)
    slot, _dot, given = press.more.partition(".")
    question = reporting.question_of(moment, ticket, slot, reply.say.ask_danger())
    asked = _open_question(moment, ticket, reply)
    if question is None or Status(ticket.status) not in OPEN:
        answer_stale(moment, ticket, who, reply)
        return
    if question.choices and given.isdigit() and int(given) < len(question.choices):
        given = question.choices[int(given)]
    is_open = asked is not None and asked.slot == slot
    if not is_open and not (matters.is_danger(question, given) and ticket.urgency != "emergency"):
        reply(reply.say.already_answered(ticket), ticket=ticket)
        return
    reply.about(ticket)
    await _take(moment, who, ticket, question, given, reply)


async def _take(
    moment: Moment,
    who: Speaker,
    ticket: Ticket,
    question: Question,
    given: str,
    reply: Reply,
    *,
    told: dict[str, str] | None = None,
) -> None:
    """Note an answer, then ask on; an answer that means danger puts the numbers first."""
    reply.about(ticket)
    slots = [slot for slot in reply.chat.draft.get("slots", []) if slot != question.slot]
    slots = [slot for slot in slots if slot not in (told or {})]
    reply.state("")
    shown = {"yes": reply.say.label("yes"), "no": reply.say.label("no")}.get(given, given)
    became_emergency = False
    if given != "skip":
        became_emergency = await reporter.answer(moment, ticket, who, question, given, shown)
    if matters.is_danger(question, given):
        await _danger(moment, ticket, reply, became_emergency=became_emergency)
        shown = ""
    noted = shown if given != "skip" else ""
    if slots:
        _ask(moment, ticket, slots, reply, noted=noted)
    elif noted or given == "skip":
        reply(reply.say.questions_done(ticket, noted), ticket=ticket)


async def _danger(moment: Moment, ticket: Ticket, reply: Reply, *, became_emergency: bool) -> None:
    if became_emergency:
        reply(_raised(moment, ticket, reply), ticket=ticket)
    reply(reply.say.call_now(), ticket=ticket)


def _raised(moment: Moment, ticket: Ticket, reply: Reply) -> str:
    return reply.say.raised(
        ticket,
        now=moment.now,
        proposed=notices.is_proposed(moment),
        duty=notices.duty_number(moment, ticket.lead),
    )


# Adding.


async def _added(
    moment: Moment,
    who: Speaker,
    said: Incoming,
    verdict: Verdict | None,
    ticket_id: int,
    reply: Reply,
) -> None:
    """Add a message to a ticket; words that make a nameless ticket clear send it on."""
    ticket = await access.ticket_for(moment, ticket_id, who, lock=True)
    if Status(ticket.status) not in OPEN:
        answer_stale(moment, ticket, who, reply)
        return
    files = await reporting.keep_files(moment, who, said.attachments)
    await reporter.add(
        moment,
        ticket,
        who,
        text=said.text,
        files=files,
        lat=said.lat,
        lon=said.lon,
        place=said.place,
    )
    reply.about(ticket)
    is_clear = verdict is not None and verdict.certainty == "sure" and verdict.kind == "report"
    if verdict and is_clear and ticket.category == "" and ticket.status == Status.NEW:
        await reporting.assign(
            moment, ticket, verdict.lead, verdict.category, actor="triage", rule=verdict.why
        )
        _receipt(moment, ticket, verdict, reply)
        return
    photos = sum(file.kind == "photo" for file in said.attachments)
    others = len(said.attachments) - photos
    place = said.lat is not None
    reply(reply.say.added(ticket, said.text, photos, others, place=place), ticket=ticket)
    pressing = verdict is not None and (verdict.ask_danger or verdict.urgency == "emergency")
    if pressing and ticket.urgency != "emergency" and reply.chat.state != ASKING:
        _ask(moment, ticket, [reporting.DANGER.slot], reply)


async def _wordless(moment: Moment, who: Speaker, said: Incoming, reply: Reply) -> None:
    """A photo, file or place without words; emoji and stickers alone are small talk."""
    if not said.attachments and said.lat is None:
        reply(
            reply.say.thanks()
            if said.text or said.kind is Kind.STICKER
            else reply.say.unsupported()
        )
        return
    target = await _replied_to(moment, said, reply)
    current = await _current(moment, reply)
    spoke_at = reply.chat.spoke_at or moment.now
    is_recent = (moment.now - spoke_at).total_seconds() <= matters.RECENT * 60
    if target is None and current is not None and is_recent:
        target = current.id
    if target is not None:
        await _added(moment, who, said, None, target, reply)
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
    ticket = await _current(moment, reply)
    reply.state("")
    if ticket is None or ticket.id is None or ticket.category or ticket.text:
        await something_said(event, moment, who, said, reply)
        return
    ticket = await access.ticket_for(moment, ticket.id, who, lock=True)
    verdict = _triage(moment, who, said.text)
    if said.attachments:
        reporting.attach(ticket, await reporting.keep_files(moment, who, said.attachments))
    await reporting.describe(moment, ticket, who, said.text, verdict)
    reply.about(ticket)
    _receipt(moment, ticket, verdict, reply)


async def edited(
    _: TelegramObject, moment: Moment, who: Speaker, said: Incoming, reply: Reply
) -> None:
    """A message was edited in the channel: the report that it was is corrected."""
    ticket = await tickets.opened_by(moment.session, reply.chat.contact_id, said.receipt)
    if ticket is None or Status(ticket.status) not in OPEN or not said.text:
        return
    if access.reports_for(ticket, who):
        await reporter.correct(moment, ticket, who, said.text)
        reply(reply.say.corrected(ticket), ticket=ticket)


# The receipt's buttons.


async def receipt_pressed(
    _: TelegramObject, moment: Moment, who: Speaker, press: Press, reply: Reply
) -> None:
    """Đúng, Sai đơn vị, KHẨN CẤP, Thêm ảnh, Hủy, Không cần phiếu, Đúng cả hai, Một việc, Gộp lại."""
    ticket = await access.ticket_for(moment, press.ticket, who, lock=True)
    access.require_report(ticket, who)
    if Status(ticket.status) not in OPEN or press.seen not in {0, ticket.version}:
        if not (press.do in {"urgent", "photos"} and Status(ticket.status) in moves.ALIVE):
            answer_stale(moment, ticket, who, reply)
            return
    reply.about(ticket)
    await RECEIPT[press.do](moment, who, ticket, press, reply)


async def _right(moment: Moment, who: Speaker, ticket: Ticket, press: Press, reply: Reply) -> None:
    tickets.log(moment.session, ticket, "confirmed_right", at=moment.now, actor=who.actor)
    if ticket.tentative and ticket.carded_at is None:
        await _assign(moment, who, ticket, ticket.lead, ticket.category, reply)
        return
    reply(reply.say.confirmed_right(ticket), ticket=ticket)


async def _wrong(moment: Moment, who: Speaker, ticket: Ticket, press: Press, reply: Reply) -> None:
    if ticket.status != Status.NEW:
        answer_stale(moment, ticket, who, reply)
        return
    options = _options(moment, ticket, without=ticket.lead)
    labels = [(_label(moment, category), unit) for category, unit in options]
    reply.state(CHOOSING, ticket=ticket.id)
    text = reply.say.which_unit(ticket, labels)
    reply(text, keyboards.units(reply.say, ticket, options), ticket=ticket)


async def _urgent(moment: Moment, who: Speaker, ticket: Ticket, press: Press, reply: Reply) -> None:
    if not await reporting.make_emergency(
        moment, ticket, actor=who.actor, why="cán bộ phản ánh bấm KHẨN CẤP"
    ):
        reply(notices.receipt_text(moment, ticket, reply.say), ticket=ticket)
        return
    reply(_raised(moment, ticket, reply), ticket=ticket)
    if reporting.DANGER.slot not in ticket.answers:
        _ask(moment, ticket, [reporting.DANGER.slot], reply)


async def _photos(moment: Moment, who: Speaker, ticket: Ticket, press: Press, reply: Reply) -> None:
    reply(reply.say.send_photos(ticket), ticket=ticket)


async def _cancel(moment: Moment, who: Speaker, ticket: Ticket, press: Press, reply: Reply) -> None:
    await reporter.cancel(moment, ticket, who)
    reply.state("")
    reopen = Press("reopen", ticket.id or 0, ticket.version)
    reply(reply.say.cancelled(ticket), keyboards.one(reply.say, "reopen", reopen), ticket=ticket)


async def _both(moment: Moment, who: Speaker, ticket: Ticket, press: Press, reply: Reply) -> None:
    if ticket.carded_at is None and not ticket.tentative:
        rule = "cán bộ phản ánh xác nhận là việc riêng"
        await reporting.send(moment, ticket, actor=who.actor, rule=rule)
    verdict = _triage(moment, who, ticket.text)
    _receipt(moment, ticket, verdict, reply)


async def _undo(moment: Moment, who: Speaker, ticket: Ticket, press: Press, reply: Reply) -> None:
    """Take a ticket back into the one it was split from; its words are added there."""
    other_id = int(press.more) if press.more.isdigit() else ticket.linked_id
    if other_id is None:
        return
    other = await access.ticket_for(moment, other_id, who, lock=True)
    access.require_report(other, who)
    await reporter.move_into(moment, ticket, other, who)
    reply.about(other)
    reply.state("")
    reply(reply.say.undone(ticket, other), ticket=other)


RECEIPT: dict[str, Any] = {
    "right": _right,
    "wrong": _wrong,
    "urgent": _urgent,
    "photos": _photos,
    "cancel": _cancel,
    "noticket": _cancel,
    "both": _both,
    "one": _undo,
    "undo": _undo,
}


async def unit_picked(
    _: TelegramObject, moment: Moment, who: Speaker, press: Press, reply: Reply
) -> None:
    """One of the likeliest departments, or another."""
    ticket = await access.ticket_for(moment, press.ticket, who, lock=True)
    access.require_report(ticket, who)
    if ticket.status != Status.NEW or press.seen not in {0, ticket.version}:
        answer_stale(moment, ticket, who, reply)
        return
    if press.more == "other":
        await _assign(moment, who, ticket, moment.rules.pack.coordinator, "", reply)
        return
    options = dict(_options(moment, ticket))
    route = moment.route(press.more)
    lead = options.get(press.more) or (route.lead if route else "")
    if lead:
        await _assign(moment, who, ticket, lead, press.more, reply)


async def unit_typed(
    event: TelegramObject, moment: Moment, who: Speaker, said: Incoming, reply: Reply
) -> None:
    """The name of a department was awaited; anything else goes on as a message."""
    ticket = await _current(moment, reply)
    unit = moment.rules.units.find_unit(said.text)
    if ticket is None or ticket.id is None or ticket.status != Status.NEW:
        reply.state("")
        await something_said(event, moment, who, said, reply)
        return
    if fold(said.text) in {"khac", "other", "khong biet", "khong ro"}:
        unit = moment.rules.pack.coordinator
    if unit is None or moment.rules.units.agency(unit) is None:
        if UNIT_MEANT.match(fold(said.text)):
            reply(reply.say.unit_unknown(), ticket=ticket)
        else:
            await something_said(event, moment, who, said, reply)
        return
    ticket = await access.ticket_for(moment, ticket.id, who, lock=True)
    await _assign(moment, who, ticket, unit, "", reply)


async def _assign(
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
    verdict = _triage(moment, who, ticket.text)
    _ask(moment, ticket, reporting.questions(moment, ticket, verdict), reply)


def routes() -> Router:
    """Presses, then the states that await words, then everything a reporter says."""
    router = Router(name=__name__)
    router.callback_query.register(answer_pressed, Pressed("answer"))
    router.callback_query.register(unit_picked, Pressed("pick"))
    router.callback_query.register(receipt_pressed, Pressed(*RECEIPT))
    reporters = Holds(Role.REPORTER)
    router.message.register(described, reporters, StateFilter(DESCRIBING), F.text)
    router.message.register(unit_typed, reporters, StateFilter(CHOOSING), F.text)
    router.edited_message.register(edited, reporters)
    router.message.register(something_said, reporters)
    return router
