"""A storm's night: 20 reports from each of 130 communes in ten minutes, and broadcasts among them.

Pacing is real on both sides: the double refuses what Telegram would. Nothing is compressed; the
shorter forms are the first minutes of the same storm, at the same reports a second.
"""

import asyncio
import os
import random
import statistics
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import func, select

from province.pack import Pack
from storage.engine import Database
from storage.people import Contact
from storage.tickets import Ticket
from tests.bench import broadcast, people, server
from tests.bench.child import CHILD, in_office_hours
from tests.bench.figures import Figure
from tests.bench.server import Listening, Running
from tests.bench.steady import cut
from tests.doubles.telegram_chats import Call
from tests.site import rules
from tickets.moment import Moment

MINUTES, PER_COMMUNE = 10.0, 20
ONE_IN = 20
"""One report of so many is an emergency: each commune has one, all for the same desk."""
SOON = 10.0
"""Seconds for 99 of 100 emergencies, from the webhook to the card in the desk's group."""
GROUPS = 800_000
WORDS = "Bão số {}: trực 24/24, sơ tán dân vùng sạt lở trước 18 giờ, báo cáo mỗi giờ."
DANGER = "Sạt lở vùi nhà dân ở bản {mark}, có người mắc kẹt, mã {mark}"
REPORTS = (
    "Mất điện toàn xã từ tối qua, mã {mark}",
    "Đường liên xã bị ngập sâu, xe không qua được, mã {mark}",
    "Trường tiểu học tốc mái 3 phòng học, mã {mark}",
    "Trạm y tế hết thuốc và áo phao, mã {mark}",
    "Mất sóng di động toàn xã, không liên lạc được, mã {mark}",
    "Xã xin 500 thùng mì tôm và 200 áo mưa cho dân, mã {mark}",
)
QUIET = 15.0
"""Seconds in which nothing was sent after which the storm's messages count as sent."""
PATIENCE, LONGEST = 120.0, 600.0
"""Seconds for what is still to be sent after the end (nobody acknowledges, so reminders never end),
and for one answer."""


class Hearing(Listening):
    """A paced Bot API that notes when each call came."""

    def __init__(self) -> None:
        super().__init__(pace=True)
        self.came: list[tuple[float, Call]] = []

    async def _record(self, call: Call) -> None:
        self.came.append((time.perf_counter(), call))
        await super()._record(call)


@dataclass
class Night:
    """One storm: who said what when, and what came of it."""

    running: Running
    api: Hearing
    seconds: float
    count: int
    said: dict[int, float] = field(default_factory=dict)
    """When each reporter's message was posted."""
    answered: list[float] = field(default_factory=list)

    @property
    def emergencies(self) -> list[int]:
        return [user for user in self.said if is_emergency(user)]

    def cards(self) -> dict[int, float]:
        """When the card of each emergency stood in a group, by the reporter."""
        marks = {mark_of(user): user for user in self.emergencies}
        found: dict[int, float] = {}
        for at, call in self.api.came:
            if call.chat < 0 and call.method == "sendMessage" and call.status == 200:
                text = str(call.params.get("text"))
                for mark in [mark for mark in marks if mark in text]:
                    found.setdefault(marks[mark], at)
        return found


async def measure(is_short: bool, reports: Sequence[str]) -> list[Figure]:
    """The night's first minutes, or with --long the whole."""
    is_long = "THAOGO_BENCH_LONG" in os.environ
    share = 1.0 if is_long else 0.05 if is_short else 0.2
    pack = people.bundled()
    count = round(len(pack.communes) * PER_COMMUNE * share)
    api = Hearing()

    async def fill(database: Database) -> None:
        await settle_groups(database, pack)

    around = in_office_hours()
    async with server.running(count, CHILD, api=api, around=around, fill=fill) as running:
        night = Night(running, api, 60 * MINUTES * share, count)
        began = time.perf_counter()
        await _rage(night, float(around["BENCH_AHEAD"]))
        over = time.perf_counter()
        last = await _quiet(api)
        tickets = await _tickets(running)
    return _figures(night, tickets, raged=over - began, after=max(0.0, last - over))


def mark_of(user: int) -> str:
    """What stands in one report alone."""
    return f"mã {user + 10_000}"


def is_emergency(user: int) -> bool:
    """People of the same commune stand 130 apart, so that of each one in twenty calls for help."""
    return user // 130 % ONE_IN == user % ONE_IN


