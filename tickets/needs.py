"""Why a ticket waits for the coordinator's decision, and which of them comes first."""

from dataclasses import dataclass
from enum import StrEnum

from province.lookup import Lookup
from storage import decisions
from storage.tickets import URGENCIES, Status, Ticket
from tickets.moment import Moment

BOUNCED = 2
"""After so many reroutes the coordinator decides."""


class Need(StrEnum):
    """What the coordinator has to decide."""

    NOTHING_LIKELY = "nothing_likely"
    UNBOUND = "unbound"
    BOUNCED = "bounced"
    DISAGREED = "disagreed"
    DOUBTED = "doubted"
    TENTATIVE = "tentative"


DISPUTED = frozenset({Need.DISAGREED, Need.DOUBTED})


@dataclass(frozen=True, slots=True)
class Waiting:
    """A ticket that waits for a decision, and why."""

    ticket: Ticket
    needs: tuple[Need, ...]


def needs_of(ticket: Ticket, *, coordinator: str, is_silent: bool, dispute: str) -> list[Need]:
    """What there is to decide about a ticket; `dispute` is the commune's open objection or ''."""
    found = [Need(dispute)] if dispute else []
    if ticket.status != Status.NEW or (ticket.carded_at is None and not found):
        return found
    if ticket.lead == coordinator:
        if len(ticket.former) >= BOUNCED:
            found.append(Need.BOUNCED)
        elif ticket.category == "":
            found.append(Need.NOTHING_LIKELY)
    if is_silent:
        found.append(Need.UNBOUND)
    if ticket.tentative:
        found.append(Need.TENTATIVE)
    return found


def in_order(rows: list[Waiting], units: Lookup) -> list[Waiting]:
    """The most urgent first; within equal urgency area III and the mountains, then the oldest."""

    def rank(row: Waiting) -> tuple[int, bool, int]:
        ticket = row.ticket
        is_near = not units.is_remote(ticket.commune)
        return URGENCIES.index(ticket.urgency), is_near, ticket.id or 0

    return sorted(rows, key=rank)


async def waiting(moment: Moment) -> list[Waiting]:
    """Every ticket that waits for the coordinator, the first to decide first."""
    session, coordinator = moment.session, moment.rules.pack.coordinator
    disputes = await decisions.disputes(session)
    found = await decisions.waiting(session, coordinator, also=list(disputes))
    silent = await decisions.silent(session, sorted({ticket.lead for ticket in found}))
    rows = []
    for ticket in found:
        needs = needs_of(
            ticket,
            coordinator=coordinator,
            is_silent=ticket.lead in silent,
            dispute=disputes.get(ticket.id or 0, ""),
        )
        if needs:
            rows.append(Waiting(ticket, tuple(needs)))
    return in_order(rows, moment.rules.units)


async def stuck(moment: Moment) -> list[Waiting]:
    """What was rerouted too often, and what a commune does not agree with: for the leadership."""
    session, coordinator = moment.session, moment.rules.pack.coordinator
    disputes = await decisions.disputes(session)
    found = await decisions.led_by(session, coordinator, also=list(disputes))
    rows = []
    for ticket in found:
        needs = needs_of(
            ticket,
            coordinator=coordinator,
            is_silent=False,
            dispute=disputes.get(ticket.id or 0, ""),
        )
        if told := tuple(need for need in needs if need in {Need.BOUNCED, Need.DISAGREED}):
            rows.append(Waiting(ticket, told))
    return in_order(rows, moment.rules.units)


async def needs_now(moment: Moment, ticket: Ticket) -> tuple[Need, ...]:
    """What there is to decide about one ticket."""
    disputes = await decisions.disputes(moment.session, [ticket.id or 0])
    dispute = disputes.get(ticket.id or 0, "")
    silent = await decisions.silent(moment.session, [ticket.lead])
    coordinator = moment.rules.pack.coordinator
    is_silent = ticket.lead in silent
    return tuple(needs_of(ticket, coordinator=coordinator, is_silent=is_silent, dispute=dispute))
