"""One failure of many communes and one need of neighbours in a made-up life, and what they cost."""

import random
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from datetime import datetime, timedelta
from typing import Any
from unittest.mock import patch

from bot.life.ledger import Books
from bot.life.matters import Report
from bot.life.members import Member
from province.lookup import Lookup
from storage.outbox import Kind
from storage.tickets import Ticket, TicketEvent
from tickets.acts import clusters, outages
from tickets.clusters import nearness

OUTAGE_COMMUNES, NEED_COMMUNES = 60, 5
BEGINS = timedelta(hours=8, minutes=20)
"""After midnight: offices have been open for a while."""
WITHIN = timedelta(minutes=100)
"""In which all communes have told of the failure."""
FAILS = (
    "iOffice từ sáng không đăng nhập được, báo lỗi máy chủ",
    "ioffice k vao dc tu sang, bao loi 502",
    "Hệ thống iOffice bị treo, không gửi được văn bản",
    "phần mềm iOffice không mở được văn bản đến, báo lỗi",
)
NEEDS = (
    "Xã xin cấp một máy xúc để hót đất sạt trên đường liên bản",
    "xa de nghi ho tro 01 may xuc don dat da sat lo duong ban",
    "Đề nghị tỉnh cấp máy xúc cho xã để khắc phục sạt lở các tuyến đường bản",
)
DESK_ACTS = frozenset(
    {
        "acknowledged", "updated", "promised", "planned", "information_requested", "resolved",
        "rerouted", "assigned", "awaiting_guidance",
    }
)  # fmt: skip
"""Events that somebody at a department made by a press or words of their own."""


def shared_matters(
    reporters: Sequence[Member], units: Lookup, start: datetime, days: int, chance: random.Random
) -> list[Report]:
    """What communes report alike: the failure on one morning, the need over some weeks.

    The communes of the need are neighbours; fewer where fewer live. Each text ends with the name of
    its commune, so that its ticket is known again.
    """
    by_unit = {member.unit: member for member in reporters}
    begun = start + timedelta(days=max(0, days // 3)) + BEGINS
    found = []
    for member in chance.sample(list(reporters), min(OUTAGE_COMMUNES, len(reporters))):
        at = begun + WITHIN * chance.random()
        found.append(Report(at, member, _named(chance.choice(FAILS), member)))
    for member in _neighbours(by_unit, units)[:NEED_COMMUNES]:
        at = start + timedelta(days=days * 0.6 * chance.random(), hours=8, minutes=30)
        found.append(Report(at, member, _named(chance.choice(NEEDS), member)))
    return found


def _named(text: str, member: Member) -> str:
    return f"{text} ({member.name})"


def _neighbours(by_unit: dict[str, Member], units: Lookup) -> list[Member]:
    """The largest part of the mountains, or of the province, whose communes are near each other."""
    remote = [code for code in by_unit if units.is_remote(code)] or list(by_unit)
    part = max(nearness(units).parts(remote), key=len)
    return [by_unit[code] for code in part]


@contextmanager
def unshared(*, is_off: bool) -> Iterator[None]:
    """Run without shared outages and need clusters where they are off, to compare."""
    with ExitStack() as stack:
        if is_off:
            stack.enter_context(patch.object(outages, "propose", _nothing))
            stack.enter_context(patch.object(outages, "gather", _nothing))
            stack.enter_context(patch.object(clusters, "consider", _nothing))
            stack.enter_context(patch.object(clusters, "review", _nothing))
        yield


async def _nothing(*_: Any, **__: Any) -> bool:
    return False


def cost(books: Books, reports: Sequence[Report]) -> dict[str, dict[str, int]]:
    """What the failure and the need took: acts of desks, messages to desks and to communes."""
    texts = {report.text for report in reports}
    outage = {text for text in texts if text.startswith(FAILS)}
    return {
        "outage": _cost(books, [t for t in books.tickets if t.text in outage]),
        "need": _cost(books, [t for t in books.tickets if t.text in texts - outage]),
    }


def _cost(books: Books, own: Sequence[Ticket]) -> dict[str, int]:
    carriers = {ticket.merged_id for ticket in own if ticket.merged_id is not None}
    ids = {ticket.id for ticket in own} | carriers
    made = [ticket for ticket in books.tickets if ticket.id in carriers and ticket.shared]
    events = [event for number in ids for event in books.events.get(number or 0, [])]
    # One press may note two things of a ticket: what makes a shared one takes it as well.
    acts = {
        (event.ticket_id, event.at, event.actor)
        for event in events
        if event.actor.startswith("person") and _is_act(event, {ticket.id for ticket in made})
    }
    presses = {event.at for event in events if event.kind == "clustered"}
    told = [notice for notice in books.notices if notice.ticket_id in ids]
    said = [notice for notice in told if notice.kind not in {Kind.EDIT, Kind.ANSWER}]
    people = {ticket.reporter_id for ticket in own}
    return {
        "communes": len({ticket.commune for ticket in own}),
        "tickets_at_work": sum(ticket.merged_id is None for ticket in own) + len(made),
        "desk_acts": len(acts) + len(presses),
        "messages_to_desks": sum(notice.desk is not None for notice in said),
        "messages_to_communes": sum(notice.person_id in people for notice in said),
    }


def _is_act(event: TicketEvent, made: set[int | None]) -> bool:
    """Whether a desk did it; a shared ticket was opened by its press, all others by a commune."""
    is_made = event.kind == "opened" and event.ticket_id in made
    return is_made or event.kind in DESK_ACTS
