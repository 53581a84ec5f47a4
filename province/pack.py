"""What a province pack says: its units, what goes where, by when, and who hears next."""

from datetime import date, time
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator

Urgency = Literal["emergency", "urgent", "normal", "low"]
SlotKind = Literal["place", "count", "yes_no", "choice", "time", "text"]
Handling = Literal["ticket", "guidance", "redirect"]
Weekday = Literal["monday", "tuesday", "wednesday", "thursday", "friday"]
ChainName = Literal["departments", "party", "external"]
Code = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
KeptFor = Annotated[str, Field(pattern=r"^(\d{1,5} days)?$")]
LEAST_KEPT = 92
"""Days."""
Duration = Annotated[str, Field(pattern=r"^\d{1,4} (minutes|hours|days)$")]


class Row(BaseModel):
    """Base of every part of a pack: frozen, and a key it does not know is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Duty(Row):
    """Who answers the phone for a unit, and when: a post, never a person's name."""

    post: str
    phone: str = ""
    hours: str = "24/7"


class DayOverride(Row):
    """A day that the province, or one agency for itself, declares to be off or worked."""

    day: date
    working: bool
    why: str


class Agency(Row):
    """A body that can lead, coordinate or operate: a department, a Party body, a company.

    `days` and `hours` are its own and win over the province's calendar; without them that counts.
    """

    code: Code
    name: str
    short: str
    aliases: tuple[str, ...] = ()
    chain: ChainName = "departments"
    duty: tuple[Duty, ...] = ()
    days: tuple[DayOverride, ...] = ()
    hours: tuple[tuple[time, time], ...] = ()
    """Its office hours on every working day of the year."""


class Commune(Row):
    """A commune or ward after 1 July 2025, with the old names people still use."""

    code: Code
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

    @property
    def full_name(self) -> str:
        """The name as a sentence needs it: "xã Chiêu Lưu", "phường Thành Vinh"."""
        return f"{self.kind} {self.name}"

    @property
    def place(self) -> tuple[float, float]:
        """Its centre: latitude and longitude."""
        return self.lat, self.lon

    @property
    def is_remote(self) -> bool:
        """Whether it is served first within equal urgency: area III, or in the mountains."""
        return self.area_class == "III" or self.mountainous


class Question(Row):
    """A follow-up question of a category, asked only when the text lacks its slot.

    `danger` holds the answers ("yes", "no" or some of `choices`) that make the ticket an emergency,
    `urgent` those that make it urgent.
    """

    ask: str
    slot: Code
    kind: SlotKind
    choices: tuple[str, ...] = ()
    danger: tuple[str, ...] = ()
    urgent: tuple[str, ...] = ()


class Raise(Row):
    """What lifts a category's urgency, in words an official understands, and to which level."""

    when: str
    to: Urgency


class Route(Row):
    """One row of the routing table: a category and who answers for it while the row is in force."""

    category: Code
    group: Code
    label: str
    short: str = ""
    """The label in a few words, for cards and lists; the label itself where it is short."""
    lead: str
    party_lead: str | None = None
    """Who leads instead where the matter is one of a Party body's own staff."""
    coordinating: tuple[str, ...] = ()
    operator: str | None = None
    urgency: Urgency
    raises: tuple[Raise, ...] = ()
    questions: tuple[Question, ...] = ()
    handling: Handling = "ticket"
    guidance: str = ""
    restricted: bool = False
    photo: bool = False
    """Whether the commune is asked once for a photo where it has sent none."""
    basis: str = ""
    note: str = ""
    phrases: tuple[str, ...] = ()
    first: date = date(2025, 3, 1)
    last: date | None = None

    def for_party(self) -> "Route":
        """The row as it counts for a Party body: its own lead, helped by the usual one."""
        if self.party_lead is None:
            return self
        helpers = (self.lead, *(code for code in self.coordinating if code != self.party_lead))
        return self.model_copy(update={"lead": self.party_lead, "coordinating": helpers})

    @property
    def title(self) -> str:
        """What the matter is called in a few words."""
        return self.short or self.label


class Group(Row):
    """A family of categories, as people would head a list."""

    code: Code
    label: str


class Deadline(Row):
    """The three promises of an urgency level, each as '5 minutes', '2 hours' or '1 days'.

    With `clock: wall` all three run day and night; otherwise minutes and hours are office time
    and days are working days. Steps of an escalation chain run by the clock of their urgency.
    """

    acknowledge: Duration
    answer: Duration
    result: Duration
    clock: Literal["wall", "office"] = "office"


class Step(Row):
    """One entry of an escalation chain: which post hears, how long after a missed deadline.

    `post` is assignee, head, vice_chair, chair, or an agency's code; `asks` says in Vietnamese
    what is asked of it; `repeat` says how often it is told again ("" for once).
    """

    post: Code
    after: Duration
    asks: str
    repeat: Duration | Literal[""] = ""


