"""Closing needs evidence: a photo, a document's number, or a text that says what was done."""

import pytest

from storage.people import Role
from tests.world import World
from tickets.evidence import says_what_was_done

SOFTWARE = "Phần mềm một cửa từ sáng không đăng nhập được, bị đá ra liên tục"


@pytest.mark.parametrize(
    "words",
    [
        "ok", "xong", "Đã xử lý xong rồi nhé", "da giai quyet", "đã hoàn thành theo quy định", ".",
        "👍", "5", "đã khắc phục sự cố sáng nay", "done", "Đã báo cáo anh/chị", "",
    ],
)  # fmt: skip
def test_what_says_only_that_it_is_done(words: str) -> None:
    assert not says_what_was_done(words)


@pytest.mark.parametrize(
    "words",
    [
        "Đã khởi động lại", "đã sửa", "đã thay nguồn máy chủ", "da cap 2 may scan", "restarted it",
        "đã lắp dầm tạm", "Sở đã hướng dẫn xã đăng nhập lại, xong lúc 9h", "đã cấp gạo",
    ],
)  # fmt: skip
def test_what_says_what_was_done(words: str) -> None:
    assert says_what_was_done(words)


@pytest.mark.parametrize("typed", ["1 đã xử lý: xong rồi nhé", "1 đã xử lý"])
async def test_a_result_that_shows_nothing_is_asked_for(world: World, typed: str) -> None:
    official = await world.joins("chieu_luu", name="Lan")
    desk = await world.joins("so_khoa_hoc_cong_nghe", Role.STAFF, name="Minh")
    await official.says(SOFTWARE)
    await official.news()
    await desk.says(typed)
    await desk.says("ok xong")
    assert "ghi đã làm gì" in (await desk.last()).text
    assert (await world.ticket()).status == "new"
    assert not [text for text in await official.news() if "xử lý" in text]
    await desk.says("đã khởi động lại máy chủ")
    assert (await world.ticket()).status == "resolved"
    assert (await world.ticket()).resolution == "đã khởi động lại máy chủ"


async def test_a_photo_or_a_number_is_evidence_whatever_stands_beside_it(world: World) -> None:
    official = await world.joins("chieu_luu", name="Lan")
    desk = await world.joins("so_khoa_hoc_cong_nghe", Role.STAFF, name="Minh")
    await official.says(SOFTWARE)
    await desk.says("1 đã xử lý")
    await desk.sends_photos(1, "xong")
    assert (await world.ticket()).status == "resolved"
    await official.says("1 chưa xong")
    await desk.says("1 đã xử lý: xong, theo 25/SKHCN-CĐS")
    assert (await world.ticket()).status == "resolved"
