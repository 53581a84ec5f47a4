"""The two forms of every answer, JSON and XML, for what is asked and for what went wrong."""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Any
from xml.etree import ElementTree as ET

from fastapi import Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from starlette.exceptions import HTTPException

from tickets.rich import clean
from web.labels import labels
from web.pages import WORD_OF_STATUS, Problem

XML = "application/xml"


class Form(StrEnum):
    """How an address ends."""

    JSON = "json"
    XML = "xml"


def answer(form: Form, rows: Any, root: str, item: str, status: int = 200) -> Response:
    """Rows, or one row, in the form that was asked for; `root` and `item` name XML's elements."""
    if form is Form.JSON:
        return JSONResponse(rows, status)
    return Response(as_xml(rows, root, item), status, media_type=f"{XML}; charset=utf-8")


def as_xml(rows: Any, root: str, item: str) -> bytes:
    """The same as XML."""
    top = ET.Element(root)
    _fill(top, rows, item)
    whole: bytes = ET.tostring(top, encoding="utf-8", xml_declaration=True)
    return whole


def _fill(element: ET.Element, value: Any, item: str) -> None:
    if isinstance(value, Mapping):
        for name, inner in value.items():
            _fill(ET.SubElement(element, name), inner, INNER.get(name, "value"))
    elif isinstance(value, Sequence) and not isinstance(value, str):
        for row in value:
            _fill(ET.SubElement(element, item), row, item)
    elif value is not None:
        text = str(value).lower() if isinstance(value, bool) else str(value)
        element.text = "".join(letter for letter in clean(text) if letter not in "\ufffe\uffff")


INNER = {"attributes": "attribute", "values": "value"}
"""What the elements within a list are called."""


def problem(request: Request, status: int, description: str) -> Response:
    """What went wrong, as GeoReport v2 tells it."""
    form = Form.XML if request.scope["path"].endswith(".xml") else Form.JSON
    return answer(form, [{"code": status, "description": description}], "errors", "error", status)


async def explain(request: Request, error: Exception) -> Response:
    """What was raised, for FastAPI's exception handlers; a missing key is a 403 in GeoReport."""
    assert isinstance(error, HTTPException)
    code = error.word if isinstance(error, Problem) else WORD_OF_STATUS.get(error.status_code)
    status = 403 if error.status_code == 401 else error.status_code  # noqa: PLR2004  as above
    told = problem(request, status, labels("vi")(code or "bad"))
    told.headers.update(error.headers or {})
    return told


async def explain_values(request: Request, error: Exception) -> Response:
    """What of a request is not of its kind; never what was sent."""
    assert isinstance(error, RequestValidationError)
    names = ", ".join(str(one["loc"][-1]) for one in error.errors())
    return problem(request, 400, f"{labels('vi')('open311_bad')} {names}")
