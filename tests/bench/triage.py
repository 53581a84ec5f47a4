"""How right triage is on messages it never learned from, beside what one would otherwise take."""

import gc
import time
from collections import Counter
from collections.abc import Callable, Sequence

from langdetect import LangDetectException, detect

from province.pack import Pack
from tests.bench import figures, people, sampler
from tests.bench.confusion import draw
from tests.bench.figures import Figure
from tests.bench.routers import fasttext, keywords
from triage import measure as measuring
from triage import triage, warm
from triage.measure import Labelled
from triage.verdict import Verdict

FROZEN = measuring.FROZEN
"""Written by nobody whose messages are learned from; never tuned on."""
LEAST = {
    "lead, first": 0.88,
    "lead, first three": 0.97,
    "category, first": 0.80,
    "category, first three": 0.93,
    "urgent: raised or asked": 0.95,
}
MOST = {
    "report taken for none": 0.005,
    "none taken for a report": 0.08,
    "hard negative: raised or asked": 0.15,
    "calibration error": 0.05,
    "p50 ms": 1.0,
    "p99 ms": 3.0,
}


async def measure(*, is_short: bool = False, profile: bool = False) -> list[Figure]:
    """Every measure of triage.measure on the frozen set, then the rivals on the same messages."""
    pack = people.bundled()
    rows = [row for file in FROZEN for row in measuring.read_labelled(file, pack, {})]
    rows = rows[::10] if is_short else rows
    warm(pack)
    gc.freeze()  # as bot.serve does

    def judge(text: str) -> Verdict:
        return triage(text, pack)

    with sampler.sampling(enabled=profile):
        counted = measuring.measure(judge, rows)
    found = [_share(name, share.hit, share.of) for name, share in counted.shares.items()]
    found += [_number(name, value) for name, value in counted.numbers.items()]
    found.append(_speed(judge, rows))
    if not is_short:
        draw(rows, [measuring.lead_of(judge(row.text)) for row in rows])
    return [*found, *_rivals(pack, rows), *_languages(judge, rows)]


def _share(name: str, hit: int, of: int) -> Figure:
    least = name in LEAST
    goal = LEAST.get(name, MOST.get(name))
    return Figure("triage", f"{name} (of {of:,})", hit / max(1, of), "share", goal, is_least=least)


def _number(name: str, value: float) -> Figure:
    unit = "ms" if name.endswith(" ms") else ""
    return Figure("triage", name.removesuffix(" ms"), value, unit, MOST.get(name), is_least=False)


def _speed(judge: Callable[[str], Verdict], rows: Sequence[Labelled]) -> Figure:
    rates = []
    for _ in range(3):
        started = time.perf_counter()
        for row in rows:
            judge(row.text)
        rates.append(len(rows) / (time.perf_counter() - started))
    return figures.rounds("triage", "one after the other", rates, "messages/s")


def _rivals(pack: Pack, rows: Sequence[Labelled]) -> list[Figure]:
    """What the same data give by simpler means."""
    found = []
    for name, router in (("keyword rules", keywords(pack)), ("fastText", fasttext(pack))):
        if router is None:
            continue
        guesses = [router(row.text) for row in rows]
        first = sum(
            guess[:1] != [] and guess[0] in row.leads
            for guess, row in zip(guesses, rows, strict=True)
        )
        three = sum(
            bool(row.leads & {*guess[:3]}) for guess, row in zip(guesses, rows, strict=True)
        )
        found.append(_share(f"{name}: lead, first", first, len(rows)))
        found.append(_share(f"{name}: lead, first three", three, len(rows)))
    return found


def _languages(judge: Callable[[str], Verdict], rows: Sequence[Labelled]) -> list[Figure]:
    """All of these messages are Vietnamese."""
    ours = sum(judge(row.text).language == "vi" for row in rows)
    alone = Counter(_detected(row.text) for row in rows)["vi"]
    return [
        _share("taken for Vietnamese", ours, len(rows)),
        _share("langdetect alone: taken for Vietnamese", alone, len(rows)),
    ]


def _detected(text: str) -> str:
    try:
        return str(detect(text))
    except LangDetectException:
        return ""
