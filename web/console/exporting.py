"""The queue as a file, .xlsx or .csv: written in batches, and no text in it is a formula."""

import asyncio
import codecs
import csv
import io
import re
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import quote
from zoneinfo import ZoneInfo

import structlog
from fastapi import APIRouter, Request
from fastapi.responses import FileResponse, Response, StreamingResponse
from starlette.background import BackgroundTask

from storage import people
from storage.listing import every, last_id
from tickets import access
from tickets.moment import Moment
from tickets.texts import Texts
from web.console import looks, workbook
from web.console.frame import view
from web.console.making import PATIENCE, Made, Progress, Shelf, lines
from web.console.queue import Filters, scope_of
from web.console.sitting import Seated, Sitting, looking, texts
from web.doors import Door, Doors
from web.labels import Say, labels
from web.pages import base_of

MOST = 100_000
"""Rows of one file: four years of 130 communes."""
FORMULA = ("=", "+", "-", "@", "\t", "\r", "|", "%", "＝", "＋", "－", "＠")
"""How a text begins that a spreadsheet may take for a formula, in wide letters as well."""
INNER = re.compile(r"([;\t]\s*)(?=[=+@＝＋＠])")
"""Where a cell would begin for a program that takes a semicolon for the separator."""
TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}
Write = Callable[[Path, Doors, Sitting, Filters, Progress], Awaitable[None]]
COLUMNS: tuple[tuple[str, int], ...] = (
    ("col_ticket", 15),
    ("reported", 16),
    ("col_commune", 20),
    ("where", 24),
    ("urgency", 11),
    ("matter", 30),
    ("content", 60),
    ("col_lead", 26),
    ("coordinating", 26),
    ("col_status", 24),
    ("col_assignee", 20),
    ("by_acknowledge", 16),
    ("by_answer", 16),
    ("by_result", 16),
    ("owed_promise", 16),
    ("at_answer", 16),
    ("at_result", 16),
    ("result", 60),
    ("act_number", 18),
    ("reopened", 8),
)
"""The words of the columns, and their widths in characters."""
log = structlog.get_logger()


def cells(
    ticket: Any, say: Texts, word: Say, assignee: str, zone: ZoneInfo
) -> list[str | int | datetime | None]:
    """The cells of a row of storage.listing; a restricted one's words do not travel."""

    def local(instant: datetime | None) -> datetime | None:
        return instant.astimezone(zone).replace(tzinfo=None) if instant else None

    hidden = word("restricted") if ticket.restricted else None
    return [
        ticket.code,
        local(ticket.opened_at),
        say.unit(ticket.commune),
        hidden or ticket.place,
        say.urgency(ticket.urgency),
        ticket.summary,
        hidden or ticket.text,
        say.unit(ticket.lead),
        say.shorts(ticket.coordinating),
        say.status(ticket),
        assignee,
        *(local(at) for at in (ticket.acknowledge_by, ticket.answer_by, ticket.result_by)),
        *(local(at) for at in (ticket.promised_at, ticket.answered_at, ticket.resolved_at)),
        hidden or ticket.resolution,
        ticket.document,
        ticket.reopened,
    ]


async def _rows(
    moment: Moment, sitting: Sitting, filters: Filters, progress: Progress
) -> AsyncIterator[list[list[str | int | datetime | None]]]:
    """The rows of the queue that an address narrows, in batches."""
    who, say = sitting.who, texts(moment, sitting)
    word = labels(sitting.person.language)
    wanted = filters.wanted(moment, who, by_lead=who.holds(*access.ANY_TICKET))
    scope, first = scope_of(moment, who, filters.whose), 0
    last = await last_id(moment.session)
    async for batch in every(moment.session, scope, wanted, moment.now, MOST):
        names = await people.names_of(moment.session, [row.assignee_id for row in batch])
        first = first or batch[0].id
        yield [
            cells(row, say, word, names.get(row.assignee_id or 0, ""), moment.rules.zone)
            for row in batch
        ]
        progress.rows += len(batch)
        looked = (batch[-1].id - first + 1) / max(1, last - first + 1)
        progress.share = min(1.0, max(looked, progress.rows / MOST))
    log.info("list exported", person=sitting.person.id, rows=progress.rows)


async def xlsx(request: Request, doors: Door, sitting: Seated, tep: str = "") -> Response:
    """The queue as a workbook; with `tep` one that has been made."""
    return await _given(request, doors, sitting, "xlsx", _write_book, tep)


async def as_csv(request: Request, doors: Door, sitting: Seated, tep: str = "") -> Response:
    """The queue as text with commas, marked as UTF-8 so that Excel reads it."""
    return await _given(request, doors, sitting, "csv", _write_text, tep)


