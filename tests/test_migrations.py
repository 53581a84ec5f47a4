"""From an empty database to the models and back, on both databases."""

import asyncio
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlmodel import SQLModel

from storage.engine import Database, migrate
from tests.world import World


def _differences(connection: Any) -> list[Any]:
    context = MigrationContext.configure(connection, opts={"compare_type": True})
    return [
        change
        for change in compare_metadata(context, SQLModel.metadata)
        if "alembic_version" not in str(change)
    ]


def test_head_equals_the_models_and_goes_down_and_up(database_url: str) -> None:
    migrate(database_url, "base")
    migrate(database_url)

    async def compare() -> list[Any]:
        database = Database(database_url)
        async with database.writer.connect() as connection:
            found = await connection.run_sync(_differences)
        await database.close()
        return found

    assert asyncio.run(compare()) == []


async def test_tables_with_rows_go_down_and_up(world: World) -> None:
    official = await world.joins("chieu_luu")
    await official.says("Cầu tràn bản Xiêng Thù hỏng nặng, xe máy không qua được")
    await world.ticket()
    url = world.database.url.render_as_string(hide_password=False)
    await world.database.close()
    for revision in ("base", "head"):
        await asyncio.to_thread(migrate, url, revision)
    assert await world.tickets() == []


@pytest.mark.parametrize(
    "statement", ["UPDATE ticket_events SET kind = 'x'", "DELETE FROM ticket_events"]
)
async def test_a_fact_cannot_be_changed_or_deleted(world: World, statement: str) -> None:
    official = await world.joins("chieu_luu")
    await official.says("Phần mềm một cửa từ sáng không đăng nhập được")
    with pytest.raises(DBAPIError, match="append-only"):
        async with world.database.transaction() as session:
            await session.execute(text(statement))
    async with world.database.transaction() as session:
        await session.execute(text("UPDATE ticket_events SET inputs = '{}'"))
