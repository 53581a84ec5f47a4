"""Choices for which there are too few buttons, as a list whose rows are pressed like buttons."""

from typing import Any

from bot.channels.base import Part
from bot.channels.zalo_oa_parse import PRESSED
from tickets.rich import plain, units

ROWS = 5
"""Rows of a list; the first one holds what is said, and is not pressed."""
BUTTONS, TITLE = 5, 100
SUBTITLE = 120
"""UTF-16 units below the title. Zalo takes 500, but how many lines of them a phone shows nobody
says, and a card or an alarm must be read whole."""
HIDDEN = "oa.query.hide"
"""What is pressed comes back as a message that the person does not see."""


def as_buttons(part: Part) -> dict[str, Any] | None:
    """A text with buttons; None where it has none, or more than Zalo takes."""
    choices = _choices(part)
    if not choices or len(choices) > BUTTONS:
        return None
    return _template({"buttons": [_button(label, press) for label, press in choices]})


def as_list(part: Part, picture: str) -> dict[str, Any] | None:
    """A list of up to nine choices; None where what is said does not fit above it, or without any.

    The rows' shape is known from Zalo's SDK and from two public programs, and never tried: whether
    each row needs a picture (an address), and whether lists are open to every account, shows when
    the first one is refused; the sender then says it in words.
    """
    choices, (title, _, rest) = _choices(part), plain(part.text).partition("\n")
    most = ROWS - 1 + BUTTONS
    if not BUTTONS < len(choices) <= most or not title:
        return None
    if units(title) > TITLE or units(rest) > SUBTITLE:
        return None
    above = {"title": title, "subtitle": rest, "image_url": picture}
    rows = [_row(label, press, picture) for label, press in choices[: ROWS - 1]]
    below = [_button(label, press) for label, press in choices[ROWS - 1 :]]
    head = {name: value for name, value in above.items() if value}
    return _template({"template_type": "list", "elements": [head, *rows], "buttons": below})


def _choices(part: Part) -> list[tuple[str, str]]:
    return [button for row in part.buttons for button in row]


def _button(label: str, press: str) -> dict[str, str]:
    return {"title": label[:TITLE], "type": HIDDEN, "payload": f"{PRESSED}{press}"}


def _row(label: str, press: str, picture: str) -> dict[str, Any]:
    pictured = {"image_url": picture} if picture else {}
    action = {"type": HIDDEN, "payload": f"{PRESSED}{press}"}
    return {"title": label[:TITLE], **pictured, "default_action": action}


def _template(payload: dict[str, Any]) -> dict[str, Any]:
    return {"type": "template", "payload": payload}
