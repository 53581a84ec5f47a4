"""A flame graph of samples as one small SVG: width is time, above stands what is called."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html import escape

from tests.bench.sampler import Stack

WIDTH, ROW, TOP = 1200, 15, 44
LEAST = 0.004
"""The share of all time below which a call is left out: it could not be read."""
LETTER = 5.6
ROOMS = {
    "bot": "#e4572e",
    "handlers": "#f2a541",
    "web": "#f3d34a",
    "tickets": "#7fb069",
    "storage": "#4d9de0",
    "triage": "#b388eb",
    "province": "#9ad1d4",
}
OTHERS = "#d5d5d5"
DEEPEST = 60
"""Levels that are drawn at most."""


@dataclass
class Call:
    """A function called from a certain stack, with all samples in it and above."""

    name: str
    count: int = 0
    calls: dict[str, "Call"] = field(default_factory=dict)


def tree(stacks: Mapping[Stack, int]) -> Call:
    """All stacks as one tree; the scaffolding below the loop's callbacks is cut away."""
    root = Call("all")
    for stack, count in stacks.items():
        root.count += count
        at = root
        for name in _without_scaffolding(stack)[:DEEPEST]:
            at = at.calls.setdefault(name, Call(name))
            at.count += count
    return root


def _without_scaffolding(stack: Stack) -> Stack:
    """What stands above asyncio's handles: below it each stack is the same."""
    loops = [n for n, name in enumerate(stack) if name == "asyncio.events:Handle._run"]
    return stack[loops[-1] + 1 :] if loops else stack


def svg(stacks: Mapping[Stack, int], title: str) -> str:
    """The graph; `title` says what was measured."""
    root = tree(stacks)
    boxes = list(_boxes(root, 0.0, 0, root.count or 1))
    height = TOP + ROW * (1 + max((level for level, *_ in boxes), default=0)) + 6
    size = f'width="{WIDTH}" height="{height}" viewBox="0 0 {WIDTH} {height}"'
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} font-family="Verdana" font-size="9.5">',
        f'<rect width="{WIDTH}" height="{height}" fill="#fff"/>',
        f'<text x="4" y="14" font-size="13">{escape(title)}: {root.count:,} samples</text>',
        *_legend(),
    ]
    for level, left, share, name in boxes:
        lines.append(_box(height - 6 - ROW * (level + 1), left, share, name))
    return "\n".join([*lines, "</svg>\n"])


def _boxes(
    call: Call, left: float, level: int, total: int
) -> Iterator[tuple[int, float, float, str]]:
    """(level, left edge, width, name) of all that is wide enough, in shares of the whole."""
    for name, inner in sorted(call.calls.items()):
        share = inner.count / total
        if share >= LEAST:
            yield level, left, share, name
            yield from _boxes(inner, left, level + 1, total)
        left += share


def _box(y: int, left: float, share: float, name: str) -> str:
    x, width = left * WIDTH, share * WIDTH
    label = name.partition(":")[2].replace(".<locals>", "")
    room = int((width - 4) / LETTER)
    shown = label if len(label) <= room else label[: max(0, room - 1)] + "…"
    text = f'<text x="{x + 2:.1f}" y="{y + 11}">{escape(shown)}</text>' if room > 2 else ""
    fill = ROOMS.get(name.partition(":")[0].partition(".")[0], OTHERS)
    return (
        f"<g><title>{escape(name)} {100 * share:.1f} %</title>"
        f'<rect x="{x:.1f}" y="{y}" width="{max(0.2, width - 0.4):.1f}" height="{ROW - 1}" '
        f'fill="{fill}"/>{text}</g>'
    )


def _legend() -> Iterator[str]:
    for nth, (room, fill) in enumerate([*ROOMS.items(), ("libraries", OTHERS)]):
        x = 4 + 90 * nth
        yield f'<rect x="{x}" y="22" width="12" height="12" fill="{fill}"/>'
        yield f'<text x="{x + 16}" y="32">{room}</text>'


def shares(stacks: Mapping[Stack, int]) -> dict[str, float]:
    """Each room's share of the time, by the innermost function of ours that was running."""
    found: Counter[str] = Counter()
    for stack, count in stacks.items():
        rooms = [name.partition(":")[0].partition(".")[0] for name in stack]
        ours = [room for room in rooms if room in ROOMS]
        found[ours[-1] if ours else "libraries"] += count
    total = found.total() or 1
    return {room: count / total for room, count in found.most_common()}
