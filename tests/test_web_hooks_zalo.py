"""Zalo's calls, and the files that it gets from us."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import httpx
import pytest

from bot.zalo import SECRET, BotHook
from storage import hosting
from tests.site import START, Site, picture, site_for
from tests.test_zalo_bot_parse import payload
from tickets.incoming import Incoming

ASIDE: list[tuple[str, str, str]] = []


async def set_aside(channel: str, key: str, _: dict[str, Any] | None, error: str) -> None:
    ASIDE.append((channel, key, error))


@pytest.fixture
async def site(make_database: Callable[[str], str], tmp_path: Path) -> AsyncIterator[Site]:
    ASIDE.clear()
    hooks = {f"zalo-bot/{n}": BotHook(str(n), f"secret-of-{n}", set_aside) for n in (1, 2)}
    async with site_for(make_database("sqlite"), tmp_path, hooks=hooks) as opened:
        yield opened


async def calls(site: Site, bot: str, body: Any, secret: str | None) -> httpx.Response:
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    headers = {} if secret is None else {SECRET: secret}
    async with site.browser() as browser:
        url = f"/hooks/zalo-bot{bot}"
        return await browser.client.post(url, content=content, headers=headers)


async def test_each_bot_has_an_address_and_a_secret_of_its_own(site: Site) -> None:
    for bot in ("1", "2"):
        answer = await calls(site, f"/{bot}", payload("text"), f"secret-of-{bot}")
        assert (answer.status_code, answer.text) == (200, "ok")
    assert [said.address.partition("/")[0] for said in site.received] == ["1", "2"]


@pytest.mark.parametrize("secret", [None, "", "secret-of-2", "SECRET-OF-1"])
async def test_with_another_secret_nothing_is_read(site: Site, secret: str | None) -> None:
    assert (await calls(site, "/1", payload("text"), secret)).status_code == 403
    for unknown in ("", "/3", "/1/x"):
        assert (await calls(site, unknown, payload("text"), "secret-of-1")).status_code == 403
    assert not site.received


async def test_an_empty_body_is_somebody_trying_the_address_out(site: Site) -> None:
    assert (await calls(site, "/1", b"", None)).status_code == 200
    async with site.browser() as browser:
        assert (await browser.get("/hooks/zalo-bot/1")).status_code == 200
        assert (await browser.get("/hooks/zalo-bot/3")).status_code == 403
    assert not site.received


async def test_what_cannot_be_read_is_set_aside_and_groups_are_confirmed(site: Site) -> None:
    assert (await calls(site, "/1", b"{", "secret-of-1")).status_code == 200
    assert (await calls(site, "/1", {"result": 1}, "secret-of-1")).status_code == 200
    assert (await calls(site, "/1", payload("group"), "secret-of-1")).status_code == 200
    assert [error for _, _, error in ASIDE] == ["JSONDecodeError", "ValueError"]
    assert all(key.startswith("1/") for _, key, _ in ASIDE)
    assert not site.received


async def test_an_event_that_is_too_large_is_refused_before_it_is_read(site: Site) -> None:
    large = {"text": "x" * 70_000}
    assert (await calls(site, "/1", large, "secret-of-1")).status_code == 413
    assert not site.received


async def test_what_was_not_committed_is_no_success(site: Site) -> None:
    async def fail(_: Incoming) -> None:
        raise RuntimeError

    site.meanwhile = fail
    assert (await calls(site, "/1", payload("text"), "secret-of-1")).status_code == 500


async def test_while_the_program_loads_an_event_waits_as_it_may_not_come_again(
    make_database: Callable[[str], str], tmp_path: Path
) -> None:
    hooks = {"zalo-bot": BotHook("1", "secret-of-1", set_aside)}
    url = make_database("sqlite")
    async with site_for(url, tmp_path, hooks=hooks, ready=lambda: ["classifier"]) as site:
        ready = asyncio.Event()

        async def wait(_: Incoming) -> None:
            await ready.wait()

        site.meanwhile = wait
        call = asyncio.create_task(calls(site, "", payload("text"), "secret-of-1"))
        await asyncio.wait({call}, timeout=0.2)
        assert not call.done()
        ready.set()
        assert (await call).status_code == 200


# Files for Zalo's servers.


async def hosted(site: Site, content: bytes, kind: str = "photo", name: str = "") -> str:
    kept = site.doors.keep_upload(content, kind, "")
    async with site.doors.database.transaction() as session:
        token = await hosting.host(session, content=kept.hash, mime=kept.mime, name=name, now=START)
    return f"/given/{token}"


async def test_a_picture_is_given_as_often_as_zalo_asks(site: Site) -> None:
    address = await hosted(site, picture())
    async with site.browser() as browser:
        pages = [await browser.get(address) for _ in range(3)]
    assert {page.status_code for page in pages} == {200}
    assert pages[0].headers["content-type"] == "image/jpeg"
    assert pages[0].headers["referrer-policy"] == "no-referrer"
    assert pages[0].content == pages[2].content


async def test_a_document_is_downloaded_and_an_unknown_word_opens_nothing(site: Site) -> None:
    address = await hosted(site, b"%PDF-1.4 x", "document", "Báo cáo.pdf")
    async with site.browser() as browser:
        page = await browser.get(address)
        assert page.headers["content-disposition"].startswith("attachment")
        assert (await browser.get("/given/unknown")).status_code == 404
        assert (await browser.get(f"{address}x")).status_code == 404
