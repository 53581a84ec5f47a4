"""How a browser becomes somebody's: codes, one-time links, cookies, and the way out."""

import asyncio
from collections.abc import AsyncIterator, Callable
from datetime import timedelta
from pathlib import Path

import pytest

from storage import people
from storage.invitations import PAUSE, find, hash_code
from storage.people import Contact, Person, Role
from storage.webchat import BrowserSession, hash_token
from tests.site import START, Site, cookie_of, site_for
from tickets.incoming import Incoming
from web import tries


@pytest.fixture
async def site(database_url: str, tmp_path: Path) -> AsyncIterator[Site]:
    async with site_for(database_url, tmp_path) as opened:
        opened.meanwhile = joins(opened)
        yield opened


def joins(site: Site) -> Callable[[Incoming], object]:
    """What the program does with a good code that comes as a message."""

    async def join(said: Incoming) -> None:
        async with site.doors.database.transaction() as session:
            invitation = await find(session, said.text, site.now)
            who = await people.speaker_at(session, "web", said.address, said.sent_at)
            if invitation is None or who is None or who.person is not None:
                return
            person = Person(name="Lan", joined_at=site.now)
            session.add(person)
            await session.flush()
            who.contact.person_id = person.id
            invitation.used_at, invitation.used_by = site.now, person.id

    return join


async def test_an_invitation_makes_a_session_with_one_press(site: Site) -> None:
    code = await site.code()
    async with site.browser() as browser:
        shown = await browser.get(f"/join/{code}")
        assert "Tham gia" in shown.text
        assert not await site.rows(Contact)
        joined = await browser.post(f"/join/{code}")
        assert joined.headers["location"] == "/chat"
        cookie = cookie_of(joined)
        assert (await browser.get("/chat")).status_code == 200
    assert cookie["httponly"] == "True"
    assert cookie["secure"] == "True"
    assert cookie["samesite"] == "lax"
    assert cookie["path"] == "/"
    assert cookie["domain"] == ""
    assert cookie["max-age"] == str(30 * 24 * 3600)
    assert len(cookie["value"]) >= 43
    (said,) = site.received
    assert hash_code(said.text) == hash_code(code)
    (contact,) = await site.rows(Contact)
    assert len(contact.address) == 32
    (kept,) = await site.rows(BrowserSession)
    assert kept.id_hash == hash_token(cookie["value"])
    assert cookie["value"] not in str(kept)


async def test_opening_a_link_uses_nothing_up(site: Site) -> None:
    code = await site.code()
    async with site.browser() as preview, site.browser() as person:
        for _ in range(3):
            await preview.get(f"/join/{code}")
        await person.get(f"/join/{code}")
        assert (await person.post(f"/join/{code}")).is_redirect


async def test_a_code_works_once(site: Site) -> None:
    code = await site.code()
    async with site.browser() as first, site.browser() as second:
        await first.get(f"/join/{code}")
        await first.post(f"/join/{code}")
        await second.get(f"/join/{code}")
        refused = await second.post(f"/join/{code}")
    assert refused.status_code == 403
    assert "đã dùng" in refused.text
    assert "set-cookie" not in refused.headers
    assert len(await site.rows(Contact)) == 1


async def test_a_button_pressed_twice_lets_one_person_in(site: Site) -> None:
    code = await site.code()
    async with site.browser() as browser:
        await browser.get(f"/join/{code}")
        answers = await asyncio.gather(*(browser.post(f"/join/{code}") for _ in range(3)))
        assert all(answer.is_redirect for answer in answers)
        assert (await browser.get("/chat")).status_code == 200
    assert len(await site.rows(Contact)) == 1
    assert len({said.key for said in site.received}) == 1


async def test_an_old_page_is_no_way_in(site: Site) -> None:
    code = await site.code()
    async with site.browser() as browser, site.browser() as finder:
        await browser.get(f"/join/{code}")
        await browser.post(f"/join/{code}")
        finder.fields = browser.fields
        site.now += timedelta(minutes=10)
        refused = await finder.post(f"/join/{code}")
        assert refused.status_code == 403
        assert "set-cookie" not in refused.headers
        for other in ("2222-2222-2222", await site.code()):
            refused = await finder.post("/join", {"code": other, "key": browser.fields["key"]})
            assert refused.status_code == 403
            assert "set-cookie" not in refused.headers
        assert len(await site.rows(Contact)) == 1


