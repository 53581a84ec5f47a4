"""What channels with a quota or a price carried in a span of time, and what it costs at most."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession

from storage import calls, inbox, rounds
from tickets import reach

BOT, OA = "zalo_bot", "zalo_oa"
USAGE = "usage"
"""The round that counts (tickets/acts/usage.py)."""
TELLS = timedelta(days=3)
"""How much of a month must be over before its rate tells anything of the rest."""
LONGEST_MONTH = timedelta(days=31)


@dataclass(frozen=True, slots=True)
class Use:
    """Messages of a span, by what limits them or has to be paid."""

    bots: Mapping[str, int] = field(default_factory=dict)
    """Of each Zalo bot, in both directions: so its quota counts."""
    sent: int = 0
    """Of the Official Account."""
    late: int = 0
    """Of these, how many when the person had not written for longer than is free."""
    one_way: Mapping[str, int] = field(default_factory=dict)
    """E-mails and SMS."""

    @property
    def cost(self) -> int:
        """Đồng, before what a plan includes; what SMS cost only their provider knows."""
        return self.late * reach.PRICE

    @property
    def is_nothing(self) -> bool:
        """Whether no such channel carried anything."""
        return not (self.bots or self.sent or self.one_way)

    def as_kept(self) -> dict[str, Any]:
        """The same as a round keeps it."""
        one_way = dict(self.one_way)
        return {"used": dict(self.bots), "oa": [self.sent, self.late], "one_way": one_way}


def use_of(kept: Mapping[str, Any]) -> Use:
    """What a round kept; nothing where it has counted nothing yet."""
    sent, late = kept.get("oa", (0, 0))
    return Use(dict(kept.get("used", {})), int(sent), int(late), dict(kept.get("one_way", {})))


async def lately(session: AsyncSession, month: str) -> Use:
    """What was carried in a month (2026-11), as counted last when offices opened."""
    row = await rounds.named(session, USAGE)
    return use_of(row.kept) if row is not None and row.kept.get("month") == month else Use()


async def scarce(session: AsyncSession, now: datetime, zone: ZoneInfo) -> frozenset[str]:
    """The Zalo bots that would be used up before the month ends, were it to go on as so far.

    As counted last when offices opened: what is scarce for weeks need not be known to the minute.
    """
    local, began = now.astimezone(zone), month_of(now, zone)
    use = await lately(session, f"{local:%Y-%m}")
    ends = month_of(began + LONGEST_MONTH, zone)
    rest = (ends - now) / max(now - began, TELLS)
    return frozenset(bot for bot, used in use.bots.items() if reach.BOT_MONTH - used < used * rest)


async def count(session: AsyncSession, since: datetime, until: datetime) -> Use:
    """Count from what was sent and received (UTC), not from what Zalo says."""
    sent, late = await calls.sent_late(session, OA, since, reach.FREE[OA], until)
    one_way = {
        name: sum((await calls.sent_by_address(session, name, since, until)).values())
        for name in reach.ONE_WAY
    }
    return Use(
        bots=await _bots(session, since, until),
        sent=sent,
        late=late,
        one_way={name: number for name, number in one_way.items() if number},
    )


async def _bots(session: AsyncSession, since: datetime, until: datetime) -> dict[str, int]:
    used: dict[str, int] = {}
    sent = await calls.sent_by_address(session, BOT, since, until)
    received = await inbox.received_by_address(session, BOT, since, until)
    for found in (sent, received):
        for address, number in found.items():
            bot = address.partition("/")[0]
            used[bot] = used.get(bot, 0) + number
    return used


def month_of(at: datetime, zone: ZoneInfo) -> datetime:
    """When the local month of an instant began (UTC)."""
    first = at.astimezone(zone).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    return first.astimezone(at.tzinfo)
