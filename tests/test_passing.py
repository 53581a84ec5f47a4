"""What is asked of the line in passing, and what only sounds like a question to it."""

import pytest

from handlers.communes import communes_in, without_commune
from handlers.orders import desk_order, overseer_order
from handlers.passing import list_asked_in, one_asked_in
from handlers.rerouting import unit_and_reason
from handlers.twins import worded_act_of
from handlers.verdicts import verdict_of
from tests.world import rules


@pytest.mark.parametrize(
    ("text", "command"),
    [
        ("còn mấy phiếu nữa", "/hangdoi"),
        ("co viec gi khong", "/hangdoi"),
        ("còn bao nhiêu phiếu chưa xong ạ?", "/hangdoi"),
        ("hôm nay có phiếu mới không", "/hangdoi chua nhan"),
        ("còn mấy phiếu chưa ai nhận", "/hangdoi chua nhan"),
        ("có phiếu quá hạn nào không", "/hangdoi qua han"),
        ("sở nội vụ có bao nhiêu phiếu", "/hangdoi so noi vu"),
        ("tình hình con cuông thế nào", "/hangdoi con cuong"),
        ("gửi danh sách đi", "/hangdoi"),
        ("còn mấy việc chưa làm xong, mai làm", None),
        ("xã có mấy việc cần làm rõ", None),
        ("cầu còn mấy nhịp", None),
    ],
)
def test_lists_asked_for_in_passing(text: str, command: str | None) -> None:
    assert list_asked_in(text) == command


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("ai đang giữ phiếu này vậy", ("view", "")),
        ("ai giữ phiếu 2", ("view", "2")),
        ("ai giữ phiếu con cuông", ("view", "")),
        ("hạn đến bao giờ", ("view", "")),
        ("cái này do ai chủ trì", ("view", "")),
        ("cho xem phiếu 12", ("view", "12")),
        ("sao phiếu này của tôi", ("why", "")),
        ("tại sao lại gửi cho sở tôi?", ("why", "")),
        ("hỏi xã xem ai giữ chìa khóa", None),
        ("đường này do ai quản lý", None),
        ("ai nhận phiếu thì báo tôi", None),
        ("ai đi được không", None),
        ("phân công cho ai thì báo xã", None),
    ],
)
def test_one_ticket_asked_about_in_passing(text: str, asked: tuple[str, str] | None) -> None:
    assert one_asked_in(text) == asked


def test_communes_in_words() -> None:
    units = rules().units
    assert communes_in("phieu con cuong thi hen thu 5", units) == ("con_cuong",)
    assert communes_in("cho xe tải qua", units) == ()
    assert without_commune("Con Cuông là cấm xe tải", units) == "cấm xe tải"
    assert without_commune("cấm xe tải", units) == "cấm xe tải"


def test_a_department_called_by_its_field() -> None:
    units = rules().units
    agriculture = "so_nong_nghiep_moi_truong"
    assert unit_and_reason(units, "bên nông nghiệp ấy") == (agriculture, "")
    assert unit_and_reason(units, "bên nông nghiệp nhé, đập thủy lợi")[1] == "đập thủy lợi"
    assert unit_and_reason(units, "bên em không làm")[0] == ""


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("đồng ý", ("approve", "", "")),
        ("ok duyệt nhé", ("approve", "", "")),
        ("1 duyệt", ("approve", "1", "")),
        ("phiếu 12: nhất trí", ("approve", "12", "")),
        ("2 ko duyệt", ("sendback", "2", "")),
        ("chưa duyệt, làm rõ nguồn vốn đã", ("sendback", "", "làm rõ nguồn vốn đã")),
        ("không đồng ý vì lâu quá", ("sendback", "", "lâu quá")),
        ("xem lại ngày hẹn", ("sendback", "", "ngày hẹn")),
        ("ok em", ("toapprove", "", "")),
        ("duyệt chưa", None),
        ("đồng ý thì phải có văn bản", None),
    ],
)
def test_a_heads_words_on_a_proposal(text: str, found: tuple[str, str, str] | None) -> None:
    assert verdict_of(text) == found


@pytest.mark.parametrize(
    ("text", "command"),
    [
        ("bật chế độ bão", "/baolu"),
        ("bật bão cho xã Con Cuông", "/baolu xa con cuong"),
        ("hết bão rồi", "/baolu hết"),
        ("thông báo cho các xã: mai họp 8h", "/thongbao tất cả xã: mai họp 8h"),
        ("gửi tất cả các xã chuẩn bị ứng phó bão", "/thongbao"),
        ("sở nào chậm nhất", "/toancanh"),
        ("phiếu nào đang tranh chấp", "/canxem"),
        ("bão vào rồi dân chưa sơ tán", None),
    ],
)
def test_orders_of_overseers_in_words(text: str, command: str | None) -> None:
    assert overseer_order(text) == command


@pytest.mark.parametrize(
    ("text", "command"),
    [
        ("nhận cả 2 nhé", "/hangdoi chua nhan"),
        ("1, 2 tiếp nhận", "/hangdoi chua nhan"),
        ("báo vắng", "/vang"),
        ("mai em nghỉ phép", "/vang"),
        ("tuần sau tôi đi công tác, phiếu giao Tuấn", "/vang"),
        ("đi làm lại rồi", "/vang hết"),
        ("tối nay ai trực", "/truc"),
        ("bàn giao việc", "/bangiao"),
        ("việc phối hợp còn gì không", "/viec"),
        ("bàn giao mặt bằng xong rồi", None),
        ("mai cử cán bộ lên", None),
    ],
)
def test_orders_of_desks_in_words(text: str, command: str | None) -> None:
    assert desk_order(text) == command


def test_a_ticket_named_after_the_verb() -> None:
    assert worded_act_of("chuyển phiếu 1 cho sở nội vụ") == ("reroute", "1", "cho sở nội vụ")
    assert worded_act_of("hẹn phiếu 12 thứ 5 nhé") == ("promise", "12", "thứ 5 nhé")
    assert worded_act_of("hỏi phiếu 1 đến đâu rồi") is None
    assert worded_act_of("xong phiếu 1 chưa") is None
