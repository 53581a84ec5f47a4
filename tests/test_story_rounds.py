"""What comes round by itself: once however often it was missed, and not lost when it fails."""

from collections.abc import Awaitable, Callable
from datetime import timedelta

import pytest

from storage import rounds
from storage.people import Role
from storage.rounds import Round
from tests.world import World
from tickets import rounds as kinds
from tickets.moment import Moment
from tickets.rounds import Recurring

WEEK = timedelta(days=7)


@pytest.mark.needs("silence")
async def test_administrators_are_asked_each_week_of_december_for_next_years_holidays(
    world: World,
) -> None:
    admin = await world.joins("van_phong_ubnd", Role.ADMIN, channel="web")
    await world.comes_round()
    await world.forward(days=8)  # Tuesday 1 December 2026, 09:00
    (asked,) = await admin.news()
    assert "năm 2027" in asked
    assert "decided" in asked
    await world.forward(days=7)
    assert len(await admin.news()) == 1
    await world.forward(days=21)
    assert len(await admin.news()) == 3
    await world.forward(days=60)
    assert await admin.news() == []


@pytest.mark.needs("silence")
async def test_what_was_missed_is_done_once(world: World) -> None:
    admin = await world.joins("van_phong_ubnd", Role.ADMIN)
    await world.comes_round()
    await world.comes_round()  # a second start makes nothing twice
    world.now += timedelta(days=20)
    await world.program.tick()
    await world.settle()
    assert len(await admin.news()) == 1


async def test_a_round_that_fails_waits_alone(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    failing = 2

    async def fail(moment: Moment, row: Round) -> None:
        nonlocal failing
        failing -= 1
        if failing >= 0:
            raise RuntimeError

    act: Callable[[Moment, Round], Awaitable[None]] = fail
    monkeypatch.setitem(kinds.ROUNDS, "failing", Recurring(act))
    admin = await world.joins("van_phong_ubnd", Role.ADMIN)
    async with world.database.transaction() as session:
        session.add(Round(name="failing", next_due_at=world.now))
    await world.program.tick()
    await world.settle()
    (told,) = await admin.news()
    assert "(failing)" in told
    await world.forward(minutes=31)
    async with world.database.reading() as session:
        row = await rounds.named(session, "failing")
        assert row is not None
        assert row.next_due_at is None
