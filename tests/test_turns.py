"""What short messages do in a talk, as people type them."""

from collections.abc import Callable

import pytest

from handlers.reporting import UNIT_MEANT
from tickets import turns

DOES: dict[Callable[[str], bool], tuple[tuple[str, ...], tuple[str, ...]]] = {
    turns.asks_back: (
        (
            "chừ mần răng",
            "ý anh hỏi chi",
            "phải làm sao",
            "có cần sơ tán học sinh không",
            "là sao ạ",
        ),
        (
            "bản Khe Rạn",
            "khoảng 40 hộ",
            "không ai bị sao",
            "dân vẫn đi qua",
            "không biết làm sao mà ra",
        ),
    ),
    turns.asks_on: (
        (
            "xuồng tới chưa",
            "mai có người lên ko",
            "khi mo xong ak",
            "các anh xem đến đâu rồi ạ",
            "phiếu này ai lo",
            "răng nỏ ai trả lời rứa",
            "when will somebody come",
        ),
        ("xe không vào được", "nước ngập tới nóc rồi", "chưa ai lên", "không có người cứu"),
    ),
    turns.takes_back: (
        (
            "nhầm rồi, đốt rơm thôi",
            "tin đồn thôi, kiểm tra lại không có",
            "thôi bỏ đi",
            "báo nhầm ạ",
        ),
        (
            "nhầm bản Lưu Thắng nhé",
            "2 cháu bị cuốn rồi",
            "bỏ đi 2 hôm chưa về",
            "à nhầm, bản Lưu Hòa",
        ),
    ),
    turns.tells_safe: (
        (
            "tìm thấy rồi, 2 cháu khỏe",
            "dập xong rồi",
            "đã đưa hết ra rồi",
            "ổn rồi, các cháu về rồi",
        ),
        (
            "tìm thấy xác rồi",
            "moi được 1 người rồi, còn thở",
            "đưa được bà đẻ ra rồi",
            "chưa tìm thấy",
        ),
    ),
    turns.wants_again: (
        ("ơ khoan đừng hủy", "lại mất rồi", "điện lại mất rồi", "vẫn chưa được", "đường lại sạt"),
        (
            "đường lại sạt ở Km 5 rồi",
            "có điện lại rồi",
            "dân không hủy hợp đồng",
            "vẫn chưa có tiền hỗ trợ nhà sập",
        ),
    ),
    turns.leads_in: (
        ("anh ơi cho em hỏi", "chuyện là thế này", "bên em có việc", "alo cho hỏi tí"),
        ("cho em hỏi thủ tục cấp sổ đỏ", "bên em có hộ dân", "có việc dân kiện nhau"),
    ),
}


@pytest.mark.parametrize("rule", DOES, ids=lambda rule: rule.__name__)
def test_what_words_do(rule: Callable[[str], bool]) -> None:
    does, does_not = DOES[rule]
    assert [words for words in does if not rule(words)] == []
    assert [words for words in does_not if rule(words)] == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("có điện lại rồi nhé", True),
        ("vào được rồi ạ", True),
        ("sửa xong rồi", True),
        ("đã nhận được tiền rồi", True),
        ("nước rút hết rồi", True),
        ("chưa sửa xong", False),
        ("có điện lại rồi nhưng yếu", False),
        ("hỏng hết rồi", False),
        ("mất điện rồi", False),
    ],
)
def test_what_has_ended_by_itself(text: str, *, expected: bool) -> None:
    assert turns.is_over(text) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("à nhầm, bản Lưu Hòa", True),
        ("sửa lại: km 12", True),
        ("nhầm to rồi", True),
        ("không", False),
    ],
)
def test_words_that_take_back(text: str, expected: bool) -> None:
    assert turns.corrects(text) is expected


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("so tai chinh", True),
        ("sxd", True),
        ("phong tai chinh", True),
        ("sat them mot mang nua", False),
        ("song lien lac mat het", False),
        ("sdt truong ban 0912345678", False),
    ],
)
def test_what_begins_a_departments_name(text: str, *, meant: bool) -> None:
    assert (UNIT_MEANT.match(text) is not None) is meant
