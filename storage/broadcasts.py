"""One message of the coordinator to many units, from its preview to its count."""

from datetime import datetime
from typing import Any

from sqlmodel import Field, SQLModel

from storage.engine import Document, Instant, Key


class Broadcast(SQLModel, table=True):
    """What was said to which units; it goes out only once somebody has confirmed the preview."""

    __tablename__ = "broadcasts"
    id: int | None = Field(default=None, primary_key=True, sa_type=Key)
    by: int = Field(foreign_key="people.id", sa_type=Key)
    text: str
    urgent: bool = False
    units: list[Any] = Field(default_factory=list, sa_type=Document)
    """The units' codes."""
    receivers: int = 0
    """How many people and groups were written to."""
    created_at: datetime = Field(sa_type=Instant)
    sent_at: datetime | None = Field(default=None, sa_type=Instant)
