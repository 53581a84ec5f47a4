"""Many reporters who say the same five things, and the program they say them to."""

import asyncio
import gc
import itertools
import time
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import insert

from bot.app import BUNDLED_PACK, Program, ensure_pack
from bot.channels.base import Channel, Limits, Part
from bot.storeroom import Storeroom
from province.load import load_pack
from province.pack import Pack
from storage.conversations import Conversation
from storage.engine import Database, migrate
from storage.people import Contact, Duty, Person
from triage import triage

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
"""Monday 23 November 2026, 09:00 in Vinh: office hours."""
REPORTS = (
    "Máy tính của xã hỏng, không có máy in để làm việc",
    "Xã thiếu máy scan, bộ phận một cửa phải đi nhờ",
    "Máy in ở bộ phận một cửa hỏng, dân phải chờ",
    "may tinh cua xa cu qua, chay khong noi phan mem",
)
ANSWERS = ("không", "phòng số 3 tầng 2", "bỏ qua", "Cảm ơn anh chị")
"""To the first two questions; the third is skipped; then thanks."""
STEPS = 1 + len(ANSWERS)
_ids = itertools.count(1)


def clock() -> datetime:
    """A clock that moves as the real one does, always in office hours."""
    return NOW + timedelta(seconds=time.monotonic() % 3600)


class NullChannel:
    """Takes everything at once and sends it nowhere."""

    name = "telegram"

    def __init__(self) -> None:
        self.limits = Limits()
        self.sent = 0

    async def send(
        self, address: str, part: Part, *, delivery: int, edits: str | None = None
    ) -> str:
        self.sent += 1
        return str(delivery)

    async def toast(self, press_id: str, text: str) -> None: ...

    async def fetch(self, source: str, *, most: int) -> bytes:
        return b""

    async def check(self) -> str:
        return "null"

    async def close(self) -> None: ...


def suitable_reports(pack: Pack) -> list[str]:
    """The reports that today's model is sure of and asks three questions about."""
    found = []
    for text in REPORTS:
        verdict = triage(text, pack, home="chieu_luu")
        row = next((row for row in pack.routing if row.category == verdict.category), None)
        asked = [q for q in row.questions if q.slot not in verdict.slots] if row else []
        if verdict.kind == "report" and verdict.certainty == "sure" and len(asked) > 2:
            found.append(text)
    if not found:
        raise SystemExit("bench: no report of tests/bench/people.py is sure and asks three things")
    return found


def talk(user: int, reports: Sequence[str]) -> Iterator[dict[str, Any]]:
    """What one reporter's phone sends: five updates of the Bot API.

    No two reports nor places are the same, or what triage keeps of the last texts would flatter it.
    """
    report, (danger, place, *rest) = reports[user % len(reports)], ANSWERS
    for text in (f"{report}, mã {user + 1000}", danger, f"{place}, cửa {user + 1000}", *rest):
        number = next(_ids)
        yield {
            "update_id": number,
            "message": {
                "message_id": number,
                "date": int(clock().timestamp()),
                "chat": {"id": user, "type": "private", "first_name": "Lan"},
                "from": {
                    "id": user,
                    "is_bot": False,
                    "first_name": "Lan",
                    "language_code": "vi",
                },
                "text": text,
            },
        }


async def settle_people(database: Database, pack: Pack, first: int, count: int) -> None:
    """Reporters of all communes who have joined; their Telegram ids count from `first`."""
    communes = [commune.code for commune in pack.communes]
    ids = range(first, first + count)
    people = [{"id": n, "name": f"Lan {n}", "joined_at": NOW} for n in ids]
    duties = [
        {
            "person_id": n,
            "unit": communes[n % len(communes)],
            "role": "reporter",
            "since": NOW,
        }
        for n in ids
    ]
    contacts = [
        {"id": n, "channel": "telegram", "address": str(n), "person_id": n, "is_group": False}
        for n in ids
    ]
    chats = [{"contact_id": n} for n in ids]
    rows: tuple[tuple[Any, list[dict[str, Any]]], ...] = (
        (Person, people),
        (Duty, duties),
        (Contact, contacts),
        (Conversation, chats),
    )
    async with database.transaction() as session:
        for table, values in rows:
            await session.execute(insert(table), values)


async def settle_desks(database: Database, pack: Pack) -> None:
    """One clerk for each department, so that cards have somewhere to go."""
    rows = [(n, agency.code) for n, agency in enumerate(pack.agencies, 900_000)]
    async with database.transaction() as session:
        for n, unit in rows:
            session.add(Person(id=n, name=f"Hùng {n}", joined_at=NOW))
            await session.flush()
            session.add(Duty(person_id=n, unit=unit, role="staff", since=NOW))
            session.add(Contact(id=n, channel="telegram", address=str(n), person_id=n))
            await session.flush()
            session.add(Conversation(contact_id=n))


@asynccontextmanager
async def program(channel: Channel) -> AsyncIterator[Program]:
    """The whole program on a fresh SQLite file, without pages; durable as it ships."""
    from bot.dispatch import Dispatch  # noqa: PLC0415  takes three seconds

    with TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'bench.db'}"
        await asyncio.to_thread(migrate, url)
        database = Database(url)
        storeroom = Storeroom(Path(folder), ZoneInfo("Asia/Ho_Chi_Minh"))
        await ensure_pack(database, BUNDLED_PACK, NOW)
        gc.collect()
        gc.freeze()  # as bot.serve does
        yield (made := Program(database, {channel.name: channel}, Dispatch(), storeroom, clock))
        await made.close()


def bundled() -> Pack:
    return load_pack(BUNDLED_PACK)
