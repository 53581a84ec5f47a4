"""Whatever is told to somebody for whom each message costs: in time, once, and for less."""

from random import Random

import pytest

from bot import thrift
from bot.reminding import HELD
from storage.outbox import Kind
from storage.shortfalls import shortfalls
from tests.conftest import PROVE
from tests.test_story_thrift import OA, cost, post, silent
from tests.world import ZONE, World, rules
from tickets import quiet

KINDS = (
    {"kind": Kind.NOTICE},
    {"kind": Kind.NOTICE},
    {"kind": Kind.NOTICE, "buttons": [[{"label": "Xem", "press": "t:view:1:0"}]]},
    {"kind": Kind.REMINDER},
    {"kind": Kind.DIGEST},
    {"kind": Kind.EMERGENCY},
)
"""What may be told to one person: only the first two of them can wait."""


@OA
@pytest.mark.parametrize("seed", range(20) if PROVE else range(2))
async def test_whatever_is_told_is_heard_once_in_time_and_for_less(world: World, seed: int) -> None:
    """Random news at random times of two days: what must go goes at once, the rest in time."""
    chance = Random(seed)
    lan, _ = await silent(world)
    before, posted, wait, night = await cost(world), 0, {}, 0
    calendar = rules().calendar
    for _ in range(25):
        text = f"tin số {posted};"
        more = chance.choice(KINDS)
        await post(world, lan, text, **more)
        posted += 1
        heard = "\n".join(await lan.heard())
        if more == KINDS[0]:
            wait[text] = min(
                quiet.next_round(world.now, calendar),
                calendar.add_office_minutes(world.now, thrift.OFFICE_MINUTES),
            )
        elif more["kind"] in HELD and quiet.is_quiet(world.now.astimezone(ZONE).time()):
            night += 1
        else:
            assert text in heard
        await world.forward(minutes=chance.choice((1, 7, 20, 45, 90)))
        heard = "\n".join(await lan.heard())
        assert [late for late, by in wait.items() if by < world.now and late not in heard] == []
        async with world.database.reading() as session:
            assert await shortfalls(session, world.now) == []
    await world.forward(hours=20)
    heard = "\n".join(await lan.heard())
    assert [heard.count(f"tin số {n};") for n in range(posted)] == [1] * posted
    assert 0 < await cost(world) - before < posted
    assert not await world.unfinished()
