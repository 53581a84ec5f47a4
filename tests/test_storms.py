"""What a roll-call says when several answer, and which promises a storm shortens."""

from datetime import UTC, datetime

import pytest

from province.pack import Urgency
from storage.rollcalls import RollCall
from tests.world import BUNDLED
from tickets.calendar import OfficeCalendar
from tickets.deadlines import deadlines, promise_of
from tickets.storms import State, told, trouble
from triage import answer_to

NIGHT = datetime(2026, 11, 25, 15, 40, tzinfo=UTC)
"""Wednesday 25 November, 22:40 in Vinh."""
STORM = BUNDLED.policies.storm


def call(*answers: list[str]) -> RollCall:
    said = {str(n): {"states": states} for n, states in enumerate(answers)}
    return RollCall(storm_id=1, commune="my_ly", asked_at=NIGHT, answers=said)


@pytest.mark.parametrize(
    ("answers", "states"),
    [
        ([], ()),
        ([["safe"]], ("safe",)),
        ([["safe"], ["road", "power"]], ("power", "road")),
        ([["hurt"], ["safe"]], ("hurt",)),
        ([[], ["relief"]], ("relief",)),
    ],
)
def test_what_several_say_is_joined(answers: list[list[str]], states: tuple[str, ...]) -> None:
    assert told(call(*answers)) == states


def test_what_the_communes_said_is_counted_in_the_order_of_the_buttons() -> None:
    found = [
        State("a", has_people=True, states=("road",)),
        State("b", has_people=True, states=("power", "road")),
        State("c", has_people=True, states=("safe",)),
        State("d", has_people=True),
    ]
    assert list(trouble(found).items()) == [("safe", 1), ("power", 1), ("road", 2)]


@pytest.mark.parametrize("urgency", ["emergency", "urgent", "normal", "low"])
def test_a_storm_never_gives_more_time(urgency: Urgency) -> None:
    office = OfficeCalendar(BUNDLED.calendar)
    usual = deadlines(urgency, NIGHT, BUNDLED.policies, office)
    stormy = deadlines(urgency, NIGHT, BUNDLED.policies, office, in_storm=True)
    assert stormy.acknowledge <= usual.acknowledge
    assert stormy.answer <= usual.answer
    assert stormy.result <= usual.result


def test_a_level_that_the_pack_leaves_out_keeps_its_promises() -> None:
    usual = BUNDLED.policies.deadlines["low"]
    assert promise_of(BUNDLED.policies, "low", in_storm=True) == usual
    assert promise_of(BUNDLED.policies, "urgent", in_storm=True).clock == "wall"


@pytest.mark.parametrize(
    ("text", "slot", "answer"),
    [
        ("cả xã mất điện từ đêm qua", "power_out", "yes"),
        ("mat dien ca xa", "power_out", "yes"),
        ("điện vẫn có điện bình thường", "power_out", "no"),
        ("không mất điện, đường tắc hoàn toàn", "power_out", "no"),
        ("mất điện thoại của cán bộ", "power_out", ""),
        ("không mất điện, đường tắc hoàn toàn", "road_blocked", "yes"),
        ("nước lên ở bản Khe Tang", "power_out", ""),
    ],
)
def test_what_a_text_says_is_not_asked(text: str, slot: str, answer: str) -> None:
    question = next(question for question in STORM.questions if question.slot == slot)
    assert answer_to(question, text, BUNDLED, home="chieu_luu") == answer
