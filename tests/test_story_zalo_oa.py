"""What is particular to an Official Account: doors that open and shut in the wrong order."""

from datetime import timedelta

import pytest

from tests.test_story_channels import contact, to_person
from tests.world import World
from tickets.incoming import Kind as Incoming

pytestmark = pytest.mark.parametrize("world", [("zalo_oa", "sqlite")], ids="+".join, indirect=True)


async def test_who_unfollows_and_follows_again_hears_though_zalo_tells_it_the_wrong_way_round(
    world: World,
) -> None:
    """Order is not guaranteed, and an event that met an outage comes up to two hours late."""
    official = await world.joins("chieu_luu", name="Lan")
    await world.forward(minutes=5)
    left = official.message(kind=Incoming.LEFT)
    await world.forward(minutes=20)
    await world.receive(official.message(kind=Incoming.JOINED))
    await world.forward(minutes=5)
    await world.receive(left)
    assert (await contact(world, official)).reachable
    await to_person(world, official, "một")
    assert await official.news() == ["một"]

    await world.receive(official.message(kind=Incoming.LEFT))
    assert not (await contact(world, official)).reachable


async def test_who_unfollows_has_not_written(world: World) -> None:
    official = await world.joins("chieu_luu", name="Lan")
    before = (await contact(world, official)).heard_at
    await world.forward(days=3)
    await world.receive(official.message(kind=Incoming.LEFT))
    assert (await contact(world, official)).heard_at == before
    assert before == world.now - timedelta(days=3)
