"""What programs have written already: the same idempotency key gets the same answer again."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Index, delete, update
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import Field, col

from storage.engine import Document, Instant, Key
from storage.rows import Row

KEPT = timedelta(days=7)
"""For so long a repeat is recognised."""


class ApiWrite(Row, table=True):
    """One write of one key; nothing of what was written."""

    __tablename__ = "api_writes"
    __table_args__ = (Index(None, "at"),)
    token_id: int = Field(primary_key=True, foreign_key="api_tokens.id", sa_type=Key)
    key: str = Field(primary_key=True)
    asked: str
    """A digest of what was asked: another request under the same key is a mistake."""
    answer: dict[str, Any] = Field(default_factory=dict, sa_type=Document)
    at: datetime = Field(sa_type=Instant)


async def begin(
    session: AsyncSession, token_id: int, key: str, asked: str, now: datetime
) -> ApiWrite | None:
    """Take a key for this transaction: None when it is free now, else what was answered before.

    A second process that brings the same key waits here for the first one's commit.
    """
    await session.execute(delete(ApiWrite).where(col(ApiWrite.at) < now - KEPT))
    insert: Any = sqlite_insert if _is_sqlite(session) else postgresql_insert
    table = ApiWrite.metadata.tables["api_writes"]
    row = {"token_id": token_id, "key": key, "asked": asked, "answer": {}, "at": now}
    taken = await session.execute(
        insert(table).values(**row).on_conflict_do_nothing().returning(table.c.key)
    )
    if taken.first() is not None:
        return None
    return await session.get(ApiWrite, (token_id, key), populate_existing=True)


async def end(session: AsyncSession, token_id: int, key: str, answer: dict[str, Any]) -> None:
    """Keep what was answered."""
    await session.execute(
        update(ApiWrite)
        .where(col(ApiWrite.token_id) == token_id, col(ApiWrite.key) == key)
        .values(answer=answer)
        .execution_options(synchronize_session=False)
    )


def _is_sqlite(session: AsyncSession) -> bool:
    return session.get_bind().dialect.name == "sqlite"
