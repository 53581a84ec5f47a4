"""The web application: its layers and its pages, built from what the program hands in."""

import asyncio

from fastapi import APIRouter, FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import Response
from fastapi.staticfiles import StaticFiles
from starlette.exceptions import HTTPException

from web import (
    chat,
    files,
    given,
    health,
    hooks,
    joining,
    letters,
    metrics,
    personal,
    saying,
    storms,
    stream,
    trial,
)
from web.api import app as api
from web.console import routing as console
from web.console.boards import Boards
from web.console.making import Shelf
from web.console.overview import Pictures
from web.doors import Door, Doors, Kept, TelegramHook, TrialPeople
from web.open311 import app as open311
from web.pages import STATIC, explain, page, problem
from web.sessions import visitor_at
from web.shield import Gate, Shield, SizeLimit, only_here, same_origin, started
from web.tries import Tries

__all__ = ["Doors", "Kept", "TelegramHook", "TrialPeople", "create_app"]


async def front(request: Request, doors: Door) -> Response:
    """What this is, and the way in; shown before the database is open."""
    who = None if "database" in doors.ready() else await visitor_at(doors, request)
    return page(request, "front.html", who=who)


async def explain_values(request: Request, error: Exception) -> Response:
    """An address or field that is not of its kind."""
    assert isinstance(error, RequestValidationError)
    return problem(request, 400, "bad")


def chat_pages() -> APIRouter:
    """Everything that one person's browser needs; may be mounted under any path."""
    router = APIRouter(redirect_slashes=False)
    for part in (joining, chat, saying, stream, files, personal, console):
        router.include_router(part.routes())
    return router


def create_app(doors: Doors) -> FastAPI:
    """The application; raises ValueError for a trial that the outside could reach."""
    if doors.trial is not None and doors.public_url is not None:
        raise ValueError("the trial never opens under a public address")
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None, redirect_slashes=False)
    app.state.doors = doors
    app.state.tries = Tries()
    app.state.boards, app.state.pictures = Boards(), Pictures()
    app.state.shelf = Shelf()
    app.state.joining = asyncio.Lock()
    app.mount("/static", StaticFiles(directory=STATIC))
    app.mount(api.BASE, api.create_api(doors))
    if doors.open311:
        app.mount(open311.BASE, open311.create_open311(doors))
    for part in (health, metrics, hooks, given, letters, storms):
        app.include_router(part.routes())
    if doors.trial is None:
        app.add_api_route("/", front, methods=["GET"])
    else:
        app.include_router(trial.routes())
        app.mount("/as/{key}", chat_pages())
    app.include_router(chat_pages())
    app.add_exception_handler(HTTPException, explain)
    app.add_exception_handler(RequestValidationError, explain_values)
    _add_layers(app, doors)
    return app


def _add_layers(app: FastAPI, doors: Doors) -> None:
    """The layers before the pages; the one added last is the outermost."""
    app.add_middleware(SizeLimit)
    app.add_middleware(Gate, check=started(doors.ready))
    app.add_middleware(Gate, check=same_origin(doors.public_url))
    if doors.trial is not None:
        app.add_middleware(Gate, check=only_here)
    app.add_middleware(Shield)
