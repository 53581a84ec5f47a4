"""Words of danger: who and where they need beside them, and what only sounds like them."""

import pytest

from province.pack import Question, Route, Urgency
from triage import urgency
from triage.danger import read_danger
from triage.text import read


@pytest.mark.parametrize(
    "text",
    [
        "hai người bị vùi lấp",
        "co 3 nguoi mac ket trong nha",
        "cháu bé đuối nước",
        "đang cháy nhà ở bản",
        "chay rung lan xuong",
        "dây điện đứt rơi xuống sân trường",
        "phát hiện quả bom",
        "nứt đất sau nhà dân",
        "lật thuyền trên lòng hồ",
        "dap sap vo",
        "sản phụ băng huyết",
    ],
)
def test_danger_to_somebody_is_plain(text: str) -> None:
    assert read_danger(read(text)).plain


@pytest.mark.parametrize(
    "text",
    [
        "cháy nguồn máy tính",
        "máy in cháy rồi",
        "chết máy giữa đường",
        "trôi hồ sơ trên hệ thống",
        "kẹt hồ sơ của dân",
        "may scan bi ket giay",
        "lũ lượt kéo về nộp hồ sơ",
        "cháy túi cuối năm",
        "diễn tập cứu hộ người bị vùi lấp",
        "xin kinh phí phòng chống cháy rừng",
        "năm ngoái có người chết đuối ở đây",
        "lợn chết nhiều quá",
    ],
)
def test_figures_drills_and_the_past_are_not_plain(text: str) -> None:
    assert not read_danger(read(text)).plain


def route(level: Urgency, *questions: Question) -> Route:
    return Route(category="a", group="b", label="c", lead="d", urgency=level, questions=questions)


CALM = read_danger(read("xin giống lúa"))
PLAIN = read_danger(read("hai người bị vùi lấp"))
DRILL = read_danger(read("diễn tập cứu hộ"))
BLOCKED = Question(ask="Tắc?", slot="road_blocked", kind="yes_no", urgent=("yes",))
AT_RISK = Question(ask="Có ai?", slot="people_at_risk", kind="yes_no", danger=("yes",))


@pytest.mark.parametrize(
    ("level", "alarm", "expected"),
    [("low", -1.0, "low"), ("normal", 0.5, "emergency"), ("urgent", -1.0, "urgent")],
)
def test_the_learned_alarm_only_raises(level: Urgency, alarm: float, expected: Urgency) -> None:
    assert urgency.urgency(route(level), CALM, alarm, {}, sure=True)[0] == expected


def test_plain_words_need_less_of_the_learned_alarm() -> None:
    assert urgency.urgency(route("low"), PLAIN, -0.2, {}, sure=True)[0] == "emergency"
    assert urgency.urgency(route("low"), CALM, -0.2, {}, sure=True)[0] == "low"


def test_an_emergency_by_its_category_needs_no_more_words() -> None:
    assert urgency.urgency(route("emergency"), CALM, -1.0, {}, sure=True)[0] == "emergency"
    assert urgency.urgency(route("emergency"), DRILL, -1.0, {}, sure=True)[0] == "urgent"


@pytest.mark.parametrize(
    ("slots", "expected"),
    [
        ({"road_blocked": "yes"}, "urgent"),
        ({"road_blocked": "no"}, "normal"),
        ({"people_at_risk": "yes"}, "emergency"),
        ({}, "normal"),
    ],
)
def test_answers_found_in_the_text_raise_the_level(
    slots: dict[str, str], expected: Urgency
) -> None:
    asked = route("normal", BLOCKED, AT_RISK)
    assert urgency.urgency(asked, CALM, -1.0, slots, sure=True)[0] == expected


def test_doubt_asks_and_certainty_does_not() -> None:
    assert urgency.asks("normal", CALM, -0.4)
    assert not urgency.asks("normal", CALM, -1.0)
    assert not urgency.asks("emergency", PLAIN, 1.0)
