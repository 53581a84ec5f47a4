"""Roll-calls: several answers, old ones, outages of our own, and what is no answer but a report."""

from datetime import timedelta

import pytest

from storage.people import Role
from storage.tickets import Status
from tests.test_story_storms import ROAD, silent, states, switched_on
from tests.world import World


@pytest.mark.needs("changes", "presses")
async def test_several_answers_are_ticked_and_taken_back(world: World) -> None:
    lan = await world.joins("chieu_luu", name="Lan")
    await switched_on(world)
    await lan.presses("Mất điện")
    await lan.presses("Đường chia cắt")
    assert {"✅ Mất điện", "✅ Đường chia cắt", "An toàn"} <= set(await lan.labels())
    await lan.presses("✅ Mất điện")
    assert "Mất điện" in await lan.labels()
    await lan.presses("An toàn")
    assert "Đường chia cắt" in await lan.labels()
    await lan.presses("Xong")
    assert "Đã ghi xã Chiêu Lưu: an toàn." in (await lan.news())[-1]


async def test_after_an_outage_of_ours_everybody_is_asked_once_and_nobody_is_called_silent(
    world: World,
) -> None:
    lan = await world.joins("chieu_luu", name="Lan")
    coordinator = await switched_on(world)
    assert len(await lan.news()) == 1
    world.now += timedelta(hours=9)
    await world.program.tick()
    await world.settle()
    asked = await lan.news()
    assert len(asked) == 1
    assert "lúc này?" in asked[0]
    assert await coordinator.news() == []
    await world.forward(minutes=31)
    assert "1 chưa trả lời" in (await coordinator.news())[-1]


async def test_a_count_that_our_outage_delayed_gives_time_to_answer(world: World) -> None:
    lan = await world.joins("chieu_luu", name="Lan")
    coordinator = await switched_on(world)
    world.now += timedelta(hours=1)
    await world.program.tick()
    await world.settle()
    assert await coordinator.news() == []
    await lan.says("an toàn cả ạ")
    await world.forward(minutes=31)
    assert "1 an toàn" in (await coordinator.news())[-1]


async def test_a_roll_call_that_is_over_shows_the_newest_one(world: World) -> None:
    lan = await world.joins("chieu_luu", name="Lan")
    await switched_on(world)
    old = dict((await lan.last()).buttons)["Mất điện"]
    await world.forward(hours=3, minutes=1)
    await lan.news()
    await lan.presses_data(old)
    assert "Lần hỏi này đã qua" in (await lan.news())[-1]
    await lan.presses("Mất điện")
    assert await states(world) == {"chieu_luu": ("power",), "my_ly": ()}


async def test_that_all_was_well_before_a_roll_call_answers_it_not(world: World) -> None:
    """Words that Zalo brings an hour late tell of then; whatever is wrong counts all the same."""
    lan = await world.joins("chieu_luu", name="Lan")
    await switched_on(world)
    await world.forward(hours=2, minutes=30)
    safe, cut = lan.message("an toàn cả ạ"), lan.message("mất điện, đường chia cắt")
    await world.forward(minutes=45)  # asked anew after three hours
    await lan.news()
    await world.receive(safe)
    assert "Lần hỏi này đã qua" in (await lan.news())[-1]
    assert await states(world) == {"chieu_luu": (), "my_ly": ()}
    await world.receive(cut)
    assert set((await states(world))["chieu_luu"]) == {"power", "road"}


async def test_that_somebody_is_hurt_is_never_too_late_to_say(world: World) -> None:
    lan = await world.joins("chieu_luu", name="Lan")
    await switched_on(world)
    old = dict((await lan.last()).buttons)["Có người bị nạn"]
    typed = lan.message("Có người bị nạn")
    await world.forward(hours=3, minutes=15)
    await world.receive(typed)
    assert (await states(world))["chieu_luu"] == ("hurt",)
    ticket = await world.ticket()
    assert ticket.urgency == "emergency"
    await lan.presses_data(old)
    assert len(await world.tickets()) == 1


async def test_somebody_hurt_raises_the_ticket_just_spoken_of_and_opens_none_twice(
    world: World,
) -> None:
    lan = await world.joins("chieu_luu", name="Lan")
    await lan.says(ROAD)
    await lan.says("bỏ qua")
    await lan.says("bỏ qua")
    await lan.says("bỏ qua")
    await switched_on(world)
    await lan.news()
    await lan.presses("Có người bị nạn")
    ticket = await world.ticket()
    assert ticket.urgency == "emergency"
    assert any("112" in text for text in await lan.news())
    await lan.says("5")
    assert len(await world.tickets()) == 1
    assert Status(ticket.status) == Status.NEW


async def test_thanks_leave_the_question_open_and_a_desks_question_takes_its_place(
    world: World,
) -> None:
    lan = await world.joins("chieu_luu", name="Lan")
    staff = await world.joins("so_xay_dung", Role.STAFF, name="Minh")
    await lan.says(ROAD)
    for _ in range(3):
        await lan.says("bỏ qua")
    await switched_on(world)
    await lan.says("cảm ơn")
    await lan.says("2 3")
    assert (await states(world))["chieu_luu"] == ("power", "signal")
    await lan.says("giờ đường chia cắt ạ")
    assert (await states(world))["chieu_luu"] == ("power", "signal", "road")
    await lan.says("vẫn an toàn")
    assert (await states(world))["chieu_luu"] == ("safe",)
    await world.forward(hours=3, minutes=1)
    await staff.says("1 hỏi thêm: đoạn nào ạ?")
    await lan.says("đoạn đầu bản, cạnh trường mầm non")
    ticket = await world.ticket()
    assert ticket.status == Status.IN_PROGRESS
    assert len(await world.tickets()) == 1


async def test_a_report_in_answer_to_a_roll_call_opens_its_ticket(world: World) -> None:
    lan = await world.joins("chieu_luu", name="Lan")
    await switched_on(world)
    await world.forward(minutes=1)
    await lan.says("sạt lở ở bản Khe Tang, đất vùi 2 nhà dân, xe không qua được")
    ticket = await world.ticket()
    assert ticket.urgency == "emergency"
    await world.forward(minutes=31)
    assert await silent(world) == []


async def test_several_numbers_answer_it_whatever_was_spoken_of_since(world: World) -> None:
    lan = await world.joins("chieu_luu", name="Lan")
    await switched_on(world)
    await lan.says("Trụ sở xã dột nát, mái ngói xô lệch, mưa là nước vào phòng một cửa")
    await lan.says("2, 4")
    assert "Đã ghi xã Chiêu Lưu: mất điện, đường chia cắt." in (await lan.news())[-1]
    assert (await states(world))["chieu_luu"] == ("power", "road")
