"""A real browser before the real pages, served on a free port of this machine."""

import asyncio
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
import uvicorn
from playwright.async_api import Browser, BrowserContext, Page, async_playwright

from storage.people import Contact, Role
from tests.desks import link_of
from tests.site import Site, site_for, site_of
from tests.test_story_lists import BRIDGE
from tests.world import Actor, World, world_for
from tickets.incoming import Incoming, Kind
from web import sessions

SWITCHES = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything here needs Chromium, and shares one loop with it."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.asyncio(loop_scope="session"), append=False)


@dataclass
class Served:
    """The pages at an address, with a program behind them that answers what it hears."""

    site: Site
    browser: Browser
    port: int
    contexts: list[BrowserContext] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)
    server: uvicorn.Server | None = None
    serving: asyncio.Task[None] | None = None

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    async def start(self) -> None:
        config = uvicorn.Config(
            self.site.app,
            host="127.0.0.1",
            port=self.port,
            log_config=None,
            lifespan="off",
            timeout_graceful_shutdown=1,
        )
        self.server = uvicorn.Server(config)
        self.serving = asyncio.create_task(self.server.serve())
        while not self.server.started:  # noqa: ASYNC110  uvicorn tells nobody that it listens
            await asyncio.sleep(0.01)

    async def stop(self) -> None:
        assert self.server is not None
        assert self.serving is not None
        self.site.doors.hub.close()
        self.server.should_exit = True
        await self.serving
        self.site.doors.hub.closing.clear()

    async def open(self, contact: Contact, path: str = "/chat", **context: Any) -> Page:
        """A person's browser on a page; each call is another browser."""
        page = await self.blank(**context)
        async with self.site.doors.database.transaction() as session:
            assert contact.id is not None
            secret = await sessions.begin(session, contact.id, self.site.now)
        await page.context.add_cookies([{"name": "thaogo", "value": secret, "url": self.origin}])
        await page.goto(self.origin + path)
        return page

    async def blank(self, **context: Any) -> Page:
        """A fresh browser; the size is a small phone's unless another is given."""
        context.setdefault("viewport", {"width": 360, "height": 740})
        opened = await self.browser.new_context(**context)
        self.contexts.append(opened)
        page = await opened.new_page()
        page.set_default_timeout(10_000)
        page.on("dialog", lambda _: self.complaints.append("a script ran"))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("console", self._console)
        return page

    def _console(self, message: Any) -> None:
        if "Content Security Policy" in message.text:
            self.complaints.append(message.text)

    async def close(self) -> None:
        for context in self.contexts:
            await context.close()
        await self.stop()


def answering(site: Site) -> Callable[[Incoming], Awaitable[None]]:
    """A program that writes down what was said, once, and answers each with one line."""
    seen: set[str] = set()

    async def answer(said: Incoming) -> None:
        if said.key in seen:
            return
        seen.add(said.key)
        contact = next(c for c in await site.rows(Contact) if c.address == said.address)
        files = [{"hash": file.hash, "mime": file.mime} for file in said.attachments]
        await site.wrote(contact, said.text, files=files, place=said.lat is not None)
        if said.kind is Kind.PRESS and said.reply_to:
            await site.told(contact, f"Đã bấm {said.text}", edits=said.reply_to)
        else:
            await site.told(contact, f"Đã ghi «{said.text}»", "Đúng", "Sai đơn vị", "Hủy")

    return answer


@pytest_asyncio.fixture(loop_scope="session", scope="session")
async def browser(chromium: str) -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        opened = await playwright.chromium.launch(executable_path=chromium, args=SWITCHES)
        yield opened
        await opened.close()


@pytest_asyncio.fixture(loop_scope="session")
async def served(
    browser: Browser, make_database: Callable[[str], str], tmp_path: Path
) -> AsyncIterator[Served]:
    async with site_for(make_database("sqlite"), tmp_path, secure_cookies=False) as site:
        site.meanwhile = answering(site)
        async with serving(site, browser) as opened:
            yield opened
        assert not opened.complaints


@asynccontextmanager
async def serving(site: Site, browser: Browser) -> AsyncIterator[Served]:
    """The pages on a free port for as long as it lasts."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    opened = Served(site, browser, port)
    await opened.start()
    try:
        yield opened
    finally:
        await opened.close()


@dataclass
class Office:
    """A province with a desk, a coordinator, a leader and an administrator at browsers."""

    world: World
    served: Served
    official: Actor
    people: dict[str, Actor]

    async def sits(self, who: str, path: str = "", **context: object) -> Page:
        """Somebody at a browser, signed in by the link from their chat, pressing its button."""
        page = await self.served.blank(**context)
        await page.goto(f"{self.served.origin}/vao/{await link_of(self.people[who])}")
        await page.get_by_role("button", name="Đăng nhập").click()
        await page.wait_for_url("**/phieu" if who == "desk" else "**/*")
        if path:
            await page.goto(self.served.origin + path)
        return page


@pytest_asyncio.fixture(loop_scope="session")
async def office(browser: Browser, make_database: Callable[[str], str]) -> AsyncIterator[Office]:
    async with world_for(channel="web", database_url=make_database("sqlite")) as world:
        official = await world.joins("chieu_luu", name="Lan")
        await official.says(BRIDGE)
        ticket = await world.ticket()
        people = {
            "desk": await world.joins(ticket.lead, Role.STAFF, name="Minh"),
            "coordinator": await world.joins("van_phong_ubnd", Role.COORDINATOR, name="Hà"),
            "leader": await world.joins("ubnd_tinh", Role.LEADER, name="An"),
            "admin": await world.joins("van_phong_ubnd", Role.ADMIN, name="Quân"),
        }
        async with serving(site_of(world, secure_cookies=False), browser) as served:
            yield Office(world, served, official, people)
            assert not served.complaints
