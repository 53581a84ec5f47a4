"""A head approves and sends back by typing, with the number of the ticket or after reading it."""

import pytest

from handlers.verdicts import verdict_of
from storage.people import Role
from tests.world import Actor, World

SCANNERS = "Trung tâm phục vụ hành chính công xã có 2 máy scan hỏng, xin cấp máy mới"
FAR = "chưa có nguồn năm nay, báo lại 15/3"


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        ("123 duyệt", ("approve", "123", "")),
        ("duyệt phiếu 123 nhé", ("approve", "123", "")),
        ("NA-26-000123 đồng ý duyệt", ("approve", "na-26-000123", "")),
        ("ok duyệt", ("approve", "", "")),
        ("123 sửa lại: nêu rõ nguồn", ("sendback", "123", "nêu rõ nguồn")),
        ("123 trả lại chưa rõ nguồn", ("sendback", "123", "chưa rõ nguồn")),
        ("Sửa lại: nêu rõ nguồn", ("sendback", "", "nêu rõ nguồn")),
        ("duyệt kinh phí cho xã", None),
    ],
)
def test_what_heads_type(words: str, meant: tuple[str, str, str] | None) -> None:
    assert verdict_of(words) == meant


async def proposed(world: World) -> tuple[Actor, Actor, Actor]:
    official = await world.joins("chieu_luu", name="Lan")
    desk = await world.joins("so_tai_chinh", Role.STAFF, name="Tài")
    head = await world.joins("so_tai_chinh", Role.HEAD, name="Bình")
    await official.says(SCANNERS)
    await desk.says(f"1 chưa có nguồn lực: {FAR}")
    return official, desk, head


async def test_a_head_types_it(world: World) -> None:
    official, desk, head = await proposed(world)
    await head.says("1 sửa lại: nêu rõ nguồn")
    assert any("nêu rõ nguồn" in text for text in await desk.news())
    assert (await world.events())[-1] == "sent_back"
    await desk.says("1 chưa có nguồn lực: đưa vào dự toán 2027, báo lại 15/3")
    await head.says("/phieu")
    await official.news()
    await head.says("1 duyệt")
    assert (await world.ticket()).status == "planned"
    assert any("duyệt" in text for text in await official.news())


async def test_only_the_head_of_the_department_does(world: World) -> None:
    _, desk, head = await proposed(world)
    other = await world.joins("so_y_te", Role.HEAD)
    chair = await world.joins("chieu_luu", Role.HEAD)
    for somebody in (desk, other, chair):
        await somebody.says("1 duyệt")
        await somebody.says("1 sửa lại: không được")
    assert (await world.ticket()).proposal
    await head.says("1 duyệt")
    await head.says("1 duyệt")
    assert (await world.events()).count("approved") == 1


async def test_what_cannot_be_done_just_now_stays_proposed(world: World) -> None:
    official = await world.joins("chieu_luu", name="Lan")
    desk = await world.joins("so_tai_chinh", Role.STAFF, name="Tài")
    head = await world.joins("so_tai_chinh", Role.HEAD, name="Bình")
    await official.says(SCANNERS)
    await desk.says("1 hẹn 15/3")
    await desk.says("1 hỏi thêm: máy mua năm nào?")
    await head.says("1 duyệt")
    assert (await world.ticket()).proposal
    await official.says("1: mua nam 2019, het bao hanh roi")
    await head.says("1 duyệt")
    ticket = await world.ticket()
    assert ticket.promised_at is not None and not ticket.proposal
