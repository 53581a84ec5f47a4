"""A first visit on a phone with little signal: how much is loaded, and how long it takes."""

import pytest
from playwright.async_api import Page

from tests.browser.conftest import Office, Served
from tests.browser.test_console import code_of
from tests.test_story_lists import copied

BYTES = 60 * 1024
SECONDS = 2.0
LINE = {
    "offline": False,
    "downloadThroughput": 400_000 / 8,
    "uploadThroughput": 150_000 / 8,
    "latency": 150,
}
"""400 kbit/s and 150 ms to the first byte, as on 3G in the mountains."""
MEASURED = """() => {
  const [page] = performance.getEntriesByType("navigation");
  const all = [...performance.getEntriesByType("resource"), page];
  const paint = performance.getEntriesByName("first-contentful-paint")[0];
  return {
    bytes: all.reduce((sum, e) => sum + Math.max(e.transferSize, e.encodedBodySize), 0),
    loaded: page.loadEventEnd / 1000,
    seen: paint ? paint.startTime / 1000 : null,
  };
}"""
PAGES = (
    ("desk", "/phieu"),
    ("desk", "/phieu/{code}"),
    ("coordinator", "/can-xem"),
    ("coordinator", "/phieu"),
    ("leader", "/toan-canh"),
    ("admin", "/goi-du-lieu"),
    ("admin", "/nguoi"),
    ("coordinator", "/tin-hong"),
    ("leader", "/bao-lu"),
)


async def slow(page: Page) -> None:
    """Put a page on such a line, with nothing kept from before."""
    session = await page.context.new_cdp_session(page)
    await session.send("Network.enable")
    await session.send("Network.setCacheDisabled", {"cacheDisabled": True})
    await session.send("Network.emulateNetworkConditions", LINE)


@pytest.mark.prove
async def test_a_first_visit_on_a_slow_phone(office: Office, served: Served) -> None:
    """The console with a full queue, and the chat with a long talk; figures for the documents."""
    await copied(office.world, 40)
    found, late = [], []
    for who, path in PAGES:
        page = await office.sits(who)
        address = office.served.origin + path.format(code=await code_of(office))
        found.append((who, path, await visited(page, address)))
    lan = await served.site.person()
    for n in range(20):
        await served.site.told(lan, f"Phiếu số {n} đã được tiếp nhận, sở trả lời trước 17:00.")
    page = await served.open(lan)
    found.append(("official", "/chat", await visited(page, served.origin + "/chat")))
    for who, path, (size, loaded, seen) in found:
        print(f"{who} {path}: {size / 1024:.1f} KB, {loaded:.2f} s, seen {seen:.2f} s")  # noqa: T201 - a figure for the documents
        if size > BYTES or loaded > SECONDS:
            late.append((who, path, size, loaded))
    assert not late


async def visited(page: Page, address: str) -> tuple[float, float, float]:
    """Bytes, seconds until all is loaded, seconds until something is seen."""
    await slow(page)
    await page.goto(address)
    measured = await page.evaluate(MEASURED)
    return measured["bytes"], measured["loaded"], measured["seen"] or 0.0
