"""What comes round by itself, and when it comes first; each act says when it comes next."""

from collections.abc import Awaitable, Callable, Iterable
from datetime import datetime
from typing import NamedTuple

from storage import rounds
from storage.prompts import PROMPT
from storage.rounds import Round
from tickets.acts import (
    backups,
    calling,
    check_ins,
    data_requests,
    digests,
    guidances,
    opening,
    packs,
    prompting,
    retention,
    rollcalls,
    unseen,
    usage,
    webhooks,
    yearly,
)
from tickets.moment import Moment
from tickets.usage import USAGE

Act = Callable[[Moment, Round], Awaitable[datetime | None]]
"""Does it once, however often it was missed; when it comes next, or None to let it rest."""


def the_province(_: Moment) -> Iterable[str]:
    """The only subject of a round that there is once."""
    return ("",)


class Recurring(NamedTuple):
    """One kind of round."""

    act: Act
    first: Callable[[Moment], datetime] | None = None
    """When a province's own round is due first; None for rounds that an act starts."""
    subjects: Callable[[Moment], Iterable[str]] = the_province
    """For whom there is one each."""


ROUNDS: dict[str, Recurring] = {
    check_ins.CHECK_IN: Recurring(check_ins.ask, check_ins.first_look, check_ins.communes),
    digests.DIGEST: Recurring(digests.tell, digests.next_look),
    opening.DESKS: Recurring(opening.open_desks, opening.next_opening),
    guidances.GUIDANCES: Recurring(guidances.review, opening.next_opening),
    yearly.HOLIDAYS: Recurring(yearly.ask_for_holidays, yearly.next_look),
    rollcalls.ROLL_CALL: Recurring(rollcalls.come_round),
    USAGE: Recurring(usage.tell, usage.next_look),
    retention.RETENTION: Recurring(retention.prune, retention.next_look),
    calling.CALL: Recurring(calling.look),
    unseen.UNSEEN: Recurring(unseen.look),
    PROMPT: Recurring(prompting.look),
    data_requests.REMINDER: Recurring(data_requests.remind),
    packs.PACK: Recurring(packs.come),
    backups.BACKUP: Recurring(backups.remind),
    webhooks.WEBHOOK: Recurring(webhooks.look),
}
"""By the name that a row bears."""


async def set_up(moment: Moment) -> None:
    """Make the rounds that every province has, where they are missing; at each start."""
    there = await rounds.names(moment.session)
    for name, recurring in ROUNDS.items():
        if recurring.first is None:
            continue
        for subject in recurring.subjects(moment):
            if (name, subject) not in there:
                due = recurring.first(moment)
                moment.session.add(Round(name=name, subject=subject, next_due_at=due))


async def come_round(moment: Moment, limit: int, *, only: int | None = None) -> int:
    """Do what is due among the rounds, or one of them; how many were done."""
    claimed = await rounds.claim(moment.session, moment.now, limit, only=only)
    for row in claimed:
        if row.next_due_at is None or row.next_due_at > moment.now:
            continue  # one before it in this run has put it off
        kind = ROUNDS.get(row.name)
        row.next_due_at = await kind.act(moment, row) if kind else None
        row.last_at = moment.now
    return len(claimed)
