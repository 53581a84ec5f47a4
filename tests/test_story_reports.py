"""What reporters send, well and badly, and what becomes of it."""

from dataclasses import replace

import pytest

from storage.people import Role
from tests.doubts import unsure_text
from tests.world import BUNDLED, Actor, World
from triage import triage

BRIDGE = "Cầu tràn bản Xiêng Thù bị nước cuốn trôi một nhịp, xe máy không qua được"
SOFTWARE = "Phần mềm một cửa từ sáng không đăng nhập được, bị đá ra liên tục"
SCANNER = "Hai máy scan ở trung tâm hành chính công hỏng, xin cấp máy mới"


TWO_MATTERS = (
    f"{SCANNER}, với lại {SOFTWARE[0].lower()}{SOFTWARE[1:]}",
    f"{SOFTWARE}, với lại {SCANNER[0].lower()}{SCANNER[1:]}",
    f"{BRIDGE}, với lại {SOFTWARE[0].lower()}{SOFTWARE[1:]}",
    f"{SOFTWARE}, với lại {BRIDGE[0].lower()}{BRIDGE[1:]}",
    f"Mất điện cả bản từ tối qua, với lại {SOFTWARE[0].lower()}{SOFTWARE[1:]}",
)


def _is_surely_two(text: str) -> bool:
    verdict = triage(text, BUNDLED)
    if verdict.certainty != "sure" or verdict.second is None:
        return False
    return triage(verdict.second_text, BUNDLED).certainty == "sure"


async def reporter(world: World) -> Actor:
    return await world.joins("chieu_luu", name="Lan")


@pytest.mark.needs("places")
async def test_bridge_with_an_album_and_a_location(world: World) -> None:
    official = await reporter(world)
    desk = await world.joins("so_xay_dung", Role.STAFF, name="Hùng")

    await official.sends_photos(5, BRIDGE)
    (ticket,) = await world.tickets()
    assert ticket.lead == "so_xay_dung"
    assert ticket.code in (await official.news())[0]

    await official.says(lat=19.41, lon=104.22)
    located = await world.ticket()
    assert (located.lat, located.lon) == (19.41, 104.22)

    cards = await desk.chat.screen()
    assert any(ticket.code in card.text for card in cards)
    assert sum(card.files for card in cards) == 5
    assert any("ảnh (5)" in card.text and "📍" in card.text for card in cards)


async def test_unsure_asks_among_three_and_the_choice_counts(world: World) -> None:
    official = await reporter(world)
    await official.says(unsure_text())
    ticket = await world.ticket()
    assert ticket.tentative
    assert ticket.carded_at is None
    labels = await official.labels()
    assert labels[-1] == "Khác"
    assert 2 <= len(labels) <= 4

    await official.presses(labels[1])
    chosen = await world.ticket()
    assert not chosen.tentative
    assert chosen.carded_at is not None
    assert [lead for _, lead in ticket.verdict["alternatives"]][1] == chosen.lead


async def test_unsure_and_silent_is_given_out_after_a_quarter_of_an_hour(world: World) -> None:
    official = await reporter(world)
    await official.says(unsure_text())
    lead = (await world.ticket()).lead
    desk = await world.joins(lead, Role.STAFF)
    await world.forward(minutes=14)
    assert await desk.news() == []
    await world.forward(minutes=2)
    assert any("tạm giao" in card for card in await desk.news())
    assert "tạm giao" in (await official.news())[-1]


async def test_other_is_decided_by_the_coordinator(world: World) -> None:
    official = await reporter(world)
    coordinator = await world.joins("van_phong_ubnd", Role.COORDINATOR)
    await official.says(unsure_text())
    await official.presses("Khác")
    assert (await world.ticket()).lead == "van_phong_ubnd"
    code = (await world.ticket()).code
    assert any(code in card for card in await coordinator.news())


@pytest.mark.needs("replies")
async def test_two_matters_in_one_chat_stay_apart(world: World) -> None:
    official = await reporter(world)
    await official.says(BRIDGE)
    await official.says(SOFTWARE)
    first, second = await world.tickets()
    assert (first.lead, second.lead) == ("so_xay_dung", "so_khoa_hoc_cong_nghe")

    receipt = next(m for m in await official.chat.screen() if first.code in m.text)
    await official.says("Có 40 hộ phải đi vòng", reply_to=receipt.receipt)
    await official.says(f"phiếu {second.code}: cả xã Hữu Kiệm cũng bị")
    assert len(await world.tickets()) == 2
    heard = await official.heard()
    assert any("40 hộ" in text and first.code in text for text in heard)
    assert any("Hữu Kiệm" in text and second.code in text for text in heard)


