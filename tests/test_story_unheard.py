"""News that no channel takes: work on the desk's page, a line of the next digest, done by phone."""

import re
from datetime import timedelta

import pytest

from storage.people import Role
from tests.desks import console
from tests.site import site_of
from tests.world import World

SOFTWARE = "Phần mềm một cửa từ sáng không đăng nhập được, bị đá ra liên tục"
pytestmark = pytest.mark.parametrize("world", [("zalo_oa", "sqlite")], ids="+".join, indirect=True)
FORM = re.compile(r'name="them" value="(\d+-\d+)"')


async def silent_for_eight_days(world: World) -> str:
    """A commune that Zalo takes nothing for any more; its desk has just told it something."""
    official = await world.joins("chieu_luu", name="Lan")
    desk = await world.joins("so_khoa_hoc_cong_nghe", Role.STAFF, name="Minh", channel="web")
    await official.says(SOFTWARE)
    await official.says("điện thoại: 0912345678")
    await desk.presses("Tiếp nhận")
    world.now += timedelta(days=8)
    await desk.says("1 cập nhật: đang chờ nhà mạng thay thiết bị")
    await world.forward(minutes=1)
    return (await world.ticket()).code


async def test_a_desk_calls_whom_no_channel_reaches(world: World) -> None:
    code = await silent_for_eight_days(world)
    minh, other = world.people["1001"], await world.joins("so_y_te", Role.STAFF, channel="web")
    site = site_of(world)
    async with console(site, other) as browser:
        assert "chưa tới ai" not in (await browser.get("/phieu")).text
    async with console(site, minh) as browser:
        queue = (await browser.get("/phieu")).text
        assert "Tin chưa tới ai" in queue
        assert 'href="tel:0912345678"' in queue
        page = (await browser.get(f"/phieu/{code}")).text
        assert "Lan · xã Chiêu Lưu" in page
        asked = FORM.findall(page)
        given = {"viec": "called", "thay": "1", "them": asked[0]}
        wrong = given | {"them": "999-1", "key": "0" * 32}
        assert (await browser.post(f"/phieu/{code}/viec", wrong)).status_code == 409
        for more in asked:
            await browser.get(f"/phieu/{code}")
            done = await browser.post(f"/phieu/{code}/viec", given | {"them": more})
            assert done.headers["location"].endswith("?da=called")
        assert "chưa tới ai" not in (await browser.get("/phieu")).text
    event = (await world.history())[-1]
    assert (event.kind, event.inputs["text"]) == ("said_by_phone", "Lan · xã Chiêu Lưu")


async def test_the_next_digest_names_the_ticket_and_what_the_month_costs(world: World) -> None:
    vice = await world.joins("ubnd_tinh", Role.LEADER, channel="web")
    code = await silent_for_eight_days(world)
    await world.comes_round()
    await vice.news()
    await world.forward(hours=23)
    (told,) = [text for text in await vice.news() if "phiếu đang xử lý" in text]
    assert f"Tin chưa tới ai (1): {code} (xã Chiêu Lưu, " in told
    assert "Kênh tháng này:" not in told  # on 2 December, and nothing was sent by Zalo
    await world.people["1001"].says("1 đến đâu rồi")
    await world.forward(days=1)
    (later,) = [text for text in await vice.news() if "phiếu đang xử lý" in text]
    assert re.search(r"Kênh tháng này: Zalo OA \d+ tin, 0 tin sau 48 giờ, ước 0 đ\.", later)
