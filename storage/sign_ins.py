"""Which account of the province's sign-in service is which of our people."""

from datetime import datetime

from sqlmodel import Field

from storage.engine import Instant, Key
from storage.rows import Row


class Subject(Row, table=True):
    """One account of one service, bound to a person who was known before."""

    __tablename__ = "sign_in_subjects"
    issuer: str = Field(primary_key=True)
    subject: str = Field(primary_key=True)
    person_id: int = Field(foreign_key="people.id", sa_type=Key, index=True)
    bound_at: datetime = Field(sa_type=Instant)
