"""Words that one person was asked for in one chat: which act they finish, and for how long."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from aiogram.types import TelegramObject

from handlers.reading import replied_to, triage_of
from handlers.reply import Reply
from province.text import fold
from storage.conversations import Conversation
from storage.people import Role, Speaker
from storage.tickets import Ticket
from tickets import matters, replies
from tickets.acts.reporting import PRESSING
from tickets.incoming import Incoming
from tickets.moment import Moment

AWAITING = "awaiting"
"""The state of a chat in which somebody was asked for words."""
WAITS = timedelta(hours=1)
"""After that what is said is taken for something else."""
OPTIONAL = frozenset({"cancel_why", "rate_why"})
"""Words that may be left out: the act is done already."""
REASON = re.compile(
    r"\b(?:nham|trung(?! tam)|xong|tu (?:xu ly|lam|sua|khac phuc|lo)|khong can|ko can|k can|thoi"
    r"|lap lai|tin don|tin gia|da (?:mua|thay|cap|nhan|muon|bo tri|co"
    r"|duoc|sua|lam|khac phuc|xu ly|het)|gui thu|thu thoi)\b"
)
"""Words that tell why something is not wanted any more."""
TAKEN_BACK = frozenset(
    {"huy", "thoi", "nham", "a nham", "bam nham", "chua", "chua xong", "bo qua", "khong", "cancel"}
)
"""Answers that take the press back."""


@dataclass(frozen=True, slots=True)
class Awaited:
    """What the words that come will finish: an act on a ticket, in the version seen."""

    act: str
    ticket: int
    seen: int
    more: str = ""


def wait_for(reply: Reply, act: str, ticket: Ticket, *, more: str = "") -> None:
    """Remember that the next words of this person here finish `act`; others' stay awaited."""
    assert reply.who.person is not None
    asked = {
        "act": act,
        "ticket": ticket.id,
        "seen": ticket.version,
        "more": more,
        "at": reply.moment.now.isoformat(),
    }
    reply.about(ticket)
    reply.state(AWAITING, awaited={**_all(reply), str(reply.who.person.id): asked})


def take(reply: Reply) -> None:
    """The words have come: nothing is awaited of this person any more."""
    assert reply.who.person is not None
    others = {who: asked for who, asked in _all(reply).items() if who != str(reply.who.person.id)}
    reply.state(AWAITING if others else "", **({"awaited": others} if others else {}))


def _all(reply: Reply) -> dict[str, Any]:
    return dict(reply.chat.draft.get("awaited", {})) if reply.chat.state == AWAITING else {}


def act_awaited(reply: Reply, ticket: Ticket) -> str:
    """The act on a ticket for which this person's words are awaited here; '' when none is."""
    person = reply.who.person
    asked = _all(reply).get(str(person.id)) if person else None
    if asked is None or asked["ticket"] != ticket.id:
        return ""
    return asked["act"] if reply.moment.now - datetime.fromisoformat(asked["at"]) <= WAITS else ""


async def awaited(
    event: TelegramObject, moment: Moment, who: Speaker, said: Incoming, reply: Reply
) -> dict[str, Awaited] | bool:
    """Whether these words were asked of this very person; in a group, when they are a reply."""
    asked = _all(reply).get(str(who.person.id)) if who.person else None
    if asked is None or not (said.text or said.attachments) or said.text.startswith("/"):
        return False
    at = datetime.fromisoformat(asked["at"])
    if moment.now - at > WAITS or said.precedes(at):
        return False
    if asked["act"] in OPTIONAL and _goes_elsewhere(moment, who, said):
        take(reply)
        return False
    if said.is_group and await replied_to(moment, said, reply) != int(asked["ticket"]):
        return False
    return {"awaited": Awaited(asked["act"], asked["ticket"], asked["seen"], asked["more"])}


def is_skipped(said: Incoming) -> bool:
    """Whether words that may be left out are: "bỏ qua", "thôi"."""
    return not said.text or fold(said.text).strip(" .!") in replies.SKIP


def is_optional(chat: Conversation, who: Speaker) -> bool:
    """Whether what is awaited of this person was only asked after the act was done."""
    asked = chat.draft.get("awaited", {}).get(str(who.person.id)) if who.person else None
    return asked is not None and asked["act"] in OPTIONAL


def _goes_elsewhere(moment: Moment, who: Speaker, said: Incoming) -> bool:
    """Whether words are no reason: danger, a surely told matter, a question, thanks, a photo.

    Nobody has to answer such a question, so a report must never vanish in it.
    """
    if said.attachments or said.lat is not None:
        return True
    if not who.holds(Role.REPORTER):
        return False
    verdict = triage_of(moment, who, said.text)
    if verdict.ask_danger or (verdict.urgency in PRESSING and verdict.urgency_why):
        return True
    if verdict.kind == "not_a_report":
        return verdict.small_talk in {"thanks", "greeting"}
    if REASON.search(fold(said.text)):
        return False
    is_told = len(said.text.split()) >= matters.ENOUGH_WORDS
    is_sure = verdict.kind == "report" and verdict.certainty == "sure"
    return verdict.kind == "status_question" or (is_told and is_sure)


def is_taken_back(said: Incoming) -> bool:
    """Whether somebody thinks better of it: "thôi", "bấm nhầm"."""
    return not said.attachments and fold(said.text).strip(" .!") in TAKEN_BACK
