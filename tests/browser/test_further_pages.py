"""The console's rarer pages in a real browser: every size and colour, by keyboard, no script."""

import pytest
import pytest_asyncio
from playwright.async_api import Page, expect

from storage.media import Media
from tests.browser.conftest import Office
from tests.browser.test_console import TOO_SMALL, WEIGHT, findings
from tests.browser.test_looks import sticks_out
from tests.doubts import unsure_text
from tests.test_story_clusters import NEAR, TOLD
from tests.test_story_lists import copied
from tests.test_story_storms import switched_on
from tests.test_templates import written
from web.drafts import DOCX

LANDSLIDE = "Sạt lở đất tràn vào 2 nhà dân bản Khe Tang, có người bị vùi, cần cứu gấp"
PAGES = (
    ("coordinator", "/nhu-cau"),
    ("coordinator", "/nhu-cau?bang=1"),
    ("coordinator", "/bao-lu"),
    ("coordinator", "{file}/xoa"),
    ("coordinator", "{danger}"),
    ("desk", "/nhu-cau"),
    ("leader", "/bao-lu"),
    ("admin", "/goi-du-lieu"),
    ("admin", "/phan-mem"),
    ("admin", "/nguoi"),
    ("admin", "/luu-giu"),
    ("coordinator", "/tin-hong"),
    ("admin", "/mau-van-ban/difficulties"),
    ("coordinator", "/thong-bao"),
)


@pytest_asyncio.fixture(loop_scope="session")
async def busy(office: Office) -> Office:
    """A province in a storm: needs alike, doubts, a silent commune, a photo in a ticket."""
    world = office.world
    for told, commune in zip(TOLD, NEAR, strict=True):
        who = office.official if commune == "chieu_luu" else await world.joins(commune)
        await who.says(told)
    await office.official.sends_photos(1, LANDSLIDE)
    await office.official.says(unsure_text())
    await world.settle()
    await switched_on(world, "Chiêu Lưu, Nậm Cắn, Mỹ Lý, Nhôn Mai")
    await office.official.says("2")
    await world.forward(minutes=31)
    await copied(world, 3)
    return office


async def places(office: Office) -> dict[str, str]:
    """Addresses with numbers in them."""
    (media,) = [row for row in await office.served.site.rows(Media) if row.hash]
    danger = next(row.code for row in await office.world.tickets() if row.id == media.ticket_id)
    return {"file": f"/phieu/{danger}/tep/{media.hash}", "danger": f"/phieu/{danger}"}


async def looked_at(page: Page, name: str) -> list[str]:
    """What is wrong with an open page at every size and in both colours."""
    found = []
    weight = await page.evaluate(WEIGHT)
    if weight > 60 * 1024:
        found.append(f"{name}: {weight // 1024} KB")
    await page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    for width in (1280, 360):
        await page.set_viewport_size({"width": width, "height": 740})
        if by := await sticks_out(page):
            found.append(f"{name} ({width}): sticks out by {by}")
        found += [f"{name} ({width}): small {b}" for b in await page.evaluate(TOO_SMALL)]
        for scheme in ("light", "dark"):
            await page.emulate_media(color_scheme=scheme)
            found += await findings(page, f"{name} ({width}, {scheme})")
    await page.emulate_media(color_scheme="light")
    return found


@pytest.mark.prove
async def test_every_rarer_page_fits_and_has_no_finding(busy: Office) -> None:
    known, open_pages = await places(busy), dict[str, Page]()
    found: list[str] = []
    for who, path in PAGES:
        if who not in open_pages:
            open_pages[who] = await busy.sits(who, color_scheme="light")
        page = open_pages[who]
        await page.goto(busy.served.origin + path.format(**known))
        await expect(page.locator("main h1")).to_be_visible()
        found += await looked_at(page, path)
    assert not found, "\n".join(found)


@pytest.mark.prove
async def test_forms_that_answer_with_a_page(busy: Office) -> None:
    """What is looked over before it is done: several tickets, a change of the pack, a new key."""
    found: list[str] = []
    coordinator = await busy.sits("coordinator", "/can-xem")
    for box in await coordinator.get_by_role("checkbox").all():
        await box.check()
    await coordinator.locator("#nhieu select").select_option("so_y_te")
    await coordinator.locator("#nhieu button").click()
    await expect(coordinator.get_by_text("sẽ giao").first).to_be_visible()
    found += await looked_at(coordinator, "bulk")
    admin = await busy.sits("admin", "/goi-du-lieu")
    await admin.locator("[name='deadline.urgent.acknowledge']").fill("1 hours")
    await admin.get_by_role("button", name="Xem thay đổi").click()
    await expect(admin.locator("main section.card")).to_be_visible()
    found += await looked_at(admin, "pack")
    await admin.goto(f"{busy.served.origin}/phan-mem")
    await admin.locator("[name=ten]").fill("Một cửa")
    await admin.locator("[name=nguoi]").fill("Lan")
    await admin.locator("[name=don-vi]").select_option("chieu_luu")
    await admin.locator("form.act button.first").click()
    await expect(admin.locator("code.said")).to_be_visible()
    found += await looked_at(admin, "key")
    await admin.goto(f"{busy.served.origin}/mau-van-ban/reply")
    file = {"name": "mau.docx", "mimeType": DOCX, "buffer": written("{{ so_phiu }} {{ xa }}")}
    await admin.set_input_files("input[type=file]", [file])
    await admin.locator("form.act button.first").click()
    await expect(admin.get_by_role("alert")).to_contain_text("so_phieu")
    found += await looked_at(admin, "template")
    assert not found, "\n".join(found)