async def test_a_code_may_be_typed(site: Site) -> None:
    code = await site.code()
    async with site.browser() as browser:
        await browser.get("/join")
        joined = await browser.post("/join", {"code": f" {code.lower().replace('-', ' ')} "})
    assert joined.headers["location"] == "/chat"


@pytest.mark.parametrize("code", ["", "AAAA", "2222-2222-2222", "'; drop table people; --"])
async def test_a_wrong_code_leaves_nothing_behind(site: Site, code: str) -> None:
    async with site.browser() as browser:
        await browser.get("/join")
        refused = await browser.post("/join", {"code": code})
    assert refused.status_code == 403
    assert "chưa đúng" in refused.text
    assert not await site.rows(Contact)
    assert not site.received


async def test_a_groups_code_is_told_where_it_belongs(site: Site) -> None:
    code = await site.code(Role.DESK)
    async with site.browser() as browser:
        await browser.get("/join")
        refused = await browser.post("/join", {"code": code})
    assert "trong nhóm" in refused.text
    assert not await site.rows(Contact)


async def test_guessing_ends_for_one_address_and_begins_again_an_hour_later(site: Site) -> None:
    good = await site.code()
    async with site.browser() as browser:
        await browser.get("/join")
        for _ in range(tries.MOST):
            assert (await browser.post("/join", {"code": "2222-2222-2222"})).status_code == 403
        assert (await browser.post("/join", {"code": good})).status_code == 429
        assert (await browser.post("/in/wrong")).status_code == 429
        site.now += timedelta(hours=1)
        assert (await browser.post("/join", {"code": good})).is_redirect


async def test_while_many_are_wrong_a_network_that_was_wrong_pauses_and_others_come_in(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("storage.invitations.MANY_WRONG", 2)
    good, other = await site.code(), await site.code()
    async with site.browser() as browser, site.browser(client="10.0.0.8") as elsewhere:
        await browser.get("/join")
        for _ in range(2):
            assert (await browser.post("/join", {"code": "2222-2222-2222"})).status_code == 403
        assert (await browser.post("/join", {"code": good})).status_code == 429
        await elsewhere.get("/join")
        assert (await elsewhere.post("/join", {"code": other})).is_redirect
        site.now += PAUSE
        await browser.get("/join")
        assert (await browser.post("/join", {"code": good})).is_redirect


async def test_a_browser_that_is_signed_in_passes_its_code_on(site: Site) -> None:
    lan, code = await site.person(), await site.code(Role.STAFF)
    async with site.browser() as browser:
        await site.signed_in(browser, lan)
        await browser.get(f"/join/{code}")
        passed = await browser.post(f"/join/{code}")
    assert passed.headers["location"] == "/chat"
    assert "set-cookie" not in passed.headers
    (said,) = site.received
    assert said.address == lan.address
    assert len(await site.rows(Contact)) == 1


async def test_over_plain_http_the_cookie_is_not_secure(
    make_database: Callable[[str], str], tmp_path: Path
) -> None:
    async with site_for(make_database("sqlite"), tmp_path, secure_cookies=False) as site:
        site.meanwhile = joins(site)
        code = await site.code()
        async with site.browser(origin="http://127.0.0.1:8080") as browser:
            await browser.get("/join")
            joined = await browser.post(
                "/join", {"code": code}, headers={"Origin": "http://127.0.0.1:8080"}
            )
    assert "Secure" not in joined.headers["set-cookie"]
    assert "HttpOnly" in joined.headers["set-cookie"]


def test_an_ipv6_network_counts_as_one() -> None:
    wrong = tries.Tries()
    for n in range(tries.MOST):
        wrong.count(f"2001:db8:1:2::{n}", START)
    assert not wrong.left("2001:db8:1:2:ffff::1", START)
    assert wrong.left("2001:db8:1:3::1", START)
    assert wrong.left("10.0.0.1", START)
    assert wrong.left("unix", START)


def test_only_so_many_addresses_are_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tries, "REMEMBERED", 3)
    wrong = tries.Tries()
    for n in range(10):
        wrong.count(f"10.0.0.{n}", START)
    assert len(wrong._wrong) == 3
