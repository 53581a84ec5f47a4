"""Counts for whoever watches: with the settings' token, or asked for on this very machine."""

import ipaddress
import secrets

from fastapi import APIRouter, Request
from fastapi.responses import Response

from web.doors import Door, MetricsDoor
from web.pages import Problem
from web.shield import only_here

KIND = "text/plain; version=0.0.4; charset=utf-8"


async def metrics(request: Request, doors: Door) -> Response:
    """All counts of this process; there is no such page unless the settings ask for it."""
    if doors.metrics is None:
        raise Problem(404, "not_there")
    _admit(request, doors.metrics)
    return Response(await doors.metrics.text(), media_type=KIND)


def _admit(request: Request, door: MetricsDoor) -> None:
    """Raise Problem for whoever may not read."""
    if not door.token:
        only_here(request)
        if not _is_loopback(request.client.host if request.client else ""):
            raise Problem(403, "not_from_here")
        return
    given = request.headers.get("authorization", "").encode()
    if not secrets.compare_digest(given, f"Bearer {door.token}".encode()):
        raise Problem(403, "not_from_here")


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def routes() -> APIRouter:
    """The one page."""
    router = APIRouter()
    router.add_api_route("/metrics", metrics, methods=["GET"])
    return router
