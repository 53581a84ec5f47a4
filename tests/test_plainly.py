"""What a desk says without a number or a colon, and what of it is only talk."""

import pytest

from handlers.plainly import plain_act_of
from storage.people import Role
from tests.world import World

BRIDGE = "Cầu treo bản Tờ đứt một cáp, xã đã rào không cho đi"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("tôi nhận", ("ack", "")),
        ("ok anh nhận nhé", ("ack", "")),
        ("để em xử lý", ("ack", "")),
        ("ok để em xem đã", ("ack", "")),
        ("để em xem lại cái này có đúng không", None),
        ("ok, hẹn 2 ngày nữa thông xe", ("promise", "2 ngày nữa thông xe")),
        ("hẹn lại ngày kia", ("promise", "ngày kia")),
        ("trả lại sở xây dựng, đường xã", ("reroute", "sở xây dựng, đường xã")),
        ("nhận rồi ạ", ("ack", "")),
        ("hẹn mai", ("promise", "mai")),
        ("hẹn ngày 25/11", ("promise", "25/11")),
        ("báo xã là cấm hẳn người qua cầu", ("update", "cấm hẳn người qua cầu")),
        ("hỏi xã xem xe vào được tới đâu", ("ask", "xe vào được tới đâu")),
        ("phân công anh Nam", ("assign", "anh Nam")),
        ("chuyển sang Sở Tài chính giúp", ("reroute", "Sở Tài chính giúp")),
        ("hẹn t4 tuần tới nha", ("promise", "t4 tuần tới nha")),
        ("chuyển bên nông nghiệp nhé", ("reroute", "bên nông nghiệp nhé")),
        ("nhận được văn bản rồi", None),
        ("hẹn gặp anh sau nhé", None),
        ("chuyển hồ sơ cho văn thư", None),
        ("giao ban 8h nhé", None),
        ("mai cử cán bộ lên", None),
    ],
)
def test_acts_said_plainly(text: str, expected: tuple[str, str] | None) -> None:
    assert plain_act_of(text) == expected


async def test_a_desk_works_in_plain_words(world: World) -> None:
    desk = await world.joins("so_xay_dung", Role.STAFF)
    official = await world.joins("con_cuong")
    await official.says(BRIDGE)
    await desk.says("để em xử lý")
    assert (await world.ticket()).status == "acknowledged"
    await desk.says("hẹn mai")
    assert "hẹn thứ Ba 24/11/2026" in (await official.last()).text
    await desk.says("báo xã là cấm hẳn người qua cầu")
    assert "“cấm hẳn người qua cầu”" in (await official.last()).text


async def test_a_sentence_about_the_card_just_shown_is_a_note(world: World) -> None:
    desk = await world.joins("so_xay_dung", Role.STAFF)
    official = await world.joins("con_cuong")
    await official.says(BRIDGE)
    await desk.says("mai cử cán bộ lên xem cáp")
    assert "ghi chú nội bộ" in (await desk.last()).text
    assert await desk.labels() == ["Gửi cho xã"]
