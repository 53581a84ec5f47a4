"""The live conversation: a browser that comes back misses nothing, edits included."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack
from datetime import timedelta
from pathlib import Path

import httpx
import pytest
from fastapi import Request

from storage.people import Contact
from tests.site import COOKIE, Browser, Site, site_for
from tickets.rich import bold
from web import stream
from web.sessions import visitor_at
from web.stream import events


@pytest.fixture
async def site(make_database: Callable[[str], str], tmp_path: Path) -> AsyncIterator[Site]:
    async with site_for(make_database("sqlite"), tmp_path) as opened:
        yield opened


@pytest.fixture
async def lan(site: Site) -> Contact:
    return await site.person()


async def listening(site: Site, contact: Contact, since: int = 0) -> AsyncIterator[str]:
    """A stream as the server runs it for a contact's browser, after its first words."""
    async with site.browser() as browser:
        secret = await site.signed_in(browser, contact)
    cookie = f"{COOKIE}={secret}".encode()
    request = Request({"type": "http", "headers": [(b"cookie", cookie)], "root_path": ""})
    who = await visitor_at(site.doors, request)
    assert who is not None
    chunks = events(request, site.doors, who, since)
    assert await anext(chunks) == "retry: 2000\n\n"
    return chunks


async def until_close(
    site: Site, browser: Browser, path: str, contact: Contact, last: int, memory: bytes = b""
) -> httpx.Response:
    """What a stream sent until the program stopped, which is when it has taken line `last`."""
    headers = {"Last-Event-ID": memory} if memory else {}
    answer = asyncio.create_task(browser.client.get(path, headers=headers))
    while (await site.line(contact, last)).seen_at is None:  # noqa: ASYNC110  nobody is told
        await asyncio.sleep(0)
    site.doors.hub.close()
    return await answer


async def test_over_http(site: Site, lan: Contact) -> None:
    await site.told(lan, "một")
    await site.told(lan, "hai")
    async with site.browser() as browser:
        await site.signed_in(browser, lan)
        answer = await until_close(site, browser, "/chat/stream?after=1", lan, 2)
    assert answer.headers["content-type"].startswith("text/event-stream")
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["x-accel-buffering"] == "no"
    assert "hai" in answer.text
    assert "một" not in answer.text


async def test_one_person_does_not_take_all_streams(site: Site, lan: Contact) -> None:
    hoa = await site.person("Hoa")
    assert lan.id is not None
    async with AsyncExitStack() as open_pages, site.browser() as browser:
        for _ in range(stream.MOST):
            await open_pages.enter_async_context(site.doors.hub.watch(lan.id))
        await site.signed_in(browser, lan)
        assert (await browser.get("/chat/stream")).status_code == 429
        assert (await browser.get("/chat")).status_code == 200
        await browser.says("nữa")
        assert site.received[-1].text == "nữa"
        await site.told(hoa, "một")
        await site.signed_in(browser, hoa)
        assert (await until_close(site, browser, "/chat/stream", hoa, 1)).status_code == 200


async def test_the_browsers_own_memory_wins_over_the_pages(site: Site, lan: Contact) -> None:
    for text in ("một", "hai", "ba"):
        await site.told(lan, text)
    async with site.browser() as browser:
        await site.signed_in(browser, lan)
        answer = await until_close(site, browser, "/chat/stream?after=1", lan, 3, b"2")
    assert "id: 3\n" in answer.text
    assert "hai" not in answer.text


@pytest.mark.parametrize("last", [b"", b"x", b"-1", b"9" * 40, b"\xb2", b"1e3"])
async def test_an_odd_memory_shows_everything(site: Site, lan: Contact, last: bytes) -> None:
    await site.told(lan, "một")
    async with site.browser() as browser:
        await site.signed_in(browser, lan)
        answer = await until_close(site, browser, "/chat/stream", lan, 1, last)
    assert "một" in answer.text


