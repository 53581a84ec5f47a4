"""The palette by the rule of WCAG AA: words 4.5 to 1, lines and drawings 3 to 1, light and dark."""

import re
from pathlib import Path

import pytest

import web

STATIC = Path(web.__file__).parent / "static"
SHEETS = [(STATIC / name).read_text() for name in ("thaogo.css", "console.css")]
WORDS = [("ink", "bg"), ("ink", "card"), ("quiet", "bg"), ("quiet", "card"), ("first", "bg"),
         ("first", "card"), ("on-first", "first"), ("danger", "card"), ("danger", "bg"),
         ("ink", "mine"), ("quiet", "mine"), ("warn", "card"), ("warn", "bg"), ("ink", "late"),
         ("danger", "late"), ("first", "late"), ("quiet", "late"), ("warn", "late")]  # fmt: skip
DRAWN = [("bar", "card"), ("danger", "card"), ("warn", "card"), ("quiet", "card"),
         ("focus", "bg"), ("focus", "card"), ("first", "card")]  # fmt: skip


def palette(scheme: int) -> dict[str, str]:
    """The colours by name: 0 the light ones, 1 what the dark scheme makes of them."""
    found: dict[str, str] = {}
    for sheet in SHEETS:
        for block in re.findall(r":root\{([^}]*)\}", sheet)[: scheme + 1]:
            found |= dict(re.findall(r"--([\w-]+):(#\w+)", block))
    return found


def light(colour: str) -> float:
    digits = colour[1:] if len(colour) == 7 else "".join(2 * digit for digit in colour[1:])
    parts = [int(digits[n : n + 2], 16) / 255 for n in (0, 2, 4)]
    red, green, blue = [p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("scheme", [0, 1])
def test_words_and_drawings_stand_out(scheme: int) -> None:
    colours = palette(scheme)
    for pairs, least in ((WORDS, 4.5), (DRAWN, 3.0)):
        for one, other in pairs:
            high, low = sorted((light(colours[one]), light(colours[other])), reverse=True)
            assert (high + 0.05) / (low + 0.05) >= least, (one, other)


def test_a_drawing_tells_its_kinds_apart_without_colour() -> None:
    assert ".bar-2{fill:var(--card);stroke:var(--bar)" in SHEETS[1]
