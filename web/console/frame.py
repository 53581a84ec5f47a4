"""What stands around every page of the console: who works here, and where one can go."""

from typing import Any

from fastapi import Request
from fastapi.responses import HTMLResponse

from province.lookup import Lookup
from storage.people import Role, Speaker
from tickets import access, failing
from tickets.moment import Moment
from tickets.papers import KEEPS
from web.console.sitting import Sitting, texts
from web.pages import base_of, page

PLACES: tuple[tuple[str, str, tuple[Role, ...]], ...] = (
    ("/toan-canh", "nav_overview", (Role.LEADER, Role.COORDINATOR)),
    ("/phieu", "nav_queue", (*access.DESK, *access.ANY_TICKET)),
    ("/can-xem", "nav_needs", (Role.COORDINATOR,)),
    ("/bao-lu", "nav_storm", (Role.COORDINATOR, Role.LEADER)),
    ("/nhu-cau", "nav_clusters", (*access.DESK, *access.ANY_TICKET)),
    ("/thong-bao", "nav_broadcasts", (Role.COORDINATOR,)),
    ("/bao-cao", "nav_report", (*access.DESK, *access.ANY_TICKET)),
    ("/nhap-viec", "nav_take", (Role.COORDINATOR,)),
    ("/mau-tra-loi", "nav_wordings", (Role.HEAD, Role.COORDINATOR)),
    ("/nguoi", "nav_people", (Role.ADMIN, Role.COORDINATOR, Role.HEAD)),
    ("/mau-van-ban", "nav_templates", KEEPS),
    ("/tin-hong", "nav_failures", failing.SEES),
    ("/kenh", "nav_channels", (Role.ADMIN,)),
    ("/goi-du-lieu", "nav_pack", (Role.ADMIN,)),
    ("/phan-mem", "nav_programs", (Role.ADMIN,)),
    ("/du-lieu-ca-nhan", "nav_data", (Role.ADMIN,)),
    ("/luu-giu", "nav_keeping", (Role.ADMIN,)),
    ("/nhat-ky", "nav_audit", (Role.ADMIN,)),
)
"""Where one can go: path, word, and for whom."""


def places_of(who: Speaker) -> list[tuple[str, str]]:
    """The pages that a person may open: path and word."""
    return [(path, word) for path, word, roles in PLACES if who.holds(*roles)]


def home_of(who: Speaker) -> str:
    """Where a person begins: the coordinator with what waits, everybody else with the first."""
    if who.holds(Role.COORDINATOR):
        return "/can-xem"
    return next((path for path, _ in places_of(who)), "/thoat")


def view(
    request: Request,
    sitting: Sitting,
    moment: Moment,
    template: str,
    *,
    place: str,
    status: int = 200,
    **context: Any,
) -> HTMLResponse:
    """A page of the console; `place` is the path of the navigation that it belongs to."""
    return page(
        request,
        f"console/{template}",
        status=status,
        places=places_of(sitting.who),
        place=place,
        name=sitting.person.name,
        units=units_of(sitting.who, moment.rules.units),
        csrf=sitting.csrf,
        t=texts(moment, sitting),
        now=moment.now,
        here=base_of(request),
        **context,
    )


def units_of(who: Speaker, units: Lookup) -> str:
    """For whom somebody works, as the head of a page says it."""
    return ", ".join(dict.fromkeys(units.short_name(unit) for unit, _ in who.duties))
