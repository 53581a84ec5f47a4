"""Presses on a task: late, doubled, crossed, of the wrong people, and at the same time."""

import asyncio
import itertools

import pytest

from storage.people import Role
from tests.test_story_coordinating import bridge, states, tasks_of
from tests.world import Actor, World
from tickets.acts import coordinating
from tickets.incoming import Incoming, Kind

PRESSES = ("taskack", "taskanswer", "words")


@pytest.mark.parametrize(("first", "second"), list(itertools.product(PRESSES, PRESSES)))
async def test_every_ordered_pair_of_presses(world: World, first: str, second: str) -> None:
    """An answer is never undone, a press is never counted twice, and who is late is told."""
    _, lead, other = await bridge(world)
    colleague = await world.joins("so_tai_chinh", Role.STAFF, name="Chính")
    await lead.says("1 mời phối hợp Sở Tài chính: bố trí được không?")
    shown = dict((await other.last()).buttons)
    presses = {"taskack": shown["Nhận việc"], "taskanswer": shown["Trả lời"]}
    for actor, press in ((other, first), (colleague, second)):
        if press == "words":
            await actor.says("1 trả lời được")
        else:
            await actor.presses_data(presses[press])
    kinds = await world.events()
    assert kinds.count("task_acknowledged") <= 1
    assert kinds.count("task_answered") <= 1
    (task,) = await tasks_of(world)
    if "words" in {first, second}:
        assert task.status == "answered"
    elif "taskack" in {first, second}:
        assert task.status == "acknowledged"
    else:
        assert task.status == "asked"
    if (first, second) in {("words", "words"), ("words", "taskack"), ("taskack", "taskack")}:
        assert "Đã" in (await colleague.last()).text


@pytest.mark.parametrize(
    "world", [("web", "postgresql"), ("telegram", "postgresql")], ids="+".join, indirect=True
)
@pytest.mark.parametrize("words", ["press", "answer"])
async def test_at_the_same_time_one_of_them_counts(world: World, words: str) -> None:
    _, lead, other = await bridge(world)
    people = [other, *[await world.joins("so_tai_chinh", Role.STAFF) for _ in range(3)]]
    await lead.says("1 mời phối hợp Sở Tài chính: bố trí được không?")
    press = dict((await other.last()).buttons)["Nhận việc"]
    said = [message(actor, words, press) for actor in people]
    await asyncio.gather(*(world.program.intake.receive(one) for one in said))
    await world.settle()
    kinds = await world.events()
    wanted = "task_acknowledged" if words == "press" else "task_answered"
    assert kinds.count(wanted) == 1


def message(actor: Actor, words: str, press: str) -> Incoming:
    if words == "press":
        return actor.message("", kind=Kind.PRESS, press=press, press_id="p1")
    return actor.message("1 trả lời được")


async def test_only_the_units_own_people_press_its_task(world: World) -> None:
    official, lead, other = await bridge(world)
    outsider = await world.joins("so_y_te", Role.STAFF)
    await lead.says("1 mời phối hợp Sở Tài chính: bố trí được không?")
    pressed = (await other.last()).buttons[0][1]
    for actor in (outsider, lead, official):
        await actor.presses_data(pressed)
    await lead.says("1 trả lời không phải việc của tôi")
    assert "đơn vị anh/chị chủ trì" in (await lead.last()).text
    assert await states(world) == [("so_tai_chinh", "asked")]


async def test_words_that_press_nothing_are_not_sent(world: World) -> None:
    _, lead, other = await bridge(world)
    await lead.says("1 mời phối hợp Sở Tài chính: bố trí được không?")
    card = await other.last()
    await lead.news()
    await other.says("để xem đã", reply_to=card.receipt)
    assert "Chưa gửi" in (await other.last()).text
    assert await lead.news() == []


async def test_words_that_come_after_the_end_are_told_so(world: World) -> None:
    official, lead, other = await bridge(world)
    await lead.says("1 mời phối hợp Sở Tài chính: bố trí được không?")
    await other.presses("Trả lời")
    await lead.says("1 mời phối hợp")
    await official.says("hủy phiếu 1")
    await other.says("được")
    assert "đã dừng" in (await other.last()).text
    await lead.says("Sở Y tế: có ai bị thương không?")
    assert "Đã hủy" in (await lead.last()).text
    assert await states(world) == [("so_tai_chinh", "cancelled")]


async def test_a_reminder_that_fails_holds_no_other_up(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    admin = await world.joins("van_phong_ubnd", Role.ADMIN)
    _, lead, _other = await bridge(world)
    await lead.says("1 mời phối hợp Sở Tài chính: bố trí được không? hạn 24/11")
    await lead.says("1 mời phối hợp Sở Y tế: có ai bị thương không? hạn 24/11")
    remind, fails = coordinating.remind, [True]

    async def poisoned(moment, ticket, task):
        if task.unit == "so_tai_chinh" and fails:
            raise ZeroDivisionError
        await remind(moment, ticket, task)

    monkeypatch.setattr(coordinating, "remind", poisoned)
    await world.forward(days=1, hours=8, minutes=5)
    assert (await world.events()).count("task_reminded") == 1
    assert len([text for text in await admin.news() if "Bước đến hạn" in text]) == 1
    fails.clear()
    await world.forward(minutes=31)
    assert (await world.events()).count("task_reminded") == 2
