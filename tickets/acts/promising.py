"""By when a ticket is acknowledged, answered and resolved: set, and hastened by a storm."""

from datetime import datetime

from storage import storms, tickets
from storage.storms import Storm
from storage.tickets import Status, Ticket
from tickets import notices
from tickets.deadlines import LEVELS, Deadlines, deadlines, promise_of
from tickets.moment import Moment
from tickets.moves import changed


async def promise(moment: Moment, ticket: Ticket) -> None:
    """Set the deadlines of the ticket's urgency, counted from now; shorter ones in a storm.

    What a storm hastens is hastened as long as the storm is on.
    """
    if ticket.storm_id is not None and not await storms.is_on(moment.session, ticket.storm_id):
        ticket.storm_id = None
    due = _deadlines(moment, ticket)
    ticket.acknowledge_by, ticket.answer_by, ticket.result_by = (
        due.acknowledge,
        due.answer,
        due.result,
    )
    if ticket.waiting_since is not None:
        ticket.waiting_since = moment.now  # what passed before is in none of these deadlines
    if ticket.id is not None:
        await hastened(moment, ticket)


def _deadlines(moment: Moment, ticket: Ticket) -> Deadlines:
    return deadlines(
        LEVELS[ticket.urgency],
        moment.now,
        moment.rules.pack.policies,
        moment.rules.calendar_of(ticket.lead),
        in_storm=ticket.storm_id is not None,
    )


def is_hastened(moment: Moment, urgency: str) -> bool:
    """Whether the pack has shorter deadlines for an urgency level in a storm."""
    return LEVELS[urgency] in moment.rules.pack.policies.storm.deadlines


async def hastened(moment: Moment, ticket: Ticket, *, actor: str = "clock") -> None:
    """Note in the ticket's history by which storm its deadlines are shorter, and what they are."""
    if ticket.storm_id is None or not is_hastened(moment, ticket.urgency):
        return
    storm = await moment.session.get(Storm, ticket.storm_id)
    if storm is None or storm.since is None:
        return
    promised = promise_of(moment.rules.pack.policies, LEVELS[ticket.urgency], in_storm=True)
    rule = notices.texts(moment).rule_storm(storm, ticket, promised, moment.rules.version)
    tickets.log(
        moment.session, ticket, "hastened", at=moment.now, actor=actor, rule=rule, storm=storm.id
    )


async def hasten(moment: Moment, ticket: Ticket, storm: Storm, *, actor: str) -> bool:
    """Let a ticket that was there before a storm run by its deadlines; never by later ones.

    What is done already keeps the deadline that it had. False when the storm changes nothing.
    """
    if not is_hastened(moment, ticket.urgency):
        return False
    ticket.storm_id = storm.id
    due = _deadlines(moment, ticket)
    if ticket.status == Status.NEW:
        ticket.acknowledge_by = _earlier(ticket.acknowledge_by, due.acknowledge)
    if ticket.answered_at is None:
        ticket.answer_by = _earlier(ticket.answer_by, due.answer)
    ticket.result_by = _earlier(ticket.result_by, due.result)
    changed(ticket)
    await hastened(moment, ticket, actor=actor)
    await notices.refresh_cards(moment, ticket)
    await notices.refresh_receipt(moment, ticket)
    return True


def _earlier(had: datetime | None, due: datetime) -> datetime:
    return min(had, due) if had is not None else due
