"""Whether the program lives, and whether it is ready to work."""

from fastapi import APIRouter
from fastapi.responses import JSONResponse, PlainTextResponse, Response
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from web.doors import Door


async def healthz() -> Response:
    """The process answers; nothing else is touched."""
    return PlainTextResponse("ok")


async def readyz(doors: Door) -> Response:
    """200 when work can be taken; else 503 with the reasons."""
    reasons = doors.ready()
    try:
        async with doors.database.reading() as session:
            await session.execute(text("SELECT 1"))
    except (SQLAlchemyError, OSError) as error:
        reasons = [*reasons, f"database: {type(error).__name__}"]
    return JSONResponse({"ready": not reasons, "reasons": reasons}, 503 if reasons else 200)


def routes() -> APIRouter:
    """For whoever watches the program."""
    router = APIRouter()
    router.add_api_route("/healthz", healthz, methods=["GET"])
    router.add_api_route("/readyz", readyz, methods=["GET"])
    return router
