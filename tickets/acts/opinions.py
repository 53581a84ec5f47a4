"""A leader's opinion on a ticket: noted once, told to those who carry it out, drafted as a slip."""

from storage import opinions, people, tickets, webchat
from storage.outbox import Kind
from storage.people import Role, Speaker
from storage.tickets import Ticket
from tickets import moves, notices, standing_in
from tickets.access import NotAllowed
from tickets.moment import Moment
from tickets.slips import OPINION, author


def require_leader(who: Speaker) -> None:
    """Raise NotAllowed unless somebody is a leader, or stands in for one."""
    if not who.holds(Role.LEADER):
        raise NotAllowed


def may_give(ticket: Ticket) -> bool:
    """Whether there is still something to have an opinion on."""
    return ticket.status in moves.ALIVE


async def give(
    moment: Moment, ticket: Ticket, who: Speaker, words: str, *, key: str, address: str
) -> str:
    """Note an opinion and tell it; gives back a link to the slip's draft for who gave it.

    `key` is the draft's, so that one that was sent is known again; the version stays, as nothing
    moves. `address` is where people reach the pages.
    """
    require_leader(who)
    post, whose = await _post(moment, who)
    inputs = {"text": words, "key": key, "post": post}
    if whose is not None:
        inputs["for"] = f"person:{whose}"
    actor = str(who.actor)
    tickets.log(moment.session, ticket, opinions.KIND, at=moment.now, actor=actor, **inputs)
    by = await author(moment.session, actor, inputs, notices.texts(moment))
    await _tell(moment, ticket, words, by, f"{OPINION}.{key}", address)
    assert who.person is not None and who.person.id is not None
    return _link(moment, ticket, who.person.id, f"{OPINION}.{key}", address)


async def _post(moment: Moment, who: Speaker) -> tuple[str, int | None]:
    """The post that speaks, and whose it is: None for somebody who is a leader themselves."""
    assert who.person is not None and who.person.id is not None
    held = who.duties[: len(who.duties) - len(who.lent)]
    own = next((unit for unit, role in held if role is Role.LEADER), None)
    if own is not None:
        return await people.post_of(moment.session, who.person.id, own), None
    unit, whose = next((unit, whose) for unit, role, whose in who.lent if role is Role.LEADER)
    return await people.post_of(moment.session, whose, unit), whose


async def _tell(
    moment: Moment, ticket: Ticket, words: str, by: str, purpose: str, address: str
) -> None:
    """The lead's desk and head, and the coordinators, each of them with their own link."""
    say, office = notices.texts(moment), moment.rules.pack.coordinator
    notices.tell_desk(moment, ticket, say.hears_opinion(ticket, words, by))
    kind = Kind.EMERGENCY if ticket.urgency == "emergency" else Kind.NOTICE
    for head in await _heads(moment, ticket):
        own = await notices.texts_of(moment, head)
        text = own.hears_opinion(ticket, words, by)
        buttons = notices.card_buttons(ticket, own)
        notices.post(moment, kind, text, person=head, ticket=ticket, buttons=buttons)
    coordinators = await people.people_of(moment.session, office, Role.COORDINATOR)
    for person in coordinators:
        own = await notices.texts_of(moment, person)
        link = own.opinion_draft(_link(moment, ticket, person, purpose, address))
        text = f"{own.hears_opinion(ticket, words, by)}\n{link}"
        notices.post(moment, kind, text, person=person, ticket=ticket)
    if not coordinators and office != ticket.lead:
        text = say.hears_opinion(ticket, words, by)
        notices.post(moment, kind, text, desk=office, ticket=ticket)


async def _heads(moment: Moment, ticket: Ticket) -> list[int]:
    """The lead's heads who do not hear it at the desk anyway."""
    session = moment.session
    heads = await people.people_of(session, ticket.lead, Role.HEAD)
    if await people.desk_contacts(session, ticket.lead):
        return list(heads)
    at_desk = await standing_in.desk_people(moment, ticket.lead)
    return [head for head in heads if head not in at_desk]


def _link(moment: Moment, ticket: Ticket, person: int, purpose: str, address: str) -> str:
    token = webchat.make_link(
        moment.session,
        person,
        f"{webchat.LETTER}:{ticket.id}:{purpose}",
        moment.now,
        valid=webchat.LETTER_VALID,
    )
    return f"{address}/letters/{token}"
