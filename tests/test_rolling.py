"""Two releases on one schema: what the release before wrote and read, it writes and reads on."""

import asyncio
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from alembic.util import CommandError
from sqlalchemy import create_engine, inspect, text
from sqlalchemy.engine import Connection
from sqlmodel import SQLModel

from storage import inbox
from storage.engine import Database, known_revisions, migrate, revision
from storage.rolling import NAME, OLDEST
from tests.world import World

Schema = dict[str, dict[str, Any]]


def schema_of(connection: Connection) -> Schema:
    """Each table's columns, and what must be one of a kind in it."""
    found = inspect(connection)
    return {
        table: {
            "columns": {column["name"]: column for column in found.get_columns(table)},
            "unique": {
                tuple(one["column_names"])
                for one in [*found.get_unique_constraints(table), *_unique_indexes(found, table)]
            },
        }
        for table in found.get_table_names()
    }


def _unique_indexes(found: Any, table: str) -> Iterator[dict[str, Any]]:
    return (index for index in found.get_indexes(table) if index["unique"])


def broken(before: Schema, after: Schema) -> Iterator[str]:
    """What a program of the schema before could not write or read any more."""
    yield from (f"{table} is gone" for table in before.keys() - after.keys())
    for table in before.keys() & after.keys():
        old, new = before[table], after[table]
        yield from _changed(table, old["columns"], new["columns"])
        yield from _added(table, old["columns"], new["columns"])
        for names in new["unique"] - old["unique"]:
            if set(names) <= set(old["columns"]):
                yield f"{table}: {names} must now be one of a kind"


def _changed(table: str, old: dict[str, Any], new: dict[str, Any]) -> Iterator[str]:
    for name, column in old.items():
        if name not in new:
            yield f"{table}.{name} is gone"
        elif column["nullable"] and not new[name]["nullable"]:
            yield f"{table}.{name} may no longer be empty"
        elif str(column["type"]) != str(new[name]["type"]):
            yield f"{table}.{name} is of another type"


def _added(table: str, old: dict[str, Any], new: dict[str, Any]) -> Iterator[str]:
    for name in new.keys() - old.keys():
        if not new[name]["nullable"] and new[name]["default"] is None:
            yield f"{table}.{name} is new, may not be empty and has no default"


def schemas(url: str) -> Iterator[tuple[str, Schema]]:
    """The schema at each revision from the oldest that may still run, in order."""
    newest_first = known_revisions()
    for number in reversed(newest_first[: newest_first.index(OLDEST) + 1]):
        migrate(url, number)
        engine = create_engine(url)
        with engine.connect() as connection:
            yield number, schema_of(connection)
        engine.dispose()


def test_each_migration_leaves_the_release_before_at_work(tmp_path: Path) -> None:
    steps = list(schemas(f"sqlite:///{tmp_path / 'steps.db'}"))
    wrong = {
        number: found
        for (_, before), (number, after) in pairwise(steps)
        if (found := list(broken(before, after)))
    }
    assert wrong == {}, "expand now, contract one release later: see storage/rolling.py"


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ("ALTER TABLE t ADD COLUMN b TEXT", []),
        ("ALTER TABLE t ADD COLUMN b TEXT NOT NULL DEFAULT ''", []),
        ("CREATE TABLE u (a TEXT)", []),
        ("ALTER TABLE t DROP COLUMN c", ["t.c is gone"]),
        ("ALTER TABLE t RENAME COLUMN c TO d", ["t.c is gone"]),
        ("DROP TABLE t", ["t is gone"]),
        ("CREATE UNIQUE INDEX x ON t (c)", ["t: ('c',) must now be one of a kind"]),
    ],
)
def test_what_the_release_before_could_not_stand(change: str, told: list[str]) -> None:
    engine = create_engine("sqlite://")
    with engine.connect() as connection:
        connection.execute(text("CREATE TABLE t (a TEXT, c TEXT)"))
        before = schema_of(connection)
        connection.execute(text(change))
        assert list(broken(before, schema_of(connection))) == told
    engine.dispose()


@pytest.mark.parametrize(
    ("after", "told"),
    [
        ("a TEXT, c TEXT, b TEXT NOT NULL", "t.b is new, may not be empty and has no default"),
        ("a TEXT, c TEXT NOT NULL", "t.c may no longer be empty"),
        ("a TEXT, c INTEGER", "t.c is of another type"),
    ],
)
def test_nor_columns_that_ask_for_more(after: str, told: str) -> None:
    found = []
    for columns in ("a TEXT, c TEXT", after):
        engine = create_engine("sqlite://")
        with engine.connect() as connection:
            connection.execute(text(f"CREATE TABLE t ({columns})"))
            found.append(schema_of(connection))
        engine.dispose()
    assert list(broken(*found)) == [told]


@pytest.mark.parametrize(
    ("kind", "oldest", "runs"),
    [
        ("postgresql", OLDEST, True),
        ("sqlite", OLDEST, True),
        ("sqlite", "of tomorrow", False),
        ("sqlite", "", False),
    ],
)
async def test_the_release_before_starts_on_a_newer_schema_that_says_it_may(
    make_database: Callable[[str], str], kind: str, oldest: str, runs: bool
) -> None:
    database_url = make_database(kind)
    database = Database(database_url)
    async with database.transaction() as session:
        await session.execute(text("UPDATE alembic_version SET version_num = 'tomorrow'"))
        say = text("UPDATE channel_marks SET value = :oldest WHERE name = :name")
        await session.execute(say, {"oldest": oldest, "name": NAME})
    if runs:
        await asyncio.to_thread(migrate, database_url)
    else:
        with pytest.raises(CommandError):
            await asyncio.to_thread(migrate, database_url)
    assert await revision(database) == "tomorrow"
    await database.close()


@pytest.mark.parametrize("world", [("web", "postgresql")], ids="+".join, indirect=True)
async def test_a_running_program_goes_on_while_the_next_release_migrates(world: World) -> None:
    lan = await world.joins("chieu_luu", name="Lan")
    await lan.says("Phần mềm một cửa từ sáng không đăng nhập được, bị đá ra liên tục")
    async with world.database.transaction() as session:
        for table in SQLModel.metadata.tables:
            add = f"ALTER TABLE {table} ADD COLUMN of_tomorrow TEXT NOT NULL DEFAULT ''"
            await session.execute(text(add))
    hoa = await world.joins("con_cuong", name="Hoa")
    await hoa.says("Cầu tràn bản Xiêng Thù hỏng nặng, xe máy không qua được")
    await lan.says("không")
    assert len(await world.tickets()) == 2
    async with world.database.reading() as session:
        assert not await inbox.all_set_aside(session)