async def test_a_split_that_was_wrong_is_undone(world: World) -> None:
    official = await reporter(world)
    await official.says(BRIDGE)
    await official.says(SOFTWARE)
    await official.presses("Gộp lại")
    first, second = await world.tickets()
    assert second.status == "cancelled"
    assert first.status == "new"


async def test_two_matters_in_one_message(world: World) -> None:
    official = await reporter(world)
    text = next(text for text in TWO_MATTERS if _is_surely_two(text))
    await official.says(text)
    first, second = await world.tickets()
    assert second.linked_id == first.id
    assert "Đúng cả hai" in [label for m in await official.chat.screen() for label, _ in m.buttons]
    assert second.carded_at is None or second.urgency in {"emergency", "urgent"}
    await world.forward(seconds=90)
    assert (await world.tickets())[1].carded_at is not None


async def test_a_stranger_gets_one_answer_and_nothing_is_kept(world: World) -> None:
    stranger = world.stranger()
    await stranger.says("sạt lở ở bản Cánh")
    heard = await stranger.heard()
    assert len(heard) == 1
    assert "112" in heard[0]
    assert "chưa được ghi nhận" in heard[0]
    await stranger.says("cứu với")
    assert len(await stranger.heard()) == 1
    assert await world.tickets() == []
    assert await world.kept_texts("bản Cánh") == []


async def test_wrong_codes_are_counted(world: World) -> None:
    stranger = world.stranger()
    for n in range(5):
        await stranger.says(f"/start 1234-5678-90{n}A")
    assert all("chưa đúng" in text for text in await stranger.heard())
    good = await world.invited("chieu_luu", Role.REPORTER)
    await stranger.says(good)
    assert "sau một giờ" in (await stranger.heard())[-1]
    await world.forward(minutes=61)
    await stranger.says(good)
    assert any("Chiêu Lưu" in text for text in await stranger.news())


async def test_a_code_works_once(world: World) -> None:
    code = await world.invited("chieu_luu", Role.REPORTER)
    first, second = world.stranger("Lan"), world.stranger("Mai")
    await first.says(code.lower().replace("-", " "))
    assert any("Chiêu Lưu" in text for text in await first.heard())
    await second.says(code)
    assert "chưa đúng" in (await second.heard())[-1]


async def test_a_replayed_update_changes_nothing(world: World) -> None:
    official = await reporter(world)
    said = await official.says(BRIDGE)
    before = await official.heard()
    await world.receive(said)
    await world.receive(said, replace(said))
    assert len(await world.tickets()) == 1
    assert await official.heard() == before


async def test_a_restart_between_commit_and_delivery_delivers_once(world: World) -> None:
    official = await reporter(world)
    await world.program.intake.receive(official.message(BRIDGE))
    assert await official.news() == []
    await world.restart()
    await world.settle()
    code = (await world.ticket()).code
    assert sum(text.startswith(code) or code in text[:20] for text in await official.news()) >= 1
    assert not await world.unfinished()


@pytest.mark.needs("presses")
async def test_an_old_button_says_what_the_ticket_is_now(world: World) -> None:
    official = await reporter(world)
    desk = await world.joins("so_khoa_hoc_cong_nghe", Role.STAFF, name="Minh")
    await official.says(SOFTWARE)
    receipt = next(m for m in await official.chat.screen() if "Đúng" in dict(m.buttons))
    cancel = dict(receipt.buttons)["Hủy"]
    await desk.presses("Tiếp nhận")
    await desk.presses("Đã xử lý")
    await desk.says("Đã khởi động lại máy chủ")
    await official.news()
    await official.presses_data(cancel)
    assert "Nút này đã cũ" in (await official.news())[-1]
    assert (await world.ticket()).status == "resolved"


async def test_not_solved_goes_back_to_the_same_desk(world: World) -> None:
    official = await reporter(world)
    desk = await world.joins("so_khoa_hoc_cong_nghe", Role.STAFF, name="Minh")
    await official.says(SOFTWARE)
    await desk.presses("Đã xử lý")
    await desk.says("Đã khởi động lại máy chủ")
    await official.presses("Chưa xong")
    ticket = await world.ticket()
    assert (ticket.status, ticket.reopened, ticket.lead) == ("new", 1, "so_khoa_hoc_cong_nghe")
    assert any("chưa xong" in text for text in await desk.news())
    await desk.presses("Tiếp nhận")
    assert (await world.ticket()).status == "acknowledged"


