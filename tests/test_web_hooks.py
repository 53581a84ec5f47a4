"""Telegram's calls: secret, set aside or committed before the answer; and the health pages."""

import json
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import pytest

from storage.engine import Database
from tests.site import START, Site, site_for
from tickets.incoming import Incoming
from web.hooks import SECRET


@dataclass
class Hook:
    secret: str = "s3cret"
    aside: list[tuple[str, Any, str]] = field(default_factory=list)

    def parse(self, payload: dict[str, Any]) -> Incoming | None:
        if "poll" in payload:
            return None
        text = payload["message"]["text"]
        return Incoming("telegram", str(payload["update_id"]), "7", "7", START, text=text)

    async def set_aside(self, key: str, payload: dict[str, Any] | None, error: str) -> None:
        if error == "KeyError" and payload and "fail" in payload:
            raise RuntimeError("no database")
        self.aside.append((key, payload, error))


@pytest.fixture
async def site(make_database: Callable[[str], str], tmp_path: Path) -> AsyncIterator[Site]:
    async with site_for(make_database("sqlite"), tmp_path, telegram=Hook()) as opened:
        yield opened


async def calls(site: Site, body: bytes | object, secret: str | None = "s3cret") -> httpx.Response:
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    headers = {} if secret is None else {SECRET: secret.encode()}
    async with site.browser() as browser:
        return await browser.client.post("/hooks/telegram", content=content, headers=headers)


UPDATE = {"update_id": 5, "message": {"text": "mất điện"}}


async def test_an_update_is_answered_after_it_was_received(site: Site) -> None:
    answer = await calls(site, UPDATE)
    assert (answer.status_code, answer.text) == (200, "ok")
    (said,) = site.received
    assert (said.key, said.text) == ("5", "mất điện")


@pytest.mark.parametrize("secret", [None, "", "wrong", "s3cret-ê", "S3CRET"])
async def test_without_the_secret_nothing_is_read(site: Site, secret: str | None) -> None:
    assert (await calls(site, UPDATE, secret)).status_code == 403
    assert not site.received


@pytest.mark.parametrize("hook", [None, Hook(secret="")])
async def test_without_a_hook_nobody_gets_in(
    make_database: Callable[[str], str], tmp_path: Path, hook: Hook | None
) -> None:
    async with site_for(make_database("sqlite"), tmp_path, telegram=hook) as site:
        assert (await calls(site, UPDATE, "")).status_code == 403
        assert (await calls(site, UPDATE, None)).status_code == 403


async def test_what_does_not_concern_us_is_confirmed(site: Site) -> None:
    assert (await calls(site, {"update_id": 6, "poll": {}})).status_code == 200
    assert not site.received


@pytest.mark.parametrize(
    ("body", "key", "error"),
    [
        (b"{", None, "JSONDecodeError"),
        (b"[]", None, "TypeError"),
        (b'{"\xff": 1}', None, "UnicodeDecodeError"),
        (b"[" * 100_000, None, "RecursionError"),
        (b'{"update_id": 7}', "u7", "KeyError"),
        (b'{"update_id": "x"}', None, "KeyError"),
    ],
)
async def test_what_cannot_be_read_is_set_aside(
    site: Site, body: bytes, key: str | None, error: str
) -> None:
    assert (await calls(site, body)).status_code == 200
    assert (await calls(site, body)).status_code == 200
    hook = site.doors.telegram
    assert isinstance(hook, Hook)
    first, second = hook.aside
    assert first[2] == error
    assert first[0] == second[0] == (key or first[0])


async def test_what_was_not_committed_comes_again(site: Site) -> None:
    async def fail(_: Incoming) -> None:
        raise RuntimeError

    site.meanwhile = fail
    assert (await calls(site, UPDATE)).status_code == 500
    assert (await calls(site, {"update_id": 8, "fail": 1})).status_code == 500


async def test_until_the_program_is_loaded_updates_are_to_come_again(
    make_database: Callable[[str], str], tmp_path: Path
) -> None:
    missing = ["classifier"]
    url = make_database("sqlite")
    async with site_for(url, tmp_path, telegram=Hook(), ready=lambda: list(missing)) as site:
        assert (await calls(site, UPDATE)).status_code == 503
        assert (await calls(site, UPDATE, "wrong")).status_code == 403
        missing.clear()
        assert (await calls(site, UPDATE)).status_code == 200
        assert len(site.received) == 1


async def test_health(site: Site) -> None:
    async with site.browser() as browser:
        assert (await browser.get("/healthz")).text == "ok"
        ready = await browser.get("/readyz")
    assert (ready.status_code, ready.json()) == (200, {"ready": True, "reasons": []})


async def test_not_ready_says_why(make_database: Callable[[str], str], tmp_path: Path) -> None:
    async with (
        site_for(make_database("sqlite"), tmp_path, ready=lambda: ["classifier"]) as site,
        site.browser() as browser,
    ):
        ready = await browser.get("/readyz")
    assert (ready.status_code, ready.json()["reasons"]) == (503, ["classifier"])


async def test_without_a_database_it_lives_and_is_not_ready(
    make_database: Callable[[str], str], tmp_path: Path
) -> None:
    gone = Database(f"sqlite:///{tmp_path}/nowhere/none.db")
    async with (
        site_for(make_database("sqlite"), tmp_path, database=gone) as site,
        site.browser() as browser,
    ):
        assert (await browser.get("/healthz")).status_code == 200
        ready = await browser.get("/readyz")
    assert (ready.status_code, ready.json()["reasons"]) == (503, ["database: OperationalError"])
