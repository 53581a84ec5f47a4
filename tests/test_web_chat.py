"""The chat page without a script: what it shows, and to whom."""

from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest

from storage.people import Contact
from tests.site import Site, site_for
from tickets.rich import bold
from web import saying

EVIL = "<script>alert(1)</script><img src=x onerror=alert(2)>\"'><b>"


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


async def test_a_stranger_is_sent_to_the_door(site: Site) -> None:
    async with site.browser() as browser:
        assert (await browser.get("/chat")).headers["location"] == "/join"
        assert (await browser.get("/chat/news")).status_code == 403
        refused = await browser.post("/chat/say", {"text": "x", "csrf": "x", "key": "x" * 8})
        assert refused.status_code == 403
        assert "Nhập mã mời" in refused.text


async def test_the_page_says_who_and_shows_the_lines(site: Site, lan: Contact) -> None:
    await site.wrote(lan, "cầu hỏng\nở bản Xiêng Thù")
    await site.told(lan, f"{bold('NA-26-000123')} · đã gửi Sở XD\nGọi {bold('112')}", "Đúng", "Hủy")
    async with site.browser() as browser:
        await site.signed_in(browser, lan)
        text = await browser.chat()
    assert "<title>Lan · Tháo Gỡ</title>" in text
    assert "xã Chiêu Lưu" in text
    assert "cầu hỏng<br>ở bản Xiêng Thù" in text
    assert '<li id="l1" data-n="1" class="mine">' in text
    assert '<li id="l2" data-n="2" class="theirs asks">' in text
    assert '<b class="code">NA-26-000123</b>' in text
    assert '<a href="tel:112">112</a>' in text
    assert "<small>1</small> Đúng</button>" in text
    assert 'value="2:t:Hủy:1:1"' in text
    assert 'data-after="2"' in text
    assert 'lang="vi"' in text


async def test_numbers_show_only_where_they_may_be_typed(site: Site, lan: Contact) -> None:
    await site.told(lan, "Bao nhiêu hộ?", "Bỏ qua", numbered=False)
    async with site.browser() as browser:
        await site.signed_in(browser, lan)
        text = await browser.chat()
    assert "<small>" not in text
    assert "Bỏ qua</button>" in text


async def test_nothing_that_people_typed_becomes_markup(site: Site) -> None:
    lan = await site.person(EVIL)
    await site.wrote(lan, EVIL + "\ue000", files=[
        {"hash": "a" * 64, "kind": "document", "mime": "text/html", "name": EVIL},
    ])  # fmt: skip
    await site.told(lan, f"NA-26-000001 {bold(EVIL)}", EVIL)
    async with site.browser() as browser:
        await site.signed_in(browser, lan)
        text = await browser.chat() + (await browser.get("/chat?to=2")).text
    assert "<script>" not in text
    assert "<img" not in text
    assert "onerror" in text, "shown, as text"
    assert 'onerror=alert(2)>"' not in text


async def test_an_english_speaker_reads_english(site: Site) -> None:
    ann = await site.person("Ann", language="en")
    async with site.browser() as browser:
        await site.signed_in(browser, ann)
        text = await browser.chat()
        refused = await browser.post("/chat/press", {"press": "7:t:ack:1:1"})
    assert ">Send</button>" in text
    assert 'lang="en"' in text
    assert "This button is old" in refused.text


async def test_what_a_page_shows_has_reached_its_person(site: Site, lan: Contact) -> None:
    await site.told(lan, "tin mới")
    assert (await site.line(lan, 1)).seen_at is None
    async with site.browser() as browser:
        await site.signed_in(browser, lan)
        assert (await browser.get("/chat/news?after=0")).json() == {"new": 1}
        assert (await site.line(lan, 1)).seen_at is None, "asking for news takes nothing"
        await browser.chat()
    assert (await site.line(lan, 1)).seen_at == site.now


async def test_a_long_conversation_shows_its_newest_lines(site: Site, lan: Contact) -> None:
    for n in range(65):
        await site.told(lan, f"tin số {n}.")
    async with site.browser() as browser:
        await site.signed_in(browser, lan)
        text = await browser.chat()
        assert "tin số 64." in text
        assert "tin số 34." not in text
        assert 'data-after="65"' in text
        assert "chat.js" in text
        assert 'href="/chat?before=36"' in text
        older = (await browser.get("/chat?before=36")).text
        assert "tin số 34." in older
        assert "tin số 35." not in older
        assert "Về tin mới nhất" in older
        assert "chat.js" not in older, "an old page is not live"
        oldest = (await browser.get("/chat?before=6")).text
        assert "tin số 0." in oldest
        assert "before=" not in oldest
