"""A database as one file and back: SQLite's own online backup, PostgreSQL's own programs."""

import asyncio
import os
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from sqlalchemy import text
from sqlalchemy.engine import URL
from sqlalchemy.ext.asyncio import AsyncConnection, create_async_engine
from sqlalchemy.pool import NullPool

from bot.obstacles import Obstacle

PAGES = 4096
"""Pages that are copied before the next word about how far it has come: 16 MB."""
TOLD = 500
"""Letters of what PostgreSQL's programs say when they fail."""
KEPT = "SELECT DISTINCT hash FROM media WHERE hash IS NOT NULL AND fate = 'kept'"
OWN = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = current_schema()"


def copy_sqlite(url: URL, into: Path, told: Callable[[int, int], object]) -> None:
    """Copy a database while a server writes to it: as it was at one moment, stopping nobody.

    `told` gets the pages that are done and those there are. A read transaction is held open, so
    that what is written meanwhile does not make the copy begin anew.
    """
    with closing(sqlite3.connect(f"{_file(url).as_uri()}?mode=ro", uri=True, timeout=10)) as source:
        source.isolation_level = None
        source.execute("BEGIN")
        source.execute("SELECT count(*) FROM sqlite_schema").fetchone()
        with closing(sqlite3.connect(into)) as copy:
            source.backup(copy, pages=PAGES, progress=lambda _, left, all_: told(all_ - left, all_))
            copy.execute("PRAGMA journal_mode=DELETE")  # one file, without a log beside it
        source.execute("ROLLBACK")


def sqlite_counts(path: Path) -> dict[str, int]:
    """The rows of each table in a file. Raises Obstacle for one that is damaged."""
    try:
        with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro&immutable=1", uri=True)) as found:
            if found.execute("PRAGMA quick_check(1)").fetchone() != ("ok",):
                raise Obstacle(f"{path.name} is damaged: take another backup.")
            tables = sorted(name for (name,) in found.execute(OWN).fetchall())
            return {table: found.execute(_count(table)).fetchone()[0] for table in tables}
    except sqlite3.DatabaseError as error:
        raise Obstacle(f"{path.name} is damaged ({error}): take another backup.") from None


def sqlite_missing(path: Path, is_there: Callable[[str], bool]) -> int:
    """How many files of reports a database knows that are not there."""
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro&immutable=1", uri=True)) as found:
        return sum(not is_there(name) for (name,) in found.execute(KEPT))


async def dump_postgresql(
    url: URL, into: Path, is_there: Callable[[str], bool]
) -> tuple[dict[str, int], int]:
    """Have pg_dump copy a database; its rows by table, and how many files are missing.

    All three see the same moment: pg_dump takes over the snapshot of our transaction.
    """
    program = tool("pg_dump")
    engine = create_async_engine(url, poolclass=NullPool, isolation_level="REPEATABLE READ")
    try:
        async with engine.connect() as connection:
            snapshot = await connection.scalar(text("SELECT pg_export_snapshot()"))
            options = ("--format=custom", "--no-owner", "--no-privileges", f"--snapshot={snapshot}")
            await _run(program, *options, f"--file={into}", url=url)
            names = await connection.stream(text(KEPT))
            missing = sum([not is_there(row.hash) async for row in names])
            return await _counts(connection), missing
    finally:
        await engine.dispose()


async def fill_postgresql(url: URL, dump: Path) -> dict[str, int]:
    """Have pg_restore fill an empty database, all or nothing; its rows by table."""
    options = ("--no-owner", "--no-privileges", "--exit-on-error", "--single-transaction")
    await _run(tool("pg_restore"), *options, str(dump), url=url)
    engine = create_async_engine(url, poolclass=NullPool)
    try:
        async with engine.connect() as connection:
            return await _counts(connection)
    finally:
        await engine.dispose()


async def holds_tables(url: URL) -> bool:
    """Whether anything stands in a PostgreSQL database's own schema."""
    engine = create_async_engine(url, poolclass=NullPool)
    try:
        async with engine.connect() as connection:
            return (await connection.scalar(text(f"{TABLES} LIMIT 1"))) is not None
    finally:
        await engine.dispose()


async def _counts(connection: AsyncConnection) -> dict[str, int]:
    tables = sorted((await connection.scalars(text(TABLES))).all())
    return {table: await connection.scalar(text(_count(table))) or 0 for table in tables}


def _count(table: str) -> str:
    return f'SELECT count(*) FROM "{table}"'  # noqa: S608  a name that the database itself gave


def tool(name: str) -> str:
    """Where a program of PostgreSQL lies. Raises Obstacle, which says what to do."""
    found = shutil.which(name)
    if found is None:
        raise Obstacle(
            f"{name} is not on this machine: install PostgreSQL's client programs "
            "(apt-get install postgresql-client), of the server's version or newer."
        )
    return found


async def _run(program: str, *options: str, url: URL) -> None:
    """Run a program on a database; its password goes by the environment, where nobody sees it."""
    at = url.set(drivername="postgresql", password=None).render_as_string()
    environment = dict(os.environ)
    if url.password:
        environment["PGPASSWORD"] = str(url.password)
    process = await asyncio.create_subprocess_exec(
        program,
        *options,
        f"--dbname={at}",
        env=environment,
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.PIPE,
    )
    _, said = await process.communicate()
    if process.returncode:
        words = " ".join(said.decode(errors="replace").split())[-TOLD:]
        raise Obstacle(f"{Path(program).name} failed: {words}")


def _file(url: URL) -> Path:
    return Path(url.database or "").absolute()
