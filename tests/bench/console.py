"""How long the console's pages take on the server, with years of tickets in SQLite."""

import random
import time
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sqlalchemy import insert, select
from sqlmodel import SQLModel

from storage.engine import Database, migrate
from storage.people import Contact, Role
from storage.tickets import Ticket, log
from tests.bench import sampler
from tests.bench.figures import Figure
from tests.site import START, Browser, Site, rules, site_for
from web import sessions

TICKETS, FEW = 1_000_000, 20_000
YEARS = timedelta(days=4 * 365)
AGAIN = 20
EVENTS = 30
"""In the history of the ticket that is opened; most have fewer."""
OPEN = {"status": "new", "outcome": None, "rating": None, "resolution": ""}
MOST = 100.0
"""Milliseconds for 95 of 100 requests of a page."""
PAGES = (
    (Role.STAFF, "a desk's queue", "/phieu"),
    (Role.STAFF, "a desk's search", "/phieu?tim=cau+tran"),
    (Role.STAFF, "one ticket", "/phieu/NA-26-000001"),
    (Role.COORDINATOR, "the province's queue", "/phieu"),
    (Role.LEADER, "the leadership's page", "/toan-canh"),
)


async def measure(*, is_short: bool = False, profile: bool = False) -> list[Figure]:
    """Each page for whoever opens it; the first time apart, as it counts a period."""
    found = []
    with TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/bench.db"
        migrate(url)
        async with site_for(url, Path(folder), secure_cookies=False) as site:
            units = {Role.STAFF: "so_xay_dung", Role.LEADER: "ubnd_tinh"}
            people = {
                role: await site.person(str(role), units.get(role, "van_phong_ubnd"), role)
                for role in dict.fromkeys(role for role, _, _ in PAGES)
            }
            await settle(site.doors.database, FEW if is_short else TICKETS)
            for role, name, path in PAGES:
                with sampler.sampling(enabled=profile):
                    found += await _page(site, people[role], name, path)
    return found


async def settle(database: Database, count: int, *, first: str = "NA-26-000001") -> None:
    """Tickets of four years, in the order in which they came; all but the newest are closed.

    `first` is the number of the one with a long history; the others have none.
    """
    chance = random.Random(1)
    table = SQLModel.metadata.tables["tickets"]
    pack = rules().pack
    leads = [agency.code for agency in pack.agencies if agency.code.startswith("so_")]
    communes = [commune.code for commune in pack.communes]
    categories = [route.category for route in pack.routing]
    async with database.transaction() as session:
        first = Ticket(
            code=first, commune="chieu_luu", lead="so_xay_dung", reporter_id=1,
            contact_id=1, opened_at=START, carded_at=START, summary="Cầu tràn",
            category=categories[0],
            text="Cầu tràn hỏng", search="na-26-000001 cau tran xieng thu",
        )  # fmt: skip
        session.add(first)
        await session.flush()
        for hour in range(EVENTS):
            at = START - timedelta(hours=hour)
            log(session, first, "updated", at=at, actor="person:1", text="đang làm")
        await session.flush()
        row = dict((await session.execute(select(table))).mappings().one())
    del row["id"]
    for begin in range(0, count, 10_000):
        rows = [
            {
                **row,
                **_fields(chance, n, START - YEARS * (1 - n / count), leads, communes, categories),
            }
            for n in range(begin, begin + min(10_000, count))
        ]
        async with database.transaction() as session:
            await session.execute(insert(table), rows)


def _fields(
    chance: random.Random,
    n: int,
    opened: datetime,
    leads: list[str],
    communes: list[str],
    categories: list[str],
) -> dict[str, Any]:
    is_closed = opened < START - timedelta(days=20) or chance.random() < 0.3
    ended = {"status": "closed", "outcome": "confirmed", "rating": 4, "resolution": "Đã sửa xong"}
    return {
        "code": f"B{n:08}",
        "lead": chance.choice(leads),
        "commune": chance.choice(communes),
        "category": chance.choice(categories),
        "opened_at": opened,
        "carded_at": opened,
        "acknowledge_by": opened + timedelta(days=1),
        "answer_by": opened + timedelta(days=5),
        "result_by": opened + timedelta(days=15),
        "answered_at": opened + timedelta(days=2) if is_closed else None,
        "resolved_at": opened + timedelta(days=9) if is_closed else None,
        **(
            ended
            if is_closed
            else {"status": "new", "outcome": None, "rating": None, "resolution": ""}
        ),
    }


async def _page(site: Site, contact: Contact, name: str, path: str) -> list[Figure]:
    async with site.browser(origin="http://thaogo.test") as browser:
        async with site.doors.database.transaction() as session:
            secret = await sessions.begin(
                session, contact.id or 0, site.now, person_id=contact.person_id
            )
        browser.client.cookies.set("thaogo-console", secret, domain="thaogo.test")
        first = await _once(browser, path)
        times = sorted([await _once(browser, path) for _ in range(AGAIN)])
    p95 = times[int(0.95 * AGAIN) - 1]
    return [
        Figure(
            "console", f"{name}, p95", p95, "ms", MOST, is_least=False, median=times[AGAIN // 2]
        ),
        Figure("console", f"{name}, first time", first, "ms"),
    ]


async def _once(browser: Browser, path: str) -> float:
    started = time.perf_counter()
    answer = await browser.get(path)
    assert answer.status_code == 200, path
    return (time.perf_counter() - started) * 1000
