"""An office changes a template in Word and puts it back: its papers follow, nobody else's do."""

import io
import re

import docx
import httpx

from storage.paper_templates import PaperTemplate
from storage.people import Person, Role, Speaker
from tests.desks import console
from tests.site import Browser, Site, rules, site_of
from tests.test_story_letters import words_of
from tests.test_story_work import SCANNER
from tests.world import World
from tickets.acts import paper_templates as acts
from tickets.acts.paper_templates import KEPT
from tickets.moment import Moment

PAGE = "/mau-van-ban/reply"
LETTER = "/van-ban/reply"


def edited(content: bytes, words: str) -> bytes:
    """The file after somebody typed a line into it in Word."""
    document = docx.Document(io.BytesIO(content))
    document.add_paragraph(words)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


async def puts(browser: Browser, content: bytes, unit: str, **more: str) -> httpx.Response:
    page = await browser.get(f"{PAGE}?dv={unit}")
    seen = (re.findall(r'name="thay" value="(\d+)"', page.text) or ["0"])[0]
    data = {"viec": "nop", "dv": unit, "thay": seen, **more}
    name = "../<b>mẫu\u202e.docx"
    return await browser.post(PAGE, data, files={"tep": (name, content, "application/x")})


async def letter_of(browser: Browser, code: str) -> str:
    return words_of((await browser.get(f"/phieu/{code}{LETTER}")).content)


async def test_a_department_makes_its_letters_by_its_own_template(world: World) -> None:
    official = await world.joins("chieu_luu", name="Lan")
    await official.says(SCANNER)
    ticket = await world.ticket()
    head = await world.joins(ticket.lead, Role.HEAD)
    other = await world.joins("so_y_te", Role.HEAD)
    site = site_of(world)
    async with console(site, head) as browser, console(site, other) as away:
        assert "mẫu có sẵn" in (await browser.get("/mau-van-ban")).text
        template = (await browser.get(f"{PAGE}.docx?dv={ticket.lead}")).content
        changed = edited(template, "Trân trọng, {{ ten_co_quan }} ({{ so_phieu }}).")
        answer = await puts(browser, changed, ticket.lead)
        assert answer.headers["location"].endswith(f"?dv={ticket.lead}&da=1")
        page = (await browser.get(f"{PAGE}?dv={ticket.lead}&da=1")).text
        assert "Đã nhận mẫu" in page and "&lt;b&gt;mẫu.docx" in page and "../" not in page
        assert f"({ticket.code})." in await letter_of(browser, ticket.code)
        tried = words_of((await browser.get(f"{PAGE}.docx?dv={ticket.lead}&thu=1")).content)
        assert "Trân trọng, Sở Tài chính (NA-26-000123)." in tried
        assert "mẫu riêng từ" in (await browser.get("/mau-van-ban")).text

        assert (await away.get(f"{PAGE}?dv={ticket.lead}")).status_code == 404
        assert (await away.get(f"{PAGE}.docx?ban=1")).status_code == 404
        assert (await puts(away, changed, "so_y_te", dv=ticket.lead)).status_code == 404
        assert (await browser.get(f"{PAGE}.docx?dv={ticket.lead}&ban=1")).content == changed

        stale = await puts(browser, changed, ticket.lead, thay="0", key="khac-1234")
        assert (stale.status_code, "người khác vừa nộp" in stale.text) == (409, True)
        await puts(browser, b"", ticket.lead, viec="bo")
        assert "Trân trọng" not in await letter_of(browser, ticket.code)


