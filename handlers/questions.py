"""At most three short questions after a report, each skippable, safety first."""

from aiogram import Router
from aiogram.types import TelegramObject

from handlers.choosing import UNIT, ask_unit
from handlers.filters import Pressed
from handlers.following import answer_stale
from handlers.merging import shared_of, tell_gathered
from handlers.reading import current_ticket, home_of, open_question
from handlers.reply import Reply
from province.pack import Question
from storage.conversations import ASKING
from storage.people import Speaker
from storage.tickets import OPEN, Status, Ticket
from tickets import access, notices, replies, turns
from tickets.acts import prompting, reporter, reporting
from tickets.buttons import Press
from tickets.choices import choices_of
from tickets.incoming import Incoming
from tickets.moment import Moment
from tickets.storms import questions_for
from triage import answer_to
from triage.verdict import Verdict

DANGER = reporting.DANGER.slot
AGAIN = "again"
"""In a chat's draft: its safety question was put a second time."""


def ask(
    moment: Moment,
    ticket: Ticket,
    slots: list[str],
    reply: Reply,
    *,
    before: str = "",
    noted: str = "",
) -> None:
    """Ask about the first slot; `before` is a receipt that the question ends."""
    if slots[:1] == [UNIT]:
        if noted:
            reply(reply.say.questions_done(ticket, noted), ticket=ticket)
        if ticket.tentative and ticket.status == Status.NEW:
            ask_unit(moment, ticket, reply)
        return
    question = None
    if slots:
        question = reporting.question_of(moment, ticket, slots[0], reply.say.ask_danger())
    if question is None:
        if before or noted:
            reply(before or reply.say.questions_done(ticket, noted), ticket=ticket)
        return
    buttons = choices_of(reply.say, ticket, question)
    held = {notices.IN_RECEIPT: {"ask": question.ask, "buttons": buttons}} if before else {}
    reply.state(ASKING, ticket=ticket.id, slots=slots, **held)
    asks_danger = bool(question.danger)
    text = reply.say.question(question.ask, noted=noted, danger_first=asks_danger)
    reply(
        f"{before}\n{question.ask}" if before else text,
        buttons,
        ticket=ticket,
        numbered=question.kind not in {"count", "time"},
        key=notices.receipt_key(ticket) if before else None,
    )


def safety_known(moment: Moment, ticket: Ticket) -> bool:
    """Whether somebody has answered already that nobody is in danger, or that somebody is."""
    questions = questions_for(moment, ticket)
    asked = {DANGER, *(question.slot for question in questions if question.danger)}
    return not asked.isdisjoint(ticket.answers)


async def answered(
    moment: Moment, who: Speaker, said: Incoming, verdict: Verdict, ticket_id: int, reply: Reply
) -> bool:
    """A typed answer to the open question, False if none is; what it tells is not asked again."""
    ticket = await access.ticket_for(moment, ticket_id, who, lock=True)
    question = open_question(moment, ticket, reply)
    if question is None:
        return False
    in_danger = verdict.urgency == "emergency" and verdict.urgency_why != ""
    if question.kind == "yes_no" and turns.corrects(said.text) and not in_danger:
        return False
    found = answer_to(question, said.text, moment.rules.pack, home=home_of(who))
    if replies.is_beside_question(question, said.text, found=found):
        return False
    if (question.danger or question.kind != "yes_no") and turns.is_over(said.text):
        return False
    given = replies.read_answer(question, said.text, found=found, alarming=in_danger)
    if said.attachments or said.lat is not None:
        files = await reporting.keep_files(moment, who, said.attachments)
        await reporter.add(moment, ticket, who, files=files, lat=said.lat, lon=said.lon)
    is_unclear = given not in {"yes", "no", "skip"}
    if is_unclear and not in_danger and _is_left_open(ticket, question, said.text, reply):
        return False
    told = verdict.slots if given not in {"yes", "no", "skip"} else {}
    in_doubt = in_danger or (verdict.ask_danger and not safety_known(moment, ticket))
    if in_doubt and is_unclear and question.slot != DANGER and ticket.urgency != "emergency":
        slots = reply.chat.draft.get("slots", [])
        reply.chat.draft = {**reply.chat.draft, "slots": [*slots[:1], DANGER, *slots[1:]]}
    await _take(moment, who, ticket, question, given, reply, told=told, words=said.text)
    return True


