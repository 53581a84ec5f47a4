"""The ticket that a desk means by its commune: "báo xã Chiêu Lưu là…", "phiếu Con Cuông thì…"."""

import re

from province.lookup import Lookup
from province.text import fold
from storage import queues
from storage.people import Speaker
from storage.queues import Scope, Wanted
from storage.tickets import Ticket
from tickets import access, queue
from tickets.moment import Moment

LONGEST_NAME = 4
_WORD = re.compile(r"[^\W_]+")
_JOINS = re.compile(r"^[\s,:\-–]*(?:(?:là|rằng|xem|la|rang)\b\s*)?", re.IGNORECASE)
_KINDS = frozenset({"xa", "phuong"})


def communes_in(text: str, units: Lookup) -> tuple[str, ...]:
    """The communes that a text names: names of two words or more, shorter ones after "xã"."""
    words = [found.group() for found in _WORD.finditer(fold(text))]
    named = [
        units.find_unit(" ".join(words[begin:end]))
        for begin in range(len(words))
        for end in range(begin + 1, min(begin + LONGEST_NAME, len(words)) + 1)
        if end - begin > 1 or words[max(begin - 1, 0)] in _KINDS
    ]
    return tuple(dict.fromkeys(code for code in named if code and units.commune(code)))


def without_commune(text: str, units: Lookup) -> str:
    """Words for a commune without its name before them: "Con Cuông là cấm xe" is "cấm xe"."""
    words = [*_WORD.finditer(text)][:LONGEST_NAME]
    for last in reversed(words):
        code = units.find_unit(text[: last.end()])
        if code and units.commune(code):
            return _JOINS.sub("", text[last.end() :], count=1) or text
    return text


async def tickets_of_communes(moment: Moment, who: Speaker, text: str) -> list[Ticket]:
    """The open tickets that the person's departments lead, of the one commune that a text names.

    Two at most, as more than one means none; none where no commune or several are named.
    """
    communes = communes_in(text, moment.rules.units)
    units = who.units(*access.DESK)
    if len(communes) != 1 or not units:
        return []
    scope, wanted = Scope(leads=frozenset(units)), Wanted(communes=communes)
    remote = queue.remote(moment.rules.pack)
    page = await queues.queue(moment.session, scope, wanted, moment.now, remote, 0, 2)
    return list(page.tickets)


async def meant_by_commune(
    moment: Moment, who: Speaker, text: str, ticket_id: int | None
) -> int | None:
    """`ticket_id`, or the ticket of another commune that a text names; None if it has several."""
    found = await tickets_of_communes(moment, who, text)
    if not found or ticket_id in {ticket.id for ticket in found}:
        return ticket_id
    return found[0].id if len(found) == 1 else None
