"""The one table of a storm: each commune, how often it answered, what it said, its tickets."""

from collections import Counter
from typing import NamedTuple

from storage import rollcalls, storms
from storage.storms import Storm
from storage.tickets import Status
from tickets.moment import Moment
from tickets.papers import Paper, head
from tickets.storms import STATES, told
from tickets.texts import Texts

ENDED = (Status.RESOLVED, Status.CLOSED, Status.CANCELLED)
SHOWN = 15
"""Communes in a message; the others stand in the table behind the link."""


class Row(NamedTuple):
    """One commune: how often asked and answered, how often each thing was said, its tickets."""

    commune: str
    asked: int
    answered: int
    said: dict[str, int]
    opened: int
    ended: int

    def cells(self, say: Texts) -> tuple[str, str, str]:
        """The row without its commune, in words."""
        said = ", ".join(f"{say.state_words([state])} {n}" for state, n in self.said.items())
        return f"{self.answered}/{self.asked}", said or "–", f"{self.opened}/{self.ended}"


async def table(moment: Moment, storm: Storm) -> list[Row]:
    """A row for each commune that was ever in the storm, by the pack's order of naming.

    The tickets are those opened since the storm began, as they stand now.
    """
    calls = await rollcalls.of_storm(moment.session, storm.id or 0)
    communes = list(dict.fromkeys([*storm.communes, *(call.commune for call in calls)]))
    since = storm.since or moment.now
    counts = await storms.count_since(moment.session, communes, since)
    rows = []
    for commune in communes:
        own = [call for call in calls if call.commune == commune]
        said = Counter(state for call in own for state in told(call))
        by_status = counts.get(commune, {})
        rows.append(
            Row(
                commune,
                len(own),
                sum(call.answered_at is not None for call in own),
                {state: said[state] for state in STATES if said[state]},
                sum(by_status.values()),
                sum(by_status.get(status, 0) for status in ENDED),
            )
        )
    return rows


async def report(moment: Moment, storm: Storm, say: Texts, link: str) -> str:
    """The table as a message, with a link to the whole of it."""
    rows = await table(moment, storm)
    lines = [say.storm_row(row.commune, row.cells(say)) for row in rows[:SHOWN]]
    return say.storm_report(storm, lines, len(rows) - len(lines), link, moment.now)


async def quick_report(moment: Moment, storm: Storm) -> Paper:
    """The table as a paper, by the coordinating office's template."""
    say = Texts("vi", moment.rules.units, moment.rules.zone)
    office, rows = moment.rules.pack.coordinator, []
    for row in await table(moment, storm):
        answered, said, tickets = row.cells(say)
        rows.append(
            {"xa": say.unit(row.commune), "tra_loi": answered, "da_bao": said, "phieu": tickets}
        )
    return Paper(
        kind="storm",
        unit=office,
        file_name=f"bao-lu-{storm.id}.docx",
        title=say.storm_title(storm),
        fields={
            **head(say, office, moment.now, moment.rules.pack.name),
            "tieu_de": say.storm_title(storm),
            "so_xa": str(len(rows)),
            "bang": rows,
        },
    )
