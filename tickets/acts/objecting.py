"""Communes for which a shared result is none: the desk has them as one matter again."""

from collections.abc import Sequence

from storage import outages, tickets
from storage.outbox import Kind, cancel
from storage.people import Speaker
from storage.tickets import Outcome, Status, Ticket
from tickets import moves, notices
from tickets.acts import merging
from tickets.acts.outages import end, join, open_shared, tell_members
from tickets.moment import Moment

UNASKED = frozenset({Status.NEW, Status.ACKNOWLEDGED, Status.IN_PROGRESS})
"""How a report stands that may go on with others: its commune is not asked anything just now."""


async def object_to(
    moment: Moment, ticket: Ticket, shared_id: int, who: Speaker, *, seen: int = 0
) -> Ticket | None:
    """A commune says that the result of the shared ticket is none for it; or Stale.

    The first one's report goes its own way. With the second one both go on in a shared ticket of
    those for whom it is not done, which comes back and which whoever says so later joins.
    """
    before = await outages.objectors(moment.session, shared_id)
    locked = await merging.lock(moment, ticket.id or 0, shared_id, *before)
    own, shared = locked[ticket.id or 0], locked.get(shared_id)
    if shared is None or own.outcome != Outcome.MERGED or own.merged_id != shared_id:
        raise moves.Stale
    others = [row for number in before if _goes_along(row := locked[number], shared)]
    rest = next((row for row in others if row.shared), None)
    if not others:
        await merging.unmerge(moment, own, shared, who, seen=seen)
        own.linked_id = shared.id
        tickets.log(moment.session, own, "linked", at=moment.now, actor=who.actor, to=shared.code)
        return None
    await _leave(moment, own, shared, who, seen)
    if rest is None:
        rest = await _begin(moment, shared, others)
        await _take_in(moment, rest, others, who)
    await _take_in(moment, rest, [own], who)
    await notices.refresh_cards(moment, rest)
    await end(moment, shared)
    await notices.refresh_cards(moment, shared)
    return rest


def _goes_along(row: Ticket, shared: Ticket) -> bool:
    is_rest = row.shared and Status(row.status) in moves.ALIVE
    is_alone = not row.shared and row.status in UNASKED and row.urgency != "emergency"
    return row.linked_id == shared.id and (is_rest or is_alone)


async def _leave(moment: Moment, ticket: Ticket, shared: Ticket, who: Speaker, seen: int) -> None:
    moves.make(ticket, "unmerge", now=moment.now, seen=seen)
    _log(moment, ticket, "unmerged", who, out_of=shared.code)
    shared.files -= ticket.files
    _log(moment, shared, "parted", who, merged=ticket.code)


async def _begin(moment: Moment, shared: Ticket, others: Sequence[Ticket]) -> Ticket:
    """The shared ticket of those for whom it is not done; taken already where one of them was."""
    rule = notices.texts(moment).rule_objected(shared.code)
    rest = await open_shared(
        moment, others, person=shared.reporter_id, contact=shared.contact_id, actor="triage",
        rule=rule,
    )  # fmt: skip
    rest.linked_id = shared.id
    _log_rule(moment, rest, "linked", rule, to=shared.code)
    if any(row.acknowledged_at for row in others):
        moves.make(rest, "acknowledge", now=moment.now)
        rest.assignee_id = next(row.assignee_id for row in others if row.acknowledged_at)
        _log_rule(moment, rest, "acknowledged", rule)
    await notices.post_cards(moment, rest)
    return rest


async def _take_in(moment: Moment, rest: Ticket, members: Sequence[Ticket], who: Speaker) -> None:
    rule = notices.texts(moment).rule_objected(rest.code)
    for ticket in members:
        await join(moment, ticket, rest, "triage", rule)
        await cancel(moment.session, ticket.id or 0, Kind.REMINDER, moment.now)
        await notices.refresh_cards(moment, ticket)
        await notices.refresh_receipt(moment, ticket)
    await moment.session.flush()
    doing = who.person.id if who.person else None
    await tell_members(moment, [row for row in members if row.reporter_id != doing], rest)


def _log(moment: Moment, ticket: Ticket, kind: str, who: Speaker, **inputs: object) -> None:
    tickets.log(moment.session, ticket, kind, at=moment.now, actor=who.actor, **inputs)  # type: ignore[arg-type]  # inputs are JSON values


def _log_rule(moment: Moment, ticket: Ticket, kind: str, rule: str, **inputs: object) -> None:
    session, now = moment.session, moment.now
    tickets.log(session, ticket, kind, at=now, actor="triage", rule=rule, **inputs)
