"""Reminders that are due for one reader at one time become one message, after an outage as well."""

from collections.abc import Sequence

from storage import outbox
from storage.outbox import Fate, Kind, Notice
from tickets import notices
from tickets.moment import Moment

SHOWN = 15
"""Lines of one message; the rest stands in the reader's queue."""


async def merge_reminders(moment: Moment, waiting: Sequence[Notice]) -> list[Notice]:
    """The notices that go out: of several reminders to one reader the first, with all their lines.

    The others, those beyond this batch as well, end as cancelled and name the one that speaks.
    """
    readers: dict[tuple[int | None, str | None], Notice] = {}
    kept = []
    for notice in waiting:
        reader = (notice.person_id, notice.desk)
        if notice.kind != Kind.REMINDER:
            kept.append(notice)
        elif reader not in readers:
            readers[reader] = notice
            kept.append(notice)
    for notice in readers.values():
        others = await outbox.other_reminders(moment.session, notice, moment.now)
        for other in others:
            other.fate, other.ended_at = Fate.CANCELLED, moment.now
            other.error = f"merged into {notice.id}"
        if others:
            lines = [f"– {one.text}" for one in (notice, *others)]
            notice.text = notices.texts(moment).reminders(lines[:SHOWN], len(lines))
            notice.buttons, notice.ticket_id = [], None
    return kept