async def test_a_department_without_a_desk_is_seen_by_the_coordinator(world: World) -> None:
    official = await reporter(world)
    coordinator = await world.joins("van_phong_ubnd", Role.COORDINATOR)
    await official.says(SOFTWARE)
    assert any("chưa có nhóm hay cán bộ" in text for text in await coordinator.news())


async def test_ten_thousand_characters(world: World) -> None:
    official = await reporter(world)
    desk = await world.joins("so_khoa_hoc_cong_nghe", Role.STAFF)
    await official.says((SOFTWARE + ". ") * 150)
    ticket = await world.ticket()
    assert len(ticket.text) > 9_000
    assert any(ticket.code in card for card in await desk.news())
    assert not await world.unfinished()


async def test_a_photo_alone_is_a_ticket_and_asks_for_words(world: World) -> None:
    official = await reporter(world)
    await official.sends_photos(1)
    ticket = await world.ticket()
    assert ticket.code in (await official.heard())[-1]
    await official.says(BRIDGE)
    described = await world.ticket()
    assert (described.lead, described.text) == ("so_xay_dung", BRIDGE)


async def test_a_photo_that_nobody_explains_reaches_the_coordinator(world: World) -> None:
    official = await reporter(world)
    coordinator = await world.joins("van_phong_ubnd", Role.COORDINATOR)
    await official.sends_photos(1)
    await world.forward(minutes=16)
    code = (await world.ticket()).code
    assert any(code in text for text in await coordinator.news())


@pytest.mark.parametrize("text", ["👍", "🙏🙏", "😂 😂", "...", "?"])
async def test_emoji_alone_is_small_talk(world: World, text: str) -> None:
    official = await reporter(world)
    await official.news()
    await official.says(text)
    assert len(await official.news()) == 1
    assert await world.tickets() == []


@pytest.mark.parametrize("text", ["cảm ơn em nhé", "cam on", "chào em", "ok em"])
async def test_small_talk_opens_no_ticket(world: World, text: str) -> None:
    official = await reporter(world)
    await official.says(text)
    assert await world.tickets() == []
    assert len(await official.news()) == 1


async def test_a_status_question_is_answered_with_the_tickets(world: World) -> None:
    official = await reporter(world)
    await official.says(SOFTWARE)
    await official.news()
    await official.says("phiếu hôm trước đến đâu rồi em")
    (answer,) = await official.news()
    assert "NA-26-000001" in answer
    await official.says("/phieu 1")
    assert SOFTWARE in (await official.news())[0]
    assert len(await world.tickets()) == 1


async def test_complaints_are_redirected_and_not_kept(world: World) -> None:
    official = await reporter(world)
    text = "Đơn tố cáo cán bộ địa chính nhận tiền của dân, đề nghị giải quyết khiếu nại"
    verdict = triage(text, BUNDLED)
    assert verdict.category == "complaints"
    await official.says(text)
    if verdict.certainty == "sure":
        assert await world.tickets() == []
        assert "Khiếu nại, tố cáo không nhận" in (await official.news())[0]


async def test_guidance_comes_with_a_ticket_that_one_tap_cancels(world: World) -> None:
    official = await reporter(world)
    text = "Xin điều động cán bộ từ văn phòng sang phòng kinh tế trong nội bộ xã thì làm thế nào"
    await official.says(text)
    ticket = await world.ticket()
    assert ticket.category == "rotation_transfer"
    assert "578" in (await official.news())[0]
    assert ticket.carded_at is None
    await official.presses("Không cần phiếu")
    assert (await world.ticket()).status == "cancelled"


async def test_guidance_that_is_not_enough_goes_out_after_a_quarter(world: World) -> None:
    official = await reporter(world)
    desk = await world.joins("so_noi_vu", Role.STAFF)
    text = "Xin điều động cán bộ từ văn phòng sang phòng kinh tế trong nội bộ xã thì làm thế nào"
    await official.says(text)
    await world.forward(minutes=16)
    code = (await world.ticket()).code
    assert any(code in card for card in await desk.news())