async def settle_groups(database: Database, pack: Pack) -> None:
    """Every department's desk is a group."""
    async with database.transaction() as session:
        for n, agency in enumerate(pack.agencies, GROUPS):
            group = Contact(id=n, channel="telegram", address=str(-n), is_group=True)
            group.desk_of = agency.code
            session.add(group)


async def _rage(night: Night, ahead: float) -> None:
    """Everybody says their one thing at a moment of the night; two broadcasts go out in it."""
    chance = random.Random(5)  # the same night each time
    due = sorted((chance.uniform(0, night.seconds), user) for user in range(1, night.count + 1))
    began = time.perf_counter()
    tasks = [asyncio.create_task(_broadcast(night, ahead, began))]
    for at, user in due:
        await asyncio.sleep(max(0.0, began + at - time.perf_counter()))
        tasks.append(asyncio.create_task(_says(night, user)))
    await asyncio.gather(*tasks)


async def _says(night: Night, user: int) -> None:
    text = DANGER if is_emergency(user) else REPORTS[user % len(REPORTS)]
    payload = next(people.talk(user, [""]))
    payload["message"]["text"] = text.format(mark=user + 10_000)
    night.said[user] = time.perf_counter()
    try:
        night.answered.append(await night.running.post(payload, LONGEST))
    except TimeoutError:
        night.answered.append(LONGEST)


async def _broadcast(night: Night, ahead: float, began: float) -> None:
    database = Database(night.running.database_url)
    for nth, share in enumerate((0.2, 0.6), 1):
        await asyncio.sleep(max(0.0, began + share * night.seconds - time.perf_counter()))
        async with database.transaction() as session:
            now = datetime.now(UTC) + timedelta(seconds=ahead)
            moment = Moment(session, now, rules())
            await broadcast.confirm(moment, WORDS.format(nth), coordinator=5_000_000 + nth)
    await database.close()


async def _quiet(api: Hearing) -> float:
    """Wait until nothing is sent any more; when the last call came."""
    began = time.perf_counter()
    while time.perf_counter() - max(began, api.came[-1][0]) < QUIET:
        if time.perf_counter() - began > PATIENCE:
            break
        await asyncio.sleep(1.0)
    return api.came[-1][0]


async def _tickets(running: Running) -> int:
    database = Database(running.database_url)
    async with database.reading() as session:
        found = await session.scalar(select(func.count()).select_from(Ticket))
    await database.close()
    return found or 0


def _figures(night: Night, tickets: int, *, raged: float, after: float) -> list[Figure]:
    cards = night.cards()
    waits = [cards[user] - night.said[user] for user in cards]
    missing = len(night.emergencies) - len(cards)
    calls = [call for _, call in night.api.came if call.method == "sendMessage"]
    told = [call for call in calls if call.status == 200]
    groups: list[Any] = [call for call in told if call.chat < 0]
    busiest = max((_at_most(night.api, chat) for chat in {c.chat for c in groups}), default=0)
    name = f"storm, {night.count:,} reports in {raged / 60:.1f} min"
    none = {"target": 0.0, "is_least": False}
    return [
        Figure("load", f"{name}: emergencies", len(night.emergencies), ""),
        Figure("load", f"{name}: emergency card, p50", statistics.median(waits), "s"),
        Figure("load", f"{name}: emergency card, p99", cut(waits), "s", SOON, is_least=False),
        Figure("load", f"{name}: emergency card, longest", max(waits), "s"),
        Figure("load", f"{name}: emergencies without a card", missing, "", **none),
        Figure("load", f"{name}: p99 of the answer to a report", cut(night.answered), "s"),
        Figure("load", f"{name}: reports without a ticket", night.count - tickets, ""),
        Figure("load", f"{name}: messages sent", len(told), ""),
        Figure("load", f"{name}: messages to groups", len(groups), ""),
        Figure("load", f"{name}: busiest group, in a minute", busiest, ""),
        Figure("load", f"{name}: calls refused as too fast", len(calls) - len(told), "", **none),
        Figure("load", f"{name}: seconds of sending after its end", after, "s"),
    ]


def _at_most(api: Hearing, chat: int) -> int:
    """The most calls to a chat within any minute."""
    times = [at for at, call in api.came if call.chat == chat]
    return max(sum(at <= other < at + 60 for other in times) for at in times)
