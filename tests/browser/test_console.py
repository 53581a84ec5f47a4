"""The console in a real browser before a whole program: live, without a script, by keyboard."""

from datetime import timedelta

from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Page, expect
from sqlalchemy import update
from sqlmodel import col

from storage.people import Duty, Invitation, Person, Role
from storage.tickets import Ticket
from tests.browser.conftest import Office
from tests.browser.test_looks import sticks_out
from tests.doubts import unsure_text
from tests.test_story_lists import copied
from tests.world import START

WEIGHT = """() => [...performance.getEntriesByType("resource"),
                   ...performance.getEntriesByType("navigation")]
  .reduce((sum, e) => sum + Math.max(e.transferSize, e.encodedBodySize), 0)"""
TOO_SMALL = """() => [...document.querySelectorAll("button, a.button")]
  .filter((e) => e.checkVisibility() && e.getBoundingClientRect().height < 43.9)
  .map((e) => e.textContent)"""
"""Buttons that a finger misses."""
STREAM = """window.EventSource = class {
  constructor() { window.stream = this; }
  addEventListener(name, hear) { this[name] = hear; }
  close() {}
}"""
"""A stream that says what the test says."""
LANDSLIDE = "Sạt lở đất tràn vào 2 nhà dân bản Khe Tang, có người bị vùi, cần cứu gấp"


async def code_of(office: Office) -> str:
    return (await office.world.tickets())[0].code


async def test_a_new_ticket_appears_on_the_open_page(office: Office) -> None:
    page = await office.sits("desk")
    await page.evaluate("window.same = true")
    await expect(page.locator("tbody tr")).to_have_count(1)
    await copied(office.world, 1)
    await expect(page.locator("tbody tr")).to_have_count(2)
    assert await page.evaluate("window.same")


async def test_two_people_at_one_ticket(office: Office) -> None:
    path = f"/phieu/{await code_of(office)}"
    await undisturbed(await office.sits("desk"), office.served.origin + path)
    first, second = await office.sits("desk", path), await office.sits("desk", path)
    await second.locator("summary").filter(has_text="Cập nhật").click()
    await second.locator("form.act:visible textarea").fill("đang cử người lên")
    await first.get_by_role("button", name="Tiếp nhận").click()
    await expect(first.get_by_text("Đã tiếp nhận, xã được báo.")).to_be_visible()
    await expect(second.locator("#news")).to_contain_text("vừa có thay đổi")
    words = second.locator("form.act:visible textarea")
    await expect(words).to_have_value("đang cử người lên")
    await second.locator("form.act:visible button").click()
    await expect(second.get_by_role("alert")).to_contain_text("Chưa làm gì")
    await expect(words).to_have_value("đang cử người lên")
    await second.locator("form.act:visible button").click()
    await expect(second.get_by_role("status").filter(has_text="Đã báo xã.")).to_be_visible()


async def undisturbed(page: Page, address: str) -> None:
    """A part is made anew at any news; only what says something else is put on the page."""
    await page.add_init_script(STREAM)
    await page.goto(address)
    await page.evaluate("window.kept = document.querySelector('ol.line')")
    await page.evaluate("stream.part({ data: document.querySelector('[data-stream]').innerHTML })")
    await expect(page.locator("#news")).to_be_empty()
    assert await page.evaluate("kept.isConnected")
    await page.evaluate("stream.part({ data: '<p>Đã tiếp nhận</p>' })")
    await expect(page.locator("#news")).to_contain_text("vừa có thay đổi")


async def test_everything_works_without_a_script(office: Office) -> None:
    page = await office.sits("desk", java_script_enabled=False)
    await page.locator("tbody a").first.click()
    await page.get_by_role("button", name="Tiếp nhận").click()
    await page.locator("summary").filter(has_text="Hỏi thêm").click()
    await page.get_by_label("Câu hỏi").first.fill("Xe tải qua được không?")
    await page.get_by_role("button", name="Hỏi thêm").click()
    await expect(page.get_by_text("Đã hỏi xã.")).to_be_visible()
    await office.world.settle()
    assert any("Xe tải qua được không?" in text for text in await office.official.heard())
    await page.get_by_role("link", name="Thoát").click()
    await page.get_by_role("button", name="Đăng xuất mọi máy").click()
    await expect(page.get_by_role("heading", name="Đã thoát")).to_be_visible()


