"""What comes round by itself: once however often it was missed, and not lost when it fails."""

from collections.abc import Awaitable, Callable
from datetime import timedelta

import pytest

from storage import rounds
from storage.people import Role
from storage.rounds import Round
from tests.world import World
from tickets import rounds as kinds
from tickets.acts import yearly
from tickets.moment import Moment
from tickets.rounds import Recurring

WEEK = timedelta(days=7)


async def only_holidays(world: World) -> None:
    """Of what comes round in a province only this: months of all of it take long."""
    async with world.database.transaction() as session:
        moment = Moment(session, world.now, await world.program.packs.in_force(session))
        first = yearly.next_look(moment)
        session.add(Round(name=yearly.HOLIDAYS, next_due_at=first))


async def test_a_second_start_makes_nothing_twice(world: World) -> None:
    await world.comes_round()
    async with world.database.reading() as session:
        before = await rounds.names(session)
    await world.comes_round()
    async with world.database.reading() as session:
        assert await rounds.names(session) == before
        assert (yearly.HOLIDAYS, "") in before


@pytest.mark.needs("silence")
async def test_administrators_are_asked_each_week_of_december_for_next_years_holidays(
    world: World,
) -> None:
    admin = await world.joins("van_phong_ubnd", Role.ADMIN, channel="web")
    await only_holidays(world)
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
    await only_holidays(world)
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
