"""Which matter a message belongs to: the rules in a table, in the order in which they are asked."""

from dataclasses import replace

import pytest

from province.pack import Question
from tickets.matters import Belongs, Situation, belongs

PLACE = Question(ask="Đường nào, km bao nhiêu?", slot="place", kind="place")
SAFE = Question(ask="Có ai bị vùi không?", slot="people_at_risk", kind="yes_no", danger=("yes",))
OTHER = {"is_report": True, "is_sure": True, "category": "scanner", "group": "finance"}
SAME = {**OTHER, "category": "landslide_road", "group": "disaster"}
HASTE = {**OTHER, "is_sure": False, "is_pressing": True}
NEAR = {**SAME, "category": "landslide_houses", "is_pressing": True}
"""Another matter of the same group, with haste."""
GUESSED = {"is_current_unsure": True}
UNDOABLE = (Belongs.NEW_WITH_UNDO, None)
BESIDE = {"is_beside_emergency": True, "is_current_emergency": True}
HERE = {"current": 7, "current_category": "landslide_road", "current_group": "disaster"}


@pytest.mark.parametrize(
    ("known", "expected"),
    [
        ({"replied_to": 3, **HERE}, (Belongs.ADD, 3)),
        ({"replied_to": 7, **HERE, "asked": PLACE}, (Belongs.ANSWER, 7)),
        ({"named": 5, **HERE, "asked": PLACE}, (Belongs.ADD, 5)),
        ({"begins_new": True, **HERE, "asked": PLACE}, (Belongs.NEW, None)),
        ({"begins_new": True, "replied_to": 7, **HERE}, (Belongs.NEW, None)),
        ({}, (Belongs.NEW, None)),
        ({**HERE, "asked": PLACE}, (Belongs.ANSWER, 7)),
        ({**HERE, "asked": PLACE, **OTHER}, (Belongs.NEW_WITH_UNDO, None)),
        ({**HERE, **OTHER}, (Belongs.NEW_WITH_UNDO, None)),
        ({**HERE, "minutes": 5.0}, (Belongs.ADD, 7)),
        ({**HERE, "minutes": 45.0}, (Belongs.ASK, 7)),
        ({**HERE, "minutes": 5.0, "is_report": True}, (Belongs.ADD, 7)),
        ({**HERE, **SAME, "is_elsewhere": True}, (Belongs.ASK, 7)),
        ({**HERE, **SAME}, (Belongs.ADD, 7)),
        ({**HERE, **SAME, "minutes": 45.0}, (Belongs.ASK, 7)),
        ({**HERE, **HASTE}, (Belongs.NEW_WITH_UNDO, None)),
        ({**HERE, **OTHER, "is_pressing": True, "asked": SAFE}, (Belongs.ANSWER, 7)),
        ({**HERE, **OTHER, "is_pressing": True, "asked": SAFE, **GUESSED}, UNDOABLE),
        ({**HERE, **HASTE, "is_current_emergency": True}, (Belongs.ADD, 7)),
        ({**HERE, **HASTE, "is_current_emergency": True, "minutes": 45.0}, UNDOABLE),
        ({**HERE, **OTHER, "is_current_emergency": True}, UNDOABLE),
        ({**HERE, **OTHER, **BESIDE}, (Belongs.ADD, 7)),
        ({**HERE, **OTHER, **BESIDE, "minutes": 170.0}, (Belongs.ADD, 7)),
        ({**HERE, **OTHER, **BESIDE, "minutes": 190.0}, UNDOABLE),
        ({**HERE, **OTHER, **BESIDE, "is_elsewhere": True}, UNDOABLE),
        ({**HERE, **BESIDE, "asked": PLACE, **OTHER}, (Belongs.ANSWER, 7)),
        ({**HERE, "is_current_emergency": True, "minutes": 170.0}, (Belongs.ADD, 7)),
        ({**HERE, **OTHER, "is_awaited": True, "is_here": True}, (Belongs.ADD, 7)),
        ({**HERE, **OTHER, "is_awaited": True}, UNDOABLE),
        ({**HERE, **NEAR, "asked": PLACE}, (Belongs.ANSWER, 7)),
        ({**HERE, **NEAR, "asked": PLACE, "is_emergency": True}, UNDOABLE),
        ({**HERE, **NEAR, "asked": SAFE, "is_emergency": True}, (Belongs.ANSWER, 7)),
        ({"current": 7, "is_nameless": True, **OTHER, "minutes": 1200.0}, (Belongs.ADD, 7)),
        ({"current": 7, "is_nameless": True, **OTHER, "minutes": 1500.0}, (Belongs.ASK, 7)),
    ],
)
def test_where_a_message_goes(known: dict, expected: tuple) -> None:
    assert belongs(Situation(text="hai cái máy scan hỏng rồi", **known)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("hồ sơ nộp tháng 8 rồi", (Belongs.ADD, 7)),
        ("QĐ 215 ngày 30/6/2025 của UBND huyện cũ", (Belongs.ADD, 7)),
        ("QĐ 215 của huyện cũ chưa ai chi trả", UNDOABLE),
        ("đề nghị cấp máy tính", UNDOABLE),
    ],
)
def test_words_right_after_others_that_tell_no_trouble_go_on(text: str, expected: tuple) -> None:
    assert belongs(Situation(text=text, **HERE, **OTHER)) == expected
    assert belongs(Situation(text=text, **HERE, **OTHER, minutes=45.0)) == UNDOABLE


def test_a_number_to_call_belongs_to_the_emergency() -> None:
    phone = Situation(text="0987 654 321 anh Thái", **HERE, **OTHER, is_current_emergency=True)
    assert belongs(phone) == (Belongs.ADD, 7)


def test_who_lies_under_it_belongs_to_the_emergency_unless_elsewhere() -> None:
    rescue = {**OTHER, "category": "isolated_rescue", "group": "disaster", "is_pressing": True}
    words = "hai nguoi bi vui dang dao"
    more = Situation(text=words, **HERE, **rescue, is_current_emergency=True)
    assert belongs(more) == (Belongs.ADD, 7)
    assert belongs(replace(more, is_elsewhere=True)) == UNDOABLE
    assert belongs(replace(more, minutes=45.0)) == UNDOABLE


def test_a_word_or_two_never_opens_a_ticket_beside_a_question() -> None:
    short = Situation(text="máy scan", **HERE, asked=PLACE, **OTHER)
    assert belongs(short) == (Belongs.ANSWER, 7)
