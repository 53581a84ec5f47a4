"""Words that one person was asked for in one chat: which act they finish, and for how long."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from aiogram.types import TelegramObject

from handlers.reading import replied_to
from handlers.reply import Reply
from province.text import fold
from storage.people import Speaker
from storage.tickets import Ticket
from tickets.incoming import Incoming
from tickets.moment import Moment

AWAITING = "awaiting"
"""The state of a chat in which somebody was asked for words."""
WAITS = timedelta(hours=1)
"""After that what is said is taken for something else."""
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


async def awaited(
    event: TelegramObject, moment: Moment, who: Speaker, said: Incoming, reply: Reply
) -> dict[str, Awaited] | bool:
    """Whether these words were asked of this very person; in a group, when they are a reply."""
    asked = _all(reply).get(str(who.person.id)) if who.person else None
    if asked is None or not (said.text or said.attachments) or said.text.startswith("/"):
        return False
    if moment.now - datetime.fromisoformat(asked["at"]) > WAITS:
        return False
    if said.is_group and await replied_to(moment, said, reply) != int(asked["ticket"]):
        return False
    return {"awaited": Awaited(asked["act"], asked["ticket"], asked["seen"], asked["more"])}


def is_taken_back(said: Incoming) -> bool:
    """Whether somebody thinks better of it: "thôi", "bấm nhầm"."""
    return not said.attachments and fold(said.text).strip(" .!") in TAKEN_BACK
