"""News that waits a little where each message costs, so that several go as one."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import bindparam, literal_column, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from storage.outbox import HELD, Notice

_HELD = (
    select(Notice)
    .where(literal_column(HELD), col(Notice.person_id).in_(bindparam("people", expanding=True)))
    .order_by(col(Notice.id))
    .with_for_update(skip_locked=True)
)
_LET_GO = (
    update(Notice)
    .where(
        literal_column(HELD),
        col(Notice.person_id) == bindparam("person"),
        col(Notice.not_before) > bindparam("now"),
    )
    .values(not_before=bindparam("now"))
    .execution_options(synchronize_session=False)
)


async def held_for(session: AsyncSession, people: Collection[int]) -> Sequence[Notice]:
    """What waits for these people, the oldest first, locked until the commit."""
    return (await session.execute(_HELD, {"people": list(people)})).scalars().all()


async def let_go(session: AsyncSession, person: int, now: datetime) -> None:
    """Let what waits for a person go at an instant (UTC): it costs nothing any more."""
    await session.execute(_LET_GO, {"person": person, "now": now})
