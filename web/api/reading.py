"""What programs read: a list with filters and pages, one ticket with its public timeline."""

import re
from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, Path, Query
from pydantic import AfterValidator

from province.text import fold
from storage import ended, queues, tickets, viewings
from storage.queues import Wanted
from storage.tickets import Status, Ticket
from storage.viewings import Viewing
from tickets import access, queue
from tickets.moment import Moment
from tickets.rich import clean
from tickets.texts import Texts
from tickets.timeline import public
from web.api import shapes
from web.api.bearer import Anyone, Caller, Reads
from web.console.history import Entry, entries
from web.console.sitting import looking
from web.doors import Door, Doors
from web.pages import Problem

CODE = re.compile(r"[A-Z]{2,4}-\d{2}-\d{6}")
Code = Annotated[str, Path(description="NA-26-000123", max_length=40)]
Text = Annotated[str, Query(max_length=60), AfterValidator(clean)]
WORDS = "Words; nothing restricted is found"
MOST_PAGES, MOST = 10_000, 100


async def me(doors: Door, caller: Anyone) -> shapes.Me:
    """For which unit and in whose name this key acts."""
    async with looking(doors) as moment:
        assert caller.who.person is not None
        return shapes.Me(
            name=caller.token.name,
            unit=_unit(moment, caller.token.unit),
            person=caller.who.person.name,
            roles=[str(role) for _, role in caller.who.duties],
            scopes=list(caller.token.scopes),
        )


async def listed(
    doors: Door,
    caller: Reads,
    status: shapes.StatusName = shapes.StatusName.OPEN,
    urgency: shapes.UrgencyName | None = None,
    commune: Text = "",
    lead: Text = "",
    category: Text = "",
    q: Annotated[str, Query(max_length=80, description=WORDS), AfterValidator(clean)] = "",
    page: Annotated[int, Query(ge=1, le=MOST_PAGES)] = 1,
    size: Annotated[int, Query(ge=1, le=MOST)] = 50,
    before: Annotated[int, Query(ge=0, le=2**53, description="`older` of the page before")] = 0,
    *,
    overdue: bool = False,
) -> shapes.Page:
    """The tickets that this key's unit reported, leads or helps with."""
    words = tuple(fold(q).split())
    wanted = Wanted(
        is_overdue=overdue,
        urgencies=(str(urgency),) if urgency else (),
        statuses=_statuses(status),
        communes=(commune,) if commune else (),
        leads=(lead,) if lead else (),
        categories=(category,) if category else (),
        words=words,
    )
    scope = access.scope_of(caller.who, in_group=False)
    if words:  # who may not read the words may not guess them by searching either
        scope = replace(scope, restricted=False)
    async with looking(doors) as moment:
        remote = queue.remote(moment.rules.pack)
        found = await ended.queue(
            moment.session, scope, wanted, moment.now, remote, (page - 1) * size, size, before
        )
        items = [shape_of(moment, row, is_late=row.id in found.overdue) for row in found.tickets]
    return shapes.Page(
        items=items, total=found.total, page=page, size=size, older=found.older or None
    )


def _statuses(status: shapes.StatusName) -> tuple[str, ...]:
    if status is shapes.StatusName.OPEN:
        return ()
    return tuple(Status) if status is shapes.StatusName.ALL else (str(status),)


async def one(doors: Door, caller: Reads, code: Code) -> shapes.WholeTicket:
    """One ticket; the same answer for one that is absent and one that is another unit's."""
    async with looking(doors) as moment:
        ticket = await find(moment, caller, code)
        late = await queues.late_among(moment.session, [ticket.id or 0], moment.now)
        shown = shape_of(moment, ticket, is_late=bool(late))
        timeline = await _timeline(moment, ticket, caller)
    await _note(doors, caller, ticket)
    return shapes.WholeTicket(**shown.model_dump(), timeline=timeline)


async def find(moment: Moment, caller: Caller, code: str, *, lock: bool = False) -> Ticket:
    """The ticket of a number as this caller may see it. Raises Problem 404."""
    found = await tickets.by_code(moment.session, code) if CODE.fullmatch(code) else None
    if found is None or found.id is None:
        raise Problem(404, "not_there")
    try:
        return await access.ticket_for(moment, found.id, caller.who, lock=lock)
    except access.NotAllowed:
        raise Problem(404, "not_there") from None


async def _timeline(moment: Moment, ticket: Ticket, caller: Caller) -> list[shapes.Fact]:
    events = public(await tickets.events_of(moment.session, ticket.id or 0))
    say = Texts("vi", moment.rules.units, moment.rules.zone)
    rows = await entries(moment, ticket, events, caller.who, say, 0)
    kinds = [event.kind for event in events]
    facts = zip(kinds, reversed(rows), strict=True)
    return [_fact(kind, row, is_hidden=ticket.restricted) for kind, row in facts]


def _fact(kind: str, row: Entry, *, is_hidden: bool) -> shapes.Fact:
    return shapes.Fact.model_validate(
        {
            "at": row.iso,
            "kind": kind,
            "what": row.what,
            "who": row.who,
            "about": row.about,
            "words": None if is_hidden else row.words,
            "rule": "" if is_hidden else row.rule,
        }
    )


def shape_of(moment: Moment, ticket: Ticket, *, is_late: bool) -> shapes.Ticket:
    """A ticket as programs get it: of a restricted one nothing that people wrote."""
    hidden = ticket.restricted
    same = {
        name: getattr(ticket, name)
        for name in shapes.Ticket.model_fields
        if name not in {"commune", "lead", "coordinating", "is_overdue"}
    }
    words = {name: None for name in ("text", "place", "lat", "lon", "resolution") if hidden}
    return shapes.Ticket(
        **{**same, **words},
        commune=_unit(moment, ticket.commune),
        lead=_unit(moment, ticket.lead),
        coordinating=[_unit(moment, code) for code in ticket.coordinating],
        is_overdue=is_late,
    )


def _unit(moment: Moment, code: str) -> shapes.Unit:
    return shapes.Unit(code=code, name=moment.rules.units.unit_name(code))


async def _note(doors: Doors, caller: Caller, ticket: Ticket) -> None:
    """The access log names whose key looked, once in ten minutes."""
    asked, now = f"khóa {caller.number}", doors.now()
    async with doors.database.reading() as session:
        number = ticket.id or 0
        if not await viewings.is_new(session, caller.person, number, "api", asked, now):
            return
    async with doors.database.transaction() as session:
        session.add(
            Viewing(person_id=caller.person, ticket_id=ticket.id, what="api", asked=asked, at=now)
        )


def add_routes(router: APIRouter) -> None:
    """What a key reads."""
    router.add_api_route("/me", me, methods=["GET"])
    router.add_api_route("/tickets", listed, methods=["GET"])
    router.add_api_route("/tickets/{code}", one, methods=["GET"])