async def test_lines_come_as_they_are_written(site: Site, lan: Contact) -> None:
    chunks = await listening(site, lan)
    waiting = asyncio.ensure_future(anext(chunks))
    await asyncio.sleep(0)
    await site.told(lan, f"{bold('NA-26-000001')}\nđã gửi", "Đúng")
    first = await waiting
    assert first.startswith("id: 1\nevent: line\ndata: <li id=")
    assert all(part.startswith(("id: ", "event: ", "data: ")) for part in first.strip().split("\n"))
    assert first.endswith("\n\n")
    assert 'value="1:t:Đúng:1:1"' in first
    await site.told(lan, "tiếp")
    assert "tiếp" in await anext(chunks)


async def test_after_a_break_nothing_is_missing_and_nothing_twice(site: Site, lan: Contact) -> None:
    number = await site.told(lan, "phiếu mới", "Tiếp nhận")
    await site.told(lan, "tin hai")
    before = await listening(site, lan)
    seen = await anext(before)
    await before.aclose()
    last = int(seen.split("id: ")[-1].split("\n")[0])
    assert last == 2

    await site.told(lan, "tin ba")
    await site.told(lan, "đã tiếp nhận", edits=number)
    again = await anext(await listening(site, lan, last))
    assert "tin hai" not in again
    assert again.index("tin ba") < again.index("đã tiếp nhận")
    assert '<li id="l1"' in again, "the edit replaces the line of that number"
    assert "Tiếp nhận</button>" not in again
    assert "id: 4\n" in again


async def test_far_behind_comes_in_portions(site: Site, lan: Contact) -> None:
    for n in range(230):
        await site.told(lan, f"tin {n}.")
    chunks = await listening(site, lan)
    first, second = await anext(chunks), await anext(chunks)
    assert (first.count("event: line"), second.count("event: line")) == (200, 30)


async def test_a_line_is_reached_when_a_stream_has_taken_it(site: Site, lan: Contact) -> None:
    chunks = await listening(site, lan)
    await site.told(lan, "tin")
    await anext(chunks)
    assert (await site.line(lan, 1)).seen_at is None, "not taken before the next is asked for"
    waiting = asyncio.ensure_future(anext(chunks))
    for _ in range(20):
        await asyncio.sleep(0)
    assert (await site.line(lan, 1)).seen_at == site.now
    waiting.cancel()


async def test_a_sign_of_life(site: Site, lan: Contact, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stream, "HEARTBEAT", 0)
    chunks = await listening(site, lan)
    assert await anext(chunks) == ": still here\n\n"
    assert await anext(chunks) == ": still here\n\n"


async def test_a_stream_ends_with_the_program(site: Site, lan: Contact) -> None:
    chunks = await listening(site, lan)
    waiting = asyncio.ensure_future(anext(chunks, "end"))
    await asyncio.sleep(0)
    site.doors.hub.close()
    assert await waiting in {"end", ": still here\n\n"}
    assert await anext(chunks, "end") == "end"
    assert not site.doors.hub._watching


async def test_a_stream_ends_with_its_session(site: Site, lan: Contact) -> None:
    chunks = await listening(site, lan)
    site.now += timedelta(days=31)
    await site.told(lan, "nobody sees this")
    assert await anext(chunks, "end") == "end"


async def test_nobody_hears_another_conversation(site: Site, lan: Contact) -> None:
    hoa = await site.person("Hoa")
    await site.told(hoa, "của Hoa")
    await site.told(lan, "của Lan")
    text = await anext(await listening(site, lan))
    assert "của Lan" in text
    assert "của Hoa" not in text


async def test_typed_markup_and_event_fields_stay_text(site: Site, lan: Contact) -> None:
    await site.wrote(
        lan, "<script>x</script>\n\nevent: line\ndata: <b>\r\nid: 99\u2028id: 98\x85id: 97"
    )
    text = await anext(await listening(site, lan))
    assert "<script>" not in text
    assert "\nid: 9" not in text
    assert text.count("\nevent: ") == 1
    assert text.rstrip("\n").count("\n\n") == 0
