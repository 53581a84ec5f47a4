"""Words that need no ticket: greetings, thanks, questions about tickets, doubtful talk."""

import re
from dataclasses import replace
from datetime import datetime, timedelta

from aiogram import Router
from aiogram.types import TelegramObject

from handlers import keyboards
from handlers.filters import Pressed
from handlers.following import show
from handlers.lists import list_asked
from handlers.reading import OFFERED, triage_of, triage_of_report
from handlers.receipts import receipt
from handlers.reply import Reply
from province.pack import Question
from province.text import fold
from storage import queues
from storage.linking import read_code
from storage.people import Role, Speaker
from tickets import access, matters, replies, turns
from tickets.acts import chairing, reporting
from tickets.acts.reporting import Report
from tickets.buttons import Press
from tickets.incoming import Incoming
from tickets.matters import Situation
from tickets.moment import Moment
from triage.verdict import Verdict

NODS = re.compile(
    r"(?:(?:ok|oke|okie|vang|da|u|uh|um|uhm|duoc|dc|roi|r|the|nhe|nha|a|em|anh|chi|biet|ro|tot|lam"
    r"|hieu|dung|cho|nghe|haha|hi|ha)\W*)+"
)
"""Words that only say that one has heard, folded."""
TALK = frozenset({"greeting", "thanks", "spam", "other"})


PLAUSIBLE = 0.15
"""The chance of a matter from which words that ask nothing are told for its sake."""


def verdict_on(moment: Moment, who: Speaker, words: str) -> Verdict:
    """What triage says, but for what sounds like a question about a ticket and asks nothing.

    "Hai máy scan hỏng, đợt trước báo rồi": it may be the first that this line hears of it.
    """
    verdict = triage_of(moment, who, words)
    if verdict.certainty != "sure" or verdict.kind == "not_a_report":
        if turns.asks_on(words):
            return replace(verdict, kind="status_question")
    if verdict.kind != "status_question" or turns.may_ask_on(words):
        return verdict
    told = triage_of_report(moment, who, words)
    is_plausible = any(guess.confidence >= PLAUSIBLE for guess in verdict.alternatives)
    return told if is_plausible else verdict


async def needs_no_ticket(
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
    is_about_one = situation.replied_to is not None or situation.named is not None
    if verdict.kind == "status_question" and not is_about_one:
        return await _status_asked(event, moment, who, said, situation, reply)
    if route and route.handling == "redirect" and verdict.certainty == "sure":
        reply(reply.say.redirect())
        return True
    if verdict.kind != "not_a_report" or situation.begins_new or verdict.ask_danger:
        return False
    if situation.asked is not None and not _says_nothing(situation.asked, said.text, verdict):
        return False
    if situation.current is not None and turns.is_over(said.text):
        return False
    if situation.is_current_emergency and _is_recent(situation) and _may_tell(said, verdict):
        return False
    is_awaited = situation.is_awaited and verdict.small_talk in {"", "other"}
    if is_awaited or ((is_about_one or _is_recent(situation)) and verdict.small_talk not in TALK):
        return False
    return _talk(said, verdict, reply)


def _says_nothing(asked: Question, text: str, verdict: Verdict) -> bool:
    """Whether small talk leaves the open question open: "ok em" is no answer, "dạ có" is one."""
    if verdict.small_talk == "other":
        is_read = replies.read_answer(asked, text) != text.strip()
        return asked.kind in {"yes_no", "choice"} and not is_read
    return verdict.small_talk in TALK


def _may_tell(said: Incoming, verdict: Verdict) -> bool:
    """Whether what elsewhere is small talk may tell of an emergency: "tối quá", no mere "vâng"."""
    return verdict.small_talk == "other" and not NODS.fullmatch(fold(said.text).strip(" .!,"))


def _is_recent(situation: Situation) -> bool:
    within = matters.AFTER_ALARM if situation.is_current_emergency else matters.RECENT
    return situation.current is not None and situation.minutes <= within


async def _status_asked(
    event: TelegramObject,
    moment: Moment,
    who: Speaker,
    said: Incoming,
    situation: Situation,
    reply: Reply,
) -> bool:
    """Show the tickets; False for words that answer or go on, and only sound like a question."""
    is_talking = situation.asked is not None or _is_recent(situation)
    if is_talking and not turns.may_ask_on(said.text):
        return False
    if situation.is_current_emergency and situation.current is not None and is_talking:
        await show(moment, await access.ticket_for(moment, situation.current, who), who, reply)
        return True
    if (await queues.of_office(moment.session, sorted(who.units(Role.REPORTER)), 0, 1)).total:
        await list_asked(event, moment, who, said, reply)
    else:
        _offer(said, reply)
    return True


def _talk(said: Incoming, verdict: Verdict, reply: Reply) -> bool:
    """A short answer; words that may have been a report after all can still become one."""
    say = reply.say
    polite = {"greeting": say.hello, "thanks": say.thanks, "other": say.thanks}
    if turns.leads_in(said.text):
        reply(say.go_on())
    elif verdict.small_talk in TALK:
        reply(polite.get(verdict.small_talk, say.not_a_report)())
    else:
        _offer(said, reply)
    return True


def _offer(said: Incoming, reply: Reply) -> None:
    """Words that may be a report after all are kept, with those before them, for one tap."""
    moment = reply.moment
    text = f"{kept_words(moment, reply)}\n{said.text}".strip()
    reply.state(OFFERED, text=text, at=moment.now.isoformat())
    say = reply.say.not_a_report if read_code(said.text) is None else reply.say.code_known_here
    reply(say(), keyboards.one(reply.say, "open", Press("open")))


def kept_words(moment: Moment, reply: Reply) -> str:
    """Doubtful words of the last half hour: what is told next says what they were about."""
    draft = reply.chat.draft
    if reply.chat.state != OFFERED or draft.get("is_added"):
        return ""
    age = moment.now - datetime.fromisoformat(str(draft.get("at", moment.now.isoformat())))
    return str(draft.get("text", "")) if age <= timedelta(minutes=matters.RECENT) else ""


async def open_pressed(
    _: TelegramObject, moment: Moment, who: Speaker, said: Incoming, reply: Reply
) -> None:
    """Words that triage took for no report are one: they become a ticket."""
    text = str(reply.chat.draft.get("text", "")) if reply.chat.state == OFFERED else ""
    if not text or not who.holds(Role.REPORTER):
        reply(reply.say.hello())
        return
    reply.state("")
    verdict = triage_of(moment, who, text)
    if verdict.kind != "report":
        verdict = triage_of_report(moment, who, text)
    report = Report(text, said.sent_at, receipt=said.receipt)
    ticket = await reporting.open_ticket(moment, who, report, verdict)
    reply.about(ticket)
    await chairing.show(moment, ticket)
    receipt(moment, ticket, verdict, reply)


def add_routes(router: Router) -> None:
    """The one tap that makes a ticket of doubtful talk; what is said comes by reporting."""
    router.callback_query.register(open_pressed, Pressed("open"))
