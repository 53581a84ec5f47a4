"""What was kept for as long as the province decided goes at night, a limited number at a time."""

from datetime import datetime, time, timedelta
from itertools import groupby
from typing import Any

from storage import pruning, tickets
from storage.media import Fate
from storage.rounds import Round
from tickets import moves, notices
from tickets.moment import Moment

RETENTION = "retention"
AT = time(2, 30)
"""Local: nobody writes, and reminders rest."""
MOST = 500
"""Rows of a kind in one transaction: a fraction of a second, in which others wait on SQLite."""
PAUSE = timedelta(seconds=30)
"""Until the next so many, while there are more."""


def next_look(moment: Moment) -> datetime:
    """The next night (UTC)."""
    zone = moment.rules.zone
    local = moment.now.astimezone(zone)
    night = datetime.combine(local.date(), AT, zone)
    return (night if night > local else night + timedelta(days=1)).astimezone(moment.now.tzinfo)


async def prune(moment: Moment, row: Round) -> datetime:
    """Let go of what is old enough; when to come again (UTC)."""
    policy = moment.rules.pack.policies.retention
    kept: dict[str, Any] = dict(row.kept)
    full = False
    for kind, act in ACTS.items():
        days = getattr(policy, kind)
        if days == "":
            continue
        than = moment.now - timedelta(days=int(days.removesuffix(" days")))
        count, is_more = await act(moment, than, kept)
        kept[kind] = int(kept.get(kind, 0)) + count
        full = full or is_more
    row.kept = kept | {"looked_at": moment.now.isoformat()}
    return moment.now + PAUSE if full else next_look(moment)


async def _payloads(moment: Moment, than: datetime, _: dict[str, Any]) -> tuple[int, bool]:
    count = await pruning.forget_payloads(moment.session, than, MOST)
    return count, count == MOST


async def _messages(moment: Moment, than: datetime, _: dict[str, Any]) -> tuple[int, bool]:
    count = await pruning.drop_messages(moment.session, than, MOST)
    return count, count == MOST


async def _lines(moment: Moment, than: datetime, kept: dict[str, Any]) -> tuple[int, bool]:
    after = int(kept.get("contact", 0))
    count, kept["contact"] = await pruning.drop_lines(moment.session, than, after, MOST)
    return count, bool(kept["contact"])


async def _files(moment: Moment, than: datetime, _: dict[str, Any]) -> tuple[int, bool]:
    """Files leave their tickets here; their contents leave the disk after the commit."""
    rows = await pruning.old_files(moment.session, than, MOST)
    rule = notices.texts(moment).rule_kept_long_enough(than)
    for number, files in groupby(sorted(rows, key=lambda row: row.ticket_id or 0), _owner):
        owner = await tickets.by_id(moment.session, number, lock=True)
        assert owner is not None
        gone = list(files)
        for file in gone:
            file.fate, file.error = Fate.LOST, pruning.EXPIRED
            file.name = file.source = ""
            file.taken_at = file.lat = file.lon = None
        moves.changed(owner)
        owner.files = max(0, owner.files - len(gone))
        tickets.log(
            moment.session, owner, "files_expired",
            at=moment.now, actor="clock", rule=rule, count=len(gone),
        )  # fmt: skip
    return len(rows), len(rows) == MOST


def _owner(file: Any) -> int:
    return int(file.ticket_id or 0)


async def _looks(moment: Moment, than: datetime, _: dict[str, Any]) -> tuple[int, bool]:
    count = await pruning.drop_looks(moment.session, than, MOST)
    return count, count == MOST


ACTS = {
    "payloads": _payloads, "messages": _messages, "lines": _lines, "files": _files, "looks": _looks,
}  # fmt: skip
"""By the name of each limit in the pack."""
