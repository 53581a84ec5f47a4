"""The report of a period's difficulties: a form, and the .docx that it makes."""

from datetime import date, datetime, time, timedelta

from fastapi import APIRouter, Request
from fastapi.responses import Response

from storage.listing import opened_between
from storage.people import Role
from tickets import access
from tickets.difficulties import GROUPINGS, Grouping, report
from tickets.moment import Moment
from web import drafts
from web.console import looks
from web.console.frame import view
from web.console.overseeing import require
from web.console.queue import scope_of
from web.console.sitting import Seated, Sitting, looking
from web.doors import Door

MOST = 500
"""Tickets of one report: more is a list, and no document."""
BACK = timedelta(days=30)
LONGEST = timedelta(days=731)


async def show(request: Request, doors: Door, sitting: Seated) -> Response:
    """From when to when, and in which order."""
    require(sitting, *access.DESK, *access.ANY_TICKET)
    async with looking(doors) as moment:
        first, last = _period(moment, "", "")
        return view(
            request, sitting, moment, "report.html", place="/bao-cao", first=first, last=last
        )


def _period(moment: Moment, tu: str, den: str) -> tuple[date, date]:
    """The days that were asked for; the last month where they are no days."""
    try:
        last = min(date.fromisoformat(den), moment.today) if den else moment.today
        first = date.fromisoformat(tu) if tu else last - BACK
        return max(min(first, last), last - LONGEST), last
    except (ValueError, OverflowError):  # no days, or before the year 1
        return moment.today - BACK, moment.today


async def draft(
    request: Request, doors: Door, sitting: Seated, tu: str = "", den: str = "", theo: str = "lead"
) -> Response:
    """The report over what the person's queue may hold."""
    require(sitting, *access.DESK, *access.ANY_TICKET)
    by: Grouping = next((known for known in GROUPINGS if known == theo), "lead")
    async with looking(doors) as moment:
        first, last = _period(moment, tu[:10], den[:10])
        since, until = _start(moment, first), _start(moment, last + timedelta(days=1))
        scope = scope_of(moment, sitting.who)
        found, total = await opened_between(moment.session, scope, since, until, MOST)
        issuer = _issuer(moment, sitting)
        paper = report(moment, found, total, issuer=issuer, first=first, last=last, by=by)
        drafted = await drafts.drafted(moment.session, paper)
    await looks.note(doors, sitting, "report", asked=f"{first}..{last} {by}")
    return await drafts.answer(drafted)


def _start(moment: Moment, day: date) -> datetime:
    return datetime.combine(day, time(), moment.rules.zone)


def _issuer(moment: Moment, sitting: Sitting) -> str:
    """The unit in whose name it is written: the coordinator's for who sees all."""
    who = sitting.who
    if who.holds(Role.COORDINATOR):
        return moment.rules.pack.coordinator
    return min(who.units(*access.DESK, Role.LEADER), default=moment.rules.pack.coordinator)


def add_routes(router: APIRouter) -> None:
    """The form and the document."""
    router.add_api_route("/bao-cao", show, methods=["GET"])
    router.add_api_route("/bao-cao.docx", draft, methods=["GET"])