async def _given(
    request: Request, doors: Doors, sitting: Sitting, kind: str, write: Write, kept: str
) -> Response:
    """A list in a file that goes with the answer: a slow reader holds no connection meanwhile.

    A browser that would have to wait long gets a page that says how far the file is. Another
    process does not know a file that this one has made: then it is made anew.
    """
    shelf: Shelf = request.app.state.shelf
    if (found := shelf.of(kept, sitting.person.id or 0)) is not None:
        return FileResponse(found.path, media_type=TYPES[kind], headers=_as(found.name))
    filters, progress = Filters.read(request.query_params), Progress()
    await _note(doors, sitting, kind, filters)
    making = asyncio.create_task(_made(doors, sitting, filters, kind, write, progress))
    is_browser = "text/html" in request.headers.get("accept", "")
    try:
        await asyncio.wait({making}, timeout=PATIENCE if is_browser else None)
        if making.done():
            made = making.result()
            return FileResponse(
                made.path,
                media_type=TYPES[kind],
                headers=_as(made.name),
                background=BackgroundTask(made.away),
            )
        page = await _waiting_page(request, doors, sitting)
    except BaseException:
        making.cancel()
        raise

    def ready(made: Made) -> str:
        return f"{base_of(request)}/phieu.{kind}?{filters.address()}&tep={shelf.keep(made)}"

    say = labels(sitting.person.language)
    told = lines(making, progress, page, say, ready)
    return StreamingResponse(told, media_type="text/html", headers={"X-Accel-Buffering": "no"})


async def _waiting_page(request: Request, doors: Doors, sitting: Sitting) -> str:
    async with looking(doors) as moment:
        page = view(request, sitting, moment, "making.html", place="/phieu")
    return bytes(page.body).decode()


async def _made(
    doors: Doors, sitting: Sitting, filters: Filters, kind: str, write: Write, progress: Progress
) -> Made:
    folder = TemporaryDirectory()
    path = Path(folder.name) / f"phieu.{kind}"
    try:
        await write(path, doors, sitting, filters, progress)
    except BaseException:
        folder.cleanup()
        raise
    return Made(_name(doors, kind), path, folder, sitting.person.id or 0)


async def _write_book(
    path: Path, doors: Doors, sitting: Sitting, filters: Filters, progress: Progress
) -> None:
    word = labels(sitting.person.language)
    columns = [(word(name), width) for name, width in COLUMNS]
    rows = await asyncio.to_thread(workbook.begun, path, "Phiếu", columns)
    async with looking(doors) as moment:
        async for batch in _rows(moment, sitting, filters, progress):
            await asyncio.to_thread(rows.write, batch)
    await asyncio.to_thread(rows.close)


async def _write_text(
    path: Path, doors: Doors, sitting: Sitting, filters: Filters, progress: Progress
) -> None:
    word = labels(sitting.person.language)
    with path.open("wb") as out:
        out.write(codecs.BOM_UTF8 + "".join(_csv([[word(name) for name, _ in COLUMNS]])).encode())
        async with looking(doors) as moment:
            async for batch in _rows(moment, sitting, filters, progress):
                await asyncio.to_thread(out.write, "".join(_csv(batch)).encode())


def _csv(rows: Sequence[Sequence[Any]]) -> Iterator[str]:
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerows([[plain(v) for v in row] for row in rows])
    yield out.getvalue()


def plain(value: str | int | datetime | None) -> str:
    """A value as text that no spreadsheet takes for a formula."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M}"
    text = INNER.sub(r"\1'", str(value))
    return f"'{text}" if text.lstrip().startswith(FORMULA) or text.startswith(FORMULA) else text


async def _note(doors: Doors, sitting: Sitting, what: str, filters: Filters) -> None:
    """Note what was taken along: by which filters, without the words of a search."""
    await looks.note(doors, sitting, what, asked=replace(filters, text="").address())


def _name(doors: Doors, ending: str) -> str:
    return f"phieu-{doors.now():%Y%m%d-%H%M}.{ending}"


def _as(name: str) -> dict[str, str]:
    """The headers of a file that is saved."""
    return {
        "Content-Disposition": f"attachment; filename*=UTF-8''{quote(name)}",
        "Cache-Control": "no-store",
    }


def add_routes(router: APIRouter) -> None:
    """The same queue, as two files."""
    router.add_api_route("/phieu.xlsx", xlsx, methods=["GET"])
    router.add_api_route("/phieu.csv", as_csv, methods=["GET"])
