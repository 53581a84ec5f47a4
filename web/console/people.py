"""People and invitations: who is in which unit, printed codes, lists checked row by row."""

import csv
import io
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

import segno
from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response
from markupsafe import Markup

from storage import deeds, directory, invitations
from storage.deeds import Deed
from storage.invitations import Standing, standing
from storage.people import Person, Role
from tickets import enrolling, inviting
from tickets.acts import freezing
from tickets.enrolling import Line
from tickets.moment import Moment
from tickets.rich import clean
from web.console.frame import view
from web.console.overseeing import require
from web.console.sheets import UnreadableError, rows_of
from web.console.sitting import Seated, Sitting, acting, is_first, looking, texts
from web.doors import Door
from web.forms import client_key, read_form, text_of, uploads, whole
from web.pages import Problem, base_of
from web.sessions import check_form

INVITES = (Role.ADMIN, Role.COORDINATOR, Role.HEAD)
SIZE, CODES = 30, 20
"""People and unused codes of one page: a first load stays under 60 KB."""
FIELDS = ("ten", "don-vi", "vai-tro", "chuc-vu", "dien-thoai")
ROLES = {
    "can bo": "role_can_bo",
    "truc": "role_truc",
    "lanh dao": "role_lanh_dao",
    "nhom": "role_nhom",
    "dieu phoi": "role_dieu_phoi",
    "lanh dao tinh": "role_lanh_dao_tinh",
    "quan tri": "role_quan_tri",
}
"""What somebody may be invited to, as tickets.inviting reads it, and the word for it."""
PROBLEMS = {
    enrolling.Problem.NO_UNIT: "row_no_unit",
    enrolling.Problem.SEVERAL_UNITS: "row_several_units",
    enrolling.Problem.NO_ROLE: "row_no_role",
    enrolling.Problem.NOT_COMMUNE: "row_not_commune",
    enrolling.Problem.NOT_YOURS: "row_not_yours",
    enrolling.Problem.NO_NAME: "row_no_name",
    enrolling.Problem.TWICE: "row_twice",
}


@dataclass(frozen=True, slots=True)
class Card:
    """An invitation as it is printed: the code is shown here, and never again."""

    unit: str
    role: str
    name: str
    code: str
    link: str
    qr: Markup


@dataclass(frozen=True, slots=True)
class Turned:
    """Which part of the lists is shown."""

    people: int = 1
    codes: int = 1
    unit: str = ""
    """A unit's name as it was typed; empty for all."""

    def address(self, people: int, codes: int) -> str:
        """What follows the page's address for other parts."""
        return urlencode({"trang": people, "ma": codes, "o": self.unit})


def _units(sitting: Sitting) -> list[str] | None:
    """Whose people somebody sees: None for all."""
    who = sitting.who
    return None if inviting.may_see_all(who) else sorted(who.units(Role.HEAD))


async def show(
    request: Request, doors: Door, sitting: Seated, trang: str = "1", ma: str = "1", o: str = ""
) -> Response:
    """People unit by unit or of one (`o`), the open invitations, and forms for more."""
    require(sitting, *INVITES)
    async with looking(doors) as moment:
        turned = Turned(max(1, whole(trang)), max(1, whole(ma)), clean(o)[:80])
        return await _page(request, moment, sitting, turned)


