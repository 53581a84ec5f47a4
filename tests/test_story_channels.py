"""One person on several channels: joined by a code, heard on the best one, asked only once."""

from typing import Any

import pytest
from sqlalchemy import select
from sqlmodel import col

from storage.outbox import Kind
from storage.people import Contact, Role
from tests.world import Actor, World
from tickets import notices
from tickets.incoming import Kind as Incoming
from tickets.moment import Moment

BRIDGE = "Cầu tràn bản Xiêng Thù bị nước cuốn trôi một nhịp, xe máy không qua được"
AT_RISK = "cuốn hoặc đang kẹt"

pytestmark = pytest.mark.parametrize(
    "world",
    [("telegram", "sqlite"), ("zalo_bot", "postgresql"), ("zalo_bot", "sqlite")],
    ids="+".join,
    indirect=True,
)


async def code_of(actor: Actor) -> str:
    await actor.says("kênh")
    words = (await actor.last()).text.split()
    return next(word for word in words if word.isdigit() and len(word) == 6)


async def linked(world: World) -> tuple[Actor, Actor]:
    """One official on the story's channel, and the same one in the web chat."""
    phone = await world.joins("chieu_luu", name="Lan")
    screen = world.stranger("Lan", channel="web")
    await screen.says(await code_of(phone))
    for actor in (phone, screen):
        await actor.news()
    return phone, screen


async def contact(world: World, actor: Actor) -> Contact:
    async with world.database.reading() as session:
        found = await session.execute(
            select(Contact).where(col(Contact.address) == actor.chat.address)
        )
        return found.scalar_one()


async def change(world: World, actor: Actor, **fields: Any) -> None:
    async with world.database.transaction() as session:
        found = await session.get(Contact, (await contact(world, actor)).id)
        assert found is not None
        for name, value in fields.items():
            setattr(found, name, value)


async def to_person(world: World, actor: Actor, text: str, kind: Kind = Kind.NOTICE) -> None:
    person = (await contact(world, actor)).person_id
    async with world.database.transaction() as session:
        moment = Moment(session, world.now, await world.program.packs.in_force(session))
        notices.post(moment, kind, text, person=person)
    await world.settle()


async def test_a_code_joins_a_further_channel_and_the_first_one_hears_of_it(world: World) -> None:
    phone = await world.joins("chieu_luu", name="Lan")
    code = await code_of(phone)
    await phone.news()
    screen = world.stranger("Lan", channel="web")
    await screen.says(code)
    assert "Đã nối kênh này" in (await screen.last()).text
    assert "trang chat vừa được nối" in (await phone.last()).text
    assert (await contact(world, phone)).person_id == (await contact(world, screen)).person_id
    await screen.says(BRIDGE)
    assert (await world.ticket()).commune == "chieu_luu"
    await phone.says("phiếu")
    assert "NA-26-000001" in (await phone.last()).text


async def test_a_code_is_used_once_and_lives_fifteen_minutes(world: World) -> None:
    phone = await world.joins("chieu_luu", name="Lan")
    first = await code_of(phone)
    second = await code_of(phone)
    screen = world.stranger(channel="web")
    await screen.says(first)  # the newer one ended it
    assert "Mã nối kênh chưa đúng" in (await screen.last()).text
    await world.forward(minutes=15)
    await screen.says(second)
    assert "Mã nối kênh chưa đúng" in (await screen.last()).text
    third = await code_of(phone)
    await screen.says(third)
    assert "Đã nối" in (await screen.last()).text
    other = world.stranger("ai đó", channel="web")
    await other.says(third)
    assert "Mã nối kênh chưa đúng" in (await other.last()).text


async def test_five_wrong_tries_an_hour(world: World) -> None:
    phone = await world.joins("chieu_luu", name="Lan")
    guesser = world.stranger(channel="web")
    code = await code_of(phone)
    for wrong in range(5):
        await guesser.says(f"00000{wrong}" if f"00000{wrong}" != code else "999999")
    await guesser.says(code)
    assert "thử lại sau một giờ" in (await guesser.last()).text
    assert (await contact(world, guesser)).person_id is None


