"""What a browser hands in without a script: words and places; each form counts once."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest

from storage.people import Contact
from storage.webchat import BrowserSession
from tests.site import JSON, Site, photo, site_for
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


async def test_a_message_without_a_script(site: Site, lan: Contact) -> None:
    async with site.browser() as browser:
        await site.signed_in(browser, lan)
        sent = await browser.says("  sạt lở\r\nbản Khe Tang\u202e\x00  ")
    assert sent.status_code == 303
    assert sent.headers["location"] == "/chat#end"
    (said,) = site.received
    assert (said.channel, said.address, said.sender) == ("web", lan.address, lan.address)
    assert (said.kind, said.text) == (Kind.MESSAGE, "sạt lở\nbản Khe Tang")
    assert said.key.startswith(f"{lan.address}:")
    assert said.sent_at == site.now


async def test_the_answer_is_there_when_the_page_comes_back(
    site: Site, lan: Contact, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(saying, "ANSWER_WAITS", 30)
    answers: set[asyncio.Task[str]] = set()

    async def answer(_: object) -> None:
        answers.add(asyncio.create_task(site.told(lan, "Đã ghi NA-26-000001")))

    site.meanwhile = answer
    async with site.browser() as browser:
        await site.signed_in(browser, lan)
        await browser.says("sạt lở")
        assert "Đã ghi" in await browser.chat()


async def test_a_form_sent_twice_counts_once_and_a_changed_one_anew(
    site: Site, lan: Contact
) -> None:
    async with site.browser() as browser:
        await site.signed_in(browser, lan)
        await browser.get("/chat")
        for text in ("mất điện", "mất điện", "mất điện từ sáng"):
            await browser.post("/chat/say", {"text": text})
    first, again, changed = (said.key for said in site.received)
    assert first == again
    assert changed != first


async def test_two_pages_never_share_a_key(site: Site, lan: Contact) -> None:
    async with site.browser() as browser:
        await site.signed_in(browser, lan)
        await browser.says("vâng")
        await browser.says("vâng")
    first, second = site.received
    assert first.key != second.key


@pytest.mark.parametrize(
    "change",
    [{"csrf": ""}, {"csrf": "x"}, {"csrf": "ê"}, {"key": ""}, {"key": "a b c d e f"}, {"key": "x"}],
)
async def test_a_form_that_no_page_made_is_refused(
    site: Site, lan: Contact, change: dict[str, str]
) -> None:
    await site.told(lan, "Đúng không?", "Đúng")
    async with site.browser() as browser:
        await site.signed_in(browser, lan)
        await browser.get("/chat")
        for path, data in (("say", {"text": "x"}), ("press", {"press": "1:t:Đúng:1:1"})):
            answer = await browser.post(f"/chat/{path}", {**data, **change})
            assert answer.status_code in {400, 403}
    assert not site.received


async def test_another_sessions_form_is_refused(site: Site, lan: Contact) -> None:
    hoa = await site.person("Hoa")
    async with site.browser() as hers, site.browser() as his:
        await site.signed_in(hers, lan)
        await site.signed_in(his, hoa)
        await hers.get("/chat")
        await his.get("/chat")
        his.fields["csrf"] = hers.fields["csrf"]
        refused = await his.post("/chat/say", {"text": "x"})
    assert refused.status_code == 403
    assert "Trang này đã cũ" in refused.text
    assert len({row.csrf for row in await site.rows(BrowserSession)}) == 2


async def test_the_longest_message_and_a_longer_one(site: Site, lan: Contact) -> None:
    async with site.browser() as browser:
        await site.signed_in(browser, lan)
        line = "ữ" * 99 + "\r\n"
        assert (await browser.says(line * 200)).is_redirect
        refused = await browser.says("ữ" * 20_001)
    assert len(site.received[0].text) == 19_999
    assert refused.status_code == 413
    assert "20.000" in refused.text


@pytest.mark.parametrize("text", ["", "   \n ", "\u202e"])
async def test_nothing_said_is_nothing_handed_in(site: Site, lan: Contact, text: str) -> None:
    async with site.browser() as browser:
        await site.signed_in(browser, lan)
        assert (await browser.says(text)).is_redirect
    assert not site.received


async def test_a_place(site: Site, lan: Contact) -> None:
    async with site.browser() as browser:
        await site.signed_in(browser, lan)
        await browser.says("", lat="19.41", lon="104.22")
        for lat, lon in (
            ("91", "0"),
            ("0", "181"),
            ("nan", "0"),
            ("inf", "0"),
            ("1", ""),
            ("x", "y"),
        ):
            assert (await browser.says("", lat=lat, lon=lon)).status_code == 400
    (said,) = site.received
    assert (said.lat, said.lon) == (19.41, 104.22)


async def test_a_reply_names_the_line(site: Site, lan: Contact) -> None:
    await site.told(lan, "NA-26-000001 · máy scan hỏng")
    async with site.browser() as browser:
        await site.signed_in(browser, lan)
        assert 'href="/chat?to=1#say"' in await browser.chat()
        quoted = await browser.get("/chat?to=1")
        assert "Trả lời tin:" in quoted.text
        assert 'name="to" value="1"' in quoted.text
        await browser.post("/chat/say", {"text": "thêm: máy in cũng hỏng", "to": "1"})
        assert 'name="to" value=""' in (await browser.get("/chat?to=99")).text
    assert site.received[0].reply_to == "1"


async def test_a_script_gets_a_fresh_key_and_no_page(site: Site, lan: Contact) -> None:
    async with site.browser() as browser:
        await site.signed_in(browser, lan)
        await browser.get("/chat")
        files = [photo(b"no picture")]
        sent = await browser.post("/chat/say", {"text": "x"}, headers=JSON, files=files)
        told = json.loads(sent.text)
        assert told["key"] != browser.fields["key"]
        assert "Có ảnh, tệp không nhận được" in told["note"]
        old = await browser.post("/chat/press", {"press": "9:t:x:1:1"}, headers=JSON)
    assert old.status_code == 409
    assert "Nút này đã cũ" in old.json()["problem"]
