"""How long the console's pages take on the server, with years of tickets in either database."""

import asyncio
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from storage.engine import migrate
from storage.people import Contact, Role
from tests.bench import sampler, years
from tests.bench.figures import Figure
from tests.postgresql import own_postgresql
from tests.site import Browser, Site, rules, site_for
from web import sessions

TICKETS, FEW = 1_000_000, 20_000
AGAIN = 40
MOST = {"sqlite": 100.0, "postgresql": 50.0}
"""Milliseconds for 95 of 100 requests of a page."""
SECONDS = 15.0
"""For a list of 100,000 tickets."""
ALL = "cau+tran"
"""What is looked for; the texts are the examples of triage, so some hundred of them hold it."""
PAGES = (
    (Role.STAFF, "a desk's queue", "/phieu"),
    (Role.STAFF, "a desk's search", f"/phieu?tim={ALL}"),
    (Role.STAFF, "a desk's ended tickets", "/phieu?tt=closed"),
    (Role.STAFF, "a desk's search of ended ones", f"/phieu?tt=closed&tim={ALL}"),
    (Role.STAFF, "one ticket", "/phieu/NA-26-000001"),
    (Role.COORDINATOR, "the province's queue", "/phieu"),
    (Role.COORDINATOR, "the province's search", f"/phieu?tim={ALL}"),
    (Role.COORDINATOR, "the province's ended tickets", "/phieu?tt=closed"),
    (Role.COORDINATOR, "its search of ended ones", f"/phieu?tt=closed&tim={ALL}"),
    (Role.COORDINATOR, "a search that finds nothing", "/phieu?tt=closed&tim=khong+co+that"),
    (Role.COORDINATOR, "what waits for a decision", "/can-xem"),
    (Role.LEADER, "the leadership's page", "/toan-canh"),
    (Role.LEADER, "the same over a year", "/toan-canh?ky=365"),
)
COUNTED = "/toan-canh"
"""Pages whose figures are kept for some seconds or minutes; then they are counted anew."""


async def measure(*, is_short: bool = False, profile: bool = False) -> list[Figure]:
    """Each page for whoever opens it, on SQLite and PostgreSQL; the first time apart."""
    found = []
    count = FEW if is_short else TICKETS
    for kind in MOST:
        async with filled(kind, count) as site:
            people = {contact.address: contact for contact in await site.rows(Contact)}
            for role, name, path in PAGES:
                with sampler.sampling(enabled=profile):
                    found += await _page(site, people[f"web-{role}"], kind, name, path)
            found.append(await _book(site, people[f"web-{Role.COORDINATOR}"], kind))
    return found


@asynccontextmanager
async def filled(kind: str, count: int) -> AsyncIterator[Site]:
    """The pages before a database with years of tickets, and an office for each role and desk."""
    with TemporaryDirectory() as folder, _server(kind, folder) as url:
        await asyncio.to_thread(migrate, url)
        async with site_for(url, Path(folder), secure_cookies=False) as site:
            await site.person(str(Role.STAFF), "so_xay_dung", Role.STAFF)
            await site.person(str(Role.COORDINATOR), "van_phong_ubnd", Role.COORDINATOR)
            await site.person(str(Role.LEADER), "ubnd_tinh", Role.LEADER)
            for agency in rules().pack.agencies:
                await site.person(agency.code, agency.code, Role.HEAD)
            await years.settle(site.doors.database, count)
            yield site


@contextmanager
def _server(kind: str, folder: str) -> Iterator[str]:
    if kind == "sqlite":
        yield f"sqlite:///{folder}/bench.db"
        return
    with own_postgresql(shared_buffers="512MB") as server:
        yield server.url


async def _book(site: Site, contact: Contact, kind: str) -> Figure:
    """A list as a workbook, of as many tickets as one file takes."""
    async with _signed_in(site, contact) as browser:
        took = await _once(browser, "/phieu.xlsx?tt=closed")
    return Figure(kind, "100,000 tickets as .xlsx", took / 1000, "s", SECONDS, is_least=False)


@asynccontextmanager
async def _signed_in(site: Site, contact: Contact) -> AsyncIterator[Browser]:
    async with site.browser(origin="http://thaogo.test") as browser:
        async with site.doors.database.transaction() as session:
            secret = await sessions.begin(
                session, contact.id or 0, site.now, person_id=contact.person_id
            )
        browser.client.cookies.set("thaogo-console", secret, domain="thaogo.test")
        yield browser


async def _page(site: Site, contact: Contact, kind: str, name: str, path: str) -> list[Figure]:
    async with _signed_in(site, contact) as browser:
        first = await _once(browser, path)
        times = sorted([await _once(browser, path) for _ in range(AGAIN)])
        anew = await _anew(site, browser, path) if path.startswith(COUNTED) else None
    p95 = times[int(0.95 * AGAIN) - 1]
    figures = [
        Figure(
            kind, f"{name}, p95", p95, "ms", MOST[kind], is_least=False, median=times[AGAIN // 2]
        ),
        Figure(kind, f"{name}, first time", first, "ms"),
    ]
    return figures if anew is None else [*figures, Figure(kind, f"{name}, anew", anew, "ms")]


async def _anew(site: Site, browser: Browser, path: str) -> float:
    """With figures that have become too old; the best of three, for all that is kept is counted."""
    times = []
    for _ in range(3):
        site.now += timedelta(minutes=6)
        times.append(await _once(browser, path))
    return min(times)


async def _once(browser: Browser, path: str) -> float:
    started = time.perf_counter()
    answer = await browser.get(path)
    assert answer.status_code == 200, path
    return (time.perf_counter() - started) * 1000
