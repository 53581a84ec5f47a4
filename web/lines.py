"""How a line of the conversation looks: rich text, buttons, photos; all escaped."""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from markupsafe import Markup

from storage.webchat import Line
from tickets.rich import as_html, plain
from tickets.texts import Texts
from web.labels import labels
from web.pages import templates

CODE = re.compile(r"\b[A-Z]{2,4}-\d{2}-\d{6}\b")
EMERGENCY_NUMBER = re.compile(r"<b>(11[2-5])</b>")
QUOTED = 80
"""How many characters of a line a reply shows."""


@dataclass(frozen=True, slots=True)
class Button:
    """One button of a line; `number` is what may be typed instead, 0 when nothing."""

    label: str
    press: str
    number: int


def html_of(text: str) -> Markup:
    """Rich text as HTML: ticket numbers bold, the emergency numbers ready to be called."""
    html = CODE.sub(r'<b class="code">\g<0></b>', as_html(text))
    html = EMERGENCY_NUMBER.sub(r'<b><a href="tel:\1">\1</a></b>', html)
    return Markup(html.replace("\n", "<br>"))  # noqa: S704  as_html has escaped it


templates.filters["rich"] = html_of


def buttons_of(body: dict[str, Any]) -> list[list[Button]]:
    """The rows of a line's buttons, counted through where a number may be typed."""
    numbered, count = body.get("numbered", False), 0
    rows: list[list[Button]] = []
    for row in body.get("buttons", ()):
        rows.append([])
        for button in row:
            count += 1
            number = count if numbered else 0
            rows[-1].append(Button(button["label"], button["press"], number))
    return rows


def label_of(line: Line, press: str) -> str | None:
    """What stands on the button of a line that carries `press`; None when it has none."""
    for row in line.body.get("buttons", ()):
        for button in row:
            if button["press"] == press:
                return str(button["label"])
    return None


def quote_of(line: Line) -> str:
    """The beginning of a line, to show what is replied to."""
    text = plain(str(line.body.get("text", ""))).replace("\n", " ")
    return text if len(text) <= QUOTED else text[: QUOTED - 1] + "…"


def render(line: Line, texts: Texts, *, base: str, language: str, now: datetime) -> Markup:
    """A line as HTML, the same on the page and in the stream."""
    text = str(line.body.get("text", ""))
    html = templates.get_template("line.html").render(
        say=labels(language),
        base=base,
        line=line,
        text=html_of(text),
        rows=buttons_of(line.body),
        about_ticket=bool(CODE.search(plain(text))) and not line.mine,
        clock=texts.time(line.at, now),
    )
    return Markup(html)  # noqa: S704  the template escapes
