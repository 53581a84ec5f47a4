"""The chart of offices as a list: taken along, changed elsewhere, looked over, then applied."""

import csv
import io
import json

from fastapi import APIRouter, Request
from fastapi.responses import Response

from province import edits as fields
from province import offices
from province.difference import difference
from province.load import PackError
from province.offices import Line, Problem
from storage.people import Role
from tickets.moment import Moment
from web.console.exporting import plain
from web.console.overseeing import require
from web.console.pack import Looked, page_of
from web.console.sheets import UnreadableError, rows_of
from web.console.sitting import Seated, looking
from web.doors import Door
from web.forms import read_form, uploads
from web.sessions import check_form

PROBLEMS = {
    Problem.NO_CODE: "office_no_code",
    Problem.BAD_CODE: "office_bad_code",
    Problem.SEVERAL: "row_several_units",
    Problem.COMMUNE: "office_commune",
    Problem.NO_NAME: "office_no_name",
    Problem.TAKEN: "office_taken",
    Problem.TWICE: "row_twice",
    Problem.LONG: "office_long",
    Problem.NO_POST: "office_no_post",
}


async def download(request: Request, doors: Door, sitting: Seated) -> Response:
    """The offices in force, as the list that can be sent back."""
    require(sitting, Role.ADMIN)
    async with looking(doors) as moment:
        out = io.StringIO()
        csv.writer(out).writerows(map(plain, row) for row in offices.listed(moment.rules.pack))
    headers = {"Content-Disposition": 'attachment; filename="don-vi.csv"'}
    return Response("\ufeff" + out.getvalue(), media_type="text/csv", headers=headers)


async def check(request: Request, doors: Door, sitting: Seated) -> Response:
    """Read a list row by row, and show what it would change; applying is the editor's."""
    require(sitting, Role.ADMIN)
    async with read_form(request) as form:
        check_form(form, sitting.visitor)
        files = uploads(form, "tep")
        content = await files[0].read() if files else b""
    async with looking(doors) as moment:
        try:
            lines = offices.read(moment.rules.pack, rows_of(content))
        except (UnreadableError, offices.NoHeads):
            return await page_of(
                request, moment, sitting, Looked(), status=422, note="office_unreadable"
            )
        wrong = sum(line.problem is not None for line in lines)
        looked = Looked() if wrong else _looked(moment, lines)
        is_right = not wrong and not looked.wrong
        return await page_of(
            request,
            moment,
            sitting,
            looked,
            status=200 if is_right else 422,
            note="list_wrong" if wrong else "",
            rows=lines,
            wrong=wrong,
            problems=PROBLEMS,
        )


def _looked(moment: Moment, lines: list[Line]) -> Looked:
    edits = {path: value for line in lines for path, value in line.edits.items()}
    try:
        changes = difference(moment.rules.pack, fields.apply(moment.rules.pack, edits))
    except PackError as error:
        return Looked(wrong=error.problems, is_asked=True)
    return Looked(lines=changes, edits=json.dumps(edits, ensure_ascii=False), is_asked=True)


def add_routes(router: APIRouter) -> None:
    """The list, and looking one over."""
    router.add_api_route("/goi-du-lieu/don-vi.csv", download, methods=["GET"])
    router.add_api_route("/goi-du-lieu/don-vi", check, methods=["POST"])
