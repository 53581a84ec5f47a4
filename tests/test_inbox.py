"""What is noted of an update, whatever it holds."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import select
from sqlmodel import col

from storage import inbox
from storage.engine import Database

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
DEEP: Any = "x"
for _ in range(3000):
    DEEP = [DEEP]


@pytest.mark.parametrize(
    ("payload", "kept"),
    [
        ({"text": "sạt lở 🌊"}, {"text": "sạt lở 🌊"}),
        ({"te\x00xt": ["a\x00b\ud800c"]}, {"text": ["abc"]}),
        (
            {"lat": float("nan"), "lon": float("inf"), "n": 2**80},
            {"lat": None, "lon": None, "n": 2**80},
        ),
        ({"deep": DEEP}, None),
        (None, None),
    ],
    ids=["as it came", "nul and half characters", "numbers", "too deep", "nothing"],
)
async def test_whatever_is_set_aside_can_be_stored(
    database_url: str, payload: dict[str, Any] | None, kept: dict[str, Any] | None
) -> None:
    database = Database(database_url)
    row = {"channel": "telegram", "key": "u1", "received_at": NOW}
    async with database.transaction() as session:
        await inbox.set_aside(session, row, payload, "ValueError\x00")
    async with database.reading() as session:
        (found,) = await inbox.all_set_aside(session)
    await database.close()
    assert (found.payload, found.error) == (kept, "ValueError")


async def test_two_clocks_do_not_share_out_one_album(make_database: Callable[[str], str]) -> None:
    """The second is quick: it asks while the first has locked only one of the pieces."""
    database = Database(make_database("postgresql"))
    async with database.transaction() as session:
        for key in ("u1", "u2"):
            session.add(
                inbox.Received(
                    channel="telegram",
                    key=key,
                    received_at=NOW,
                    fate=inbox.Fate.PARKED,
                    group_key="1:g",
                    due_at=NOW,
                )
            )

    async def claims() -> list[str]:
        async with database.transaction() as session:
            pieces = await inbox.claim_album(session, "telegram", "1:g", NOW)
            return [piece.key for piece in pieces]

    async with database.transaction() as session:
        first = select(inbox.Received).where(col(inbox.Received.key) == "u1").with_for_update()
        (piece,) = (await session.execute(first)).scalars()
        second = asyncio.create_task(claims())
        await asyncio.wait({second}, timeout=0.1)
        assert not second.done()
        piece.fate = inbox.Fate.DONE
        await session.flush()
        (other,) = await inbox.claim_album(session, "telegram", "1:g", NOW)
        other.fate = inbox.Fate.DONE
    assert await second == []
    await database.close()
