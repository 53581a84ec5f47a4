"""Typed words and what they press, without any chat."""

import unicodedata

import pytest

from handlers.twins import act_of, command_of, end_of, press_of, worded_act_of


def test_an_act_with_its_words_keeps_them_as_typed() -> None:
    assert worded_act_of("123 hẹn thứ 6") == ("promise", "123", "thứ 6")
    assert worded_act_of("Phiếu NA-26-000123 HỎI THÊM:  Máy xúc vào được tới đâu?") == (
        "ask", "na-26-000123", "Máy xúc vào được tới đâu?",
    )  # fmt: skip
    assert worded_act_of("cập nhật: đã hót\nđược 2 điểm") == ("update", "", "đã hót\nđược 2 điểm")
    assert worded_act_of("1 xong rồi nhé, đã xếp rọ đá") == ("resolve", "1", "đã xếp rọ đá")
    assert worded_act_of("1 xong rồi nhé") == ("resolve", "1", "")
    assert worded_act_of("1 hỏi: mất ở trạm nào?") == ("ask", "1", "mất ở trạm nào?")
    assert worded_act_of("cập nhật tình hình giúp em") is None
    assert worded_act_of("123 chuyển") is None
    decomposed = unicodedata.normalize("NFD", "123 hẹn ngày: thứ sáu")
    assert worded_act_of(decomposed) == ("promise", "123", unicodedata.normalize("NFD", "thứ sáu"))


@pytest.mark.parametrize(
    ("text", "command"),
    [
        ("phiếu nào đang quá hạn?", "/hangdoi qua han"),
        ("có phiếu nào khẩn không", "/hangdoi khan"),
        ("quá hạn", "/hangdoi qua han"),
        ("phiếu nào chưa ai nhận", "/hangdoi chua nhan"),
        ("phiếu nào của sở đang quá hạn", "/hangdoi qua han"),
        ("việc gấp: cần máy xúc ở bản Cánh", None),
        ("phiếu quá hạn mà chưa ai trả lời xã em", None),
        ("tình hình thế nào?", "/toancanh"),
        ("tình hình xã em: mất điện, đường tắc", None),
    ],
)
def test_a_queue_is_asked_for_in_passing_and_a_report_is_none(
    text: str, command: str | None
) -> None:
    assert command_of(text) == command


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("đúng rồi", "done"),
        ("vâng ạ", "done"),
        ("xong rồi em ơi", "done"),
        ("đúng chưa", ""),
        ("đúng mà chưa xong", ""),
        ("chưa xong mô", "notdone"),
    ],
)
def test_how_people_say_that_it_is_done(text: str, expected: str) -> None:
    assert end_of(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("huỷ cái phiếu trên giúp em", ("cancel", "")),
        ("em xin hủy phiếu vừa gửi", ("cancel", "")),
        ("bỏ phiếu bầu trưởng thôn", None),
        ("hủy phiếu lĩnh lương thì làm sao", None),
    ],
)
def test_a_ticket_taken_back_in_passing(text: str, expected: tuple[str, str] | None) -> None:
    assert act_of(text) == expected


@pytest.mark.parametrize(
    ("text", "pressed"),
    [
        ("có", "go"),
        ("đồng ý", "go"),
        ("không", "stop"),
        ("thôi", "stop"),
        ("bật", "go"),
        ("rồi", ""),
    ],
)
def test_a_question_whether_to_do_it_takes_yes_and_no(text: str, pressed: str) -> None:
    buttons = [[{"label": "Bật", "press": "go"}, {"label": "Thôi", "press": "stop"}]]
    assert (press_of(text, buttons, numbered=True) or "") == pressed
    apart = [[{"label": "Đã xong", "press": "go"}, {"label": "Chưa xong", "press": "stop"}]]
    assert press_of("có", apart, numbered=True) is None
