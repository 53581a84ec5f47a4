"""What a storm leaves behind: a table, ordinary deadlines again, and nothing for old previews."""

import re
from datetime import timedelta

import pytest

from storage import storms
from storage.people import Role
from storage.storms import StormEvent
from tests.test_story_letters import opened, words_of
from tests.test_story_storms import OFFICE, ROAD, current, switched_on
from tests.world import World
from tickets import storms as stormy
from tickets.incoming import Kind
from tickets.moment import Moment

LINK = re.compile(r"/storms/([\w-]+)")


async def events(world: World) -> list[StormEvent]:
    async with world.database.reading() as session:
        return list(await storms.events_of(session, 1))


async def test_the_report_is_a_file_too_for_those_who_may_see_it(world: World) -> None:
    lan = await world.joins("chieu_luu", name="Lan")
    coordinator = await switched_on(world)
    await lan.says("2 4")
    await coordinator.says("/baolu hết")
    await coordinator.presses("Tắt")
    (link,) = LINK.findall("\n".join(await coordinator.news()))
    answer = await opened(world, link, "storms")
    assert answer.status_code == 200
    written = words_of(answer.content)
    assert "Báo cáo chế độ bão lũ 09:00 23/11/2026" in written
    assert "xã Chiêu Lưu\n1/1\nmất điện 1, đường chia cắt 1\n0/0" in written
    assert (await opened(world, "x" * 20, "storms")).status_code == 404
    world.now += timedelta(hours=25)
    assert (await opened(world, link, "storms")).status_code == 404
    kinds = [(event.kind, event.actor.partition(":")[0]) for event in await events(world)]
    assert kinds == [("on", "person"), ("roll_call", "clock"), ("off", "person")]
    assert all(event.rule for event in await events(world) if event.actor == "clock")


async def test_after_the_end_deadlines_are_ordinary_again(world: World) -> None:
    lan = await world.joins("chieu_luu", name="Lan")
    staff = await world.joins("so_xay_dung", Role.STAFF, name="Minh")
    coordinator = await switched_on(world)
    await lan.says(ROAD)
    hastened = await world.ticket()
    assert hastened.storm_id == 1
    await coordinator.says("/baolu hết")
    await coordinator.presses("Tắt")
    assert (await world.ticket()).answer_by == hastened.answer_by
    await staff.says("1 chuyển sở tài chính: cần bố trí kinh phí")
    after = await world.ticket()
    assert after.storm_id is None
    assert after.answer_by is not None and hastened.answer_by is not None
    assert after.answer_by > hastened.answer_by
    async with world.database.reading() as session:
        moment = Moment(session, world.now, await world.program.packs.in_force(session))
        assert not await stormy.is_storm(moment)
        assert await stormy.silent(moment) == []


async def test_a_reroute_in_the_storm_is_hastened_again(world: World) -> None:
    lan = await world.joins("chieu_luu", name="Lan")
    staff = await world.joins("so_xay_dung", Role.STAFF, name="Minh")
    await switched_on(world)
    await lan.says(ROAD)
    await world.forward(minutes=30)
    await staff.says("1 chuyển sở tài chính: cần bố trí kinh phí")
    assert (await world.events()).count("hastened") == 2
    assert (await world.ticket()).storm_id == 1


async def test_two_who_confirm_two_previews_switch_on_one_storm(world: World) -> None:
    confirms = []
    for name, commune in (("Hà", "Chiêu Lưu"), ("Minh", "Mỹ Lý")):
        person = await world.joins(OFFICE, Role.COORDINATOR, name=name)
        await person.says(f"/baolu {commune}")
        press = dict((await person.last()).buttons)["Bật"]
        confirms.append(person.message("", kind=Kind.PRESS, press=press, press_id="p1"))
    await world.receive(*confirms)
    async with world.database.reading() as session:
        found = [await session.get(storms.Storm, number) for number in (1, 2)]
    assert [storm.is_on for storm in found if storm].count(True) == 1


async def test_an_old_preview_switches_nothing_on(world: World) -> None:
    coordinator = await world.joins(OFFICE, Role.COORDINATOR, name="Hà")
    await coordinator.says("/baolu Chiêu Lưu")
    press = dict((await coordinator.last()).buttons)["Bật"]
    await world.forward(hours=2)
    await coordinator.presses_data(press)
    assert "quá một giờ" in (await coordinator.news())[-1]
    assert await current(world) is None


async def test_a_question_that_never_went_out_is_not_asked_after_the_next(world: World) -> None:
    lan = await world.joins("chieu_luu", name="Lan")
    await switched_on(world)
    await lan.news()
    world.now += timedelta(hours=3)
    await world.program.sweep()  # decided, and then nobody delivers for nine hours
    world.now += timedelta(hours=9)
    await world.program.tick()
    await world.settle()
    assert len(await lan.news()) == 1


@pytest.mark.needs("changes")
async def test_storm_mode_in_english(world: World) -> None:
    coordinator = await world.joins(OFFICE, Role.COORDINATOR, name="Hà")
    lan = await world.joins("chieu_luu", name="Lan")
    for person in (coordinator, lan):
        await person.says("/ngonngu en")
        await person.news()
    await coordinator.says("/baolu Chiêu Lưu")
    assert "Switch storm mode on?" in (await coordinator.news())[0]
    await coordinator.presses("Switch on")
    assert "How is xã Chiêu Lưu now?" in (await lan.news())[0]
    await lan.says("power out, no signal")
    assert "Noted for xã Chiêu Lưu: power out, no signal." in (await lan.news())[-1]
