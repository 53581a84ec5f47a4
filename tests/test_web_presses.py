"""Presses: only of buttons that were shown to this person, and each once."""

from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest

from storage.people import Contact
from tests.site import Site, site_for
from tickets.incoming import Kind
from web import saying


@pytest.fixture(autouse=True)
def _no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody answers here, so a page without script need not wait for it."""
    monkeypatch.setattr(saying, "ANSWER_WAITS", 0)


@pytest.fixture
async def site(make_database: Callable[[str], str], tmp_path: Path) -> AsyncIterator[Site]:
    async with site_for(make_database("sqlite"), tmp_path) as opened:
        yield opened


@pytest.fixture
async def lan(site: Site) -> Contact:
    return await site.person()


async def test_a_press_without_a_script(site: Site, lan: Contact) -> None:
    await site.told(lan, "Đúng không?", "Đúng", "Sai đơn vị")
    async with site.browser() as browser:
        await site.signed_in(browser, lan)
        await browser.get("/chat")
        done = await browser.post("/chat/press", {"press": "1:t:Sai đơn vị:1:1"})
    assert done.headers["location"] == "/chat#end"
    (said,) = site.received
    assert (said.kind, said.press) == (Kind.PRESS, "t:Sai đơn vị:1:1")
    assert (said.text, said.reply_to) == ("Sai đơn vị", "1")
    assert said.address == lan.address


@pytest.mark.parametrize(
    "press",
    ["1:t:resolve:1:1", "2:t:Đúng:1:1", "1:t:Đúng:1:2", "999999999:t:Đúng:1:1", "0:t:Đúng:1:1"],
)
async def test_a_press_that_was_not_offered_is_refused(
    site: Site, lan: Contact, press: str
) -> None:
    await site.told(lan, "Đúng không?", "Đúng")
    await site.told(await site.person("Hoa"), "Của người khác", "Của Hoa")
    async with site.browser() as browser:
        await site.signed_in(browser, lan)
        await browser.get("/chat")
        refused = await browser.post("/chat/press", {"press": press})
        own = await browser.post("/chat/press", {"press": "1:t:Của Hoa:1:1"})
    assert (refused.status_code, own.status_code) == (409, 409)
    assert "Nút này đã cũ" in refused.text
    assert not site.received


@pytest.mark.parametrize("press", ["", "1", "1:", ":t:Đúng:1:1", "-1:t", "²:t", "9" * 30 + ":t"])
async def test_a_press_that_makes_no_sense(site: Site, lan: Contact, press: str) -> None:
    async with site.browser() as browser:
        await site.signed_in(browser, lan)
        await browser.get("/chat")
        assert (await browser.post("/chat/press", {"press": press})).status_code == 400
    assert not site.received


async def test_a_button_that_an_edit_took_away_is_old(site: Site, lan: Contact) -> None:
    number = await site.told(lan, "Phiếu mới", "Tiếp nhận")
    await site.told(lan, "Đã tiếp nhận", "Đã xử lý", edits=number)
    async with site.browser() as browser:
        await site.signed_in(browser, lan)
        await browser.get("/chat")
        old = await browser.post("/chat/press", {"press": "1:t:Tiếp nhận:1:1"})
        new = await browser.post("/chat/press", {"press": "1:t:Đã xử lý:1:1"})
    assert (old.status_code, new.status_code) == (409, 303)


async def test_one_press_twice_on_one_page_counts_once(site: Site, lan: Contact) -> None:
    await site.told(lan, "Đúng không?", "Đúng", "Sai")
    async with site.browser() as browser:
        await site.signed_in(browser, lan)
        await browser.get("/chat")
        for label in ("Đúng", "Đúng", "Sai"):
            await browser.post("/chat/press", {"press": f"1:t:{label}:1:1"})
    first, again, other = (said.key for said in site.received)
    assert first == again
    assert first != other
