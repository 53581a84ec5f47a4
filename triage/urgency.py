"""How fast: the category's own level, raised by what the text tells, never lowered."""

from typing import Final

from province.pack import Question, Route, Urgency
from triage.danger import Danger

ORDER: Final[tuple[Urgency, ...]] = ("low", "normal", "urgent", "emergency")


def higher(one: Urgency, other: Urgency) -> Urgency:
    """Return the more pressing of two levels."""
    return max(one, other, key=ORDER.index)


def answered(questions: tuple[Question, ...], slots: dict[str, str]) -> tuple[Urgency, str]:
    """Return the level that answers found in the text call for, and the question they answer."""
    level: Urgency = "low"
    why = ""
    for question in questions:
        answer = slots.get(question.slot, "")
        if answer and answer in question.danger:
            return "emergency", question.ask
        if answer and answer in question.urgent:
            level, why = "urgent", question.ask
    return level, why


SURE_ALARM: Final = 0.1
"""Learned score of danger from which the alarm is given whatever the words."""
PLAIN_ALARM: Final = -0.3
"""The same when words of danger stand beside somebody or a place."""
ASK_ALARM: Final = -0.7
"""From here on the writer is asked."""
CALM: Final = -0.95
"""Below this score nothing sounds like danger."""
TALK: Final = -0.55
"""Below this score words that sound like danger may be mere talk."""
HEARD: Final = -0.3
"""The same for words without any that sound like it."""
OFFICES: Final = frozenset(
    {"digital_telecom", "finance_facilities", "organization_staff", "legal_procedure"}
)
"""Groups of matters of desks and files, where "bị đá ra" throws nobody out of anything."""
CALMER: Final = 0.3
"""How much more must sound like danger there: on messages of writers held back, .954 of the urgent
ones are raised or asked about, and .11 of the calm ones asked."""

_IN_DANGER: Final = "có người hoặc nơi ở đang gặp nguy"


def urgency(
    route: Route | None, danger: Danger, alarm: float, slots: dict[str, str], *, sure: bool
) -> tuple[Urgency, str]:
    """Return the level and, in Vietnamese, why.

    `alarm` is the learned score of danger; `sure` tells whether the category is beyond doubt.
    A category that is an emergency by itself is one only as far as it is told as happening.
    """
    if alarm >= SURE_ALARM or (danger.plain and alarm >= PLAIN_ALARM):
        return "emergency", _IN_DANGER
    if route is None:
        return "normal", ""
    level = route.urgency
    if level == "emergency" and alarm < TALK and (danger.unreal or not sure):
        level = "urgent"
    if level == "emergency" and danger.plain:
        return level, _IN_DANGER
    raised, question = answered(route.questions, slots)
    if ORDER.index(raised) > ORDER.index(level):
        return raised, f"tin nhắn đã trả lời câu “{question}”"
    return level, ""


def asks(
    level: Urgency, danger: Danger, alarm: float, route: Route | None = None, *, sure: bool = False
) -> bool:
    """Tell whether to ask 'Có ai đang gặp nguy hiểm không?'."""
    if level == "emergency":
        return False
    heard = alarm - CALMER if sure and route is not None and route.group in OFFICES else alarm
    return heard >= ASK_ALARM or (danger.plain and heard >= CALM)
