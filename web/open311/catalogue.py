"""Services and their definitions: the categories of the pack, and what is asked about each."""

from typing import Annotated, Any

from fastapi import Path
from fastapi.responses import Response

from province.pack import Question, Route
from web.console.sitting import looking
from web.doors import Door
from web.open311.forms import Form, answer
from web.pages import Problem

DATATYPES = {"yes_no": "singlevaluelist", "choice": "singlevaluelist", "number": "number"}
YES_NO = (("yes", "Có"), ("no", "Không"), ("unclear", "Chưa rõ"))
Code = Annotated[str, Path(pattern=r"^[a-z0-9_]{1,60}$")]


async def services(doors: Door, form: Form) -> Response:
    """Every category that is in force today."""
    async with looking(doors) as moment:
        groups = {group.code: group.label for group in moment.rules.pack.groups}
        rows = [
            _service(route, groups.get(route.group, route.group))
            for route in moment.rules.units.routes(moment.today)
        ]
    return answer(form, rows, "services", "service")


def _service(route: Route, group: str) -> dict[str, Any]:
    return {
        "service_code": route.category,
        "service_name": route.title,
        "description": route.label,
        "metadata": bool(route.questions),
        "type": "realtime",
        "keywords": "",
        "group": group,
    }


async def definition(doors: Door, code: Code, form: Form) -> Response:
    """What is asked about one category; nothing of it is required."""
    async with looking(doors) as moment:
        route = moment.route(code)
    if route is None:
        raise Problem(404, "open311_no_service")
    attributes = [_attribute(question, n) for n, question in enumerate(route.questions, 1)]
    row = {"service_code": code, "attributes": attributes}
    return answer(form, row, "service_definition", "attribute")


def _attribute(question: Question, order: int) -> dict[str, Any]:
    return {
        "variable": True,
        "code": question.slot,
        "datatype": DATATYPES.get(question.kind, "text"),
        "required": False,
        "datatype_description": "",
        "order": order,
        "description": question.ask,
        "values": [{"key": key, "name": name} for key, name in choices(question)],
    }


def choices(question: Question) -> tuple[tuple[str, str], ...]:
    """What may be chosen: (key, name); nothing where words are asked for."""
    if question.kind == "yes_no":
        return YES_NO
    return tuple((choice, choice) for choice in question.choices)
