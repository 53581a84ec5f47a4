"""Who is on duty for a unit, and who stands in for somebody who is away."""

from datetime import datetime

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from storage.engine import Instant, Key


class Shift(SQLModel, table=True):
    """That a person is on duty for a unit from one instant to another."""

    __tablename__ = "shifts"
    __table_args__ = (Index(None, "unit", "ends_at"),)
    id: int | None = Field(default=None, primary_key=True, sa_type=Key)
    unit: str
    person_id: int = Field(foreign_key="people.id", sa_type=Key)
    starts_at: datetime = Field(sa_type=Instant)
    ends_at: datetime = Field(sa_type=Instant)


class Absence(SQLModel, table=True):
    """That a person is away, and who acts in their place with the same rights."""

    __tablename__ = "absences"
    __table_args__ = (
        Index(None, "person_id", "ends_at"),
        Index(None, "deputy_id", "ends_at"),
    )
    id: int | None = Field(default=None, primary_key=True, sa_type=Key)
    person_id: int = Field(foreign_key="people.id", sa_type=Key)
    deputy_id: int | None = Field(default=None, foreign_key="people.id", sa_type=Key)
    starts_at: datetime = Field(sa_type=Instant)
    ends_at: datetime = Field(sa_type=Instant)
