"""Whether the program lives, and whether it is ready to work."""

from fastapi import APIRouter, FastAPI
from fastapi.responses import JSONResponse, PlainTextResponse, Response
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError
from starlette.exceptions import HTTPException

from web import metrics
from web.doors import Door, Doors
from web.pages import explain


async def healthz() -> Response:
    """The process answers; nothing else is touched."""
    return PlainTextResponse("ok")


async def readyz(doors: Door) -> Response:
    """200 when work can be taken; else 503 with the reasons."""
    reasons = [*doors.ready(), *doors.troubles()]
    try:
        async with doors.database.reading() as session:
            await session.execute(text("SELECT 1"))
    except (SQLAlchemyError, OSError) as error:
        reasons = [*reasons, f"database: {type(error).__name__}"]
    told: dict[str, object] = {"ready": not reasons, "reasons": reasons}
    if roles := doors.roles():
        told["roles"] = roles
    return JSONResponse(told, 503 if reasons else 200)


def routes() -> APIRouter:
    """For whoever watches the program."""
    router = APIRouter()
    router.add_api_route("/healthz", healthz, methods=["GET"])
    router.add_api_route("/readyz", readyz, methods=["GET"])
    return router


def create_bare_app(doors: Doors) -> FastAPI:
    """For a process that has no pages: only what watches it may ask."""
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None, redirect_slashes=False)
    app.state.doors = doors
    app.add_exception_handler(HTTPException, explain)
    app.include_router(routes())
    app.include_router(metrics.routes())
    return app
