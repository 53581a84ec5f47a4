"""Buttons as words, for channels that have none: a numbered list, or the words alone."""

from collections.abc import Iterable

from bot.channels.base import Part

NUMBERED = 9
"""Numbers that can be typed for a button; see handlers.twins."""


def with_choices(part: Part) -> str:
    """A part's text as it ends where nothing can be pressed.

    A message that numbers its own lines, or asks for a number, shows the words alone: a typed
    number would mean two things.
    """
    labels = [label for row in part.buttons for label, _ in row]
    if not labels:
        return part.text
    shown = "\n".join(_numbered(labels)) if part.numbered else f"✎ {' · '.join(labels)}"
    return f"{part.text}\n{shown}"


def _numbered(labels: Iterable[str]) -> Iterable[str]:
    for number, label in enumerate(labels, 1):
        yield f"{number}. {label}" if number <= NUMBERED else f"• {label}"
