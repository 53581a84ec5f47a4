"""A checked list is taken in: each row becomes a ticket with its origin kept, all or none."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlmodel import col

from storage import inbox, people, tickets
from storage.imports import Import
from storage.people import Contact, Person, Role, Speaker
from storage.tickets import Ticket
from tickets import moves, notices
from tickets.acts import reporting
from tickets.acts.indexing import index
from tickets.acts.promising import promise
from tickets.acts.reporting import Report
from tickets.moment import Moment
from tickets.taking_in import Line
from triage.verdict import Verdict

CHANNEL = "import"
"""Under which the inbox remembers what was taken in."""
SUMMARY = 60


async def known(moment: Moment, lines: Sequence[Line]) -> set[str]:
    """The keys of rows that an earlier list has brought already."""
    return await inbox.known_keys(moment.session, CHANNEL, [line.key for line in lines])


async def take_in(
    moment: Moment, who: Speaker, kind: str, title: str, lines: Sequence[Line]
) -> list[Ticket]:
    """Open a ticket for each row. Raises moves.Stale when a row was taken in meanwhile.

    A commune's own official is its reporter, hears of it and confirms the end; where there is
    none, or no commune, it is whoever takes the list in.
    """
    assert who.person is not None and who.person.id is not None
    rows = [_received(moment, line) for line in lines]
    if len(await inbox.take(moment.session, rows)) != len(rows):
        raise moves.Stale
    batch = Import(kind=kind, title=title, by=who.person.id, at=moment.now, count=len(lines))
    moment.session.add(batch)
    await moment.session.flush()
    return [await _open(moment, who, batch, line) for line in lines]


def _received(moment: Moment, line: Line) -> dict[str, object]:
    return {
        "channel": CHANNEL,
        "key": line.key,
        "received_at": moment.now,
        "address": "",
        "fate": inbox.Fate.DONE,
        "error": "",
    }


async def _open(moment: Moment, who: Speaker, batch: Import, line: Line) -> Ticket:
    origin = " · ".join(filter(None, (batch.title, line.origin)))
    reporter = await reporter_of(moment, line.commune) or as_office(moment, who, line.commune)
    report = Report(line.text, moment.now, origin=origin, import_id=batch.id)
    nothing = Verdict("report", "nothing")
    ticket = await reporting.open_ticket(
        moment, reporter, report, nothing, hold=True, actor=who.actor
    )
    route = moment.route(line.category) if line.category else None
    ticket.category, ticket.lead, ticket.tentative = line.category, line.lead, False
    ticket.summary = route.title if route else _short(line.text)
    ticket.restricted = route.restricted if route else False
    ticket.coordinating = reporting.helpers_of(ticket, line.helpers)
    ticket.next_step = ticket.next_due_at = None
    await promise(moment, ticket)
    ticket.result_by = line.due or ticket.result_by
    index(moment, ticket)
    moves.changed(ticket)
    ticket.carded_at = moment.now
    rule = notices.texts(moment).rule_taken_in(origin, ticket.lead)
    tickets.log(
        moment.session, ticket, "routed", at=moment.now, actor=who.actor, rule=rule, lead=line.lead
    )
    await notices.post_cards(moment, ticket)
    if reporter.person is not who.person:
        say = await notices.texts_of(moment, ticket.reporter_id)
        deadline = notices.deadline_text(moment, ticket, say)
        await notices.tell_reporter(moment, ticket, say.hears_taken_in(ticket, origin, deadline))
    return ticket


async def reporter_of(moment: Moment, commune: str) -> Speaker | None:
    """Who speaks for a commune: the first active official who can be reached."""
    if not commune:
        return None
    found = await people.people_of(moment.session, commune, Role.REPORTER)
    for number in found:
        contacts = await moment.session.execute(
            select(Contact)
            .where(
                col(Contact.person_id) == number,
                col(Contact.is_group).is_(False),
                col(Contact.reachable).is_(True),
            )
            .order_by(col(Contact.heard_at).desc(), col(Contact.id))
            .limit(1)
        )
        contact, person = contacts.scalar_one_or_none(), await moment.session.get(Person, number)
        if contact is not None:
            return Speaker(contact, person, ((commune, Role.REPORTER),))
    return None


def as_office(moment: Moment, who: Speaker, commune: str) -> Speaker:
    """Whoever takes the list in, for a commune without officials or the office that coordinates."""
    unit = commune or moment.rules.pack.coordinator
    return Speaker(who.contact, who.person, ((unit, Role.REPORTER),))


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= SUMMARY else line[: SUMMARY - 1].rsplit(" ", 1)[0] + "…"
