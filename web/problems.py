"""What programs are told when something goes wrong: problem+json (RFC 9457), never a page."""

from http import HTTPStatus
from typing import Any

from fastapi import Request
from fastapi.responses import JSONResponse, Response

from web.labels import labels

MEDIA = "application/problem+json"
OPEN311 = "/open311/"
PATHS = ("/api/", OPEN311)
"""Under these no answer is a page."""


def is_for_programs(request: Request) -> bool:
    """Whether a program asks, whom a page would not help."""
    path: str = request.scope["path"]
    return path.startswith(PATHS)


def told(request: Request, status: int, code: str, **more: Any) -> Response:
    """A problem; its sentence in English for who prefers that, else in Vietnamese.

    Civic tools get GeoReport's list of errors from every layer, not from Open311's own alone.
    """
    if request.scope["path"].startswith(OPEN311):
        from web.open311.forms import problem  # noqa: PLC0415  it knows the pages, which know us

        return problem(request, status, labels("vi")(code))
    language = "en" if request.headers.get("accept-language", "").startswith("en") else "vi"
    body = {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "code": code,
        "detail": labels(language)(code),
        **more,
    }
    return JSONResponse(body, status, media_type=MEDIA)
