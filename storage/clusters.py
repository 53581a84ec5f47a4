"""Like needs of communes near each other: proposed as one request, decided by a person."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from storage.engine import Document, Instant, Key


class Taken(StrEnum):
    """What a person made of a proposal."""

    PROPOSED = "proposed"
    MADE = "made"
    DROPPED = "dropped"


class Cluster(SQLModel, table=True):
    """One proposal; its tickets run on by themselves, whatever is decided."""

    __tablename__ = "clusters"
    __table_args__ = (Index("ix_clusters_need", "need", "id"),)
    id: int | None = Field(default=None, primary_key=True, sa_type=Key)
    need: str
    """What is asked for; see tickets.clusters."""
    category: str
    lead: str
    version: int = 1
    """Rises with each decision; stands on the proposal's buttons."""
    state: str = Taken.PROPOSED
    tickets: list[Any] = Field(default_factory=list, sa_type=Document)
    """The tickets that were counted; replaced as a whole, never changed inside."""
    proposed_at: datetime = Field(sa_type=Instant)
    decided_at: datetime | None = Field(default=None, sa_type=Instant)
    by: int | None = Field(default=None, foreign_key="people.id", sa_type=Key)
