"""An emergency that lies on a page nobody looks at: the duty office calls, within three minutes."""

from collections.abc import Awaitable, Callable

import pytest

from storage.people import Role
from storage.viewings import Viewing
from tests.test_story_calls import LEAD, OFFICE, SLIDE, calls, province
from tests.test_story_channels import contact
from tests.test_story_unseen import looks
from tests.world import Actor, World

pytestmark = pytest.mark.parametrize(
    "world", [("web", "sqlite"), ("web", "postgresql")], ids="+".join, indirect=True
)


async def test_a_desk_whose_page_is_closed_is_called(world: World) -> None:
    official, desk, office = await province(world)
    await official.says(SLIDE)
    assert any("Khe Tang" in text for text in await desk.news())
    await office.news()
    await world.forward(minutes=2)
    assert await calls(world) == []
    await world.forward(minutes=2)
    (asked,) = [text for text in await office.news() if "☎" in text]
    assert "Hùng 0912345678" in asked
    await world.forward(minutes=5)  # the desk is reminded meanwhile: one call all the same
    assert [task.unit for task in await calls(world)] == [OFFICE]


async def _shows(world: World, _: Actor) -> None:
    await looks(world, world.now)


async def _opens_the_ticket(world: World, desk: Actor) -> None:
    person, ticket = (await contact(world, desk)).person_id, await world.ticket()
    assert person is not None
    async with world.database.transaction() as session:
        session.add(Viewing(person_id=person, ticket_id=ticket.id, what="page", at=world.now))


async def _takes_it(_: World, desk: Actor) -> None:
    await desk.says("1 tiếp nhận")


@pytest.mark.parametrize("does", [_shows, _opens_the_ticket, _takes_it])
async def test_whoever_looked_or_acted_is_not_called(
    world: World, does: Callable[[World, Actor], Awaitable[None]]
) -> None:
    official, desk, _ = await province(world)
    await official.says(SLIDE)
    await world.forward(minutes=2)
    await does(world, desk)
    await world.forward(minutes=2)
    assert await calls(world) == []


async def test_a_colleague_whose_page_shows_it_is_enough(world: World) -> None:
    official, _, _ = await province(world)
    await world.joins(LEAD, Role.STAFF, name="Tú")
    await official.says(SLIDE)
    await looks(world, world.now)
    await world.forward(minutes=4)
    assert await calls(world) == []
