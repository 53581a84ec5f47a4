"""The chat in a real browser: live with a script, whole without one."""

import asyncio

from playwright.async_api import Locator, Page, Route, expect

from tests.browser.conftest import Served
from tests.site import picture

HIDE = """(hidden) => {
  Object.defineProperty(document, "hidden", { value: hidden, configurable: true });
  document.dispatchEvent(new Event("visibilitychange"));
}"""
PHOTO = {"name": "IMG_1.jpg", "mimeType": "image/jpeg", "buffer": picture()}


def line(page: Page, text: str) -> Locator:
    return page.locator("#lines li").filter(has_text=text)


async def says(page: Page, text: str) -> None:
    await page.get_by_label("Nội dung").fill(text)
    await page.get_by_role("button", name="Gửi").click()


async def test_a_message_and_its_answer_come_without_leaving_the_page(served: Served) -> None:
    page = await served.open(await served.site.person())
    await page.evaluate("window.same = true")
    await says(page, "mất điện từ sáng")
    await expect(line(page, "mất điện từ sáng").first).to_have_class("mine")
    await expect(line(page, "Đã ghi «mất điện từ sáng»")).to_be_in_viewport()
    await expect(page.get_by_label("Nội dung")).to_have_value("")
    await says(page, "lần nữa")
    await expect(line(page, "Đã ghi «lần nữa»")).to_be_visible()
    assert await page.evaluate("window.same")
    assert [said.text for said in served.site.received] == ["mất điện từ sáng", "lần nữa"]


async def test_a_press_changes_the_line_where_it_stands(served: Served) -> None:
    lan = await served.site.person()
    await served.site.told(lan, "Đúng đơn vị không?", "Đúng", "Sai đơn vị")
    await served.site.told(lan, "Tin sau")
    page = await served.open(lan)
    await page.get_by_role("button", name="Sai đơn vị").click()
    await expect(page.locator("#l1")).to_contain_text("Đã bấm Sai đơn vị")
    await expect(page.locator("#lines li").first).to_have_id("l1")
    await expect(page.get_by_role("button", name="Sai đơn vị")).to_have_count(0)


async def test_two_browsers_of_one_person_show_the_same(served: Served) -> None:
    lan = await served.site.person()
    phone = await served.open(lan)
    desk = await served.open(lan, viewport={"width": 1280, "height": 800})
    await says(phone, "từ điện thoại")
    await expect(line(desk, "Đã ghi «từ điện thoại»")).to_be_visible()
    await desk.get_by_role("button", name="Hủy").click()
    await expect(line(phone, "Đã bấm Hủy")).to_be_visible()


async def test_without_a_script_everything_works(served: Served) -> None:
    page = await served.open(await served.site.person(), java_script_enabled=False)
    await page.locator("input[type=file]").set_input_files([PHOTO])
    await says(page, "sạt lở\nbản Khe Tang")
    await expect(line(page, "Đã ghi «sạt lở")).to_be_in_viewport()
    await expect(page.locator("#lines img")).to_have_count(1)
    await page.get_by_role("button", name="Đúng").click()
    await expect(line(page, "Đã bấm Đúng")).to_be_visible()
    await expect(page.get_by_role("button", name="Vị trí")).to_be_hidden()
    await page.reload()
    await page.get_by_role("link", name="Xem tin mới").click()
    assert [said.text for said in served.site.received] == ["sạt lở\nbản Khe Tang", "Đúng"]


async def test_photos(served: Served) -> None:
    page = await served.open(await served.site.person())
    second = {**PHOTO, "buffer": picture("blue")}
    await page.locator("input[type=file]").set_input_files([PHOTO, second])
    await expect(page.locator("#chosen")).to_have_text("2 tệp")
    await page.get_by_role("button", name="Gửi").click()
    await expect(page.locator("#lines img")).to_have_count(2)
    assert await page.locator("#lines img").last.evaluate(
        "i => i.decode().then(() => i.naturalWidth)"
    )
    await expect(page.locator("#chosen")).to_have_text("Ảnh, tệp")
    bad = {**PHOTO, "buffer": b"no picture"}
    await page.locator("input[type=file]").set_input_files([bad])
    await says(page, "kèm ảnh hỏng")
    await expect(page.locator("#note")).to_contain_text("Có ảnh, tệp không nhận được")
    await expect(line(page, "Đã ghi «kèm ảnh hỏng»")).to_be_visible()


async def test_a_place(served: Served) -> None:
    page = await served.open(
        await served.site.person(),
        permissions=["geolocation"],
        geolocation={"latitude": 19.41, "longitude": 104.22},
    )
    await page.get_by_role("button", name="Vị trí").click()
    await expect(line(page, "Đã gửi vị trí")).to_be_visible()
    (said,) = served.site.received
    assert (said.lat, said.lon) == (19.41, 104.22)
    await says(page, "rồi nhắn thêm")
    await expect(line(page, "rồi nhắn thêm").first).to_be_visible()
    assert served.site.received[-1].lat is None


async def test_a_place_that_is_not_told(served: Served) -> None:
    page = await served.open(await served.site.person(), permissions=[])
    await page.get_by_role("button", name="Vị trí").click()
    await expect(page.locator("#note")).to_contain_text("viết tên bản, xóm")


