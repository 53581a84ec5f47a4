"""Sessions: one-time links, what the cookie is, how it ends."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from storage import webchat
from storage.outbox import Notice
from storage.people import Contact, Person
from storage.webchat import BrowserSession
from tests.site import COOKIE, Site, cookie_of, site_for


@pytest.fixture
async def site(database_url: str, tmp_path: Path) -> AsyncIterator[Site]:
    async with site_for(database_url, tmp_path) as opened:
        yield opened


async def link(site: Site, person: Contact, purpose: str = webchat.CHAT) -> str:
    async with site.doors.database.transaction() as session:
        assert person.person_id is not None
        return webchat.make_link(session, person.person_id, purpose, site.now)


async def test_a_one_time_link_signs_in_once(site: Site) -> None:
    lan = await site.person()
    token = await link(site, lan)
    async with site.browser() as preview, site.browser() as phone, site.browser() as thief:
        for _ in range(2):
            assert "Đăng nhập" in (await preview.get(f"/in/{token}")).text
        assert (await phone.post(f"/in/{token}")).headers["location"] == "/chat"
        assert "Lan" in await phone.chat()
        refused = await thief.post(f"/in/{token}")
        assert refused.status_code == 403
        assert "đã dùng" in refused.text
        assert (await phone.post(f"/in/{token}")).is_redirect, "a second press of the same button"
    assert len(await site.rows(BrowserSession)) == 1


async def test_a_link_that_was_passed_on_says_whose_it_is_and_leads_nobody_else_anywhere(
    site: Site,
) -> None:
    lan, hoa = await site.person(), await site.person(name="Hoa")
    token = await link(site, lan)
    async with site.browser() as phone, site.browser() as other:
        await site.signed_in(other, hoa)
        shown = await other.get(f"/in/{token}")
        assert "của <strong>Lan</strong>" in shown.text
        await phone.post(f"/in/{token}")
        for answer in (await other.get(f"/in/{token}"), await other.post(f"/in/{token}")):
            assert answer.status_code == 403  # not to her own chat, as if that were Lan's form
            assert "đã dùng" in answer.text
        assert "Hoa" in await other.chat()
        assert (await phone.get(f"/in/{token}")).headers["location"] == "/chat"


@pytest.mark.parametrize("case", ["late", "other purpose", "unknown"])
async def test_a_link_that_opens_nothing(site: Site, case: str) -> None:
    lan = await site.person()
    token = await link(site, lan, "console" if case == "other purpose" else webchat.CHAT)
    if case == "late":
        site.now += timedelta(minutes=10)
    async with site.browser() as browser:
        path = f"/in/{'x' if case == 'unknown' else token}"
        for answer in (await browser.get(path), await browser.post(path)):
            assert answer.status_code == 403
            assert "set-cookie" not in answer.headers
            assert "Lan" not in answer.text


async def test_a_person_without_a_web_chat_gets_one(site: Site) -> None:
    async with site.doors.database.transaction() as session:
        person = Person(name="Hoa", joined_at=site.now)
        session.add(person)
        await session.flush()
        session.add(Contact(channel="telegram", address="77", person_id=person.id))
        assert person.id is not None
        token = webchat.make_link(session, person.id, webchat.CHAT, site.now)
    async with site.browser() as browser:
        await browser.post(f"/in/{token}")
        assert "Hoa" in await browser.chat()
    phone, page = await site.rows(Contact)
    assert (phone.channel, page.channel) == ("telegram", "web")
    (told,) = await site.rows(Notice)  # whoever did not open it takes it away again
    assert told.contact_id == phone.id
    assert "vừa được nối" in told.text
    assert told.buttons[0][0]["press"].endswith(f"c{page.id}")
    assert page.linked_at == site.now  # it drops no older chat for a day


async def test_signing_in_gives_a_new_secret_and_ends_the_old_one(site: Site) -> None:
    lan = await site.person()
    async with site.browser() as browser, site.browser() as attacker:
        planted = await site.signed_in(browser, lan)
        await browser.post(f"/in/{await link(site, lan)}")
        assert browser.client.cookies[COOKIE] != planted
        attacker.client.cookies.set(COOKIE, planted, domain="thaogo.test")
        assert (await attacker.get("/chat")).headers["location"] == "/join"


async def test_a_made_up_cookie_opens_nothing(site: Site) -> None:
    lan = await site.person()
    async with site.browser() as browser:
        await site.signed_in(browser, lan)
        (kept,) = await site.rows(BrowserSession)
        for value in ("", "x", kept.id_hash, kept.csrf):
            browser.client.cookies.set(COOKIE, value, domain="thaogo.test")
            assert (await browser.get("/chat")).headers["location"] == "/join"
            assert (await browser.get("/chat/stream")).status_code == 403


async def test_a_session_planted_by_a_neighbour_under_the_same_domain_is_not_ours(
    site: Site,
) -> None:
    lan = await site.person()
    async with site.browser() as browser:
        secret = await site.signed_in(browser, lan)
        joined = await browser.post(f"/in/{await link(site, lan)}")
        assert joined.headers["set-cookie"].startswith("__Host-thaogo=")
        assert "domain" not in joined.headers["set-cookie"].lower()
        browser.client.cookies.clear()
        browser.client.cookies.set("thaogo", secret, domain=".thaogo.test")
        assert (await browser.get("/chat")).headers["location"] == "/join"


async def test_signing_out_ends_the_session_after_asking(site: Site) -> None:
    lan = await site.person()
    async with site.browser() as browser:
        secret = await site.signed_in(browser, lan)
        assert "Thoát khỏi máy này?" in (await browser.get("/out")).text
        assert (await browser.get("/chat")).status_code == 200
        left = await browser.post("/out")
        assert cookie_of(left)["value"] == ""
        assert left.headers["clear-site-data"] == '"cache", "storage"'
        browser.client.cookies.set(COOKIE, secret, domain="thaogo.test")
        assert (await browser.get("/chat")).headers["location"] == "/join"


async def test_a_session_ends_when_it_was_not_used_for_thirty_days(site: Site) -> None:
    lan = await site.person()
    async with site.browser() as browser:
        await site.signed_in(browser, lan)
        assert "set-cookie" not in (await browser.get("/chat")).headers
        site.now += timedelta(days=29)
        renewed = await browser.get("/chat")
        assert cookie_of(renewed)["max-age"] == str(30 * 24 * 3600)
        site.now += timedelta(days=29)
        assert (await browser.get("/chat")).status_code == 200
        site.now += timedelta(days=30)
        assert (await browser.get("/chat")).headers["location"] == "/join"


async def test_sessions_can_be_ended_from_outside(site: Site) -> None:
    lan, hoa = await site.person("Lan"), await site.person("Hoa")
    async with site.browser() as one, site.browser() as other:
        await site.signed_in(one, lan)
        await site.signed_in(other, hoa)
        async with site.doors.database.transaction() as session:
            assert lan.person_id is not None
            await webchat.revoke(session, lan.person_id, site.now)
        assert (await one.get("/chat")).is_redirect
        assert (await other.get("/chat")).status_code == 200


async def test_a_person_who_is_not_active_is_out(site: Site) -> None:
    lan = await site.person(active=False)
    async with site.browser() as browser:
        await site.signed_in(browser, lan)
        assert (await browser.get("/chat")).is_redirect
