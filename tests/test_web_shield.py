"""What stands before every page: headers, same-origin forms, size limits, no stack traces."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest

from tests.site import ORIGIN, Site, site_for
from web import shield
from web.hooks import SECRET
from web.shield import MB, SMALL


@pytest.fixture
async def site(make_database: Callable[[str], str], tmp_path: Path) -> AsyncIterator[Site]:
    async with site_for(make_database("sqlite"), tmp_path) as opened:
        yield opened


@pytest.mark.parametrize("path", ["/", "/join", "/chat", "/nowhere", "/healthz", "/static/chat.js"])
async def test_every_answer_carries_the_headers(site: Site, path: str) -> None:
    async with site.browser() as browser:
        headers = (await browser.get(path)).headers
    assert headers["content-security-policy"] == (
        "default-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'"
    )
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
    assert headers["x-frame-options"] == "DENY"
    assert "server" not in headers


async def test_pages_are_never_kept_and_static_files_are(site: Site) -> None:
    async with site.browser() as browser:
        page = await browser.get("/join")
        assert page.headers["cache-control"] == "no-store"
        style = page.text.split('rel="stylesheet" href="')[1].split('"')[0]
        kept = await browser.get(style)
        assert kept.headers["cache-control"] == "public, max-age=31536000, immutable"
        assert (await browser.get("/static/chat.js")).headers["cache-control"] == "no-store"


async def test_no_page_holds_a_script_or_style_of_its_own(site: Site) -> None:
    lan = await site.person()
    async with site.browser() as browser:
        await site.signed_in(browser, lan)
        await site.told(lan, "NA-26-000001", "Đúng")
        for path in ("/", "/join", "/join/AAAA", "/in/x", "/chat", "/out", "/nowhere"):
            text = (await browser.get(path)).text
            assert "<style" not in text
            assert " style=" not in text
            assert " onclick" not in text
            assert "<script>" not in text


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Origin": "https://evil.test"},
        {"Origin": "null"},
        {"Origin": "https://[thaogo.test"},
        {"Origin": "https://"},
        {"Origin": "https://thaogo.test.evil.test"},
        {"Origin": ORIGIN, "Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "none"},
        {"Sec-Fetch-Site": "same-origin", "Origin": "https://evil.test"},
    ],
)
async def test_a_form_from_elsewhere_is_refused(site: Site, headers: dict[str, str]) -> None:
    lan = await site.person()
    async with site.browser() as browser:
        await site.signed_in(browser, lan)
        await browser.get("/chat")
        for path in ("/chat/say", "/chat/press", "/out", "/join", "/in/abc"):
            answer = await browser.post(path, {"text": "x"}, headers=headers)
            assert answer.status_code == 403
            assert "không gửi từ trang Tháo Gỡ" in answer.text
    assert not site.received


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": ORIGIN},
        {"Sec-Fetch-Site": "same-origin"},
        {"Origin": "HTTPS://THAOGO.test", "Sec-Fetch-Site": "same-origin"},
    ],
)
async def test_our_own_forms_pass(site: Site, headers: dict[str, str]) -> None:
    lan = await site.person()
    async with site.browser() as browser:
        await site.signed_in(browser, lan)
        await browser.get("/chat")
        answer = await browser.post("/chat/say", {"text": "x"}, headers=headers)
    assert answer.status_code == 303


async def test_behind_a_proxy_the_public_address_counts(
    make_database: Callable[[str], str], tmp_path: Path
) -> None:
    url = make_database("sqlite")
    async with site_for(url, tmp_path, public_url="https://thaogo.gov.test") as site:
        lan = await site.person()
        async with site.browser() as browser:
            await site.signed_in(browser, lan)
            await browser.get("/chat")
            here = {"Origin": "https://thaogo.gov.test"}
            assert (await browser.post("/chat/say", {"text": "x"}, headers=here)).is_redirect


async def test_a_large_body_is_refused_by_its_announced_length(site: Site) -> None:
    async with site.browser() as browser:
        for path, size in [("/join", SMALL + 1), ("/hooks/telegram", MB + 1)]:
            answer = await browser.client.post(
                path, content=b"", headers={"Content-Length": str(size), "Origin": ORIGIN}
            )
            assert answer.status_code == 413
            assert "quá lớn" in answer.text


async def test_a_large_body_is_refused_as_it_comes(site: Site) -> None:
    read = 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal read
        while True:
            read += 16_384
            yield b"a" * 16_384

    kind = "application/x-www-form-urlencoded"
    async with site.browser() as browser:
        answer = await browser.client.post(
            "/join", content=endless(), headers={"Origin": ORIGIN, "Content-Type": kind}
        )
    assert answer.status_code == 413
    assert read <= SMALL + 2 * 16_384


@pytest.mark.parametrize("path", ["/join", "/chat/say", "/hooks/telegram"])
async def test_a_form_that_never_ends_is_not_waited_for(
    site: Site, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    monkeypatch.setattr(shield, "SILENCE", 0.1)
    lan = await site.person()

    async def silent() -> AsyncIterator[bytes]:
        yield b"text=m"
        await asyncio.Event().wait()

    kind = "application/x-www-form-urlencoded"
    headers = {"Origin": ORIGIN, "Content-Type": kind, SECRET: "s3cret"}
    async with site.browser() as browser, asyncio.timeout(5):
        await site.signed_in(browser, lan)
        answer = await browser.client.post(path, content=silent(), headers=headers)
    assert answer.status_code == (403 if path == "/hooks/telegram" else 408)


async def test_a_form_that_trickles_has_an_end(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shield, "SMALL_WITHIN", 0.2)

    async def trickle() -> AsyncIterator[bytes]:
        while True:
            yield b"a"
            await asyncio.sleep(0.01)

    kind = "application/x-www-form-urlencoded"
    async with site.browser() as browser, asyncio.timeout(5):
        answer = await browser.client.post(
            "/join", content=trickle(), headers={"Origin": ORIGIN, "Content-Type": kind}
        )
    assert answer.status_code == 408
    assert "Mạng quá chậm" in answer.text


async def test_no_address_leads_to_another_by_a_header(site: Site) -> None:
    async with site.browser() as browser:
        for path in ("/chat/", "/files/" + "0" * 64 + "/", "/join/x/"):
            answer = await browser.get(path, Host="evil.test")
            assert answer.status_code == 404


async def test_unknown_pages_and_methods_say_what_to_do(site: Site) -> None:
    async with site.browser() as browser:
        missing = await browser.get("/nowhere")
        assert missing.status_code == 404
        assert "Không có trang này" in missing.text
        for path in ("/docs", "/openapi.json", "/redoc", "/static/", "/static/../app.py"):
            assert (await browser.get(path)).status_code == 404
        wrong = await browser.post("/healthz", {})
        assert wrong.status_code == 405
        assert "Traceback" not in wrong.text


async def test_a_failure_shows_no_trace_and_logs_no_words(
    site: Site, capsys: pytest.CaptureFixture[str]
) -> None:
    lan = await site.person()

    async def fail(_: object) -> None:
        raise RuntimeError("bí mật")

    site.meanwhile = fail
    async with site.browser() as browser:
        await site.signed_in(browser, lan)
        answer = await browser.says("chuyện của tôi")
        assert answer.status_code == 500
        assert "chưa được ghi nhận" in answer.text
        assert "bí mật" not in answer.text
        assert answer.headers["content-security-policy"]
        told = await browser.post("/chat/say", {"text": "x"}, headers={
            "Origin": ORIGIN, "Accept": "application/json",
        })  # fmt: skip
        assert "chưa được ghi nhận" in json.loads(told.text)["problem"]
    logged = capsys.readouterr().out
    assert "RuntimeError in fail" in logged
    assert "bí mật" not in logged
    assert "chuyện của tôi" not in logged


async def test_until_the_database_is_open_only_the_first_page_answers(
    make_database: Callable[[str], str], tmp_path: Path
) -> None:
    missing = ["database", "classifier"]
    url = make_database("sqlite")
    async with (
        site_for(url, tmp_path, ready=lambda: list(missing)) as site,
        site.browser() as browser,
    ):
        assert (await browser.get("/")).status_code == 200
        assert (await browser.get("/healthz")).status_code == 200
        waiting = await browser.get("/chat")
        assert waiting.status_code == 503
        assert 'http-equiv="refresh"' in waiting.text
        missing.remove("database")
        assert (await browser.get("/chat")).status_code == 303
        assert (await browser.get("/readyz")).json() == {
            "ready": False,
            "reasons": ["classifier"],
        }


@pytest.mark.parametrize(
    "path",
    [
        "/chat?to=99999999999999999999999",
        "/chat?to=-1",
        "/chat?to=abc",
        "/chat/news?after=1e9",
        "/files/..%2f..%2fetc%2fpasswd",
        "/files/" + "g" * 64,
        "/files/" + "0" * 64,
        "/join/%00%ff",
        "/in/%F0%9F%92%A9",
        "/as/chieu_luu/chat",
        "/chat/say",
        "/%",
        "//evil.test/",
    ],
)
async def test_odd_addresses_never_break_a_page(site: Site, path: str) -> None:
    lan = await site.person()
    async with site.browser() as browser:
        await site.signed_in(browser, lan)
        assert (await browser.get(path)).status_code in {200, 400, 403, 404, 405}


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("application/x-www-form-urlencoded", b"\xff\xfe=\x00&csrf=%00%ff"),
        ("application/x-www-form-urlencoded", b"csrf=" + "ê".encode() * 9),
        ("multipart/form-data", b"no boundary"),
        ("multipart/form-data; boundary=x", b"--x\r\nContent-Disposition: form-data\r\n\r\n"),
        ("multipart/form-data; boundary=x", b"--x\r\n\xff\xff: \xff\r\n\r\n1\r\n--x--"),
        ("application/json", b"{}"),
        ("text/plain", b"csrf=1"),
    ],
)
async def test_odd_forms_are_refused_politely(site: Site, kind: str, body: bytes) -> None:
    lan = await site.person()
    async with site.browser() as browser:
        await site.signed_in(browser, lan)
        answer = await browser.client.post(
            "/chat/say", content=body, headers={"Origin": ORIGIN, "Content-Type": kind}
        )
    assert answer.status_code in {400, 403}
    assert not site.received