def _is_left_open(ticket: Ticket, question: Question, words: str, reply: Reply) -> bool:
    """Whether unclear words leave a question open: one asked back, or the first beside safety.

    Only yes, no and "chưa rõ" say whether somebody is in danger; a village's name does not. The
    question that every matter has was asked in doubt, and is not insisted on.
    """
    if turns.asks_back(words) and question.kind != "place":
        return True
    is_safety = question.kind == "yes_no" and bool(question.danger) and question.slot != DANGER
    return is_safety and ticket.urgency != "emergency" and AGAIN not in reply.chat.draft


def put_again(moment: Moment, ticket: Ticket, reply: Reply) -> None:
    """Ask the open safety question once more, and only once."""
    if AGAIN in reply.chat.draft:
        return
    ask(moment, ticket, list(reply.chat.draft["slots"]), reply)
    reply.chat.draft = {**reply.chat.draft, AGAIN: True}


async def asked_again(
    moment: Moment, question: Question | None, words: str, verdict: Verdict, reply: Reply
) -> bool:
    """Ask once more where a bare number, or noise, is none of the choices; False for the rest.

    A safety question that a slip of the thumb answered would never be asked again.
    """
    given = words.strip(" .)")
    is_number = given.isdecimal()
    is_choice = question is not None and question.kind in {"yes_no", "choice"}
    ticket = await current_ticket(moment, reply)
    if question is None or ticket is None or not is_choice:
        return False
    if not is_number and verdict.small_talk != "noise":
        return False
    if replies.read_answer(question, given) != given:
        return False
    reply(reply.say.no_such_choice(given[:6] if is_number else ""), ticket=ticket)
    ask(moment, ticket, list(reply.chat.draft.get("slots", [])), reply)
    return True


async def answer_pressed(
    _: TelegramObject, moment: Moment, who: Speaker, press: Press, reply: Reply
) -> None:
    """A pressed answer; one to a question that is closed is told so, unless it means danger."""
    ticket = await access.ticket_for(moment, press.ticket, who, lock=True)
    access.require_report(ticket, who)
    slot, _dot, given = press.more.partition(".")
    question = reporting.question_of(moment, ticket, slot, reply.say.ask_danger())
    asked = open_question(moment, ticket, reply)
    if question is None or Status(ticket.status) not in OPEN:
        answer_stale(moment, ticket, who, reply)
        return
    if question.choices and given.isdigit() and int(given) < len(question.choices):
        given = question.choices[int(given)]
    is_open = asked is not None and asked.slot == slot
    if not is_open and not (replies.is_danger(question, given) and ticket.urgency != "emergency"):
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
    words: str = "",
) -> None:
    """Note an answer, then ask on; an answer that means danger puts the numbers first.

    `words` are what was typed: they reach the desk whatever they were read as.
    """
    reply.about(ticket)
    draft = reply.chat.draft if reply.chat.draft.get("ticket") == ticket.id else {}
    slots = [slot for slot in draft.get("slots", []) if slot != question.slot]
    slots = [slot for slot in slots if slot not in (told or {})]
    was_in_receipt = notices.IN_RECEIPT in draft
    reply.state("")
    shown = {"yes": reply.say.label("yes"), "no": reply.say.label("no")}.get(given, given)
    if len(words.split()) > 1 and given != "skip":
        shown = words.strip()
    became_emergency = False
    if given != "skip":
        became_emergency = await reporter.answer(moment, ticket, who, question, given, shown)
    else:
        await prompting.left_alone(moment, ticket)
    if was_in_receipt:
        await notices.refresh_receipt(moment, ticket)
    if replies.is_danger(question, given):
        await _danger(moment, ticket, reply, became_emergency=became_emergency)
        shown = ""
    if (shared := await shared_of(moment, ticket)) is not None:
        await tell_gathered(moment, ticket, shared, reply)
        return
    noted = shown if given != "skip" else ""
    if slots:
        ask(moment, ticket, slots, reply, noted=noted)
    elif noted or given == "skip":
        reply(reply.say.questions_done(ticket, noted), ticket=ticket)


async def _danger(moment: Moment, ticket: Ticket, reply: Reply, *, became_emergency: bool) -> None:
    if became_emergency:
        reply(raised_text(moment, ticket, reply), ticket=ticket)
    reply(reply.say.call_now(), ticket=ticket)


def raised_text(moment: Moment, ticket: Ticket, reply: Reply) -> str:
    return reply.say.raised(
        ticket,
        now=moment.now,
        proposed=notices.is_proposed(moment),
        duty=notices.duty_number(moment, ticket.lead),
    )


def add_routes(router: Router) -> None:
    """Pressed answers; typed ones are found by handlers.reporting."""
    router.callback_query.register(answer_pressed, Pressed("answer"))
