"""The queue in the browser: filters, search, pages, and rows that renew themselves."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from fastapi import APIRouter, Request
from fastapi.responses import Response

from province.lookup import Lookup
from storage import ended, people
from storage.people import Role, Speaker
from storage.queues import Page, Scope, Wanted
from storage.tickets import URGENCIES, Status, Ticket, newest_event
from tickets import access, queue
from tickets.moment import Moment
from tickets.owed import owed
from tickets.rich import clean
from tickets.texts import Texts
from web.console import unheard
from web.console.frame import view
from web.console.live import stream
from web.console.sitting import Seated, Seen, Sitting, looking, texts
from web.doors import Door
from web.forms import whole
from web.labels import labels
from web.pages import base_of, templates

SIZE = 30
OURS, HELPING, MINE = "", "phoi-hop", "cua-toi"
WHOSE = {OURS: "whose_ours", HELPING: "whose_helping", MINE: "whose_mine"}


@dataclass(frozen=True, slots=True)
class Filters:
    """What a queue's address asks for; whatever is not understood narrows nothing."""

    text: str = ""
    status: str = ""
    urgency: str = ""
    commune: str = ""
    matter: str = ""
    """A group of categories, or one category."""
    lead: str = ""
    whose: str = OURS
    is_overdue: bool = False
    is_unanswered: bool = False
    imported: int = 0
    """The list by which they were taken in."""
    before: int = 0
    """Which stretch of ended tickets; see storage.ended."""
    number: int = 1

    @classmethod
    def read(cls, query: Mapping[str, str]) -> "Filters":
        """The filters of an address."""
        query = {name: clean(value) for name, value in query.items()}
        status, urgency, whose = query.get("tt", ""), query.get("muc", ""), query.get("cua", "")
        return cls(
            text=query.get("tim", "")[:80],
            status=status if status in set(Status) else "",
            urgency=urgency if urgency in URGENCIES else "",
            commune=query.get("xa", "")[:40],
            matter=query.get("lv", "")[:40],
            lead=query.get("dv", "")[:40],
            whose=whose if whose in WHOSE else OURS,
            is_overdue=query.get("qh", "") == "1",
            is_unanswered=query.get("ctl", "") == "1",
            imported=whole(query.get("nhap", "")),
            before=whole(query.get("truoc", "")),
            number=max(1, whole(query.get("trang", ""), digits=4)),
        )

    @property
    def is_narrowed(self) -> bool:
        """Whether one of the rarer filters is set."""
        rarer = (self.status, self.urgency, self.commune, self.matter, self.lead)
        return any(rarer) or self.is_overdue or self.is_unanswered

    def address(self, number: int = 1) -> str:
        """The same as an address's query, for another page."""
        said = {
            "tim": self.text,
            "tt": self.status,
            "muc": self.urgency,
            "xa": self.commune,
            "lv": self.matter,
            "dv": self.lead,
            "cua": self.whose,
            "qh": "1" if self.is_overdue else "",
            "ctl": "1" if self.is_unanswered else "",
            "nhap": str(self.imported) if self.imported else "",
            "truoc": str(self.before) if self.before else "",
            "trang": str(number) if number > 1 else "",
        }
        return urlencode({name: value for name, value in said.items() if value})

    def address_before(self, older: int) -> str:
        """The same for the ended tickets that come before a stretch of them."""
        return replace(self, before=older).address()

    def address_ended(self) -> str:
        """The same search among tickets that have ended."""
        return replace(self, status=str(Status.CLOSED)).address()

    def wanted(self, moment: Moment, who: Speaker, *, by_lead: bool) -> Wanted:
        """What the query is narrowed to, the words of the search included."""
        person = who.person.id if who.person else None
        words = queue.wanted(self.text, moment.rules.units, person, by_lead=by_lead)
        return replace(
            words,
            is_overdue=words.is_overdue or self.is_overdue,
            is_unanswered=self.is_unanswered,
            imported=self.imported,
            assignee=person if self.whose == MINE else words.assignee,
            statuses=(self.status,) if self.status else words.statuses,
            urgencies=(self.urgency,) if self.urgency else words.urgencies,
            communes=(self.commune,) if self.commune else words.communes,
            leads=(self.lead,) if self.lead and by_lead else words.leads,
            categories=categories_of(moment, self.matter),
        )


@dataclass(frozen=True, slots=True)
class Row:
    """A ticket as the queue shows it: nothing of what people wrote."""

    ticket: Ticket
    commune: str
    tag: str
    lead: str
    owed: str
    assignee: str
    is_late: bool


@dataclass(frozen=True, slots=True)
class Shown:
    """A page of the queue."""

    rows: list[Row]
    page: Page
    filters: Filters
    last: int


def categories_of(moment: Moment, matter: str) -> tuple[str, ...]:
    """The categories of a group, or the one that is named."""
    routes = moment.rules.units.routes(moment.today)
    of_group = tuple(route.category for route in routes if route.group == matter)
    return of_group or ((matter,) if matter else ())


def led_by(units: Lookup, who: Speaker) -> frozenset[str]:
    """The departments that somebody works for; a commune's chair leads no queue."""
    return frozenset(unit for unit in who.units(*access.DESK) if not units.commune(unit))


