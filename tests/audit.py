"""What the auditor asks each minute, asked once more at the end of every story."""

from storage.shortfalls import shortfalls
from tests.world import World


async def check_nothing_falls_short(world: World) -> None:
    """Assert that everything that was due at the end of a story has happened."""
    await world.program.tick()
    async with world.database.reading() as session:
        found = await shortfalls(session, world.now)
    # Stories break channels and leave messages waiting on purpose; nothing else may stand still.
    left = [one for one in found if one.kind not in {"notices", "emergencies", "messages", "files"}]
    assert not left, left
