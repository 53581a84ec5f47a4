"""Reading what a form sent, within limits."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import Request
from starlette.datastructures import FormData, UploadFile

from tickets.rich import clean
from web.pages import Problem

FIELD = 256 * 1024
"""Bytes of one text field: 20,000 characters of any script, and line ends written as two."""
FILES = 100
"""More than the size limit leaves room for; how many are taken is decided by the page."""
CLIENT_KEY = re.compile(r"[0-9A-Za-z-]{8,64}")


@asynccontextmanager
async def read_form(request: Request, *, fields: int = 20) -> AsyncIterator[FormData]:
    """The fields of a form, so many at most; uploads are closed afterwards."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind not in {"multipart/form-data", "application/x-www-form-urlencoded"}:
        raise Problem(400, "bad")
    async with request.form(max_files=FILES, max_fields=fields, max_part_size=FIELD) as form:
        yield form


def text_of(form: FormData, name: str) -> str:
    """A text field as typed, cleaned; empty when it is not there."""
    value = form.get(name)
    return clean(value) if isinstance(value, str) else ""


def whole(text: str, *, digits: int = 9, otherwise: int = 0) -> int:
    """A whole number of a form or address; `otherwise` for what is none or fits no column."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= digits else otherwise


def client_key(form: FormData) -> str:
    """The key that the page was made with: the same again when a form is sent twice."""
    key = text_of(form, "key")
    if not CLIENT_KEY.fullmatch(key):
        raise Problem(400, "bad")
    return key


def coordinates(form: FormData) -> tuple[float, float] | None:
    """Where the phone is, if it said so."""
    given = text_of(form, "lat"), text_of(form, "lon")
    if not any(given):
        return None
    try:
        lat, lon = float(given[0]), float(given[1])
    except ValueError:
        raise Problem(400, "bad") from None
    if not (-90 <= lat <= 90 and -180 <= lon <= 180):  # noqa: PLR2004  and NaN is neither
        raise Problem(400, "bad")
    return lat, lon


def uploads(form: FormData, name: str) -> list[UploadFile]:
    """The files of a field; a browser sends an empty one where none was chosen."""
    found = [file for file in form.getlist(name) if isinstance(file, UploadFile)]
    return [file for file in found if file.filename]
