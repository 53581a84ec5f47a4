"""Who sees and changes what on a ticket's page, and that nothing people write is markup."""

import ast
from pathlib import Path

import pytest

import tickets
from storage.people import Role
from tests.desks import console
from tests.site import site_of
from tests.test_console_ticket import act
from tests.test_story_work import SCANNER, people
from tests.world import World
from web.console.words.events import EVENTS


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


def test_every_events_words_are_in_both_languages() -> None:
    assert [kind for kind, words in EVENTS.items() if not all(words)] == []


@pytest.mark.parametrize("world", [("web", "postgresql")], ids="+".join, indirect=True)
async def test_what_no_column_can_hold_breaks_no_address(world: World) -> None:
    admin = await world.joins("van_phong_ubnd", Role.ADMIN)
    coordinator = await world.joins("van_phong_ubnd", Role.COORDINATOR)
    site, odd = site_of(world), "a%00%ed%a0%80'"
    async with console(site, coordinator) as browser, console(site, admin) as another:
        for one in (browser, another):
            await one.get("/thoat")
        for query in ("tim", "xa", "lv", "dv", "tt", "nhap", "trang", "cua"):
            for path in ("/phieu", "/phieu.csv"):
                assert (await browser.get(f"{path}?{query}={odd}")).status_code == 200, query
        for number in (2**31, 2**63, 10**30):
            assert (await browser.get(f"/nhu-cau/{number}.docx")).status_code == 404
            assert (await browser.get(f"/thong-bao/{number}")).status_code == 404
            assert (await browser.post(f"/nhu-cau/{number}", {"viec": "lap"})).status_code == 404
            assert (await another.get(f"/nhat-ky?truoc={number}")).status_code == 200
        for path in (f"/nhat-ky/xem?phieu={odd}", f"/join/{odd}", f"/vao/{odd}", f"/given/{odd}"):
            assert (await another.get(path)).status_code in {200, 404}, path
        assert (await another.get(f"/letters/{odd}")).status_code == 404
        assert (await another.post("/tin-hong/viec", {"viec": "drop", "so": "9" * 17})).is_redirect
