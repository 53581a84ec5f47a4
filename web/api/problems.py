"""Whatever the API's addresses raise, told as a problem with a word that programs can compare."""

from fastapi import Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import Response
from starlette.exceptions import HTTPException

from web.pages import WORD_OF_STATUS, Problem
from web.problems import told


async def explain(request: Request, error: Exception) -> Response:
    """What was raised, for FastAPI's exception handlers."""
    assert isinstance(error, HTTPException)
    code = error.word if isinstance(error, Problem) else WORD_OF_STATUS.get(error.status_code)
    answer = told(request, error.status_code, code or "bad")
    answer.headers.update(error.headers or {})
    return answer


async def explain_values(request: Request, error: Exception) -> Response:
    """What of a request is not of its kind; never what was sent."""
    assert isinstance(error, RequestValidationError)
    wrong = [
        {"field": ".".join(str(part) for part in one["loc"]), "reason": one["msg"]}
        for one in error.errors()
    ]
    return told(request, 422, "api_bad", errors=wrong)