PEOPLE = "Họ tên,Đơn vị,Vai trò\n" + "\n".join(
    f"Nguyễn Thị Bích {n},Sở Xây dựng,trực" for n in range(12)
)
OFFICES = "Mã,Tên đơn vị,Số trực\nso_xay_dung,,0238 3844 844\nban_moi,Ban Mới,\n"
CUT = """() => [...document.querySelectorAll(".code-card, .qr")]
  .filter((e) => getComputedStyle(e.closest(".code-card")).breakInside !== "avoid").length"""
"""Codes that a page's end may cut in two, as they are printed."""


@pytest.mark.prove
async def test_administrators_lists_on_a_phone_without_a_script(office: Office) -> None:
    """People and offices by a list, their printed codes, retention: looked at and pressed."""
    admin = await office.sits("admin", "/nguoi")
    found: list[str] = []
    await hands_in(admin, PEOPLE)
    await expect(admin.locator("td[data-head='Họ tên']").first).to_have_text("Nguyễn Thị Bích 0")
    found += await looked_at(admin, "people checked")
    await admin.goto(f"{office.served.origin}/goi-du-lieu")
    await hands_in(admin, OFFICES)
    found += await looked_at(admin, "offices checked")
    plain = await office.sits("admin", "/nguoi", java_script_enabled=False)
    await hands_in(plain, PEOPLE)
    await plain.get_by_role("button", name="Tạo mã mời").click()
    await expect(plain.locator(".code-card")).to_have_count(12)
    await plain.emulate_media(media="print")
    assert await plain.evaluate(CUT) == 0
    await expect(plain.locator("nav")).to_be_hidden()
    await plain.emulate_media(media="screen")
    await plain.goto(f"{office.served.origin}/goi-du-lieu")
    await hands_in(plain, OFFICES)
    await plain.locator("main section.card button.first").click()
    await expect(plain.get_by_role("status")).to_contain_text("Đã áp dụng")
    await plain.locator("summary").filter(has_text="Thời gian giữ").click()
    await plain.locator("[name='retention.lines']").fill("730 ngày")
    await plain.get_by_role("button", name="Xem thay đổi").click()
    await plain.locator("main section.card button.first").click()
    await plain.goto(f"{office.served.origin}/luu-giu")
    await expect(plain.get_by_role("row").filter(has_text="trang chat")).to_contain_text("730 ngày")
    assert not found, "\n".join(found)


async def hands_in(page: Page, content: str) -> None:
    """Send a list as a file from the open page."""
    file = {"name": "ds.csv", "mimeType": "text/csv", "buffer": content.encode()}
    await page.set_input_files("input[type=file]", [file])
    await page.locator("form[enctype] button").click()
    await expect(page.locator("main table").first).to_be_visible()


@pytest.mark.prove
async def test_the_rarer_forms_by_keyboard_and_without_a_script(busy: Office) -> None:
    """Purge a file, take a need up, change a deadline: Tab, Space, letters and Enter alone."""
    known = await places(busy)
    page = await busy.sits("coordinator", f"{known['file']}/xoa", java_script_enabled=False)
    await reached(page, "input[name=chac]")
    await page.keyboard.press("Space")
    await reached(page, "form.act button")
    await page.keyboard.press("Enter")
    await expect(page.get_by_text("Đã xóa hẳn một tệp")).to_be_visible()
    await page.goto(f"{busy.served.origin}/nhu-cau")
    await reached(page, "article.card button.first")
    await page.keyboard.press("Enter")
    await expect(page.locator("article.card .tag.amber")).to_have_count(0)
    page = await busy.sits("admin", "/goi-du-lieu", java_script_enabled=False)
    await reached(page, "[name='deadline.urgent.acknowledge']")
    await page.keyboard.press("Control+a")
    await page.keyboard.type("1 giờ")
    await page.keyboard.press("Enter")
    await reached(page, "section.card button.first")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("status")).to_be_visible()
    shown = page.locator("[name='deadline.urgent.acknowledge']")
    await expect(shown).to_have_value("1 giờ")


async def reached(page: Page, selector: str) -> None:
    """Press Tab until the element has the focus."""
    wanted = page.locator(selector).first
    for _ in range(150):
        await page.keyboard.press("Tab")
        if await page.evaluate("e => e === document.activeElement", await wanted.element_handle()):
            return
    raise AssertionError(f"the keyboard never reaches {selector}")
