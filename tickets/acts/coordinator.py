"""What the coordinator decides: which department, that it stays, what the matter really is."""

from storage import tickets
from storage.people import Speaker
from storage.tickets import Status, Ticket
from tickets import moves, notices
from tickets.acts import reporting, rerouting
from tickets.acts.indexing import index
from tickets.moment import Moment


async def decide(
    moment: Moment,
    ticket: Ticket,
    who: Speaker,
    unit: str,
    *,
    category: str = "",
    why: str = "",
    seen: int = 0,
) -> None:
    """Give a ticket to a department; what was acknowledged is rerouted. Raises moves.Stale."""
    say = notices.texts(moment)
    if ticket.status != Status.NEW:
        await rerouting.reroute(moment, ticket, who, unit, why or say.decided_why(), seen=seen)
        return
    if seen not in {0, ticket.version}:
        raise moves.Stale
    await reporting.assign(
        moment,
        ticket,
        unit,
        category or ticket.category,
        actor=who.actor,
        rule=say.rule_decided(unit, why),
    )
    await notices.refresh_receipt(moment, ticket)
    own = await notices.texts_of(moment, ticket.reporter_id)
    deadline = notices.deadline_text(moment, ticket, own)
    await notices.tell_reporter(moment, ticket, own.hears_decision(ticket, why, deadline))


async def keep(moment: Moment, ticket: Ticket, who: Speaker, why: str, *, seen: int = 0) -> None:
    """It stays as it is although the commune objects; the commune hears why."""
    if seen not in {0, ticket.version} or Status(ticket.status) not in moves.ALIVE:
        raise moves.Stale
    moves.changed(ticket)
    tickets.log(moment.session, ticket, "kept", at=moment.now, actor=who.actor, text=why)
    await notices.refresh_cards(moment, ticket)
    await notices.refresh_receipt(moment, ticket)
    say = await notices.texts_of(moment, ticket.reporter_id)
    await notices.tell_reporter(moment, ticket, say.hears_kept(ticket, why))


def question_category(moment: Moment, ticket: Ticket, who: Speaker, words: str) -> None:
    """Note why a category is thought wrong, until one of the proposed ones is chosen."""
    tickets.log(
        moment.session, ticket, "category_questioned", at=moment.now, actor=who.actor, text=words
    )


async def recategorise(
    moment: Moment, ticket: Ticket, who: Speaker, category: str, *, why: str = "", seen: int = 0
) -> None:
    """Call the matter by its right name: kept as an example to learn from, if a person wants so.

    Lead and deadlines stay; what was restricted stays so.
    """
    route = moment.route(category)
    if route is None or seen not in {0, ticket.version}:
        raise moves.Stale
    why = why or await _questioned(moment, ticket)
    old, ticket.category, ticket.summary = ticket.category, route.category, route.title
    ticket.restricted = ticket.restricted or route.restricted
    index(moment, ticket)
    moves.changed(ticket)
    tickets.log(
        moment.session,
        ticket,
        "recategorised",
        at=moment.now,
        actor=who.actor,
        old=old,
        new=category,
        why=why,
    )
    await notices.refresh_cards(moment, ticket)
    await notices.refresh_receipt(moment, ticket)


async def _questioned(moment: Moment, ticket: Ticket) -> str:
    history = await tickets.events_of(moment.session, ticket.id or 0)
    said = [row.inputs.get("text", "") for row in history if row.kind == "category_questioned"]
    return str(said[-1]) if said else ""
