"""Random people press random buttons, late and twice, and nothing impossible happens."""

import pytest

from tests.conftest import PROVE
from tests.crowd import Crowd
from tests.world import World

RUNS, STEPS = (250, 14) if PROVE else (4, 10)
"""Per seed; the eight seeds of `dev.py prove` make 2,000 runs."""


@pytest.mark.timeout(1200)
@pytest.mark.parametrize("seed", range(8) if PROVE else range(1))
@pytest.mark.parametrize("world", [("web", "sqlite")], ids="+".join, indirect=True)
async def test_a_crowd_does_nothing_impossible(world: World, seed: int) -> None:
    crowd = await Crowd.gathered(world, seed)
    for _ in range(RUNS):
        await crowd.run(STEPS)


@pytest.mark.timeout(1200)
@pytest.mark.parametrize("world", [("telegram", "postgresql")], ids="+".join, indirect=True)
async def test_a_crowd_on_the_other_channel_and_database(world: World) -> None:
    crowd = await Crowd.gathered(world, 99)
    for _ in range(1 if not PROVE else 60):
        await crowd.run(STEPS)
