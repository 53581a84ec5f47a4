"""What is said when somebody may be in danger: to the reporter, and loudly to the desk."""

from storage.people import Role
from tests.world import World

FLOOD = "nuoc len nhanh ngap nha dan ban Luu Tien roi, may ho ket"
LANDSLIDE = "sat lo duong vao ban Khe Tang, dat da tran xuong 2 nha dan, xe k qua dc"


async def test_the_desk_of_an_emergency_hears_that_people_are_trapped(world: World) -> None:
    desk = await world.joins("so_nong_nghiep_moi_truong", Role.STAFF)
    official = await world.joins("chieu_luu")
    await official.says(FLOOD)
    assert (await world.ticket()).urgency == "emergency"
    await desk.news()
    await official.says("co 3 nguoi ket tren mai nha")
    assert any("co 3 nguoi ket" in text for text in await desk.news())
    assert any("112" in text for text in await official.news())


async def test_the_safety_question_outlives_the_acknowledgement(world: World) -> None:
    desk = await world.joins("so_nong_nghiep_moi_truong", Role.STAFF)
    official = await world.joins("chieu_luu")
    await official.says(LANDSLIDE)
    question = (await official.last()).text.splitlines()[-1]
    assert question.endswith("?")
    await desk.presses("Tiếp nhận")
    receipt = next(m for m in await official.chat.screen() if question in m.text)
    assert "đã tiếp nhận" in receipt.text
    assert [label for label, _ in receipt.buttons] == ["Có", "Không", "Chưa rõ"]

    await official.presses("Không")
    heard = await official.chat.screen()
    assert not any(question in message.text for message in heard)
    assert any("KHẨN CẤP" in m.text and "Thêm ảnh" in dict(m.buttons) for m in heard)
