"""Many communes report one failure: proposed, carried by one shared ticket, confirmed by each."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from province.text import fold
from storage import outages, tickets
from storage.outages import Outage
from storage.outbox import Kind, cancel
from storage.people import Role, Speaker
from storage.tickets import Outcome, Status, Ticket
from tickets import access, moves, notices
from tickets.acts.numbering import next_code
from tickets.acts.promising import promise
from tickets.buttons import Press, button
from tickets.moment import Moment
from tickets.storms import questions_for

DANGER = "danger"
"""The slot of the question about danger that every matter has."""
WINDOW = timedelta(hours=2)
"""Reports of one failure within so long of each other are taken for one."""
ENOUGH = 3
"""Communes from which a failure is proposed as a shared one."""
OPENS_AGAIN = timedelta(hours=2)
"""How long nothing is proposed anew about what was proposed and not taken up."""
DEADLINES = ("acknowledge_by", "answer_by", "result_by")


async def gather(moment: Moment, ticket: Ticket, *, asks_danger: bool = False) -> bool:
    """Let a new report join the shared ticket of its failure, if there is one; whether it did.

    An emergency stays by itself and is only linked; so does what may be one.
    """
    if not ticket.subject or ticket.tentative or ticket.restricted:
        return False
    shared = await outages.running(moment.session, ticket.subject, ticket.lead)
    if shared is None:
        return False
    rule = notices.texts(moment).rule_gathered(ticket.subject, shared.code)
    if ticket.urgency == "emergency" or asks_danger:
        ticket.linked_id = ticket.linked_id or shared.id
        _log(moment, ticket, "linked", "triage", rule=rule, to=shared.code)
        return False
    await join(moment, ticket, shared, "triage", rule)
    await moment.session.flush()
    await notices.refresh_cards(moment, shared)
    return True


async def gather_safe(moment: Moment, ticket: Ticket) -> bool:
    """Let a report join after all once the commune has said that nobody is in danger.

    Not one that somebody works on already, or that was taken out before.
    """
    if not ticket.subject or ticket.status != Status.NEW or ticket.id is None:
        return False
    since = ticket.opened_at
    if await tickets.happened(moment.session, ticket.id, "unmerged", since=since):
        return False
    return await gather(moment, ticket)


async def propose(moment: Moment, ticket: Ticket) -> None:
    """Ask the lead's desk and the coordinator whether reports of some communes are one matter.

    Once for each failure; again after two hours in which nobody has decided.
    """
    if not ticket.subject or ticket.tentative or ticket.restricted or ticket.shared:
        return
    subject, lead, session = ticket.subject, ticket.lead, moment.session
    found = await outages.alike(session, subject, lead, moment.now - WINDOW)
    if len({other.commune for other in found}) < ENOUGH:
        return
    await tickets.next_number(session, "outages")  # holds the row: nobody proposes it twice
    last = await outages.newest(session, subject, lead)
    if last is not None and moment.now - (last.decided_at or last.proposed_at) < OPENS_AGAIN:
        return
    outage = Outage(subject=subject, lead=lead, proposed_at=moment.now)
    session.add(outage)
    await session.flush()
    await _ask(moment, outage, found)


async def _ask(moment: Moment, outage: Outage, found: Sequence[Ticket]) -> None:
    say = notices.texts(moment)
    text = say.outage_proposed(outage.subject, found)
    does = (("share", "outmake"), ("no_share", "outdrop"))
    row = [button(say.label(name), Press(do, outage.id or 0, outage.version)) for name, do in does]
    notices.post(moment, Kind.NOTICE, text, desk=outage.lead, buttons=[row])
    await notices.tell_role(moment, Role.COORDINATOR, text, buttons=[row])


def is_open(outage: Outage, seen: int) -> bool:
    """Whether a proposal's button still counts."""
    return outage.decided_at is None and seen in {0, outage.version}


def decide(moment: Moment, outage: Outage, who: Speaker) -> None:
    """Note who has decided a proposal, and that its buttons count no more."""
    outage.decided_at, outage.version = moment.now, outage.version + 1
    outage.by = who.person.id if who.person else None


async def make(moment: Moment, outage: Outage, who: Speaker) -> Ticket | None:
    """Open the shared ticket and let the living reports join it; None when fewer than two live.

    It is urgent, and keeps the earliest deadlines that any of the communes was promised. Whoever
    makes it for the lead has it in hand: that is its acknowledgement too.
    """
    since = outage.proposed_at - WINDOW
    found = await outages.alike(moment.session, outage.subject, outage.lead, since, lock=True)
    members = [ticket for ticket in found if not _may_be_danger(moment, ticket)]
    if len({ticket.commune for ticket in members}) < 2:  # noqa: PLR2004  one alone shares nothing
        return None
    decide(moment, outage, who)
    assert who.person is not None and who.person.id is not None and who.contact.id is not None
    shared = await open_shared(
        moment, members, person=who.person.id, contact=who.contact.id, actor=who.actor
    )
    outage.ticket_id = shared.id
    for ticket in members:
        await join(moment, ticket, shared, who.actor, "")
        await cancel(moment.session, ticket.id or 0, Kind.REMINDER, moment.now)
        await notices.refresh_cards(moment, ticket)
        await notices.refresh_receipt(moment, ticket)
    if access.leads(shared, who):
        _take(moment, shared, who)
    await moment.session.flush()
    await notices.post_cards(moment, shared)
    await tell_members(moment, members, shared)
    return shared


