"""A program of a commune, or of the office that coordinates, reports in an official's place."""

from dataclasses import replace

from storage.people import Role, Speaker
from storage.tickets import Ticket
from tickets import access, notices
from tickets.acts import reporting
from tickets.acts.reporting import Report
from tickets.acts.taking_in import as_office, reporter_of
from tickets.moment import Moment
from triage import triage


async def submit(
    moment: Moment, who: Speaker, report: Report, commune: str = "", *, category: str = ""
) -> Ticket:
    """Open a ticket from what a program sends; the official that it is opened for hears of it.

    A commune's key reports for that commune alone; the coordinator's for any, in the name of an
    official there, or in the office's own where nobody has joined yet. A `category` that somebody
    chose, one of those in force, is taken as it is; the text says how urgent it is.

    Raises NotAllowed.
    """
    own = who.units(Role.REPORTER)
    if not commune:
        commune = next(iter(own), "")
    if commune in own:
        reporter = replace(who, duties=((commune, Role.REPORTER),))
    elif who.holds(Role.COORDINATOR) and moment.rules.units.commune(commune) is not None:
        reporter = await reporter_of(moment, commune) or as_office(moment, who, commune)
    else:
        raise access.NotAllowed
    verdict = triage(report.text, moment.rules.pack, home=commune, when=moment.today)
    if category and verdict.category != category:
        verdict = replace(
            verdict, category=category, lead="", coordinating=(), operator=None, slots={}, why=""
        )
    if category:
        verdict = replace(verdict, certainty="sure", alternatives=())
    ticket = await reporting.open_ticket(moment, reporter, report, verdict, actor=who.actor)
    say = await notices.texts_of(moment, ticket.reporter_id)
    deadline = notices.deadline_text(moment, ticket, say)
    told = say.hears_submitted(ticket, report.origin, deadline)
    await notices.tell_reporter(moment, ticket, told)
    return ticket
