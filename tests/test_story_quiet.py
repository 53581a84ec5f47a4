"""At night reminders and digests wait for the morning; all else goes out at once."""

from datetime import UTC, datetime

import pytest

from storage.outbox import Kind
from storage.people import Role
from tests.test_story_work import LANDSLIDE
from tests.world import World
from tickets import notices
from tickets.moment import Moment

NIGHT = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)
"""Monday, 22:00 in Vinh."""


async def says(world: World, kind: Kind, words: str) -> None:
    async with world.database.transaction() as session:
        moment = Moment(session, world.now, await world.program.packs.in_force(session))
        notices.post(moment, kind, words, desk="so_y_te")
    await world.settle()


@pytest.mark.parametrize(
    ("kind", "waits"),
    [
        (Kind.REMINDER, True),
        (Kind.DIGEST, True),
        (Kind.NOTICE, False),
        (Kind.CARD, False),
        (Kind.EMERGENCY, False),
        (Kind.ANSWER, False),
        (Kind.BULK, False),
    ],
)
async def test_only_reminders_and_digests_wait_for_the_morning(
    world: World, kind: Kind, waits: bool
) -> None:
    officer = await world.joins("so_y_te", Role.STAFF)
    world.now = NIGHT
    await says(world, kind, "tin trong đêm")
    assert bool(await officer.news()) is not waits
    await world.forward(hours=8, minutes=29)
    assert await officer.news() == []
    await world.forward(minutes=1)  # 06:30
    assert bool(await officer.news()) is waits


async def test_a_report_at_night_is_answered_and_sent_out_at_once(world: World) -> None:
    official = await world.joins("chieu_luu", name="Lan")
    officer = await world.joins("so_nong_nghiep_moi_truong", Role.STAFF)
    world.now = NIGHT
    await official.says(LANDSLIDE)
    assert "NA-26-000001" in (await official.news())[0]
    assert any("NA-26-000001" in text for text in await officer.news())
