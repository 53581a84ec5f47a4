"""Two reports of one matter become one ticket, and can be taken apart again."""

from storage import media, tickets
from storage.outbox import Kind, cancel
from storage.people import Speaker
from storage.tickets import Outcome, Status, Ticket
from tickets import moves, notices
from tickets.acts import outages
from tickets.acts.promising import promise
from tickets.acts.reporting import make_emergency, make_urgent
from tickets.moment import Moment


async def merge(
    moment: Moment, ticket: Ticket, into: Ticket, who: Speaker, *, seen: int = 0
) -> None:
    """Let a ticket go on within another: its words and files are shown there; or Stale.

    Both rows must be locked, the smaller id first. What is restricted joins only its like, and an
    emergency no shared ticket. What
    was merged into the ticket before goes along: `merged_id` is followed from one to the next.
    """
    is_open = Status(into.status) in moves.ALIVE and into.restricted == ticket.restricted
    is_alone = into.shared and ticket.urgency == "emergency"
    if into.id == ticket.id or not is_open or is_alone:
        raise moves.Stale
    moves.make(ticket, "merge", now=moment.now, seen=seen)
    ticket.merged_id = into.id
    ticket.next_step = ticket.next_due_at = None
    tickets.log(moment.session, ticket, "merged", at=moment.now, actor=who.actor, into=into.code)
    into.files += ticket.files
    tickets.log(
        moment.session,
        into,
        "joined",
        at=moment.now,
        actor=who.actor,
        text=ticket.text,
        files=ticket.files,
        merged=ticket.code,
    )
    await cancel(moment.session, ticket.id or 0, Kind.REMINDER, moment.now)
    await _raise(moment, ticket, into, who)
    await moment.session.flush()
    await _tell_of_merging(moment, ticket, into, who)


async def _raise(moment: Moment, ticket: Ticket, into: Ticket, who: Speaker) -> None:
    """Nothing becomes less pressing because it was merged."""
    why = notices.texts(moment).rule_merged(ticket.code)
    if ticket.urgency == "emergency":
        await make_emergency(moment, into, actor=who.actor, why=why)
    elif ticket.urgency == "urgent":
        await make_urgent(moment, into, actor=who.actor, why=why)


async def _tell_of_merging(moment: Moment, ticket: Ticket, into: Ticket, who: Speaker) -> None:
    """The desks see what came, and both reporters hear of it in one sentence."""
    await notices.refresh_cards(moment, ticket)
    await notices.refresh_receipt(moment, ticket)
    if into.carded_at is not None:
        say = notices.texts(moment)
        is_hidden = ticket.restricted or into.restricted or not ticket.text
        words = "" if is_hidden else f"\n{say.quote(ticket.text)}"
        kind = Kind.EMERGENCY if into.urgency == "emergency" else Kind.NOTICE
        text = f"{say.merged_told(ticket, into)}{words}"
        notices.post(moment, kind, text, desk=into.lead, ticket=into)
        files = await media.of_ticket(moment.session, ticket.id or 0)
        kept = [file for file in files if file.fate == media.Fate.KEPT]
        notices.post_files(moment, into, [] if ticket.restricted else kept)
        await notices.refresh_cards(moment, into)
    doing = who.person.id if who.person else None
    if ticket.reporter_id != doing:
        say = await notices.texts_of(moment, ticket.reporter_id)
        text = say.merged_into(ticket, into)
        await notices.tell_reporter(moment, ticket, text, joined=text)
    if into.reporter_id not in {doing, ticket.reporter_id} and not into.shared:
        say = await notices.texts_of(moment, into.reporter_id)
        await notices.tell_reporter(moment, into, say.merged_told(ticket, into), joined="")


async def unmerge(
    moment: Moment, ticket: Ticket, into: Ticket, who: Speaker, *, seen: int = 0
) -> None:
    """Let a merged ticket stand by itself again, as new, with deadlines of its own; or Stale."""
    moves.make(ticket, "unmerge", now=moment.now, seen=seen)
    await promise(moment, ticket)
    ticket.carded_at = moment.now
    tickets.log(
        moment.session, ticket, "unmerged", at=moment.now, actor=who.actor, out_of=into.code
    )
    into.files -= ticket.files
    tickets.log(moment.session, into, "parted", at=moment.now, actor=who.actor, merged=ticket.code)
    await moment.session.flush()
    if into.shared:
        await outages.end(moment, into)
    await notices.refresh_cards(moment, into)
    await notices.post_cards(moment, ticket)
    await notices.refresh_receipt(moment, ticket)
    doing = who.person.id if who.person else None
    hear = (ticket.reporter_id,) if into.shared else (ticket.reporter_id, into.reporter_id)
    for person in dict.fromkeys(hear):
        if person != doing:
            say = await notices.texts_of(moment, person)
            told = say.unmerged(ticket, into)
            notices.post(moment, Kind.NOTICE, told, person=person, ticket=ticket)


async def release(moment: Moment, into: Ticket, who: Speaker) -> None:
    """Let go of everything merged into a ticket that is taken back: its matter still stands."""
    for ticket in await tickets.merged_into(moment.session, [into.id or 0], lock=True):
        await unmerge(moment, ticket, into, who)


async def lock(moment: Moment, *ids: int) -> dict[int, Ticket]:
    """Lock tickets in the order of their ids, so that two merges never wait for each other."""
    found = [await tickets.by_id(moment.session, number, lock=True) for number in sorted(set(ids))]
    return {ticket.id or 0: ticket for ticket in found if ticket is not None}


async def root_of(moment: Moment, ticket: Ticket) -> Ticket:
    """The ticket in which a merged one goes on, however often that was merged itself; locked."""
    found = ticket
    while found.outcome == Outcome.MERGED and found.merged_id is not None:
        into = await tickets.by_id(moment.session, found.merged_id)
        if into is None:
            break
        found = into
    return await tickets.by_id(moment.session, found.id or 0, lock=True) or found
