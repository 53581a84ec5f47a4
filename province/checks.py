"""What must hold between the parts of a pack: codes are known, days and urgencies provided for."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, time, timedelta
from itertools import pairwise
from typing import get_args
from zoneinfo import ZoneInfo

from province.pack import (
    Agency,
    Calendar,
    Chain,
    ChainName,
    Deadline,
    Pack,
    Policies,
    Question,
    Route,
    Urgency,
)
from province.source import Loc
from province.text import fold

Problem = tuple[Loc, str]

POSTS = ("assignee", "head", "vice_chair", "chair")
URGENCIES: tuple[Urgency, ...] = get_args(Urgency)
_MINUTES = {"minutes": 1, "hours": 60, "days": 1440}
_LEAP_YEAR = 2024
MORNING, NIGHT = time(6, 30), time(21)
"""Before and after nobody is sent what can wait; see tickets.quiet."""


def problems(pack: Pack) -> Iterator[Problem]:
    """Yield everything that the types alone cannot see, as (place in the pack, reason)."""
    agencies = {agency.code for agency in pack.agencies}
    groups = {group.code for group in pack.groups}
    yield from _names(pack, agencies)
    yield from _doubles(pack)
    for index, route in enumerate(pack.routing):
        for loc, reason in _route(route, agencies, groups):
            yield ("routing", index, *loc), reason
    yield from _days_in_force(pack.routing)
    yield from _policies(pack.policies, agencies)
    matters = {code for row in pack.routing for code in (row.category, row.group)}
    for loc, reason in _storm(pack.policies, matters):
        yield ("policies", "storm", *loc), reason
    for field in ("needs_head", "beside_emergency"):
        for index, code in enumerate(getattr(pack.policies, field)):
            if code not in matters:
                yield ("policies", field, index), f"'{code}' không phải nhóm hay lĩnh vực"
    yield from _calendar(pack.calendar)
    for index, agency in enumerate(pack.agencies):
        for loc, reason in _own_calendar(agency):
            yield ("agencies", index, *loc), reason


def _names(pack: Pack, agencies: set[str]) -> Iterator[Problem]:
    for field in ("coordinator", "duty_office"):
        if (code := getattr(pack, field)) not in agencies:
            yield (field,), _no_agency(code)


def _no_agency(code: str) -> str:
    return f"không có cơ quan '{code}' trong agencies.yaml"


def _doubles(pack: Pack) -> Iterator[Problem]:
    units = [(("agencies", i, "code"), row.code) for i, row in enumerate(pack.agencies)]
    units += [(("communes", i, "code"), row.code) for i, row in enumerate(pack.communes)]
    yield from _repeated(units, "mã")
    numbers = ((("communes", i, "number"), row.number) for i, row in enumerate(pack.communes))
    yield from _repeated(numbers, "mã số")
    yield from _repeated(((("groups", i), g.code) for i, g in enumerate(pack.groups)), "mã nhóm")
    yield from _repeated(((("hotlines", i), h.number) for i, h in enumerate(pack.hotlines)), "số")
    aliases = (
        (("agencies", i, "aliases", n), fold(alias))
        for i, agency in enumerate(pack.agencies)
        for n, alias in enumerate(agency.aliases)
    )
    yield from _repeated(aliases, "tên gọi khác")


def _repeated(rows: Iterable[tuple[Loc, object]], what: str) -> Iterator[Problem]:
    met = set()
    for loc, value in rows:
        if value in met:
            yield loc, f"{what} '{value}' đã dùng ở trên"
        met.add(value)


def _route(route: Route, agencies: set[str], groups: set[str]) -> Iterator[Problem]:
    if route.group not in groups:
        yield ("group",), f"không có nhóm '{route.group}' trong pack.yaml"
    if route.last is not None and route.last < route.first:
        yield ("last",), f"ngày cuối {route.last} trước ngày đầu {route.first}"
    if route.handling != "ticket" and not route.guidance:
        yield ("handling",), f"'{route.handling}' cần lời hướng dẫn ở guidance"
    for index, raised in enumerate(route.raises):
        if URGENCIES.index(raised.to) >= URGENCIES.index(route.urgency):
            yield ("raises", index), f"'{raised.to}' không gấp hơn mức '{route.urgency}' của dòng"
    yield from _units_of(route, agencies)
    slots = ((("questions", i, "slot"), q.slot) for i, q in enumerate(route.questions))
    yield from _repeated(slots, "ô")
    for index, question in enumerate(route.questions):
        for loc, reason in _question(question):
            yield ("questions", index, *loc), reason


def _units_of(route: Route, agencies: set[str]) -> Iterator[Problem]:
    if route.lead not in agencies:
        yield ("lead",), _no_agency(route.lead)
    if route.operator is not None and route.operator not in agencies:
        yield ("operator",), _no_agency(route.operator)
    if route.party_lead is not None and route.party_lead not in agencies:
        yield ("party_lead",), _no_agency(route.party_lead)
    for index, code in enumerate(route.coordinating):
        if code not in agencies:
            yield ("coordinating", index), _no_agency(code)
        elif code == route.lead or code in route.coordinating[:index]:
            yield ("coordinating", index), f"'{code}' đã là đơn vị của dòng này"


def _question(question: Question) -> Iterator[Problem]:
    if question.kind == "choice" and not question.choices:
        yield (), "câu hỏi kiểu choice cần các lựa chọn ở choices"
    if question.kind != "choice" and question.choices:
        yield ("choices",), f"câu hỏi kiểu {question.kind} không có lựa chọn"
    answers = {"yes_no": ("yes", "no"), "choice": question.choices}.get(question.kind, ())
    for field, raising in (("danger", question.danger), ("urgent", question.urgent)):
        for index, answer in enumerate(raising):
            if answer not in answers:
                yield (field, index), f"'{answer}' không phải câu trả lời của câu hỏi này"


def _days_in_force(routing: Iterable[Route]) -> Iterator[Problem]:
    """One row a day for each category: no two in force together, no hole between two."""
    rows: defaultdict[str, list[tuple[date, date, int]]] = defaultdict(list)
    for index, route in enumerate(routing):
        rows[route.category].append((route.first, route.last or date.max, index))
    for category, spans in rows.items():
        for (_, last, _), (first, _, index) in pairwise(sorted(spans)):
            if first <= last:
                reason = f"'{category}' đã có dòng khác hiệu lực ngày {first}"
                yield ("routing", index, "category"), reason
            elif first > last + timedelta(days=1):
                reason = f"'{category}' không có dòng nào hiệu lực từ sau {last} đến trước {first}"
                yield ("routing", index, "first"), reason


def _policies(policies: Policies, agencies: set[str]) -> Iterator[Problem]:
    for urgency in URGENCIES:
        if urgency not in policies.deadlines:
            yield ("policies", "deadlines"), f"thiếu thời hạn của mức '{urgency}'"
        else:
            yield from _ascending(policies.deadlines[urgency], ("policies", "deadlines", urgency))
    met = {(chain.name, chain.urgency) for chain in policies.chains}
    for name in get_args(ChainName):
        for urgency in URGENCIES:
            if (name, urgency) not in met:
                yield ("policies", "chains"), f"thiếu quy trình '{name}' cho mức '{urgency}'"
    keys = ((("policies", "chains", i), (c.name, c.urgency)) for i, c in enumerate(policies.chains))
    yield from _repeated(keys, "quy trình")
    yield from _by_day(policies)
    for index, code in enumerate(policies.digest.also):
        if code not in agencies:
            yield ("policies", "digest", "also", index), _no_agency(code)
    for index, chain in enumerate(policies.chains):
        for loc, reason in _chain(chain, agencies):
            yield ("policies", "chains", index, *loc), reason


def _by_day(policies: Policies) -> Iterator[Problem]:
    for name, at in (("digest", policies.digest.at), ("check_in", policies.check_in.at)):
        if not MORNING <= at < NIGHT:
            yield ("policies", name, "at"), f"{at:%H:%M} là giờ nghỉ đêm (21:00 đến 06:30)"


def _storm(policies: Policies, matters: set[str]) -> Iterator[Problem]:
    storm = policies.storm
    for urgency, deadline in storm.deadlines.items():
        yield from _ascending(deadline, ("deadlines", urgency))
        if urgency in policies.deadlines:
            yield from _shorter(deadline, policies.deadlines[urgency], ("deadlines", urgency))
    if _length(storm.silent_after) >= storm.roll_call_hours * _MINUTES["hours"]:
        yield ("silent_after",), "phải ngắn hơn khoảng cách giữa hai lần hỏi (roll_call_hours)"
    for index, code in enumerate(storm.short_for):
        if code not in matters:
            yield ("short_for", index), f"'{code}' không phải nhóm hay lĩnh vực"
    slots = ((("questions", i, "slot"), q.slot) for i, q in enumerate(storm.questions))
    yield from _repeated(slots, "ô")
    for index, question in enumerate(storm.questions):
        for loc, reason in _question(question):
            yield ("questions", index, *loc), reason


def _shorter(deadline: Deadline, ordinary: Deadline, loc: Loc) -> Iterator[Problem]:
    """A storm never gives more time."""
    if ordinary.clock == "wall" and deadline.clock == "office":
        yield (*loc, "clock"), "hạn trong bão không được chuyển sang giờ hành chính"
    for field in ("acknowledge", "answer", "result"):
        if _length(getattr(deadline, field)) > _length(getattr(ordinary, field)):
            yield (*loc, field), "hạn trong bão dài hơn hạn thường"


def _ascending(deadline: Deadline, loc: Loc) -> Iterator[Problem]:
    if _length(deadline.acknowledge) > _length(deadline.answer):
        yield (*loc, "answer"), "hạn trả lời ngắn hơn hạn tiếp nhận"
    if _length(deadline.answer) > _length(deadline.result):
        yield (*loc, "result"), "hạn xử lý ngắn hơn hạn trả lời"


def _length(duration: str) -> int:
    number, unit = duration.split()
    return int(number) * _MINUTES[unit]


def _chain(chain: Chain, agencies: set[str]) -> Iterator[Problem]:
    if not chain.steps:
        yield ("steps",), "quy trình chưa có bước nào"
    for index, step in enumerate(chain.steps):
        if step.post not in POSTS and step.post not in agencies:
            yield ("steps", index, "post"), f"'{step.post}' không phải chức trách hay cơ quan"
    for index, (before, step) in enumerate(pairwise(chain.steps), start=1):
        if _length(step.after) < _length(before.after):
            yield ("steps", index, "after"), f"{step.after} sớm hơn bước trước ({before.after})"


def _calendar(calendar: Calendar) -> Iterator[Problem]:
    try:
        ZoneInfo(calendar.timezone)
    except (ValueError, KeyError, OSError):
        yield ("calendar", "timezone"), f"không có múi giờ '{calendar.timezone}'"
    if not calendar.seasons:
        yield ("calendar", "seasons"), "cần ít nhất một mùa, nếu không cả năm không có giờ làm việc"
    starts = ((("calendar", "seasons", i), s.start) for i, s in enumerate(calendar.seasons))
    yield from _repeated(starts, "ngày bắt đầu mùa")
    days = ((("calendar", "overrides", i), o.day) for i, o in enumerate(calendar.overrides))
    yield from _repeated(days, "ngày")
    for index, season in enumerate(calendar.seasons):
        loc = ("calendar", "seasons", index)
        if not _is_day_of_year(season.start):
            yield (*loc, "start"), f"không có ngày {season.start} trong năm"
        if not season.hours or not _ascend(season.hours):
            yield (*loc, "hours"), "giờ làm việc phải có và tăng dần trong ngày"


def _ascend(hours: Iterable[tuple[time, time]]) -> bool:
    moments = [moment for window in hours for moment in window]
    return all(earlier < later for earlier, later in pairwise(moments))


def _own_calendar(agency: Agency) -> Iterator[Problem]:
    """An agency's own days and hours."""
    # A unit with a mistake elsewhere stands here with its code alone.
    own_days, hours = getattr(agency, "days", ()), getattr(agency, "hours", ())
    yield from _repeated(((("days", i), o.day) for i, o in enumerate(own_days)), "ngày")
    if not _ascend(hours):
        yield ("hours",), "giờ làm việc phải tăng dần trong ngày"


def _is_day_of_year(month_day: str) -> bool:
    try:
        date.fromisoformat(f"{_LEAP_YEAR}-{month_day}")
    except ValueError:
        return False
    return month_day != "02-29"
