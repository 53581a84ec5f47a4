"""What is particular to Zalo: old lists still mean something, quotas end, strangers are many."""

import re
from datetime import timedelta

import pytest

from bot.channels.zalo_bot_parse import parse
from storage.people import Role
from tests.site import site_of
from tests.test_story_channels import linked
from tests.test_zalo_bot_parse import payload
from tests.world import World
from tickets.incoming import BY_TIME, Attachment, Kind

BRIDGE = "Cầu tràn bản Xiêng Thù bị nước cuốn trôi một nhịp, xe máy không qua được"
SOFTWARE = "Phần mềm một cửa từ sáng không đăng nhập được, bị đá ra liên tục"
SCANNER = "Hai máy scan ở trung tâm hành chính công hỏng, xin cấp máy mới"

pytestmark = pytest.mark.parametrize(
    "world", [("zalo_bot", "sqlite"), ("zalo_bot", "postgresql")], ids="+".join, indirect=True
)


async def test_words_of_an_old_list_mean_what_is_offered_now(world: World) -> None:
    official = await world.joins("chieu_luu")
    desk = await world.joins("so_xay_dung", Role.STAFF, name="Hùng")
    await official.says(BRIDGE)
    await desk.presses("Tiếp nhận")
    await official.says("khẩn cấp")
    assert (await world.ticket()).urgency == "emergency"


async def test_an_old_act_that_is_offered_no_more_changes_nothing(world: World) -> None:
    await world.joins("chieu_luu")
    first = await world.joins("so_khoa_hoc_cong_nghe", Role.STAFF, name="Minh")
    second = await world.joins("so_khoa_hoc_cong_nghe", Role.STAFF, name="Tú")
    official = next(iter(world.people.values()))
    await official.says(SOFTWARE)
    await first.says("1")
    assert (await world.ticket()).status == "acknowledged"
    assert any("✅ Minh" in text for text in await second.heard())  # its card came anew
    await second.says("tiếp nhận")
    ticket = await world.ticket()
    assert ticket.version == 2
    assert "Đã tiếp nhận" in (await second.last()).text


async def test_whoever_presses_without_the_right_reads_it(world: World) -> None:
    official = await world.joins("chieu_luu")
    other = await world.joins("con_cuong", name="Hoa")
    await official.says(SOFTWARE)
    count = len(await other.heard())
    await other.says("1 tiếp nhận")
    assert len(await other.heard()) == count + 1


async def test_pictures_that_come_together_are_one_report_and_later_ones_another(
    world: World,
) -> None:
    official = await world.joins("chieu_luu")
    await official.sends_photos(3, BRIDGE)
    assert (await world.ticket()).files == 3
    await world.forward(minutes=1)
    await official.sends_photos(2)
    assert (await world.ticket()).files == 5
    pieces = [
        official.message("", attachments=(world.photo(),), group_key=BY_TIME) for _ in range(2)
    ]
    await world.receive(pieces[0])
    await world.forward(seconds=2)
    await world.receive(pieces[1])
    await world.forward(seconds=2)
    assert (await world.ticket()).files == 5  # each piece renews the wait
    await world.forward(seconds=2)
    assert (await world.ticket()).files == 7


async def test_pictures_that_an_outage_brought_together_stay_the_reports_they_were(
    world: World,
) -> None:
    official = await world.joins("chieu_luu")
    photos = [(world.photo(),) for _ in range(3)]
    bridge = official.message(BRIDGE, attachments=photos[0])
    beside = official.message("", attachments=photos[1], sent_at=world.now + timedelta(seconds=20))
    await world.forward(minutes=45)
    scanner = official.message(f"vụ mới: {SCANNER}", attachments=photos[2])
    await world.forward(minutes=10)
    await world.receive(scanner, beside, bridge)
    await world.forward(seconds=5)
    first, second = await world.tickets()
    assert (first.text, first.files) == (BRIDGE, 2)
    assert (SCANNER in second.text, second.files) == (True, 1)


async def test_an_event_that_comes_twice_or_late_has_one_effect(world: World) -> None:
    official = await world.joins("chieu_luu")
    event = payload("text")["result"]
    chat = official.chat.address.partition("/")[2]
    event["message"] |= {"chat": {"id": chat, "chat_type": "PRIVATE"}, "text": SOFTWARE}
    event["message"]["from"]["id"] = chat
    said = parse(event, bot="123456")
    assert said is not None
    await world.receive(said, said)
    await official.says("Cả xã đều bị")
    await world.receive(said)  # with its old date, after what was said since
    assert len(await world.tickets()) == 1
    assert sum("Chủ trì" in text for text in await official.heard()) == 1


async def test_a_number_that_was_on_its_way_for_long_answers_what_stood_there_then(
    world: World,
) -> None:
    """Zalo calls again for an hour after an outage; by then other lists stand in the chat."""
    official = await world.joins("chieu_luu")
    desk = await world.joins("so_khoa_hoc_cong_nghe", Role.STAFF, name="Minh")
    await official.says(SOFTWARE)
    await world.forward(minutes=1)
    typed = desk.message("1")
    await world.forward(minutes=29)
    await official.says("vụ mới: Mạng của trung tâm hành chính công xã chập chờn, xin kiểm tra")
    first, second = await world.tickets()
    assert second.lead == first.lead
    await world.receive(typed)
    first, second = await world.tickets()
    assert (first.status, second.status) == ("acknowledged", "new")
    before_all = desk.message("1", sent_at=world.now - timedelta(hours=2))
    await world.receive(before_all)
    assert [row.status for row in await world.tickets()] == ["acknowledged", "new"]


