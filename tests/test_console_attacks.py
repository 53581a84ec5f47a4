"""Attacks on the console itself: planted sessions, forms raced, addresses that lead elsewhere."""

import asyncio

import pytest

from storage.people import Role
from tests.desks import console, link_of
from tests.site import site_of
from tests.test_story_lists import BRIDGE
from tests.world import World

pytestmark = pytest.mark.parametrize("world", [("web", "sqlite")], ids="+".join, indirect=True)
COOKIE = "__Host-thaogo-console"


async def test_a_planted_session_is_not_the_one_that_signs_in(world: World) -> None:
    head = await world.joins("so_xay_dung", Role.HEAD)
    site = site_of(world)
    async with site.browser() as browser, site.browser() as attacker:
        for one in (browser, attacker):
            one.client.cookies.set(COOKIE, "planted" * 6, domain="thaogo.test")
        assert (await browser.post(f"/vao/{await link_of(head)}")).status_code == 303
        assert browser.client.cookies[COOKIE] != "planted" * 6
        assert (await browser.get("/phieu")).status_code == 200
        assert (await attacker.get("/phieu")).status_code == 403


async def test_the_session_that_was_there_ends_when_another_person_signs_in(world: World) -> None:
    head = await world.joins("so_xay_dung", Role.HEAD)
    other = await world.joins("so_y_te", Role.HEAD)
    site = site_of(world)
    async with console(site, head) as browser, site.browser() as thief:
        thief.client.cookies.set(COOKIE, browser.client.cookies[COOKIE], domain="thaogo.test")
        assert (await thief.get("/phieu")).status_code == 200
        await browser.post(f"/vao/{await link_of(other)}")
        assert (await thief.get("/phieu")).status_code == 403


async def test_of_two_forms_at_once_one_acts_and_the_other_hears_why(world: World) -> None:
    official = await world.joins("chieu_luu")
    await official.says(BRIDGE)
    ticket = await world.ticket()
    first, second = [await world.joins(ticket.lead, Role.STAFF, name=n) for n in ("Minh", "Thu")]
    site, path = site_of(world), f"/phieu/{ticket.code}"
    async with console(site, first) as one, console(site, second) as two:
        for browser in (one, two):
            await browser.get(path)
        form = {"viec": "ack", "thay": str(ticket.version)}
        sent = [browser.post(f"{path}/viec", form) for browser in (one, one, two)]
        answers = [answer.status_code for answer in await asyncio.gather(*sent)]
    assert sorted(answers) == [303, 303, 409]  # the same page sent twice is one form
    assert (await world.events()).count("acknowledged") == 1


async def test_no_address_or_field_leads_elsewhere(world: World) -> None:
    official = await world.joins("chieu_luu")
    await official.says(BRIDGE)
    ticket = await world.ticket()
    head = await world.joins(ticket.lead, Role.HEAD)
    async with console(site_of(world), head) as browser:
        for where in (
            "//evil.test",
            "https://evil.test/",
            "/\\evil.test",
            "can-xem/../../x",
            "\r\nX: y",
        ):
            await browser.get(f"/phieu/{ticket.code}")
            form = {"viec": "note", "loi": where, "ve": where, "next": where, "thay": "1"}
            answer = await browser.post(f"/phieu/{ticket.code}/viec", form)
            assert answer.headers["location"] == f"/phieu/{ticket.code}?da=note"
            for name in ("da", "next"):
                page = await browser.client.get("/dieu-hanh", params={name: where})
                assert page.headers["location"].startswith("/") and "evil" not in str(page.headers)


async def test_no_name_in_an_address_leads_out_of_its_folder(world: World) -> None:
    official = await world.joins("chieu_luu")
    await official.sends_photos(1, BRIDGE)
    ticket = await world.ticket()
    head = await world.joins(ticket.lead, Role.HEAD)
    async with console(site_of(world), head) as browser:
        for name in (
            "../x",
            "..%2f..%2fetc%2fpasswd",
            "%2e%2e/x",
            "..%5cx",
            "x%00",
            "%",
            "a" * 999,
        ):
            for path in (
                f"/phieu/{ticket.code}/tep/{name}",
                f"/phieu/{ticket.code}/van-ban/{name}",
                f"/phieu/{name}",
                f"/mau-van-ban/{name}",
                f"/mau-van-ban/{name}.docx",
                f"/phieu.xlsx/{name}",
                f"/letters/{name}",
                f"/given/{name}",
                f"/static/{name}",
            ):
                assert (await browser.get(path)).status_code in {404, 405}, path
