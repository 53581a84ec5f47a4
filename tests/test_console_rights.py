"""Who sees and changes what on a ticket's page, and that nothing people write is markup."""

import ast
import re
from pathlib import Path

import pytest
from fastapi.routing import APIRoute

import tickets
from storage.people import Contact, Role
from tests.desks import console
from tests.site import site_of
from tests.test_console_ticket import act
from tests.test_story_lists import made
from tests.test_story_work import SCANNER, people
from tests.world import World
from web import sessions
from web.console import routing
from web.console.words.events import EVENTS

OPEN = {"/vao/{token}", "/vao-email", "/vao-oidc", "/vao-oidc/ve"}
"""What is shown without a session: a link's button, which then decides; the form for a mail; the
way to a sign-in service and back, where there is one."""


def console_routes() -> list[tuple[str, str]]:
    """Every address of the console, from the app itself: a new one is tried without being named."""
    return [
        (method, route.path)
        for route in routing.routes().routes
        if isinstance(route, APIRoute)
        for method in sorted(route.methods)
    ]


async def test_no_address_opens_without_a_session_or_to_who_only_reports(world: World) -> None:
    official = await world.joins("chieu_luu", name="Lan")
    await official.says(SCANNER)
    site = site_of(world)
    (contact,) = [c for c in await site.rows(Contact) if c.person_id and c.channel != "x"][:1]
    assert len(console_routes()) > 25
    async with site.browser() as stranger, site.browser() as reporter:
        async with world.database.transaction() as session:
            own = await sessions.begin(
                session, contact.id or 0, world.now, person_id=contact.person_id
            )
        reporter.client.cookies.set("__Host-thaogo-console", own, domain="thaogo.test")
        for method, path in console_routes():
            if path in OPEN:
                continue
            filled = re.sub(r"\{code\}", (await world.ticket()).code, path)
            filled = re.sub(r"\{\w+\}", "1", filled)
            for browser in (stranger, reporter):
                send = browser.get if method == "GET" else browser.post
                assert (await send(filled)).status_code == 403, (method, path)


async def test_the_console_speaks_english_to_who_wants_it(world: World) -> None:
    official = await world.joins("chieu_luu", name="Lan")
    await official.says(SCANNER)
    desk = await world.joins((await world.ticket()).lead, Role.STAFF)
    await desk.says("/ngonngu en")
    async with console(site_of(world), desk) as browser:
        page = (await browser.get(f"/phieu/{(await world.ticket()).code}")).text
    assert '<html lang="en">' in page
    assert "Acknowledge" in page
    assert "Lịch sử" not in page


async def test_one_answer_for_what_is_absent_and_what_is_not_theirs(world: World) -> None:
    _official, _officer, _ = await people(world)
    other = await world.joins("so_y_te", Role.STAFF)
    ticket = await world.ticket()
    site = site_of(world)
    async with console(site, other) as browser:
        theirs = await browser.get(f"/phieu/{ticket.code}")
        absent = await browser.get("/phieu/NA-26-999999")
        assert (theirs.status_code, theirs.text) == (absent.status_code, absent.text)
        assert theirs.status_code == 404
        for path in ("viec", "luong", "tep/" + "0" * 64, "van-ban/reply"):
            await browser.get("/thoat")
            send = browser.post if path == "viec" else browser.get
            assert (await send(f"/phieu/{ticket.code}/{path}")).status_code in {400, 404}
        for odd in ("x", "NA-26-000001'--", "..%2f..%2fetc", "NA-26-000001%00"):
            assert (await browser.get(f"/phieu/{odd}")).status_code == 404


async def test_a_chair_reads_and_changes_nothing(world: World) -> None:
    official = await world.joins("chieu_luu", name="Lan")
    chair = await world.joins("chieu_luu", Role.HEAD)
    await official.says(SCANNER)
    ticket = await world.ticket()
    officer = await world.joins(ticket.lead, Role.STAFF)
    async with console(site_of(world), officer) as browser:
        await act(browser, ticket, "note", loi="chuyện riêng của sở")
    async with console(site_of(world), chair) as browser:
        assert ticket.code in (await browser.get("/phieu")).text
        page = (await browser.get(f"/phieu/{ticket.code}")).text
        assert SCANNER in page
        assert "chuyện riêng" not in page
        assert 'name="viec"' not in page
        assert (await act(browser, ticket, "ack")).startswith("403")


async def test_what_people_write_is_never_markup(world: World) -> None:
    _official, officer, _ = await people(world)
    evil = "<script>alert(1)</script><img src=x onerror=alert(1)>"
    await made(world, text=evil, place=evil, summary=evil, answers={"a": evil}, resolution=evil)
    ticket = await world.ticket()
    async with console(site_of(world), officer) as browser:
        for path in (f"/phieu/{ticket.code}", "/phieu", f"/phieu?tim={evil}"):
            page = (await browser.get(path)).text
            assert "<script>alert" not in page
            assert "<img src=x" not in page


def test_every_kind_of_event_has_words() -> None:
    folder = Path(tickets.__file__).parent
    kinds = set()
    for path in [*folder.glob("*.py"), *folder.glob("acts/*.py")]:
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and ast.unparse(node.func).split(".")[-1] in {
                "log", "_log", "_answered",
            }:  # fmt: skip
                said = [a.value for a in node.args if isinstance(a, ast.Constant)]
                kinds.update(word for word in said if isinstance(word, str))
    kinds -= {"", "clock", "triage"}  # rules and actors that stand beside the kind
    assert {"opened", "resolved", "invited"} <= kinds
    assert kinds - set(EVENTS) == set()


@pytest.mark.parametrize("kind", EVENTS)
def test_an_events_words_are_in_both_languages(kind: str) -> None:
    assert all(EVENTS[kind])