async def test_while_many_guess_six_digits_nobody_links_and_invitations_stay_open(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("storage.invitations.MANY_WRONG", 2)
    admin = await world.joins("van_phong_ubnd", Role.ADMIN, name="Bình")
    phone = await world.joins("chieu_luu", name="Lan")
    guesser, screen = world.stranger("ai đó"), world.stranger(channel="web")
    code = await code_of(phone)
    for wrong in ("000001", "000002"):
        await guesser.says(wrong if wrong != code else "999999")
    assert "2 lần nhập sai mã nối kênh" in (await admin.news())[-1]
    await screen.says(code)
    assert "thử lại sau một giờ" in (await screen.last()).text
    await world.joins("chieu_luu", name="Vi")
    await world.forward(hours=1)
    await screen.says(await code_of(phone))
    assert "Đã nối" in (await screen.last()).text


async def test_news_come_where_the_person_last_spoke_or_where_they_prefer(world: World) -> None:
    phone, screen = await linked(world)
    await to_person(world, phone, "một")
    assert await screen.news() == ["một"]
    await world.forward(minutes=1)
    await phone.says("kênh")
    assert "đang nhận tin qua" in (await phone.news())[0]
    await to_person(world, phone, "hai")
    assert await phone.news() == ["hai"]
    await phone.says("kênh")
    await phone.presses("Qua trang chat")
    await phone.news()
    await to_person(world, phone, "ba")
    assert (await screen.news())[-1] == "ba"
    assert await phone.news() == []


async def test_who_shut_one_door_hears_at_the_other(world: World) -> None:
    phone, screen = await linked(world)
    await world.forward(seconds=1)
    await phone.says("kênh")
    await phone.news()
    await _shut(world, phone)
    await to_person(world, phone, "một")
    await world.settle()
    assert await screen.news() == ["một"]
    assert not (await contact(world, phone)).reachable
    assert not await world.unfinished()


async def _shut(world: World, actor: Actor) -> None:
    if world.channel == "telegram":
        assert world.api is not None
        world.api.block(int(actor.chat.address), "bot was blocked by the user")
    else:
        assert world.zalo_bot is not None
        world.zalo_bot.closed[actor.chat.address.partition("/")[2]] = 404


async def test_an_emergency_goes_over_after_a_minute_and_news_after_ten(world: World) -> None:
    phone, screen = await linked(world)
    await world.forward(seconds=1)
    await phone.says("kênh")
    await phone.news()
    fault = {"status": 500, "times": 1000}
    if world.channel == "telegram":
        assert world.api is not None
        world.api.fail(**fault)
    else:
        assert world.zalo_bot is not None
        world.zalo_bot.fail(body={"ok": False, "error_code": 403, "description": "x"}, times=1000)
    await to_person(world, phone, "việc khẩn", Kind.EMERGENCY)
    await to_person(world, phone, "việc thường")
    assert await screen.news() == []
    await world.forward(minutes=3)
    assert await screen.news() == ["việc khẩn"]
    await world.forward(minutes=12)
    assert await screen.news() == ["việc thường"]


async def test_a_question_open_on_one_channel_is_answered_on_the_other_and_not_asked_twice(
    world: World,
) -> None:
    phone, screen = await linked(world)
    await phone.says(BRIDGE)
    assert AT_RISK in (await phone.last()).text
    assert await screen.news() == []
    await world.forward(minutes=2)
    await screen.says("không")
    ticket = await world.ticket()
    assert ticket.answers["people_at_risk"].endswith("Không")
    assert not any(AT_RISK in text for text in await screen.heard())
    await phone.says("Cụ thể là nhịp giữa, dài 4 m")
    assert sum(AT_RISK in text for text in await phone.heard()) == 1
    assert len(await world.tickets()) == 1


async def test_a_channel_that_was_dropped_is_a_strangers(world: World) -> None:
    phone, screen = await linked(world)
    await phone.says("kênh")
    await phone.presses("Bỏ trang chat")
    assert "Đã bỏ trang chat" in (await phone.last()).text
    await screen.says(BRIDGE)
    assert "cần mã mời" in (await screen.last()).text
    assert await world.tickets() == []
    await phone.says("kênh")
    assert await phone.labels() == []
    forged = "t:unlink:0:0:c" + str((await contact(world, phone)).id)
    await world.receive(phone.message(kind=Incoming.PRESS, press=forged))
    assert (await contact(world, phone)).person_id is not None


async def test_somebody_elses_channel_cannot_be_dropped(world: World) -> None:
    phone, _ = await linked(world)
    other = await world.joins("con_cuong", Role.REPORTER, name="Hoa")
    target = (await contact(world, phone)).id
    await world.receive(other.message(kind=Incoming.PRESS, press=f"t:unlink:0:0:c{target}"))
    assert "Không có gì thay đổi" in (await other.last()).text
    assert (await contact(world, phone)).person_id is not None


async def test_a_known_person_who_types_six_digits_joins_nothing(world: World) -> None:
    phone = await world.joins("chieu_luu", name="Lan")
    other = await world.joins("con_cuong", name="Hoa")
    before = (await contact(world, other)).person_id
    await other.says(await code_of(phone))
    assert (await contact(world, other)).person_id == before


@pytest.mark.parametrize("words", ["Mã: {code}", "{half} {rest}.", "mã nối kênh {half}-{rest} ạ"])
async def test_a_code_is_found_among_the_words_that_came_with_it(world: World, words: str) -> None:
    phone = await world.joins("chieu_luu", name="Lan")
    code = await code_of(phone)
    screen = world.stranger("Lan", channel="web")
    await screen.says(words.format(code=code, half=code[:3], rest=code[3:]))
    assert "Đã nối kênh này" in (await screen.last()).text


async def test_an_invitation_that_is_passed_on_whole_opens_the_door(world: World) -> None:
    code = await world.invited("chieu_luu", Role.REPORTER, name="Lan")
    phone = world.stranger("Lan")
    await phone.says(
        f"Chị Lan: mở Zalo, tìm “Bot Tháo Gỡ”, gửi mã mời {code.lower()} trước 5/12 nhé"
    )
    assert (await contact(world, phone)).person_id is not None


@pytest.mark.parametrize(
    "text", ["0912 345 678", "091.234.5678", "0912345678", "123 456 và 654321", "ngày 12/11/2026"]
)
async def test_other_numbers_are_no_code_and_no_wrong_try(world: World, text: str) -> None:
    stranger = world.stranger()
    await stranger.says(text)
    assert "cần mã mời" in (await stranger.last()).text
    assert (await contact(world, stranger)).wrong_codes == 0
