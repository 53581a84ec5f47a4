"""What is noted of an update, whatever it holds."""

from datetime import UTC, datetime
from typing import Any

import pytest

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