class Chain(Row):
    """The ordered steps for one kind of unit and urgency."""

    name: ChainName
    urgency: Urgency
    steps: tuple[Step, ...]


class Digest(Row):
    """When leaders and coordinators hear each working day how things stand, and who else does."""

    at: time = time(7)
    also: tuple[Code, ...] = ()
    """Agencies whose leaders hear too, and are asked for an opinion on what climbed to them."""


class CheckIn(Row):
    """The weekly question to each commune: whether it is asked, on which day, at what hour."""

    asks: bool = True
    day: Weekday = "friday"
    """When it is a day off, the last working day before it in the same week."""
    at: time = time(14)


class StormPolicy(Row):
    """What changes for the communes of a storm while its mode is on.

    Levels that `deadlines` leaves out keep their ordinary ones. `questions` take the place of a
    category's own for the groups and categories in `short_for`. Periods run by the wall clock.
    """

    deadlines: dict[Urgency, Deadline] = {}
    roll_call_hours: int = Field(default=3, ge=1, le=24)
    """How often the communes are asked how they are, unless the coordinator says otherwise."""
    silent_after: Duration = "30 minutes"
    """How long after a roll-call a commune that has not answered counts as silent."""
    short_for: tuple[Code, ...] = ()
    questions: tuple[Question, ...] = ()


class PersonalData(Row):
    """By when people are answered who ask about their own data (Law 91/2025, Decree 356/2025)."""

    answer: Duration = "2 days"
    """Working days until it is accepted or refused."""
    stop: Duration = "15 days"
    """Until it is done, by the wall clock."""
    extension: Duration = "15 days"
    """By how much that may be put off, once."""


class Retention(Row):
    """For how long is kept what only serves the running ("" for good); all of it is proposed.

    Tickets, their histories and people are no part of it: what they are kept for is decided by the
    law on archives. Nothing goes within a quarter: what channels carried is counted by the month.
    """

    payloads: KeptFor = "180 days"
    """The contents of updates that nobody could handle."""
    messages: KeptFor = ""
    """What was sent, and how each sending went, of tickets that are over."""
    lines: KeptFor = ""
    """The lines of web chats, but those about open tickets."""
    files: KeptFor = ""
    """Photos and papers of tickets that are over."""
    looks: KeptFor = ""
    """Who opened which ticket, and who took lists along."""

    @field_validator("*")
    @classmethod
    def _a_quarter_at_least(cls, value: str) -> str:
        if value and int(value.removesuffix(" days")) < LEAST_KEPT:
            raise ValueError(f"phải từ {LEAST_KEPT} days trở lên, hoặc để trống")
        return value


class Policies(Row):
    """Deadlines and escalation chains, and the document that issued them ('' while proposed)."""

    issued_by: str = ""
    deadlines: dict[Urgency, Deadline]
    chains: tuple[Chain, ...] = ()
    longest_promise: Duration = "15 days"
    """A promised date beyond it needs the head's approval."""
    needs_head: tuple[Code, ...] = ()
    """Groups and categories on money, staff or land: "Đã xử lý" there needs the head's approval."""
    beside_emergency: tuple[Code, ...] = ()
    """Groups and categories of which a few words, soon after an emergency, are more of it: the road
    that the ambulance cannot take, the power that is out, who is ill. Without them only the
    emergency's own group is."""
    digest: Digest = Digest()
    check_in: CheckIn = CheckIn()
    storm: StormPolicy = StormPolicy()
    personal_data: PersonalData = PersonalData()
    retention: Retention = Retention()


class Season(Row):
    """Office hours from a day of the year (MM-DD) on."""

    start: str = Field(pattern=r"^\d\d-\d\d$")
    hours: tuple[tuple[time, time], ...]


class Calendar(Row):
    """When offices work: seasons, holidays switched on or off, and the province's own days."""

    timezone: str = "Asia/Ho_Chi_Minh"
    seasons: tuple[Season, ...]
    culture_day: bool = True
    overrides: tuple[DayOverride, ...] = ()
    decided: tuple[int, ...] = ()
    """The years whose days off the province has decided; others are reckoned by rule."""


class Hotline(Row):
    """A national emergency number and when to call it."""

    number: str
    label: str


class Pack(Row):
    """Everything a province says about itself; read by `province.load.load_pack`."""

    code: Code
    name: str
    prefix: str = Field(pattern=r"^[A-Z]{2,4}$")
    coordinator: str
    duty_office: str
    agencies: tuple[Agency, ...]
    communes: tuple[Commune, ...]
    groups: tuple[Group, ...]
    routing: tuple[Route, ...]
    policies: Policies
    calendar: Calendar
    hotlines: tuple[Hotline, ...]
