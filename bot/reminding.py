"""Reminders that are due for one reader at one time become one message, after an outage as well."""

from collections.abc import Sequence

from storage import outbox
from storage.outbox import Fate, Kind, Notice
from tickets import notices, quiet
from tickets.moment import Moment
from tickets.rich import units

SHOWN = 15
"""Lines of one message; the rest stands in the reader's queue."""
MOST = 1900
"""UTF-16 units of one message: 2,000 with what a deputy's line and typed choices add."""
HELD = frozenset({Kind.REMINDER, Kind.DIGEST})
"""Kinds that wait for the morning; whatever else is said goes out at any hour."""


async def merge_reminders(moment: Moment, waiting: Sequence[Notice]) -> list[Notice]:
    """The notices that go out: of several reminders to one reader the first, with all their lines.

    The others, those beyond this batch as well, end as cancelled and name the one that speaks. In
    quiet hours none goes out.
    """
    night = quiet.ends(moment.now, moment.rules.zone)
    readers: dict[tuple[int | None, str | None], Notice] = {}
    kept = []
    for notice in waiting:
        reader = (notice.person_id, notice.desk)
        if night is not None and notice.kind in HELD:
            notice.not_before = night
        elif notice.kind != Kind.REMINDER:
            kept.append(notice)
        elif reader not in readers:
            readers[reader] = notice
            kept.append(notice)
    for notice in readers.values():
        await _merge(moment, notice)
    return kept


async def _merge(moment: Moment, notice: Notice) -> None:
    """Let one notice say what all reminders of its reader say that are due now."""
    others = await outbox.other_reminders(moment.session, notice, moment.now)
    for other in others:
        other.fate, other.ended_at = Fate.CANCELLED, moment.now
        other.error = f"merged into {notice.id}"
    if not others:
        return
    every = [notice, *others]
    openings = [one for one in every if one.ticket_id is None]
    # Steps of one ticket that waited for the same round say the same: once is enough.
    texts = list(dict.fromkeys(one.text for one in every if one.ticket_id is not None))
    if len(texts) == 1 and not openings:
        return
    lines = [f"– {text}" for text in texts]
    notice.buttons, notice.ticket_id = openings[-1].buttons if openings else [], None
    notice.text = _in_one(moment, openings[-1].text if openings else "", lines)


def _in_one(moment: Moment, opening: str, lines: Sequence[str]) -> str:
    """How the desk's day begins, then as many reminders as one message holds."""
    if not lines:
        return opening
    for shown in range(min(SHOWN, len(lines)), 0, -1):
        merged = notices.texts(moment).reminders(list(lines[:shown]), len(lines))
        text = f"{opening}\n{merged}" if opening else merged
        if units(text) <= MOST:
            break
    return text
