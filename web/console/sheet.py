"""Everything that a ticket's page shows to one person."""

from collections.abc import Sequence
from dataclasses import dataclass

from province.pack import Route
from storage import media, people, queues, tasks, tickets
from storage.media import Fate, Media
from storage.people import Person, Role
from storage.tasks import Task
from storage.tickets import Outcome, Status, Ticket
from tickets import access, coordination, moves, needs
from tickets.acts import deciding
from tickets.acts.purging import may_purge
from tickets.moment import Moment
from tickets.offered import label_of, may_now, options_of, staff_of
from tickets.owed import owed
from tickets.wordings import Offer, offered
from web.console import unheard
from web.console.bubbles import Bubble, Chart, Point, bubbles
from web.console.history import Entry, entries
from web.console.sitting import Sitting, texts

ACTS = (
    "ack", "ask", "update", "promise", "resolve", "assign", "reroute", "invite", "plan", "outside",
    "ended", "lower", "merge", "number", "snooze", "note",
)  # fmt: skip
"""What a desk may do, in the order of the page."""
FIRST = frozenset({"ack", "ask", "update", "promise", "resolve"})
"""What stands open above the others."""


@dataclass(frozen=True, slots=True)
class Part:
    """A unit's task, and whether the person may take or answer it."""

    task: Task
    unit: str
    is_own: bool


@dataclass(frozen=True, slots=True)
class Sheet:
    """A ticket as one person sees it."""

    ticket: Ticket
    reporter: str
    assignee: str
    files: Sequence[Media]
    joined: Sequence[Ticket]
    into: Ticket | None
    parts: list[Part]
    history: list[Entry]
    acts: list[str]
    is_ours: bool
    is_late: bool
    staff: Sequence[Person]
    likely: list[str]
    options: list[tuple[str, str, str]]
    """The coordinator's choices: (category, unit, label)."""
    needs: Sequence[needs.Need]
    routes: Sequence[Route]
    alike: Sequence[Ticket]
    wordings: Sequence[Offer]
    """What the desk's answers may begin with."""
    to_call: Sequence[unheard.ToCall]
    """News of the ticket that reached nobody, for who may call."""
    may_purge: bool
    dots: list[Bubble]
    spot: Point | None
    home: Point | None


async def find(moment: Moment, code: str, sitting: Sitting, *, lock: bool = False) -> Ticket:
    """The ticket of a number; raises NotAllowed for one that is absent and one not to be seen."""
    found = await tickets.by_code(moment.session, code)
    if found is None or found.id is None:
        raise access.NotAllowed
    return await access.ticket_for(moment, found.id, sitting.who, lock=lock)


async def sheet(moment: Moment, ticket: Ticket, sitting: Sitting) -> Sheet:
    """Gather a ticket's page: a dozen statements, each by an index of one ticket's rows."""
    who, session = sitting.who, moment.session
    say, column = texts(moment, sitting), int(sitting.person.language == "en")
    number = ticket.id or 0
    is_ours, decides = access.leads(ticket, who), who.holds(Role.COORDINATOR)
    names = await people.names_of(session, [ticket.reporter_id, ticket.assignee_id])
    joined = await tickets.merged_into(session, [number])
    found = await tasks.of_ticket(session, number)
    events = await tickets.events_of(session, number)
    pack = moment.rules.pack
    commune = moment.rules.units.commune(ticket.commune)
    chart = Chart.of(pack)
    has_place = ticket.lat is not None and ticket.lon is not None
    due = owed(ticket)
    return Sheet(
        ticket=ticket,
        reporter=names.get(ticket.reporter_id, ""),
        assignee=names.get(ticket.assignee_id or 0, ""),
        files=await files_of(moment, ticket, joined),
        joined=[other for other in joined if access.may_see(other, who)],
        into=await _into(moment, ticket, sitting),
        parts=[_part(moment, task, sitting) for task in found],
        history=await entries(moment, ticket, events, who, say, column),
        acts=acts_of(ticket, sitting),
        is_ours=is_ours,
        is_late=due is not None and due.by < moment.now,
        staff=await staff_of(moment, ticket) if is_ours else (),
        likely=_likely(moment, ticket),
        options=[(c, u, label_of(moment, c)) for c, u in options_of(moment, ticket)],
        needs=await needs.needs_now(moment, ticket) if decides else (),
        routes=moment.rules.units.routes(moment.today) if decides else (),
        alike=await queues.solved_alike(session, ticket) if is_ours or decides else (),
        wordings=await offered(moment, ticket) if is_ours else (),
        to_call=await unheard.of_ticket(moment, ticket, sitting) if is_ours or decides else (),
        may_purge=may_purge(ticket, who),
        dots=bubbles(pack, {}),
        spot=chart.at(ticket.lat or 0, ticket.lon or 0) if has_place else None,
        home=chart.at(commune.lat, commune.lon) if commune else None,
    )


async def files_of(
    moment: Moment, ticket: Ticket, joined: Sequence[Ticket] | None = None
) -> list[Media]:
    """The kept files of a ticket, and of what was merged into it; `joined` if it is known."""
    number = ticket.id or 0
    if joined is None:
        joined = await tickets.merged_into(moment.session, [number])
    found: list[Media] = []
    for owner in (number, *(other.id or 0 for other in joined)):
        found += await media.of_ticket(moment.session, owner)
    return [file for file in found if file.fate == Fate.KEPT and file.hash]


async def _into(moment: Moment, ticket: Ticket, sitting: Sitting) -> Ticket | None:
    if ticket.merged_id is None:
        return None
    into = await tickets.by_id(moment.session, ticket.merged_id)
    return into if into is not None and access.may_see(into, sitting.who) else None


def _part(moment: Moment, task: Task, sitting: Sitting) -> Part:
    is_own = access.may_do(task, sitting.who) and coordination.is_open(task)
    return Part(task, moment.rules.units.short_name(task.unit), is_own)


def _likely(moment: Moment, ticket: Ticket) -> list[str]:
    """The departments to which a ticket is likely to go, before all others of the list."""
    units = [unit for unit in ticket.coordinating if moment.rules.units.agency(unit)]
    units += [unit for _, unit in options_of(moment, ticket)]
    return [unit for unit in dict.fromkeys(units) if unit != ticket.lead]


def acts_of(ticket: Ticket, sitting: Sitting) -> list[str]:
    """What this person may do with the ticket now, by the same rights and moves as in chat."""
    who, found = sitting.who, []
    decides = who.holds(Role.COORDINATOR)
    if access.leads(ticket, who):
        found = [act for act in ACTS if _fits(ticket, act)]
        if ticket.proposal and ticket.lead in who.units(Role.HEAD):
            found = ["approve", "sendback", *found]
    is_open = Status(ticket.status) in moves.ALIVE
    if decides and is_open:
        found = ["decide", "keep", "recategorise", *(act for act in found if act != "reroute")]
        found += [] if "merge" in found else ["merge"]
    if ticket.outcome == Outcome.MERGED and (decides or access.leads(ticket, who)):
        found.append("unmerge")
    return found


def _fits(ticket: Ticket, act: str) -> bool:
    match act:
        case "ack":
            return moves.may(ticket, "acknowledge")
        case "note" | "number":
            return True
        case _:
            return may_now(ticket, act, seen=0)


def is_proposed(ticket: Ticket, number: str) -> bool:
    """Whether this very proposal still waits."""
    return bool(number) and deciding.is_proposed(ticket, number)
