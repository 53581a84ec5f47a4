"""The chair of a commune sees what is asked for in its name, agrees, or takes it back."""

from collections.abc import Sequence

from storage import outbox, people, tickets
from storage.outbox import Kind
from storage.people import Person, Role, Speaker
from storage.tickets import Status, Ticket
from tickets import moves, notices
from tickets.buttons import Press, button
from tickets.chair import asks_for_means
from tickets.moment import Moment
from tickets.texts import Texts

AGREED = "chair"
"""Among a ticket's answers, so that every card says it: the chair of the commune agrees."""


async def show(moment: Moment, ticket: Ticket) -> None:
    """Show a request to the chair, once, as soon as its matter is known."""
    if not asks_for_means(moment.route(ticket.category)):
        return
    if not await outbox.was_said(moment.session, _key(ticket)):
        heads = await people.people_of(moment.session, ticket.commune, Role.HEAD)
        await show_to(moment, ticket, heads)


async def show_to(moment: Moment, ticket: Ticket, chairs: Sequence[int]) -> None:
    """The same for a new ticket, when it is known who heads the commune; it waits for nobody.

    An emergency is only told: there is nothing to agree to.
    """
    if not chairs or not asks_for_means(moment.route(ticket.category)):
        return
    if ticket.reporter_id in chairs:
        return
    reporter = await moment.session.get(Person, ticket.reporter_id)
    name = reporter.name if reporter else ""
    for chair in chairs:
        say = await notices.texts_of(moment, chair)
        is_emergency = ticket.urgency == "emergency"
        text = say.chair_told(ticket, name) if is_emergency else say.chair_asked(ticket, name)
        buttons = [] if is_emergency else chair_buttons(ticket, say)
        key = _key(ticket)
        notices.post(
            moment, Kind.NOTICE, text, person=chair, ticket=ticket, buttons=buttons, replace_key=key
        )


def is_asked(moment: Moment, ticket: Ticket) -> bool:
    """Whether the chair can still agree to a ticket or take it back."""
    is_open = Status(ticket.status) in moves.ALIVE and ticket.urgency != "emergency"
    return (
        is_open and AGREED not in ticket.answers and asks_for_means(moment.route(ticket.category))
    )


def chair_buttons(ticket: Ticket, say: Texts) -> notices.Buttons:
    """Đồng ý · Rút; they fit whatever the department has done since."""
    ends = [("agree", "chairyes"), ("withdraw", "withdraw")]
    return [[button(say.label(name), Press(do, ticket.id or 0)) for name, do in ends]]


async def agree(moment: Moment, ticket: Ticket, who: Speaker) -> bool:
    """The chair agrees; the desk's card says so in a word. False if it was said before."""
    if AGREED in ticket.answers:
        return False
    told = notices.texts(moment).chair_agreed(ticket.commune)
    ticket.answers = {**ticket.answers, AGREED: told}
    tickets.log(moment.session, ticket, "chair_agreed", at=moment.now, actor=who.actor)
    await notices.refresh_cards(moment, ticket)
    return True


def _key(ticket: Ticket) -> str:
    return f"chair:{ticket.id}"