async def test_a_no_that_was_on_its_way_for_long_answers_no_question_of_danger(
    world: World,
) -> None:
    official = await world.joins("chieu_luu")
    await official.says(SOFTWARE)
    typed = official.message("không")
    await world.forward(minutes=30)
    await official.says(f"vụ mới: {BRIDGE}")
    await world.receive(typed)
    _, bridge = await world.tickets()
    assert "people_at_risk" not in bridge.answers
    await official.says("không")
    _, bridge = await world.tickets()
    assert bridge.answers["people_at_risk"].endswith("Không")


async def test_words_that_were_on_their_way_for_long_finish_no_act_that_was_begun_since(
    world: World,
) -> None:
    official = await world.joins("chieu_luu")
    desk = await world.joins("so_khoa_hoc_cong_nghe", Role.STAFF, name="Minh")
    await official.says(SOFTWARE)
    await desk.says("1 tiếp nhận")
    typed = desk.message("đã gọi cho xã rồi")
    await world.forward(minutes=30)
    await desk.presses("Đã xử lý")
    await world.receive(typed)
    assert (await world.ticket()).status == "acknowledged"
    await desk.says("Đã khởi động lại máy chủ, đăng nhập được")
    assert (await world.ticket()).status == "resolved"


async def test_what_zalo_does_not_carry_has_a_way_by_the_web_chat(world: World) -> None:
    official = await world.joins("chieu_luu")
    await official.says("", kind=Kind.UNSUPPORTED)
    (text,) = await official.news()
    assert "/in/" in text
    stranger = world.stranger()
    await stranger.says("", kind=Kind.UNSUPPORTED)
    assert "cần mã mời" in (await stranger.last()).text


async def test_the_page_behind_the_link_says_for_which_ticket_it_is(world: World) -> None:
    official = await world.joins("chieu_luu", name="Lan")
    await official.says(SOFTWARE)
    for minutes in (5, 180):
        await world.forward(minutes=minutes)
        await official.says("", kind=Kind.UNSUPPORTED)
        async with site_of(world).browser() as browser:
            link = re.findall(r"/in/[\w-]+", (await official.last()).text)[-1]
            await browser.post(link)
            await world.settle()
            page = await browser.chat()
        assert page.count("đang nói ở Zalo Bot") == 1  # the second visit adds nothing
    other = await world.joins("chieu_luu", name="Vi")
    await other.says("", kind=Kind.UNSUPPORTED)
    async with site_of(world).browser() as browser:
        await browser.post(re.findall(r"/in/[\w-]+", (await other.last()).text)[-1])
        await world.settle()
        assert "đang nói" not in await browser.chat()


async def test_what_comes_by_the_web_chat_joins_the_ticket_that_zalo_could_not_add_to(
    world: World,
) -> None:
    phone, screen = await linked(world)
    await phone.says(SOFTWARE)
    await phone.says("", kind=Kind.UNSUPPORTED)
    assert "/in/" in (await phone.last()).text
    kept = world.program.storeroom.keep(b"%PDF-1.7", "document", "application/pdf")
    paper = Attachment("document", hash=kept.hash, mime=kept.mime, size=kept.size, name="a.pdf")
    await screen.says("", attachments=(paper,))
    await screen.says("", lat=19.4, lon=104.2)
    ticket = await world.ticket()
    assert (ticket.files, ticket.lat, ticket.lon) == (1, 19.4, 104.2)
    assert any("NA-26-000001" in text for text in await screen.heard())


async def test_strangers_together_get_fifty_answers_a_day(world: World) -> None:
    strangers = [world.stranger() for _ in range(52)]
    for stranger in strangers:
        await stranger.says("alo")
        await stranger.says("có ai không")
    answered = [len(await stranger.heard()) for stranger in strangers]
    assert answered == [1] * 50 + [0] * 2
    await world.forward(days=1)
    await strangers[-1].says("alo")
    assert len(await strangers[-1].heard()) == 1


async def test_a_quota_that_is_used_up_sends_news_by_the_other_channel(world: World) -> None:
    phone, screen = await linked(world)
    admin = await world.joins("van_phong_ubnd", Role.ADMIN, name="Quản trị", channel="web")
    desk = await world.joins("so_khoa_hoc_cong_nghe", Role.STAFF, channel="web")
    assert world.zalo_bot is not None
    await world.forward(seconds=1)
    world.zalo_bot.bot.left = 0
    await phone.says(SOFTWARE)
    tries = len(world.zalo_bot.calls)
    await world.forward(minutes=2)
    assert any("Chủ trì" in text for text in await screen.news())
    assert any("hết hạn mức" in text for text in await admin.news())
    await desk.presses("Tiếp nhận")
    assert any("tiếp nhận" in text for text in await screen.news())
    await world.forward(minutes=50)
    assert len(world.zalo_bot.calls) <= tries + 4  # nothing is put to Zalo again and again
    assert not await admin.news()
    assert not await world.unfinished()

    world.zalo_bot.bot.left = None
    await world.forward(hours=1)
    await phone.says(SCANNER)
    assert any("NA-26-000002" in text for text in await phone.news())


async def test_who_has_only_a_used_up_channel_becomes_work_within_ten_minutes(
    world: World,
) -> None:
    official = await world.joins("chieu_luu", name="Lan")
    admin = await world.joins("van_phong_ubnd", Role.ADMIN, channel="web")
    assert world.zalo_bot is not None
    world.zalo_bot.bot.left = 0
    began = world.now
    await official.says(SOFTWARE)
    assert len(await world.tickets()) == 1
    await world.forward(minutes=9)
    told = await admin.news()
    assert any("hết hạn mức" in text for text in told)
    assert any("không gửi được" in text for text in told)
    assert world.now - began < timedelta(minutes=10)
    assert not await world.unfinished()
