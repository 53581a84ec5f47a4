"""A file that must not be kept is purged: its content is destroyed, an event without it stays."""

from sqlalchemy import delete, select, update
from sqlmodel import col

from storage import tickets
from storage.hosting import HostedFile
from storage.inbox import Received
from storage.media import Fate, Media
from storage.people import Role, Speaker
from storage.tickets import Ticket
from tickets import access, moves, notices
from tickets.moment import Moment

REASONS = ("papers", "secret", "other")
"""Why: citizens' papers, marked Mật or Tối mật, or something else that must not be here."""
GONE = "purged"
"""What stands as the error of a file that is gone."""


def may_purge(ticket: Ticket, who: Speaker) -> bool:
    """The coordinator, and the head of the department that leads."""
    return who.holds(Role.COORDINATOR) or ticket.lead in who.units(Role.HEAD)


async def purge(moment: Moment, ticket: Ticket, who: Speaker, name: str, why: str) -> None:
    """Forget a file, by the hash of its content, in every ticket; the caller destroys the content.

    Raises NotAllowed, and moves.Stale when this ticket has no such file any more.
    """
    if not may_purge(ticket, who):
        raise access.NotAllowed(ticket)
    session = moment.session
    found = await session.execute(
        select(Media).where(col(Media.hash) == name).order_by(col(Media.id)).with_for_update()
    )
    rows = found.scalars().all()
    if not rows:
        raise moves.Stale
    owners = sorted({row.ticket_id for row in rows if row.ticket_id is not None})
    for row in rows:
        row.fate, row.error, row.hash, row.size = Fate.LOST, GONE, None, 0
        row.name = row.source = ""
        row.taken_at = row.lat = row.lon = None
    await session.execute(delete(HostedFile).where(col(HostedFile.hash) == name))
    await session.execute(
        update(Received)
        .where(col(Received.ticket_id).in_(owners))
        .values(payload=None)
        .execution_options(synchronize_session=False)
    )
    for number in owners:
        owner = await tickets.by_id(session, number, lock=True)
        assert owner is not None
        moves.changed(owner)
        owner.files = max(0, owner.files - sum(row.ticket_id == number for row in rows))
        tickets.log(session, owner, "file_purged", at=moment.now, actor=who.actor, reason=why)
        await notices.refresh_cards(moment, owner)
