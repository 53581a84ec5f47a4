"""A request is filed: a form as GeoReport v2 has it, with the key in its body or its header."""

import hashlib
from typing import Annotated, Any

from fastapi import Header, Request
from fastapi.responses import Response
from starlette.datastructures import FormData

from province.pack import Route
from storage.api_tokens import Scope
from tickets.acts.reporting import Report
from tickets.acts.submitting import submit
from tickets.moment import Moment
from tickets.rich import clean
from web.api.bearer import Caller, Given, caller_with, require
from web.api.shapes import LONGEST
from web.api.writing import done, noted, once
from web.doors import Door
from web.forms import coordinates, read_form, text_of
from web.open311.catalogue import choices
from web.open311.forms import Form, answer
from web.pages import Problem

FIELDS = 60
PLACE = 200
Key = Annotated[str, Header(alias="Idempotency-Key", pattern=r"^[0-9A-Za-z_-]{8,64}$")]


async def file(request: Request, doors: Door, given: Given, form: Form, key: Key = "") -> Response:
    """Open a ticket: `address_id` is a commune's code, needed with the coordinator's key alone.

    GeoReport knows no idempotency key: without one, the same form within a day is the same request.
    """
    async with read_form(request, fields=FIELDS) as fields:
        secret = given.credentials if given else text_of(fields, "api_key")
        caller = await caller_with(request, doors, secret)
        require(caller, Scope.REPORT)
        asked = sorted(
            (name, value)
            for name, value in fields.multi_items()
            if isinstance(value, str) and name != "api_key"
        )

        async def work(moment: Moment) -> dict[str, Any]:
            return await _open(moment, caller, fields)

        digest = hashlib.sha256(repr(asked).encode()).hexdigest()
        day = f"{doors.now():%Y%m%d}"
        found, _ = await once(doors, caller, key or f"o311-{day}-{digest[:40]}", repr(asked), work)
    rows = [{"service_request_id": found["code"], "service_notice": "", "account_id": ""}]
    return answer(form, rows, "service_requests", "request", 201)


async def _open(moment: Moment, caller: Caller, fields: FormData) -> dict[str, Any]:
    route = moment.route(text_of(fields, "service_code"))
    if route is None:
        raise Problem(404, "open311_no_service")
    place, commune = clean(text_of(fields, "address_string"))[:PLACE], text_of(fields, "address_id")
    spot = _spot(fields)
    text = _text(fields, route)
    report = Report(text, moment.now, place, *spot, origin=f"phần mềm {caller.token.name}")
    ticket = await submit(moment, caller.who, report, commune[:60], category=route.category)
    noted(moment, caller, ticket, "report")
    return done(ticket)


def _spot(fields: FormData) -> tuple[float | None, float | None]:
    """Where it is; GeoReport calls the longitude long."""
    renamed = FormData([("lat", text_of(fields, "lat")), ("lon", text_of(fields, "long"))])
    return coordinates(renamed) or (None, None)


def _text(fields: FormData, route: Route) -> str:
    """The description with what was answered about the category, each on a line of its own."""
    lines = [text_of(fields, "description")]
    for question in route.questions:
        said = text_of(fields, f"attribute[{question.slot}]")
        if said:
            lines.append(f"{question.ask} {dict(choices(question)).get(said, said)}")
    text = "\n".join(line for line in lines if line)
    if len(text) > LONGEST or not any(letter.isalnum() for letter in lines[0]):
        raise Problem(400, "open311_description")
    return text