async def test_a_reply_names_its_line(served: Served) -> None:
    lan = await served.site.person()
    await served.site.told(lan, "NA-26-000001 · máy scan hỏng")
    page = await served.open(lan)
    await page.get_by_role("link", name="Trả lời").click()
    await expect(page.locator("#to")).to_contain_text("NA-26-000001")
    await page.get_by_role("link", name="Bỏ").click()
    await expect(page.locator("#to")).to_be_hidden()
    await page.get_by_role("link", name="Trả lời").click()
    await says(page, "máy in cũng hỏng")
    await expect(line(page, "Đã ghi «máy in cũng hỏng»")).to_be_visible()
    await expect(page.locator("#to")).to_be_hidden()
    assert served.site.received[0].reply_to == "1"


async def test_what_found_no_network_is_sent_again_and_counts_once(served: Served) -> None:
    page = await served.open(await served.site.person())
    await page.context.set_offline(offline=True)
    await says(page, "mất sóng")
    await expect(page.locator("#note")).to_contain_text("Mất mạng")
    await expect(page.locator("#note")).to_be_in_viewport()
    await expect(page.get_by_label("Nội dung")).to_have_value("mất sóng")
    await page.context.set_offline(offline=False)
    await expect(line(page, "Đã ghi «mất sóng»")).to_be_visible()
    await expect(page.get_by_label("Nội dung")).to_have_value("")
    assert len({said.key for said in served.site.received}) == 1


async def test_what_a_proxy_finds_too_large_is_said_and_not_sent_for_ever(served: Served) -> None:
    page = await served.open(await served.site.person())
    sent = 0

    async def proxy(route: Route) -> None:
        nonlocal sent
        sent += 1
        html = "<h1>413 Request Entity Too Large</h1>"
        await route.fulfill(status=413, content_type="text/html", body=html)

    await page.route("**/chat/say", proxy)
    await says(page, "kèm ảnh lớn")
    await expect(page.locator("#note")).to_contain_text("quá lớn")
    await expect(page.get_by_label("Nội dung")).to_have_value("kèm ảnh lớn")
    await page.wait_for_timeout(3500)
    assert sent == 1


async def test_by_keyboard_the_message_box_is_one_step_away(served: Served) -> None:
    lan = await served.site.person()
    for n in range(20):
        await served.site.told(lan, f"NA-26-00000{n}", "Đúng", "Sai đơn vị")
    page = await served.open(lan)
    await page.keyboard.press("Tab")
    await expect(page.get_by_role("link", name="Đến ô viết tin")).to_be_in_viewport()
    await page.keyboard.press("Enter")
    await page.keyboard.type("mất điện")
    await expect(page.get_by_label("Nội dung")).to_have_value("mất điện")
    await page.keyboard.press("Enter")
    await expect(line(page, "Đã ghi «mất điện»")).to_be_visible()


async def test_after_a_restart_nothing_is_missing(served: Served) -> None:
    lan = await served.site.person()
    await served.site.told(lan, "phiếu mới", "Tiếp nhận")
    page = await served.open(lan)
    await expect(line(page, "phiếu mới")).to_be_visible()
    await served.stop()
    await served.site.told(lan, "tin lúc máy chủ nghỉ")
    await served.site.told(lan, "đã tiếp nhận", edits="1")
    await served.start()
    await expect(line(page, "tin lúc máy chủ nghỉ")).to_be_visible()
    await expect(page.locator("#l1")).to_contain_text("đã tiếp nhận")
    await expect(page.locator("#lines li")).to_have_count(2)


async def test_a_draft_outlives_a_reload(served: Served) -> None:
    page = await served.open(await served.site.person())
    await page.get_by_label("Nội dung").fill("đang viết dở")
    await page.reload()
    await expect(page.get_by_label("Nội dung")).to_have_value("đang viết dở")
    await page.get_by_label("Nội dung").press("Enter")
    await expect(line(page, "Đã ghi «đang viết dở»")).to_be_visible()
    await page.reload()
    await expect(page.get_by_label("Nội dung")).to_have_value("")


async def test_typed_markup_never_runs(served: Served) -> None:
    evil = "<img src=x onerror=alert(1)><script>alert(2)</script>"
    page = await served.open(await served.site.person(evil))
    await says(page, evil)
    await expect(line(page, "Đã ghi «<img")).to_be_visible()
    await page.reload()
    await expect(line(page, "Đã ghi «<img")).to_be_visible()
    assert await page.locator("#lines img, #lines script").count() == 0


async def test_a_session_that_has_ended_says_so(served: Served) -> None:
    lan = await served.site.person()
    page = await served.open(lan)
    other = await page.context.new_page()
    await other.goto(served.origin + "/out")
    await other.get_by_role("button", name="Thoát").click()
    await expect(page.locator("#note")).to_contain_text("Phiên đã kết thúc")


async def test_a_hidden_page_lets_its_stream_go_and_counts_what_waits(served: Served) -> None:
    lan = await served.site.person()
    page = await served.blank()
    await page.clock.install()
    shown = await served.open(lan)
    await page.context.add_cookies(await shown.context.cookies())
    await shown.close()
    await page.goto(served.origin + "/chat")
    await page.evaluate(HIDE, True)
    while served.site.doors.hub._watching:  # noqa: ASYNC110  until the browser has hung up
        await asyncio.sleep(0.01)
    await served.site.told(lan, "phiếu khẩn")
    await page.clock.fast_forward(31_000)
    await expect(page).to_have_title("(1) Lan · Tháo Gỡ")
    assert (await served.site.line(lan, 1)).seen_at is None
    await page.evaluate(HIDE, False)
    await expect(line(page, "phiếu khẩn")).to_be_visible()
    await expect(page).to_have_title("Lan · Tháo Gỡ")
