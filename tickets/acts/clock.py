"""What happens to a ticket because time has passed."""

from storage import tickets
from storage.tickets import OPEN, Status, Ticket
from tickets import notices
from tickets.acts import chairing, closing, escalating, reporting
from tickets.moment import Moment


async def act(moment: Moment, ticket: Ticket, step: str) -> None:
    """Take the step that was due; one that no longer fits is passed over."""
    if ticket.next_step != step:
        return
    ticket.next_step = None
    if step in escalating.STEPS:
        await escalating.STEPS[step](moment, ticket)
    if step in closing.STEPS and ticket.status == Status.RESOLVED:
        await closing.STEPS[step](moment, ticket)
    if ticket.status != Status.NEW:
        await _send_what_was_found(moment, ticket)
        return
    match step:
        case reporting.ASSIGN:
            await _assign_tentatively(moment, ticket)
        case reporting.SEND:
            rule = notices.texts(moment).rule_second_kept()
            await reporting.send(moment, ticket, actor="clock", rule=rule)
        case notices.GUIDED:
            rule = notices.texts(moment).rule_guided()
            await reporting.send(moment, ticket, actor="clock", rule=rule)
            await notices.refresh_receipt(moment, ticket)


async def _send_what_was_found(moment: Moment, ticket: Ticket) -> None:
    """A desk has acted on a ticket by its number while its card still waited: the card goes out.

    Without one the ticket would have no next step, and nothing would ever remind of it.
    """
    is_at_work = Status(ticket.status) in OPEN and ticket.status != Status.RESOLVED
    if ticket.carded_at is None and is_at_work:
        rule = notices.texts(moment).rule_found()
        await reporting.send(moment, ticket, actor="clock", rule=rule)


async def _assign_tentatively(moment: Moment, ticket: Ticket) -> None:
    ticket.next_step = None
    if ticket.carded_at is not None:
        return
    say = await notices.texts_of(moment, ticket.reporter_id)
    ticket.carded_at = moment.now
    rule = f"{notices.texts(moment).rule_tentative()} {reporting.ground(moment, ticket)}".strip()
    tickets.log(
        moment.session, ticket, "routed", at=moment.now, actor="clock", rule=rule, lead=ticket.lead
    )
    await notices.post_cards(moment, ticket)
    await chairing.show(moment, ticket)
    await notices.tell_reporter(moment, ticket, say.tentative(ticket))
