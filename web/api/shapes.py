"""The JSON of /api/v1: what programs get and what they may send."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from storage.tickets import Status
from tickets.rich import clean

LONGEST = 20_000
"""Characters of a report or an answer, as in the chat."""
MOST_VERSION = 2**31 - 1


def _said(text: str) -> str:
    cleaned = clean(text)
    if not any(letter.isalnum() for letter in cleaned):
        raise ValueError("says nothing")
    return cleaned


Words = Annotated[str, Field(min_length=1, max_length=LONGEST), AfterValidator(_said)]
Seen = Annotated[int, Field(ge=0, le=MOST_VERSION)]


class UrgencyName(StrEnum):
    """How fast something must be done."""

    EMERGENCY = "emergency"
    URGENT = "urgent"
    NORMAL = "normal"
    LOW = "low"


class StatusName(StrEnum):
    """What a list is narrowed to: a status, `open` for all that are no end, `all` for each."""

    OPEN = "open"
    ALL = "all"
    NEW = Status.NEW
    ACKNOWLEDGED = Status.ACKNOWLEDGED
    IN_PROGRESS = Status.IN_PROGRESS
    WAITING = Status.WAITING
    PLANNED = Status.PLANNED
    AWAITING_GUIDANCE = Status.AWAITING_GUIDANCE
    RESOLVED = Status.RESOLVED
    CLOSED = Status.CLOSED
    CANCELLED = Status.CANCELLED


class Said(BaseModel):
    """What a program sends; a field that is not known is a mistake, not a wish."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)


class NewTicket(Said):
    """A report in an official's place."""

    text: Words
    commune: str = Field("", max_length=60, description="Needed with the coordinator's key")
    place: Annotated[str, Field(max_length=200), AfterValidator(clean)] = ""
    lat: float | None = Field(None, ge=-90, le=90, allow_inf_nan=False)
    lon: float | None = Field(None, ge=-180, le=180, allow_inf_nan=False)


class Press(Said):
    """An act without words."""

    version: Seen = Field(0, description="The version that was seen; 0: whatever stands")


class Answer(Press):
    """An act with words that the commune reads."""

    text: Words


class Unit(BaseModel):
    """A commune or an agency."""

    code: str
    name: str


class Ticket(BaseModel):
    """A ticket as a list shows it; what people wrote is null where the matter is restricted."""

    code: str
    version: int
    status: Status
    outcome: str | None
    urgency: UrgencyName
    category: str
    summary: str
    commune: Unit
    lead: Unit
    coordinating: list[Unit]
    restricted: bool
    is_overdue: bool
    text: str | None
    place: str | None
    lat: float | None
    lon: float | None
    resolution: str | None
    document: str
    origin: str
    opened_at: datetime
    acknowledge_by: datetime | None
    answer_by: datetime | None
    result_by: datetime | None
    promised_at: datetime | None
    acknowledged_at: datetime | None
    answered_at: datetime | None
    resolved_at: datetime | None
    closed_at: datetime | None


class Fact(BaseModel):
    """One line of the public timeline."""

    at: datetime
    kind: str
    what: str
    who: str
    about: str
    words: str | None
    rule: str


class WholeTicket(Ticket):
    """A ticket with its public timeline, oldest first."""

    timeline: list[Fact]


class Page(BaseModel):
    """A page of tickets in the order of work: urgency, asked about, remote, oldest."""

    items: list[Ticket]
    total: int
    page: int
    size: int
    older: int | None = None
    """Ended tickets are counted 5,000 at a time; ask again with this as `before` for the next."""


class Me(BaseModel):
    """What a key is."""

    name: str
    unit: Unit
    person: str
    roles: list[str]
    scopes: list[str]


class Done(BaseModel):
    """What an act made of a ticket."""

    code: str
    version: int
    status: Status
    done: bool = Field(description="False: it waits for the head's approval")


class Wrong(BaseModel):
    """A problem, RFC 9457."""

    type: str
    title: str
    status: int
    code: str
    detail: str
    errors: list[dict[str, str]] = []
