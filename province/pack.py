"""What a province pack says: its units, what goes where, by when, and who hears next."""

from datetime import date, time
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

Urgency = Literal["emergency", "urgent", "normal", "low"]
SlotKind = Literal["place", "count", "yes_no", "choice", "time", "text"]
Handling = Literal["ticket", "guidance", "redirect"]
ChainName = Literal["departments", "party", "external"]


class Row(BaseModel):
    """Base of every part of a pack: frozen, and a key it does not know is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Duty(Row):
    """Who answers the phone for a unit, and when: a post, never a person's name."""

    post: str
    phone: str = ""
    hours: str = "24/7"


class Agency(Row):
    """A body that can lead, coordinate or operate: a department, a Party body, a company."""

    code: str
    name: str
    short: str
    aliases: tuple[str, ...] = ()
    chain: ChainName = "departments"
    duty: tuple[Duty, ...] = ()


class Commune(Row):
    """A commune or ward after 1 July 2025, with the old names people still use."""

    code: str
    name: str
    number: int
    kind: Literal["xã", "phường", "đặc khu"]
    old_district: str
    old_communes: tuple[str, ...]
    lat: float
    lon: float
    area_km2: float
    not_merged: bool
    mountainous: bool
    area_class: Literal["I", "II", "III"] | None = None


class Question(Row):
    """A follow-up question of a category, asked only when the text lacks its slot.

    `danger` holds the answers (one of `choices`, or "yes") that make the ticket an emergency.
    """

    ask: str
    slot: str
    kind: SlotKind
    choices: tuple[str, ...] = ()
    danger: tuple[str, ...] = ()


class Raise(Row):
    """What lifts a category's urgency, in words an official understands, and to which level."""

    when: str
    to: Urgency


class Route(Row):
    """One row of the routing table: a category and who answers for it while the row is in force."""

    category: str
    group: str
    label: str
    lead: str
    coordinating: tuple[str, ...] = ()
    operator: str | None = None
    urgency: Urgency
    raises: tuple[Raise, ...] = ()
    questions: tuple[Question, ...] = ()
    handling: Handling = "ticket"
    guidance: str = ""
    restricted: bool = False
    basis: str = ""
    note: str = ""
    phrases: tuple[str, ...] = ()
    first: date = date(2025, 3, 1)
    last: date | None = None


class Group(Row):
    """A family of categories, as people would head a list."""

    code: str
    label: str


class Deadline(Row):
    """The three promises of an urgency level, each as '5 minutes', '2 hours' or '1 days'.

    Minutes of an emergency run by the wall clock; hours are office hours; days are working days.
    """

    acknowledge: str
    answer: str
    result: str
    clock: Literal["wall", "office"] = "office"


class Step(Row):
    """One entry of an escalation chain: which post hears after how long, and what is asked of it."""

    post: str
    after: str
    asks: str
    repeat: str = ""


class Chain(Row):
    """The ordered steps for one kind of unit and urgency."""

    name: ChainName
    urgency: Urgency
    steps: tuple[Step, ...]


class Policies(Row):
    """Deadlines and escalation chains, and the document that issued them ('' while only proposed)."""

    issued_by: str = ""
    deadlines: dict[Urgency, Deadline]
    chains: tuple[Chain, ...] = ()


class Season(Row):
    """Office hours from a day of the year (MM-DD) on."""

    start: str = Field(pattern=r"^\d\d-\d\d$")
    hours: tuple[tuple[time, time], ...]


class DayOverride(Row):
    """A day that the province declares to be off or worked, whatever the library says."""

    day: date
    working: bool
    why: str


class Calendar(Row):
    """When offices work: seasons, holidays switched on or off, and the province's own days."""

    timezone: str = "Asia/Ho_Chi_Minh"
    seasons: tuple[Season, ...]
    culture_day: bool = True
    overrides: tuple[DayOverride, ...] = ()


class Hotline(Row):
    """A national emergency number and when to call it."""

    number: str
    label: str


class Pack(Row):
    """Everything a province says about itself; read by `province.load.load_pack`."""

    code: str
    name: str
    prefix: str
    coordinator: str
    duty_office: str
    agencies: tuple[Agency, ...]
    communes: tuple[Commune, ...]
    groups: tuple[Group, ...]
    routing: tuple[Route, ...]
    policies: Policies
    calendar: Calendar
    hotlines: tuple[Hotline, ...]
