"""What typed words answer, and what is news beside the question."""

import pytest

from province.pack import Question
from tickets.replies import is_beside_question, is_danger, read_answer

PLACE = Question(ask="Đường nào, km bao nhiêu?", slot="place", kind="place")
HOW_MANY = Question(ask="Bao nhiêu hộ?", slot="households", kind="count")
SAFE = Question(ask="Có ai bị vùi không?", slot="people_at_risk", kind="yes_no", danger=("yes",))


@pytest.mark.parametrize(
    ("question", "text", "is_beside"),
    [
        (PLACE, "chau mat roi", True),
        (PLACE, "xe cấp cứu huyện chưa tới", True),
        (PLACE, "ke trang", False),
        (PLACE, "nhà ông trưởng bản cạnh cái cầu treo cũ", False),
        (PLACE, "chưa rõ", False),
        (HOW_MANY, "còn đang đi đếm ngoài bản", True),
        (HOW_MANY, "chừng chục hộ đang dọn", False),
        (HOW_MANY, "đông lắm", False),
        (SAFE, "chau mat roi", False),
    ],
)
def test_news_is_told_from_an_answer(question: Question, text: str, *, is_beside: bool) -> None:
    assert is_beside_question(question, text) is is_beside
    assert not is_beside_question(question, text, found="bản Kẻ Trằng")


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("Có", "yes"),
        ("co 2 nguoi", "yes"),
        ("5 người, 2 trẻ em", "yes"),
        ("có 2 cụ già với 1 cháu nhỏ", "yes"),
        ("20 học sinh phải đi vòng", "20 học sinh phải đi vòng"),
        ("0 người", "0 người"),
        ("không", "no"),
        ("ko ai ca", "no"),
        ("nỏ", "no"),
        ("chưa rõ", "skip"),
        ("bỏ qua", "skip"),
        ("đang tìm", "đang tìm"),
    ],
)
def test_yes_and_no_as_people_type_them(text: str, answer: str) -> None:
    assert read_answer(SAFE, text) == answer
    assert is_danger(SAFE, answer) == (answer == "yes")
