"""Whatever stands in the tables, every revision can be left and come back to."""

import asyncio
import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from hypothesis.strategies import DataObject
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool
from sqlmodel import SQLModel

import bot.app  # noqa: F401  with it every table is known
from storage.engine import EPOCH, Instant, known_revisions, migrate
from tests.conftest import PROVE
from tests.databases import POSTGRESQL, SQLITE

HOW = settings(
    max_examples=60 if PROVE else 1,
    deadline=None,
    derandomize=not PROVE,
    phases=[Phase.generate],  # to shrink a world of tables takes minutes
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
MOST = 3
"""Rows in a table."""
WORDS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=9)
"""What both databases can store."""
DOCUMENTS = st.one_of(
    st.just({}),
    st.just([]),
    st.dictionaries(WORDS, st.one_of(WORDS, st.integers(0, 9)), max_size=2),
)
Rows = dict[str, tuple[list[str], list[dict[str, Any]]]]
"""By table: its columns, and its rows."""


def allowed(table: sa.Table, column: str) -> list[str]:
    """The words that a check lets a column have; [] where any will do."""
    checks = [str(c.sqltext) for c in table.constraints if isinstance(c, sa.CheckConstraint)]
    found = [check for check in checks if re.search(rf"\b{column} in \(", check)]
    return re.findall("'([^']*)'", found[0]) if found else []


def values(column: sa.Column[Any], number: int, made: dict[str, int]) -> st.SearchStrategy[Any]:
    """What may stand in a column of a table's so-manieth row."""
    table = column.table
    assert isinstance(table, sa.Table)
    if column.foreign_keys:
        (key,) = column.foreign_keys
        given_ = st.integers(1, max(1, made.get(key.column.table.name, 0)))
        is_empty = not made.get(key.column.table.name)
        return st.none() if is_empty else st.none() | given_ if column.nullable else given_
    if column.primary_key or any(column.name in names for names in unique(table)):
        is_text = kind_of(column) is str
        if words := allowed(table, column.name):
            return st.sampled_from(words)
        return st.just(f"{number}" if is_text else number)
    some = plain(column, allowed(table, column.name))
    return st.none() | some if column.nullable else some


def unique(table: sa.Table) -> list[set[str]]:
    """The columns that must differ, together."""
    constraints = [c for c in table.constraints if isinstance(c, sa.UniqueConstraint)]
    indexes = [index for index in table.indexes if index.unique]
    return [{column.name for column in one.columns} for one in (*constraints, *indexes)]


def plain(column: sa.Column[Any], words: list[str]) -> st.SearchStrategy[Any]:
    """What may stand in a column by its type alone."""
    if isinstance(column.type, Instant):
        return st.integers(0, 10**9).map(lambda seconds: EPOCH + timedelta(seconds=seconds))
    by_type: dict[type, st.SearchStrategy[Any]] = {
        bool: st.booleans(),
        int: st.integers(0, 7),
        float: st.integers(-90, 90).map(float),
        date: st.integers(0, 9000).map(lambda days: EPOCH.date() + timedelta(days=days)),
        str: st.sampled_from(words) if words else WORDS,
    }
    return by_type.get(kind_of(column), DOCUMENTS)


def kind_of(column: sa.Column[Any]) -> type:
    """The Python type of a column; of a document's dict."""
    plainly = column.type.impl if isinstance(column.type, sa.TypeDecorator) else column.type
    return dict if isinstance(plainly, sa.JSON) else plainly.python_type


async def with_connection(url: str, work: Callable[[sa.Connection], Any]) -> Any:
    """Do something in one transaction, on either database."""
    plain_url = sa.make_url(url)
    if plain_url.get_backend_name() == SQLITE:
        engine = sa.create_engine(plain_url.set(drivername="sqlite+pysqlite"), poolclass=NullPool)
        with engine.begin() as connection:
            return work(connection)
    other = create_async_engine(plain_url, poolclass=NullPool)
    async with other.begin() as connection_:
        return await connection_.run_sync(work)


def fill(connection: sa.Connection, data: DataObject) -> None:
    """Put a few rows into each table, those first that others point at."""
    insert = sqlite_insert if connection.dialect.name == SQLITE else postgresql_insert
    made: dict[str, int] = {}
    for table in SQLModel.metadata.sorted_tables:
        for number in range(1, data.draw(st.integers(1, MOST), label=table.name) + 1):
            row = {c.name: data.draw(values(c, number, made)) for c in table.columns}
            must = [c.name for c in table.columns if c.foreign_keys and not c.nullable]
            if all(row[name] is not None for name in must):
                connection.execute(insert(table).values(row).on_conflict_do_nothing())
                made[table.name] = number


def read(connection: sa.Connection) -> Rows:
    """All there is, as the database tells it without the program's types."""
    names = [n for n in sa.inspect(connection).get_table_names() if n != "alembic_version"]
    found = {}
    for name in names:
        result = connection.execute(sa.text(f'SELECT * FROM "{name}"'))
        found[name] = list(result.keys()), [dict(row) for row in result.mappings()]
    return found


def in_common(rows: Rows, shape: Rows) -> dict[str, list[str]]:
    """What of some rows stands in tables and columns that another state of the schema has too."""
    return {
        name: sorted(repr({c: row[c] for c in columns if c in shape[name][0]}) for row in held)
        for name, (columns, held) in rows.items()
        if name in shape and name != "channel_marks"  # where the schema notes its own revision
    }


def there_and_back(url: str, data: DataObject) -> None:
    """Fill a database, leave for another revision, come back, and compare."""
    asyncio.run(with_connection(url, lambda connection: fill(connection, data)))
    before = asyncio.run(with_connection(url, read))
    older = data.draw(st.sampled_from([*known_revisions()[1:], "base"]), label="revision")
    migrate(url, older)
    there = asyncio.run(with_connection(url, read))
    assert in_common(there, before) == in_common(before, there)
    migrate(url)
    after = asyncio.run(with_connection(url, read))
    assert {name: columns for name, (columns, _) in after.items()}.keys() == before.keys()
    assert in_common(after, there) == in_common(there, after)


@pytest.mark.timeout(900 if PROVE else 60)
@HOW
@given(data=st.data())
def test_any_rows_leave_and_come_back(
    make_database: Callable[[str], str], data: DataObject
) -> None:
    for kind in (SQLITE, POSTGRESQL) if PROVE else (SQLITE,):
        there_and_back(make_database(kind), data)