async def test_photos_open_and_close_without_a_script(office: Office) -> None:
    await office.official.sends_photos(2, LANDSLIDE)
    ticket = (await office.world.tickets())[-1]
    desk = await office.world.joins(ticket.lead, Role.STAFF, name="Trực")
    office.people["duty"] = desk
    page = await office.sits("duty", f"/phieu/{ticket.code}", java_script_enabled=False)
    await expect(page.locator(".thumbs img")).to_have_count(2)
    await page.locator(".thumbs a").first.click()
    box = page.locator("#anh-1")
    await expect(box).to_be_visible()
    await box.get_by_role("link", name="Ảnh sau").click()
    await expect(page.locator("#anh-2")).to_be_visible()
    await page.locator("#anh-2").get_by_role("link", name="Đóng").click()
    await expect(page.locator("#anh-2")).to_be_hidden()


async def test_the_keyboard_alone(office: Office) -> None:
    page = await office.sits("desk", f"/phieu/{await code_of(office)}")
    await page.keyboard.press("Tab")
    await expect(page.locator(".skip")).to_be_focused()
    await expect(page.locator(".skip")).to_be_in_viewport()
    await page.keyboard.press("Enter")
    for _ in range(30):
        await page.keyboard.press("Tab")
        focused = await page.evaluate("document.activeElement.textContent.trim()")
        if focused == "Tiếp nhận":
            break
    await page.keyboard.press("Enter")
    await expect(page.get_by_text("Đã tiếp nhận, xã được báo.")).to_be_visible()


def pages(code: str) -> list[tuple[str, str]]:
    return [
        ("desk", "/phieu"),
        ("desk", f"/phieu/{code}"),
        ("desk", "/bao-cao"),
        ("desk", "/thoat"),
        ("coordinator", "/can-xem"),
        ("coordinator", f"/phieu/{code}"),
        ("coordinator", "/thong-bao"),
        ("coordinator", "/bao-lu"),
        ("coordinator", "/mau-tra-loi"),
        ("coordinator", "/nhap-viec"),
        ("leader", "/toan-canh"),
        ("leader", "/toan-canh?bang=1"),
        ("admin", "/tin-hong"),
        ("admin", "/nguoi"),
        ("admin", "/kenh"),
        ("admin", "/nhat-ky"),
        ("admin", "/nhat-ky/xem"),
        ("admin", "/du-lieu-ca-nhan"),
        ("admin", "/du-lieu"),
    ]


async def test_pages_fit_weigh_little_and_have_no_finding(office: Office) -> None:
    """Each page is opened once, then narrowed, widened and darkened: opening it costs most."""
    await office.official.says(unsure_text())
    await office.world.forward(minutes=16)
    await worded(office, "Phongnhakebangdailam" * 40)
    open_pages: dict[str, Page] = {}
    found: list[str] = []
    for who, path in pages(await code_of(office)):
        if who not in open_pages:
            open_pages[who] = await office.sits(who, color_scheme="light")
        page = open_pages[who]
        await page.goto(office.served.origin + path)
        assert await page.evaluate(WEIGHT) < 60 * 1024, path
        for width in (1280, 360, 320):
            await page.set_viewport_size({"width": width, "height": 740})
            assert await sticks_out(page) == 0, (path, width)
            assert await page.evaluate(TOO_SMALL) == [], (path, width)
        await page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
        found += await findings(page, path)
        await page.emulate_media(color_scheme="dark")
        found += await findings(page, f"{path} (dark)")
        await page.emulate_media(color_scheme="light")
    assert not found, "\n".join(found)


async def worded(office: Office, word: str) -> None:
    """Let everything that people write be one word without an end."""
    async with office.world.database.transaction() as session:
        long = {"text": word * 3, "summary": word[:80], "place": word[:60], "origin": word[:90]}
        await session.execute(update(Ticket).values(**long))
        await session.execute(update(Person).values(name=col(Person.name) + word[:60]))
        await session.execute(update(Duty).values(post=word[:60]))
        session.add(Invitation(code_hash="x", unit="so_y_te", role=Role.STAFF, name=word[:80],
                               created_at=START, expires_at=START + timedelta(days=9)))  # fmt: skip


async def findings(page: Page, name: str) -> list[str]:
    """What the accessibility engine finds on a page."""
    results = await Axe().run(page)
    return [
        f"{name}: {v['id']} {v['impact']} {[n['html'][:90] for n in v['nodes']][:3]}"
        for v in results.response["violations"]
    ]
