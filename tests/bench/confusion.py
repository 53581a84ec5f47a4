"""The confusion matrix of the frozen messages as a picture: docs/images/nham-lan.svg."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from xml.sax.saxutils import escape

from tests.bench.people import bundled
from triage.judge import NOT_A_REPORT
from triage.measure import Labelled

FILE = Path(__file__).parents[2] / "docs" / "images" / "nham-lan.svg"
CELL, LEFT, TOP = 22, 190, 150
FEWEST = 8
"""Departments with fewer messages are left out of the picture."""
DARK = 0.5
"""Share from which a square needs light words."""


def draw(rows: Sequence[Labelled], given: Sequence[str]) -> None:
    """Write the picture: who should lead (rows), who was proposed first (columns)."""
    right = [_label(row, lead) for row, lead in zip(rows, given, strict=True)]
    counts = Counter(zip(right, given, strict=True))
    totals = Counter(right)
    shown = [lead for lead, count in totals.most_common() if count >= FEWEST]
    FILE.write_text(_svg(shown, counts, totals), encoding="utf-8")


def _label(row: Labelled, given: str) -> str:
    return given if given in row.leads else min(row.leads)


def _svg(shown: Sequence[str], counts: Counter[tuple[str, str]], totals: Counter[str]) -> str:
    names = {agency.code: agency.short for agency in bundled().agencies}
    names[NOT_A_REPORT] = "không phải phản ánh"
    size = CELL * len(shown)
    box = f"0 0 {LEFT + size + 60} {TOP + size + 20}"
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{box}" font-family="sans-serif">',
        "<title>Đơn vị đúng (hàng) và đơn vị được đề xuất đầu tiên (cột)</title>",
        '<rect width="100%" height="100%" fill="#fff"/>',
    ]
    for n, lead in enumerate(shown):
        at, name = n * CELL + 15, escape(names.get(lead, lead))
        parts += [
            _words(LEFT - 6, TOP + at, f"{name} ({totals[lead]})", 'text-anchor="end"'),
            _words(0, 0, name, f'transform="translate({LEFT + at},{TOP - 6}) rotate(-60)"'),
        ]
        for m, other in enumerate(shown):
            if count := counts[lead, other]:
                parts += _cell(LEFT + m * CELL, TOP + n * CELL, count, totals[lead], right=n == m)
    return "\n".join([*parts, "</svg>\n"])


def _cell(x: int, y: int, count: int, total: int, *, right: bool) -> list[str]:
    """One square: green where right, red where wrong, the darker the larger its share."""
    share = count / total
    colour = f"hsl({160 if right else 10} 70% {95 - 60 * share:.0f}%)"
    ink = "#fff" if share > DARK else "#222"
    return [
        f'<rect x="{x}" y="{y}" width="{CELL - 1}" height="{CELL - 1}" fill="{colour}"/>',
        _words(x + CELL // 2, y + 15, str(count), f'text-anchor="middle" fill="{ink}"'),
    ]


def _words(x: int, y: int, words: str, more: str) -> str:
    return f'<text x="{x}" y="{y}" font-size="11" {more}>{words}</text>'
