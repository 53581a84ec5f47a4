"""The application of GeoReport v2: its addresses, and how its answers are described."""

from typing import Any

from fastapi import APIRouter, FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException

from web.api.app import program_app
from web.doors import Doors
from web.open311 import catalogue, filing, requests
from web.open311.forms import XML, explain, explain_values

BASE = "/open311/v2"
ROWS: dict[str, Any] = {"schema": {"type": "array", "items": {"type": "object"}}}
ONE: dict[str, Any] = {"schema": {"type": "object"}}
ERRORS = {
    "schema": {
        "type": "array",
        "items": {"type": "object", "required": ["code", "description"]},
    }
}
STATUSES = (400, 403, 404, 409, 413, 422, 429, 503)
TEXTS = ("service_code", "description", "address_string", "address_id", "api_key", "lat", "long")
FILED = {
    "requestBody": {
        "required": True,
        "content": {
            "application/x-www-form-urlencoded": {
                "schema": {
                    "type": "object",
                    "required": ["service_code", "description"],
                    "properties": {name: {"type": "string"} for name in TEXTS},
                }
            }
        },
    }
}


def _described(status: int, rows: dict[str, Any]) -> dict[int | str, dict[str, Any]]:
    """What an address answers, in both forms."""
    told: dict[int | str, dict[str, Any]] = {
        code: {"description": "", "content": {"application/json": ERRORS, XML: {}}}
        for code in STATUSES
    }
    return told | {status: {"description": "", "content": {"application/json": rows, XML: {}}}}


def create_open311(doors: Doors) -> FastAPI:
    """Services are open to all; requests need a key, in the header or in a POST's body."""
    app = program_app("Open311 GeoReport v2", "Tháo Gỡ", doors)
    app.add_exception_handler(HTTPException, explain)
    app.add_exception_handler(RequestValidationError, explain_values)
    router = APIRouter(redirect_slashes=False)
    for path, read, rows in (
        ("/services.{form}", catalogue.services, ROWS),
        ("/services/{code}.{form}", catalogue.definition, ONE),
        ("/requests.{form}", requests.requests, ROWS),
        ("/requests/{number}.{form}", requests.request_of, ROWS),
    ):
        router.add_api_route(
            path, read, methods=["GET"], response_model=None, responses=_described(200, rows)
        )
    router.add_api_route(
        "/requests.{form}",
        filing.file,
        methods=["POST"],
        status_code=201,
        response_model=None,
        responses=_described(201, ROWS),
        openapi_extra=FILED,
    )
    app.include_router(router)
    return app
