"""Requests: the tickets that a key's unit may see, as GeoReport v2 tells them."""

from datetime import datetime, timedelta
from typing import Annotated, Any

from fastapi import Path, Query
from fastapi.responses import Response
from pydantic import AfterValidator

from storage import listing, tickets
from storage.listing import Period
from storage.tickets import Status, Ticket
from tickets import access
from tickets.moment import Moment
from tickets.rich import clean
from web.api.bearer import Reads
from web.api.reading import CODE, find
from web.console.sitting import looking
from web.doors import Door
from web.open311.forms import Form, answer
from web.pages import Problem

MOST, LONGEST = 1000, timedelta(days=90)
"""Requests of one answer, and the span of time: both as GeoReport v2 says."""
CLOSED = (Status.RESOLVED, Status.CLOSED, Status.CANCELLED)
Number = Annotated[str, Path(pattern=r"^[A-Z]{2,4}-\d{2}-\d{6}$")]
Listed = Annotated[str, Query(max_length=2000), AfterValidator(clean)]


async def requests(
    doors: Door,
    caller: Reads,
    form: Form,
    service_request_id: Listed = "",
    service_code: Listed = "",
    start_date: datetime | None = None,
    end_date: datetime | None = None,
    status: Annotated[str, Query(pattern=r"^(open|closed)?(,(open|closed))?$")] = "",
) -> Response:
    """The newest requests of the last 90 days, of another span, or those that are numbered."""
    async with looking(doors) as moment:
        if service_request_id:
            rows = await _numbered(moment, caller.who, service_request_id)
        else:
            period = _period(moment, start_date, end_date)
            wanted = tuple(filter(None, service_code.split(",")))
            asked = set(filter(None, status.split(",")))
            ends = {"open": [s for s in Status if s not in CLOSED], "closed": list(CLOSED)}
            statuses = tuple(s for name in sorted(asked) for s in ends[name])
            scope = access.scope_of(caller.who)
            rows = list(await listing.newest(moment.session, scope, period, wanted, statuses, MOST))
        told = [told_of(moment, row) for row in rows]
    return answer(form, told, "service_requests", "request")


async def _numbered(moment: Moment, who: Any, numbers: str) -> list[Ticket]:
    """Those of some numbers that there are and that may be seen."""
    codes = [code for code in numbers.split(",")[:100] if CODE.fullmatch(code)]
    found = [await tickets.by_code(moment.session, code) for code in dict.fromkeys(codes)]
    return [row for row in found if row is not None and access.may_see(row, who)]


def _period(moment: Moment, start: datetime | None, end: datetime | None) -> Period:
    """At most 90 days; a time without a zone is the province's."""
    until = _instant(moment, end) if end else moment.now
    since = _instant(moment, start) if start else None
    if since is not None and end is None:
        until = min(moment.now, _later(since))
    begin = since or _earlier(until)
    return Period(max(begin, _earlier(until)), until)


def _instant(moment: Moment, given: datetime) -> datetime:
    if not 2000 <= given.year <= 2200:  # noqa: PLR2004  no time zone carries it over an end
        raise Problem(400, "open311_date")
    return given if given.tzinfo else given.replace(tzinfo=moment.rules.zone)


def _later(instant: datetime) -> datetime:
    return instant + LONGEST


def _earlier(instant: datetime) -> datetime:
    return instant - LONGEST


async def request_of(doors: Door, caller: Reads, number: Number, form: Form) -> Response:
    """One request; the same answer for one that is absent and one that is another unit's."""
    async with looking(doors) as moment:
        ticket = await find(moment, caller, number)
        told = [told_of(moment, ticket)]
    return answer(form, told, "service_requests", "request")


def told_of(moment: Moment, ticket: Ticket) -> dict[str, Any]:
    """A ticket as a request: of a restricted one nothing that people wrote."""
    hidden = ticket.restricted
    by = ticket.promised_at or ticket.result_by
    return {
        "service_request_id": ticket.code,
        "status": "closed" if ticket.status in CLOSED else "open",
        "status_notes": "" if hidden else ticket.resolution,
        "service_name": ticket.summary,
        "service_code": ticket.category,
        "description": "" if hidden else ticket.text,
        "agency_responsible": moment.rules.units.unit_name(ticket.lead),
        "service_notice": "",
        "requested_datetime": ticket.opened_at.isoformat(),
        "updated_datetime": _touched(ticket).isoformat(),
        "expected_datetime": by.isoformat() if by else "",
        "address": "" if hidden else ticket.place,
        "address_id": ticket.commune,
        "zipcode": "",
        "lat": None if hidden else ticket.lat,
        "long": None if hidden else ticket.lon,
        "media_url": "",
    }


def _touched(ticket: Ticket) -> datetime:
    known = (
        ticket.acknowledged_at, ticket.answered_at, ticket.told_at, ticket.resolved_at,
        ticket.closed_at,
    )  # fmt: skip
    return max([ticket.opened_at, *filter(None, known)])
