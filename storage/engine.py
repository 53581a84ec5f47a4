"""How the database is opened, migrated and written: SQLite inline, PostgreSQL by asyncpg."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, nullcontext
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, cast

from sqlalchemy import (
    JSON,
    BigInteger,
    DateTime,
    Dialect,
    Engine,
    Integer,
    create_engine,
    event,
    make_url,
)
from sqlalchemy.dialects import registry
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.engine import URL
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, create_async_engine
from sqlalchemy.orm.util import identity_key
from sqlalchemy.pool import AsyncAdaptedQueuePool, Pool, StaticPool
from sqlalchemy.types import TypeDecorator, TypeEngine
from sqlmodel import SQLModel

from province.text import fold
from storage.rows import write
from storage.turns import STARTING, statement_of

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)

SQLModel.metadata.naming_convention = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}

Key = BigInteger().with_variant(Integer, "sqlite")
"""Column type of ids: 64 bits on both databases, and SQLite's own rowid."""

Document = JSON(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql")
"""Column type of small structured values."""


ON_FLASH = {"random_page_cost": "1.1"}
"""PostgreSQL's own figure, 4, is a turning disk's: by it a desk's search walks all tickets."""


class Instant(TypeDecorator[datetime]):
    """An aware UTC instant; integer microseconds on SQLite, timestamptz on PostgreSQL."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Choose the column type for a dialect."""
        if dialect.name == "sqlite":
            return dialect.type_descriptor(BigInteger())
        return dialect.type_descriptor(DateTime(timezone=True))

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> Any:
        """Refuse naive times, and write the instant in the dialect's way."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"naive time {value!r}: pass an aware instant")
        if dialect.name == "sqlite":
            return (value - EPOCH) // MICROSECOND
        return value

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        """Give back an aware UTC instant."""
        if value is None:
            return None
        if dialect.name == "sqlite":
            return EPOCH + timedelta(microseconds=value)
        return cast("datetime", value).astimezone(UTC)


class InlineCursor(sqlite3.Cursor):
    """A cursor whose rows are all at hand; SQLAlchemy asks async cursors to let go of a thread."""

    async def _async_soft_close(self) -> None:
        """There is nothing to let go of."""


class InlineConnection(sqlite3.Connection):
    """A connection that opens such cursors."""

    def cursor(self, factory: Any = InlineCursor) -> Any:
        """Open a cursor."""
        return super().cursor(factory)


class InlineSQLite(SQLiteDialect_pysqlite):
    """SQLite run in the event loop's own thread: a thread hop per statement costs more than it."""

    is_async = True
    supports_statement_cache = True

    @classmethod
    def get_pool_class(cls, url: URL) -> type[Pool]:
        """The async pool, though nothing here ever waits."""
        return AsyncAdaptedQueuePool if url.database not in {None, "", ":memory:"} else StaticPool


registry.register("sqlite.inline", __name__, "InlineSQLite")


class Alone(AsyncSession):
    """A session of SQLite's only writer: there is nobody to lock out, or to read anew after.

    Without this a lock would fetch the row again, over changes that the batch has not flushed.
    """

    async def get(self, entity: Any, ident: Any, **options: Any) -> Any:
        """As AsyncSession.get; `with_for_update` changes nothing."""
        options.pop("with_for_update", None)
        known = self.sync_session.identity_map.get(identity_key(entity, ident))
        return known if known is not None else await super().get(entity, ident, **options)


class Shared(AsyncSession):
    """A session of one writer among others: what is locked is read anew.

    Without this a row that the session knows already keeps what it was before somebody else's act.
    """

    async def get(self, entity: Any, ident: Any, **options: Any) -> Any:
        """As AsyncSession.get; a lock writes what was changed here, and reads the row again."""
        if options.get("with_for_update"):
            await self.flush()
            options["populate_existing"] = True
        return await super().get(entity, ident, **options)


class Engines:
    """Opens an engine for each who asks; the tests lend the same ones out again and again."""

    def writer(self, url: URL) -> AsyncEngine:
        """An engine that writes to a database."""
        if url.get_backend_name() == "sqlite":
            return _inline_engine(url, read_only=False)
        settings = {"server_settings": ON_FLASH}
        return create_async_engine(url, pool_size=10, max_overflow=10, connect_args=settings)

    def reader(self, url: URL) -> AsyncEngine:
        """An engine that only reads; of SQLite, where readers have connections of their own."""
        return _inline_engine(url, read_only=True)

    async def give_back(self, engine: AsyncEngine) -> None:
        """Close its connections."""
        await engine.dispose()


class Database:
    """One province's database: a writer, a reader, and the lock that lets one writer in at a time.

    On SQLite writers queue on a lock and begin IMMEDIATE; on PostgreSQL there is no lock and
    several transactions run at once.
    """

    engines = Engines()

    def __init__(self, url: str) -> None:
        """Open nothing yet; `url` is `sqlite:///file` or `postgresql+asyncpg://…`."""
        parsed = make_url(url)
        self.is_sqlite = parsed.get_backend_name() == "sqlite"
        self.url = parsed
        self._lock: asyncio.Lock | nullcontext[None]
        if self.is_sqlite:
            self._lock = asyncio.Lock()
            self.writer = self.engines.writer(parsed)
            self.reader = self.engines.reader(parsed)
        else:
            self._lock = nullcontext()
            self.writer = self.engines.writer(parsed)
            self.reader = self.writer

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[AsyncSession]:
        """A session whose work is committed at the end, or leaves nothing behind."""
        async with self._lock, self.session() as session, session.begin():
            yield session
            await write(session)

    def session(self) -> AsyncSession:
        """A session on the writer without a lock; for callers that hold their own transaction."""
        session = Alone if self.is_sqlite else Shared
        return session(self.writer, expire_on_commit=False, autoflush=False)

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[AsyncSession]:
        """A session that cannot write; for pages and reports."""
        async with AsyncSession(self.reader, expire_on_commit=False, autoflush=False) as session:
            yield session

    async def close(self) -> None:
        """Give every connection back."""
        await self.engines.give_back(self.writer)
        if self.reader is not self.writer:
            await self.engines.give_back(self.reader)


def _inline_engine(url: URL, *, read_only: bool) -> AsyncEngine:
    engine = create_async_engine(
        url.set(drivername="sqlite+inline"),
        connect_args={
            "factory": InlineConnection,
            "check_same_thread": False,
            "timeout": 10,
            "cached_statements": 512,
        },
        query_cache_size=1500,
    )
    prepare_sqlite(engine.sync_engine, read_only=read_only)
    return engine


def prepare_sqlite(engine: Engine, *, read_only: bool = False) -> None:
    """Make an engine's SQLite connections durable, checked by foreign keys, and IMMEDIATE."""

    @event.listens_for(engine, "connect")
    def on_connect(connection: sqlite3.Connection, _record: object) -> None:
        connection.isolation_level = None
        connection.create_function("fold", 1, lambda text: fold(text or ""), deterministic=True)
        for pragma in (
            "journal_mode=WAL",
            "synchronous=FULL",
            "foreign_keys=ON",
            "busy_timeout=10000",
            "temp_store=MEMORY",
            "cache_size=-16000",
            f"query_only={'ON' if read_only else 'OFF'}",
        ):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def on_begin(connection: Any) -> None:
        connection.exec_driver_sql("BEGIN" if read_only else "BEGIN IMMEDIATE")


def migrate(url: str, revision: str = "head") -> None:
    """Bring a database's tables to a revision (`head`, `base`, or an id); safe to repeat.

    Runs outside any event loop: on PostgreSQL it starts one of its own.
    """
    parsed = make_url(url)
    if parsed.get_backend_name() != "sqlite":
        asyncio.run(_migrate_postgresql(parsed, revision))
        return
    if parsed.database:
        Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(parsed.set(drivername="sqlite+pysqlite"))
    prepare_sqlite(engine)
    with engine.begin() as connection:
        _alembic(connection, revision)
    engine.dispose()


async def _migrate_postgresql(url: URL, revision: str) -> None:
    engine = create_async_engine(url)
    try:
        async with engine.begin() as connection:
            await connection.execute(statement_of(STARTING))
            await connection.run_sync(_alembic, revision)
    finally:
        await engine.dispose()


def _alembic(connection: Any, revision: str) -> None:
    from alembic import command  # noqa: PLC0415  costs 0.3 s that a running server never needs
    from alembic.config import Config  # noqa: PLC0415

    from storage.rolling import may_run, note  # noqa: PLC0415  it stands on this module

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.attributes["connection"] = connection
    current = _revision(connection)
    if revision == "head" and current and may_run(connection, current, known_revisions()):
        return
    if revision == "base" or (current and _is_older(revision, current)):
        command.downgrade(config, revision)
    else:
        command.upgrade(config, revision)
        if revision == "head":
            note(connection)


def _revision(connection: Any) -> str | None:
    from alembic.runtime.migration import MigrationContext  # noqa: PLC0415

    return MigrationContext.configure(connection).get_current_revision()


def _is_older(target: str, current: str) -> bool:
    newest_first = known_revisions()
    if target not in newest_first or current not in newest_first:
        return False
    return newest_first.index(target) > newest_first.index(current)


def known_revisions() -> list[str]:
    """The revisions that this program knows, the newest first."""
    from alembic.config import Config  # noqa: PLC0415  as above
    from alembic.script import ScriptDirectory  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    known = ScriptDirectory.from_config(config).walk_revisions()
    return [revision.revision for revision in known]


async def revision(database: Database) -> str | None:
    """The revision that a database is at; None when it is empty."""
    async with database.writer.connect() as connection:
        found: str | None = await connection.run_sync(_revision)
        return found
