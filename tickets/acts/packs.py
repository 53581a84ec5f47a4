"""The pack is edited, at once or from a day on: each time a new version, and none is lost."""

from collections.abc import Mapping
from datetime import datetime

from province import edits as fields
from province.load import PackError, pack_from_json
from province.pack import Pack
from storage import pack_changes, policies
from storage.pack_changes import PackChange
from storage.people import Role, Speaker
from storage.rounds import Round
from tickets import moves, notices
from tickets.moment import Moment

PACK = "pack"
"""The round of a change that waits for its day; its subject is the change's id."""
MOST_WAITING = 20


class TooMany(Exception):
    """So many changes wait already: withdraw some first."""


async def change(
    moment: Moment, who: Speaker, edits: Mapping[str, str], *, seen: int, due_at: datetime | None
) -> PackChange:
    """Put fields on the pack in force now, or at `due_at` (UTC instant).

    Raises moves.Stale when another version is in force than was `seen`, PackError when what
    comes out is no sound pack, TooMany.
    """
    assert who.person is not None and who.person.id is not None
    require_seen(moment, seen)
    fresh = fields.apply(moment.rules.pack, edits)
    if len(await pack_changes.waiting(moment.session)) >= MOST_WAITING:
        raise TooMany
    row = PackChange(
        edits=dict(edits), due_at=due_at or moment.now, by=who.person.id, made_at=moment.now
    )
    moment.session.add(row)
    await moment.session.flush()
    if due_at is None:
        await _put_in_force(moment, row, fresh)
    else:
        moment.session.add(Round(name=PACK, subject=str(row.id), next_due_at=due_at))
    return row


def require_seen(moment: Moment, seen: int) -> None:
    """Raise Stale unless the version in force is the one that was seen."""
    if moment.rules.version != seen:
        raise moves.Stale


async def withdraw(moment: Moment, number: int) -> bool:
    """Let a change that waits never come; False when it has come or was withdrawn."""
    row = await moment.session.get(PackChange, number, with_for_update=True)
    if row is None or row.ended_at is not None:
        return False
    row.ended_at = moment.now
    return True


async def go_back(moment: Moment, who: Speaker, version: int, *, seen: int) -> bool:
    """Put an earlier version in force again, as a new one; False when it is the same.

    Raises moves.Stale, and PackError for one that this program cannot read any more.
    """
    require_seen(moment, seen)
    row = await policies.version(moment.session, version)
    if row is None:
        raise moves.Stale
    pack = pack_from_json(row.content)
    return await policies.put_in_force(moment.session, pack, by=who.actor, now=moment.now)


async def come(moment: Moment, row: Round) -> datetime | None:
    """Its day has come: it is put on what is in force now, or somebody is told why not."""
    change = await moment.session.get(PackChange, int(row.subject), with_for_update=True)
    await moment.session.delete(row)
    if change is None or change.ended_at is not None:
        return None
    try:
        await _put_in_force(moment, change, fields.apply(moment.rules.pack, change.edits))
    except PackError as error:
        change.ended_at, change.error = moment.now, "; ".join(error.problems)[:500]
        told = notices.texts(moment).pack_change_failed(change.error)
        await notices.tell_role(moment, Role.ADMIN, told)
    return None


async def _put_in_force(moment: Moment, change: PackChange, pack: Pack) -> None:
    by = f"person:{change.by}"
    await policies.put_in_force(moment.session, pack, by=by, now=moment.now)
    await moment.session.flush()
    change.ended_at, change.version = moment.now, await policies.in_force(moment.session)
