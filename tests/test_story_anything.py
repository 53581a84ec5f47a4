"""Random people press random buttons, late and twice, and nothing impossible happens."""

import pytest

from tests.conftest import PROVE
from tests.crowd import Crowd
from tests.world import World

RUNS, STEPS, SEEDS = (8, 14, 250) if PROVE else (4, 10, 1)
"""Runs of each seed, in a province of its own: the 250 seeds of `dev.py prove` make 2,000 runs.

Each run lets days pass in which every ticket left open is reminded of, so that many runs in one
province cost more and more.
"""


@pytest.mark.timeout(1200)
@pytest.mark.parametrize("seed", range(SEEDS))
@pytest.mark.parametrize("world", [("web", "sqlite")], ids="+".join, indirect=True)
async def test_a_crowd_does_nothing_impossible(world: World, seed: int) -> None:
    crowd = await Crowd.gathered(world, seed)
    for _ in range(RUNS):
        await crowd.run(STEPS)


@pytest.mark.timeout(1200)
@pytest.mark.parametrize("world", [("telegram", "postgresql")], ids="+".join, indirect=True)
async def test_a_crowd_on_the_other_channel_and_database(world: World) -> None:
    crowd = await Crowd.gathered(world, 99)
    for _ in range(RUNS if PROVE else 1):
        await crowd.run(STEPS)
