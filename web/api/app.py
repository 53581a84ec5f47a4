"""The application of other programs: its own answers to what goes wrong, its own OpenAPI."""

from typing import Any

from fastapi import APIRouter, FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException

from web.api import reading, shapes, writing
from web.api.pace import Pace
from web.api.problems import explain, explain_values
from web.doors import Doors
from web.problems import MEDIA
from web.tries import Tries

BASE = "/api/v1"
STATUSES = {
    400: "What was sent is no JSON",
    401: "No key, or one that does not count",
    403: "The key, or its unit, may not do this",
    404: "Absent, or another unit's",
    409: "The ticket has changed: read it anew",
    413: "More than 64 KB",
    422: "A field is not of its kind, or an idempotency key was used for something else",
    429: "Too fast: see Retry-After",
    503: "The program is starting",
}
WRONG = {"content": {MEDIA: {"schema": {"$ref": "#/components/schemas/Wrong"}}}}


def program_app(title: str, about: str, doors: Doors) -> FastAPI:
    """An application whose every answer is for programs."""
    app = FastAPI(
        title=title,
        description=about,
        version="1",
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
    )
    app.state.doors, app.state.pace, app.state.tries = doors, Pace(), Tries()
    app.add_exception_handler(HTTPException, explain)
    app.add_exception_handler(RequestValidationError, explain_values)
    return app


def create_api(doors: Doors) -> FastAPI:
    """/api/v1: read and write JSON; openapi.json says how."""
    about = "Phiếu phản ánh của các xã. Khóa do quản trị viên cấp, gửi trong tiêu đề Authorization."
    app = program_app("Tháo Gỡ", about, doors)
    wrong: dict[int | str, dict[str, Any]] = {
        status: {"description": said, "model": shapes.Wrong, **WRONG}
        for status, said in STATUSES.items()
    }
    router = APIRouter(redirect_slashes=False, responses=wrong)
    reading.add_routes(router)
    writing.add_routes(router)
    app.include_router(router)
    return app