def scope_of(moment: Moment, who: Speaker, whose: str = OURS) -> Scope:
    """Whose tickets somebody's queue holds, as /hangdoi; a chair's holds the commune's."""
    if who.holds(*access.ANY_TICKET) and whose != HELPING:
        return Scope(everything=True)
    led = led_by(moment.rules.units, who)
    if whose == HELPING:
        return Scope(helping=led | who.units(Role.COORDINATOR))
    communes = frozenset() if whose == MINE else who.units(Role.HEAD, Role.REPORTER) - led
    return Scope(communes=communes, leads=led)


async def shown(moment: Moment, sitting: Sitting, filters: Filters, size: int = SIZE) -> Shown:
    """A page of the queue as it stands."""
    who, say = sitting.who, texts(moment, sitting)
    wanted = filters.wanted(moment, who, by_lead=who.holds(*access.ANY_TICKET))
    remote = queue.remote(moment.rules.pack)
    scope, first = scope_of(moment, who, filters.whose), (filters.number - 1) * size
    page = await ended.queue(
        moment.session, scope, wanted, moment.now, remote, first, size, filters.before
    )
    names = await people.names_of(moment.session, [row.assignee_id for row in page.tickets])
    rows = [
        Row(
            ticket,
            say.units.short_name(ticket.commune) + say.beside(ticket),
            tag_of(say, ticket.commune),
            say.units.short_name(ticket.lead),
            owed_words(ticket, say, moment, sitting.person.language),
            names.get(ticket.assignee_id or 0, ""),
            ticket.id in page.overdue,
        )
        for ticket in page.tickets
    ]
    return Shown(rows, page, filters, max(1, -(-page.total // size)))


def tag_of(say: Texts, commune: str) -> str:
    """Why a commune comes first within equal urgency, as in chat."""
    found = say.units.commune(commune)
    return say.area(
        is_area_three=found is not None and found.area_class == "III",
        is_mountainous=found is not None and found.mountainous,
    )


def owed_words(ticket: Ticket, say: Texts, moment: Moment, language: str) -> str:
    """What the lead owes next, and by when; '' when nothing."""
    due = owed(ticket)
    if due is None:
        return ""
    return f"{labels(language)(OWED[due.what])} {say.time(due.by, moment.now)}"


OWED = {
    "acknowledge": "owed_acknowledge",
    "answer": "owed_answer",
    "update": "owed_update",
    "result": "owed_result",
    "promise": "owed_promise",
}


async def show(request: Request, doors: Door, sitting: Seated, da: str = "") -> Response:
    """The queue; without a script a reload shows what is new. `da` says what was just done."""
    filters = Filters.read(request.query_params)
    async with looking(doors) as moment:
        found = await shown(moment, sitting, filters)
        units = moment.rules.units
        return view(
            request,
            sitting,
            moment,
            "queue.html",
            place="/phieu",
            q=found,
            to_call=await _to_call(moment, sitting, filters),
            note="done_reroute" if da else "",
            since=await newest_event(moment.session),
            sees_all=sitting.who.holds(*access.ANY_TICKET),
            whose=_whose(moment, sitting.who),
            statuses=list(Status),
            urgencies=URGENCIES,
            communes=_communes(moment, sitting.who),
            groups=moment.rules.pack.groups,
            routes=units.routes(moment.today),
            agencies=moment.rules.pack.agencies,
        )


async def _to_call(moment: Moment, sitting: Sitting, filters: Filters) -> Sequence[unheard.ToCall]:
    """What reached nobody, above the whole queue: a department's own, the coordinator's all."""
    if filters.address():
        return ()
    is_all = sitting.who.holds(Role.COORDINATOR)
    leads = None if is_all else led_by(moment.rules.units, sitting.who)
    return await unheard.of_desk(moment, sitting, leads)


def _whose(moment: Moment, who: Speaker) -> dict[str, str]:
    is_desk = bool(led_by(moment.rules.units, who))
    return {key: word for key, word in WHOSE.items() if key != HELPING or is_desk}


def _communes(moment: Moment, who: Speaker) -> list[tuple[str, str]]:
    """The communes to choose from: all, or a chair's own."""
    own = scope_of(moment, who)
    every = [(row.code, row.name) for row in moment.rules.pack.communes]
    wide = own.everything or own.leads
    return sorted(every if wide else [row for row in every if row[0] in own.communes], key=_name)


def _name(row: tuple[str, str]) -> str:
    return row[1]


async def renew(request: Request, doors: Door, sitting: Seen) -> Response:
    """The rows again and again, as long as the page is open."""
    filters = Filters.read(request.query_params)
    language, base = sitting.person.language, base_of(request)

    async def render(moment: Moment, sitting: Sitting) -> str:
        found = await shown(moment, sitting, filters)
        return templates.get_template("console/rows.html").render(
            say=labels(language),
            base=base,
            q=found,
            t=texts(moment, sitting),
            now=moment.now,
            sees_all=sitting.who.holds(*access.ANY_TICKET),
        )

    return stream(request, doors, sitting, render)


def add_routes(router: APIRouter) -> None:
    """The queue and its stream."""
    router.add_api_route("/phieu", show, methods=["GET"])
    router.add_api_route("/phieu/luong", renew, methods=["GET"])
