"""What was backed up, as each backup notes by itself; a silence of some days is told."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from storage import rounds
from storage.people import Role
from storage.rounds import Round
from tickets import notices
from tickets.moment import Moment

BACKUP = "backup"
LATE = timedelta(days=3)
"""After so long without a new one administrators hear of it: it is made each night."""
KEPT = 10
"""So many are remembered, the newest first."""


async def note(session: AsyncSession, made: dict[str, Any], now: datetime) -> None:
    """Remember a backup that is whole: `made` has name, bytes, rows, files, missing (UTC `now`)."""
    row = await rounds.named(session, BACKUP, lock=True)
    if row is None:
        row = Round(name=BACKUP)
        session.add(row)
    row.kept = {"made": [{**made, "at": now.isoformat()}, *made_lately(row)][:KEPT]}
    row.last_at, row.next_due_at = now, now + LATE
    await session.flush()


def made_lately(row: Round | None) -> list[dict[str, Any]]:
    """The backups that are remembered, the newest first; none where none was ever made."""
    return list(row.kept.get("made", [])) if row is not None else []


async def remind(moment: Moment, row: Round) -> datetime:
    """Tell administrators that no backup has come for days, and again while none comes."""
    newest = datetime.fromisoformat(made_lately(row)[0]["at"])
    say = notices.texts(moment)
    await notices.tell_role(moment, Role.ADMIN, say.backup_is_late(newest, moment.now))
    return moment.now + LATE