async def test_the_provinces_template_serves_whoever_has_none(world: World) -> None:
    official = await world.joins("chieu_luu", name="Lan")
    await official.says(SCANNER)
    ticket = await world.ticket()
    head = await world.joins(ticket.lead, Role.HEAD)
    admin = await world.joins("van_phong_ubnd", Role.ADMIN)
    site = site_of(world)
    async with console(site, head) as browser, console(site, admin) as province:
        bundled = (await province.get(f"{PAGE}.docx?dv=")).content
        await browser.get(PAGE)
        assert (await puts(browser, edited(bundled, "CHUNG"), "")).status_code == 404
        await puts(province, edited(bundled, "CHUNG {{ xa }}"), "")
        assert "CHUNG xã Chiêu Lưu" in await letter_of(browser, ticket.code)
        assert "mẫu chung của tỉnh" in (await browser.get("/mau-van-ban")).text
        await puts(browser, edited(bundled, "RIÊNG"), ticket.lead)
        assert "RIÊNG" in await letter_of(browser, ticket.code)
        await puts(browser, b"", ticket.lead, viec="bo")
        assert "CHUNG" in await letter_of(browser, ticket.code)


async def test_what_does_not_fit_is_told_and_nothing_changes(world: World) -> None:
    head = await world.joins("so_y_te", Role.HEAD)
    site = site_of(world)
    async with console(site, head) as browser:
        bundled = (await browser.get(f"{PAGE}.docx")).content
        for content, words in (
            (edited(bundled, "{{ so_phiu }}"), "Không có chỗ điền tên này: <code>so_phiu</code>"),
            (edited(bundled, "{{ ''.__class__ }}"), "Không dùng được trong mẫu"),
            (edited(bundled, "{% if xa %}"), "Thẻ viết sai, gần: <code>{% if xa %}"),
            (b"", "Chưa chọn tệp"),
            (b"MZ\x90", "không phải .docx"),
        ):
            answer = await puts(browser, content, "so_y_te")
            assert (answer.status_code, words in answer.text) == (422, True), words
        assert (
            "có phải <code>so_phieu</code>?"
            in (await puts(browser, edited(bundled, "{{ so_phiu }}"), "so_y_te")).text
        )
        odd = {"viec": "x", "dv": "so_y_te", "thay": "0"}
        assert (await browser.post(PAGE, odd)).status_code == 400
        for path in ("/mau-van-ban/evil", "/mau-van-ban/..%2Fx.docx", f"{PAGE}.docx?ban=99"):
            assert (await browser.get(path)).status_code == 404
    assert await site.rows(PaperTemplate) == []


async def test_what_an_update_made_unfit_gives_way_and_is_told(world: World) -> None:
    official = await world.joins("chieu_luu", name="Lan")
    await official.says(SCANNER)
    ticket = await world.ticket()
    head = await world.joins(ticket.lead, Role.HEAD)
    site = site_of(world)
    async with console(site, head) as browser:
        template = (await browser.get(f"{PAGE}.docx")).content
        await puts(browser, edited(template, "RIÊNG"), ticket.lead)
        await spoil(site)
        assert "Kính gửi: UBND xã Chiêu Lưu" in await letter_of(browser, ticket.code)
        assert "không còn dùng được" in (await browser.get(PAGE)).text
        assert (await browser.get(f"{PAGE}.docx?thu=1")).status_code == 409


async def test_only_the_last_versions_are_kept(world: World) -> None:
    site = site_of(world)
    contact = await site.person(unit="so_y_te", role=Role.HEAD)
    assert contact.person_id is not None
    by = contact.person_id
    async with site.doors.database.transaction() as session:
        moment = Moment(session, site.now, rules())
        who = Speaker(contact, await session.get(Person, by), (("so_y_te", Role.HEAD),))
        for number in range(KEPT + 3):
            put = {"content": b"x", "name": f"{number}", "seen": number}
            await acts.put(moment, who, "reply", "so_y_te", **put)
    rows = await site.rows(PaperTemplate)
    assert [row.name for row in rows] == [f"{n}" for n in range(3, KEPT + 3)]


async def spoil(site: Site) -> None:
    async with site.doors.database.transaction() as session:
        row = await session.get(PaperTemplate, 1)
        assert row is not None
        row.content = "UEsDBA=="
