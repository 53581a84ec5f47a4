"""How pages are made from templates, and how a page says that something did not work."""

import hashlib
import re
from functools import cache
from pathlib import Path
from typing import Any

from fastapi import Request
from fastapi.responses import HTMLResponse, JSONResponse, Response
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape
from starlette.exceptions import HTTPException

from web.labels import labels
from web.problems import is_for_programs, told

HERE = Path(__file__).parent
STATIC = HERE / "static"
EMERGENCY = re.compile(r"\b(11[2-5])\b")
WORD_OF_STATUS = {
    400: "bad",
    403: "not_from_here",
    404: "not_there",
    405: "not_there",
    413: "too_large",
    429: "too_many_tries",
    503: "our_fault",
}

templates = Environment(
    loader=FileSystemLoader(HERE / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    auto_reload=False,
    trim_blocks=True,
    lstrip_blocks=True,
)


class Problem(HTTPException):
    """Something that the visitor is told in one sentence; `word` names it in web.labels."""

    def __init__(self, status: int, word: str, headers: dict[str, str] | None = None) -> None:
        """`status` is the HTTP status."""
        super().__init__(status, word, headers)
        self.word = word


@cache
def version(name: str) -> str:
    """A few letters of a static file's digest, so that a changed file has another address."""
    return hashlib.sha256((STATIC / name).read_bytes()).hexdigest()[:10]


def static(name: str) -> str:
    """The address of a static file."""
    return f"/static/{name}?v={version(name)}"


def callable_numbers(text: str) -> Markup:
    """A sentence in which the emergency numbers can be touched to call them."""
    return Markup(EMERGENCY.sub(r'<a href="tel:\1">\1</a>', str(escape(text))))  # noqa: S704  escaped


templates.globals["static"] = static
templates.filters["calls"] = callable_numbers


def base_of(request: Request) -> str:
    """The path under which these pages are mounted; empty for the root."""
    base: str = request.scope.get("root_path", "")
    return base


def language_of(request: Request) -> str:
    """The visitor's language, once the session is known; Vietnamese before."""
    return getattr(request.state, "language", "vi")


def page(request: Request, template: str, /, *, status: int = 200, **context: Any) -> HTMLResponse:
    """A page in the visitor's language."""
    language = language_of(request)
    content = templates.get_template(template).render(
        say=labels(language), language=language, base=base_of(request), **context
    )
    return HTMLResponse(content, status)


def wants_json(request: Request) -> bool:
    """Whether our own script asks, rather than a form."""
    return "application/json" in request.headers.get("accept", "")


def problem(request: Request, status: int, word: str) -> Response:
    """One sentence that says what to do, as a page, for our script or for a program."""
    if is_for_programs(request):
        return told(request, status, word)
    if wants_json(request):
        return JSONResponse({"problem": labels(language_of(request))(word)}, status)
    return page(request, "problem.html", status=status, word=word)


async def explain(request: Request, error: Exception) -> Response:
    """Turn what was raised into a page; for FastAPI's exception handlers."""
    assert isinstance(error, HTTPException)
    word = error.word if isinstance(error, Problem) else WORD_OF_STATUS.get(error.status_code)
    return problem(request, error.status_code, word or "bad")