async def _page(
    request: Request,
    moment: Moment,
    sitting: Sitting,
    turned: Turned = Turned(),
    *,
    status: int = 200,
    note: str = "",
    lines: Sequence[Line] = (),
    kept: str = "",
) -> Response:
    units = _units(sitting)
    first = (turned.people - 1) * SIZE
    chosen = _chosen(moment, units, turned.unit)
    found = await directory.members(moment.session, chosen, offset=first, limit=SIZE + 1)
    count, rows = await invitations.still_open(
        moment.session, chosen, moment.now, offset=(turned.codes - 1) * CODES, limit=CODES
    )
    have = await invitations.peopled(moment.session, Role.REPORTER) if units is None else set()
    missing = [c.name for c in moment.rules.pack.communes if c.code not in have]
    return view(
        request,
        sitting,
        moment,
        "people.html",
        place="/nguoi",
        status=status,
        note=note,
        members=found[:SIZE],
        more=len(found) > SIZE,
        turned=turned,
        open=rows,
        count=count,
        last_codes=max(1, -(-count // CODES)),
        missing=missing if units is None else [],
        names=_names(moment, units),
        roles=ROLES,
        problems=PROBLEMS,
        lines=lines,
        kept=kept,
        wrong=sum(line.problem is not None for line in lines),
        me=sitting.person.id,
        freezes=sitting.who.holds(Role.ADMIN, Role.COORDINATOR),
        key=secrets.token_hex(16),
    )


def _chosen(moment: Moment, units: list[str] | None, typed: str) -> list[str] | None:
    """The units whose people are shown: all that somebody sees, or those of the name typed."""
    if not typed:
        return units
    found = moment.rules.units.find_units(typed)
    return [unit for unit in found if units is None or unit in units]


def _names(moment: Moment, units: list[str] | None) -> list[str]:
    """The names of units to choose from."""
    lookup = moment.rules.units
    if units is not None:
        return [lookup.unit_name(unit) for unit in units]
    pack = moment.rules.pack
    return [a.name for a in pack.agencies] + [c.full_name for c in pack.communes]


async def check(request: Request, doors: Door, sitting: Seated) -> Response:
    """A list of people, or one person: each row is read, nothing is done yet."""
    require(sitting, *INVITES)
    async with read_form(request) as form:
        check_form(form, sitting.visitor)
        files = uploads(form, "tep")
        one = [text_of(form, name) for name in FIELDS]
        content = await files[0].read() if files else b""
    try:
        rows = rows_of(content) if files else [[n.replace("-", " ") for n in FIELDS], one]
        async with looking(doors) as moment:
            lines = enrolling.read(moment.rules.units, sitting.who, rows)
            wrong = any(line.problem for line in lines)
            kept = "" if wrong or not lines else _kept(rows)
            note = "list_wrong" if wrong else "list_right" if lines else "list_empty"
            status = 422 if wrong else 200
            return await _page(
                request, moment, sitting, status=status, note=note, lines=lines, kept=kept
            )
    except (UnreadableError, enrolling.NoHeads):
        async with looking(doors) as moment:
            return await _page(request, moment, sitting, status=422, note="list_unreadable")


def _kept(rows: Sequence[Sequence[str]]) -> str:
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    return out.getvalue()


async def invite(request: Request, doors: Door, sitting: Seated) -> Response:
    """What was checked is done, all of it or nothing; the codes are on this page alone."""
    require(sitting, *INVITES)
    async with read_form(request) as form:
        check_form(form, sitting.visitor)
        key, kept = client_key(form), text_of(form, "danh-sach")
    try:
        rows = rows_of(kept.encode())
        async with acting(doors, sitting) as moment:
            lines = enrolling.read(moment.rules.units, sitting.who, rows)
            if not lines or any(line.problem for line in lines):
                raise Problem(409, "old_page")
            if not await is_first(moment, sitting, key):
                return RedirectResponse(f"{base_of(request)}/nguoi", 303)
            cards = [
                await _invited(request, doors.public_url, moment, sitting, line) for line in lines
            ]
            cards.sort(key=lambda card: card.unit)
            return view(request, sitting, moment, "cards.html", place="/nguoi", cards=cards)
    except (UnreadableError, enrolling.NoHeads):
        raise Problem(400, "bad") from None


async def _invited(
    request: Request, public: str | None, moment: Moment, sitting: Sitting, line: Line
) -> Card:
    assert line.role is not None
    code, row = invitations.invite(
        moment.session,
        unit=line.unit,
        role=line.role,
        now=moment.now,
        name=line.name,
        phone=line.phone,
        post=line.post,
        made_up=sitting.person.made_up,
    )
    await deeds.invited(moment.session, row, sitting.who.actor, moment.now)
    say = texts(moment, sitting)
    link = f"{public or str(request.base_url).rstrip('/')}/join/{code}"
    drawn = segno.make(link, error="m").svg_inline(scale=4, border=2)
    return Card(
        say.unit(line.unit),
        say.role_name(line.role),
        ", ".join(part for part in (line.name, line.post) if part),
        code,
        "" if line.role is Role.DESK else link,
        Markup(drawn),  # noqa: S704  a drawing of our own code, without a word of anybody's
    )


async def act(request: Request, doors: Door, sitting: Seated) -> Response:
    """Withdraw an invitation, shut a person out, let them in again."""
    require(sitting, *INVITES)
    async with read_form(request) as form:
        check_form(form, sitting.visitor)
        do, number = text_of(form, "viec"), whole(text_of(form, "so"), digits=17)
    async with acting(doors, sitting) as moment:
        done = await (_withdraw if do == "rut" else _freeze)(moment, sitting, number, do)
    if not done:
        raise Problem(404, "not_there")
    return RedirectResponse(f"{base_of(request)}/nguoi", 303)


async def _withdraw(moment: Moment, sitting: Sitting, number: int, do: str) -> bool:
    row = await invitations.by_id(moment.session, number)
    if row is None or not inviting.may_invite(sitting.who, row.unit, Role(row.role)):
        return False
    if standing(row, moment.now) is Standing.OPEN:
        row.expires_at = moment.now
        who = sitting.who.actor
        await deeds.invited(moment.session, row, who, moment.now, Deed.WITHDRAWN)
    return True


async def _freeze(moment: Moment, sitting: Sitting, number: int, do: str) -> bool:
    person = await moment.session.get(Person, number, with_for_update=True)
    if person is None or do not in {"khoa", "mo"}:
        return False
    held = await duties(moment, number)
    if not freezing.may_freeze(sitting.who, held, person):
        return False
    if person.active == (do == "khoa"):
        await (freezing.freeze if do == "khoa" else freezing.thaw)(moment, sitting.who, person)
    return True


async def duties(moment: Moment, person: int) -> list[tuple[str, Role]]:
    """What a person does, for whom."""
    held = await directory.duties(moment.session, person)
    return [(unit, Role(role)) for unit, role in held]


def add_routes(router: APIRouter) -> None:
    """The list, and what is sent from it."""
    router.add_api_route("/nguoi", show, methods=["GET"])
    router.add_api_route("/nguoi/kiem-tra", check, methods=["POST"])
    router.add_api_route("/nguoi/moi", invite, methods=["POST"])
    router.add_api_route("/nguoi/lam", act, methods=["POST"])
