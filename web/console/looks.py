"""The access log: who opened which ticket or took a list along, noted before it is shown."""

from storage import viewings
from storage.viewings import Viewing
from web.console.sitting import Sitting
from web.doors import Doors


async def note(
    doors: Doors, sitting: Sitting, what: str, *, ticket: int | None = None, asked: str = ""
) -> None:
    """Note a look; the same look at one ticket within ten minutes is noted once."""
    who, now = sitting.person.id or 0, doors.now()
    asked = asked[:200]
    if ticket is not None:
        async with doors.database.reading() as session:
            if not await viewings.is_new(session, who, ticket, what, asked, now):
                return
    async with doors.database.transaction() as session:
        session.add(Viewing(person_id=who, ticket_id=ticket, what=what, asked=asked, at=now))