def _may_be_danger(moment: Moment, ticket: Ticket) -> bool:
    """Whether a report is one that asks for danger, and nobody has said yet that all are safe."""
    questions = questions_for(moment, ticket)
    asked = {DANGER, *(question.slot for question in questions if question.danger)}
    return bool(ticket.verdict.get("asks_danger")) and asked.isdisjoint(ticket.answers)


async def open_shared(
    moment: Moment,
    members: Sequence[Ticket],
    *,
    person: int,
    contact: int,
    actor: str,
    rule: str = "",
) -> Ticket:
    """A shared ticket for some reports, which have not joined it yet."""
    first, say = members[0], notices.texts(moment)
    shared = Ticket(
        code=await next_code(moment),
        commune=moment.rules.pack.coordinator,
        reporter_id=person,
        contact_id=contact,
        category=first.category,
        lead=first.lead,
        coordinating=[unit for unit in first.coordinating if unit != first.commune],
        operator=first.operator,
        urgency="urgent",
        shared=True,
        subject=first.subject,
        summary=say.shared_summary(first.subject),
        pack_version=moment.rules.version,
        opened_at=moment.now,
        carded_at=moment.now,
    )
    await promise(moment, shared)
    for column in DEADLINES:
        promised = [getattr(ticket, column) for ticket in (*members, shared)]
        known: list[datetime] = [at for at in promised if at is not None]
        setattr(shared, column, min(known, default=None))
    shared.search = fold(f"{shared.code} {shared.summary}")
    moment.session.add(shared)
    await moment.session.flush()
    _log(moment, shared, "opened", actor, rule, set=tickets.snapshot(shared))
    return shared


def _take(moment: Moment, shared: Ticket, who: Speaker) -> None:
    """The department has it: whoever presses what makes it need not press again."""
    moves.make(shared, "acknowledge", now=moment.now)
    shared.assignee_id = who.person.id if who.person else None
    _log(moment, shared, "acknowledged", who.actor)


async def join(moment: Moment, ticket: Ticket, shared: Ticket, actor: str, rule: str) -> None:
    """A report goes on within the shared ticket: it rests, and its reporter hears of that one."""
    moves.make(ticket, "merge", now=moment.now)
    ticket.merged_id = shared.id
    ticket.next_step = ticket.next_due_at = None
    _log(moment, ticket, "merged", actor, rule=rule, into=shared.code)
    shared.files += ticket.files
    _log(moment, shared, "joined", actor, rule=rule, merged=ticket.code, text=ticket.text)


async def tell_members(moment: Moment, members: Sequence[Ticket], shared: Ticket) -> None:
    """The reporters of what has joined hear of the shared ticket, and how it stands."""
    count = len(await outages.communes(moment.session, shared.id or 0))
    for ticket in members:
        say = await notices.texts_of(moment, ticket.reporter_id)
        stage = notices.stage_text(moment, shared, say)
        text = f"{say.gathered(ticket, shared, count)}\n{stage}"
        buttons = notices.apart_buttons(ticket, say)
        person = ticket.reporter_id
        notices.post(moment, Kind.NOTICE, text, person=person, ticket=ticket, buttons=buttons)


async def confirm(
    moment: Moment, ticket: Ticket, shared: Ticket, who: Speaker, *, seen: int = 0
) -> None:
    """A commune says for itself that it is solved; the last one closes it all. Or moves.Stale.

    Both rows must be locked.
    """
    if shared.status not in {Status.RESOLVED, Status.CLOSED}:
        raise moves.Stale
    moves.make(ticket, "settle", now=moment.now, seen=seen)
    _log(moment, ticket, "closed", who.actor)
    _log(moment, shared, "confirmed_by", who.actor, merged=ticket.code)
    await end(moment, shared)
    await notices.refresh_cards(moment, shared)


async def lose(moment: Moment, ticket: Ticket, shared_id: int) -> None:
    """A report has become an emergency of its own: the ticket that carried it learns of it."""
    shared = await tickets.by_id(moment.session, shared_id, lock=True)
    if shared is None or not shared.shared:
        return
    shared.files -= ticket.files
    rule = notices.texts(moment).rule_parted(ticket.code)
    _log(moment, shared, "parted", "triage", rule=rule, merged=ticket.code)
    await end(moment, shared)
    await notices.refresh_cards(moment, shared)


async def end(moment: Moment, shared: Ticket) -> None:
    """End a shared ticket that carries nothing any more: every commune has confirmed or gone."""
    await moment.session.flush()
    standing = await outages.left(moment.session, shared.id or 0)
    if Outcome.MERGED in standing:
        return
    move = "confirm" if standing else "cancel"
    if not moves.may(shared, move):
        return
    moves.make(shared, move, now=moment.now)
    shared.next_step = shared.next_due_at = None
    rule = notices.texts(moment).rule_shared_ended()
    _log(moment, shared, "closed" if standing else "cancelled", "clock", rule=rule)
    await cancel(moment.session, shared.id or 0, Kind.REMINDER, moment.now)


def _log(
    moment: Moment, ticket: Ticket, kind: str, actor: str, rule: str = "", **inputs: object
) -> None:
    session, now = moment.session, moment.now
    tickets.log(session, ticket, kind, at=now, actor=actor, rule=rule, **inputs)
