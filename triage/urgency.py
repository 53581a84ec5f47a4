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


def urgency(
    route: Route | None, danger: Danger, alarm: float, slots: dict[str, str]
) -> tuple[Urgency, str]:
    """Return the level and, in Vietnamese, why; `alarm` is the learned chance of danger."""
    level: Urgency = route.urgency if route else "normal"
    why = ""
    if danger.plain and alarm >= PLAIN_ALARM or alarm >= SURE_ALARM:
        return "emergency", "có người hoặc nơi ở đang gặp nguy"
    if route:
        raised, question = answered(route.questions, slots)
        if ORDER.index(raised) > ORDER.index(level):
            level, why = raised, f"tin nhắn đã trả lời: {question}"
    return level, why


SURE_ALARM: Final = 0.8
"""Learned chance of danger from which the alarm is given whatever the words."""
PLAIN_ALARM: Final = 0.3
"""The same when words of danger stand beside somebody or a place."""
ASK_ALARM: Final = 0.2
"""From here on the writer is asked."""


def asks(level: Urgency, danger: Danger, alarm: float) -> bool:
    """Tell whether to ask 'Có ai đang gặp nguy hiểm không?'."""
    if level == "emergency":
        return False
    return alarm >= ASK_ALARM or danger.plain
