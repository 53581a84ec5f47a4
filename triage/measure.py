"""How well triage does on labelled messages: `thaogo train --evaluate FILE`."""

import json
import math
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from province.pack import Pack
from province.text import fold
from triage.judge import NOT_A_REPORT, STATUS
from triage.scoring import lead_of, ranked
from triage.verdict import Verdict

PACK: Final = Path(__file__).parents[1] / "province" / "nghe_an"
FROZEN: Final = tuple(sorted(Path(__file__).with_name("frozen").glob("*.jsonl")))
"""Written by nobody whose messages are learned from; never tuned on, and shipped to measure with."""
STEPS: Final = 10
"""Parts into which confidence is cut for the calibration error."""
SURE_INTERVAL: Final = 1.96


@dataclass(frozen=True, slots=True)
class Labelled:
    """A message, the leads that count as right for it, and what else its label says."""

    text: str
    leads: frozenset[str]
    category: str = ""
    urgent: bool = False
    hard: bool = False


@dataclass(frozen=True, slots=True)
class Share:
    """How many of how many."""

    hit: int
    of: int

    def __str__(self) -> str:
        if not self.of:
            return "-"
        low, high = self.interval()
        return f"{self.hit / self.of:.3f} [{low:.3f}, {high:.3f}] of {self.of}"

    def interval(self) -> tuple[float, float]:
        """Return Wilson's 95 % interval."""
        share, z = self.hit / self.of, SURE_INTERVAL
        middle = share + z * z / (2 * self.of)
        half = z * math.sqrt(share * (1 - share) / self.of + (z / self.of) ** 2 / 4)
        scale = 1 + z * z / self.of
        return max(0.0, (middle - half) / scale), min(1.0, (middle + half) / scale)


@dataclass(slots=True)
class Figures:
    """All measures of one set, by name."""

    shares: dict[str, Share] = field(default_factory=dict)
    numbers: dict[str, float] = field(default_factory=dict)

    def lines(self) -> list[str]:
        """Return one line for each measure."""
        return [f"{name:38} {share}" for name, share in self.shares.items() if share.of] + [
            f"{name:38} {number:.3f}" for name, number in self.numbers.items()
        ]


def three_leads(verdict: Verdict) -> tuple[str, ...]:
    """Return the first three distinct leads of a verdict and its alternatives."""
    return tuple(guess.lead for guess in ranked(verdict))


def read_labelled(
    file: Path, pack: Pack, equivalent: Mapping[str, Sequence[str]]
) -> list[Labelled]:
    """Read .jsonl rows that carry `category`, or `lead` and perhaps `acceptable_leads`.

    Rows with the lead "other" are left out. `equivalent` names, for a lead given by triage, the
    labelled leads for which it counts as right.
    """
    routed = {route.category: route.lead for route in pack.routing if route.last is None}
    rows = [json.loads(line) for line in file.read_text("utf-8").splitlines() if line.strip()]
    found = [_labelled(row, routed, equivalent) for row in rows]
    return [one for one in found if "other" not in one.leads]


def _labelled(
    row: dict[str, Any], routed: Mapping[str, str], equivalent: Mapping[str, Sequence[str]]
) -> Labelled:
    category = row.get("category", "") if "lead" not in row else ""
    if category in (NOT_A_REPORT, STATUS):
        right = {NOT_A_REPORT}
    else:
        right = {row["lead"]} if "lead" in row else {routed[category]}
        right |= set(row.get("acceptable_leads") or ())
    right |= {given for given, meant in equivalent.items() if right & set(meant)}
    urgent, hard = bool(row.get("urgent")), row.get("alarm") == "hard"
    return Labelled(row["text"], frozenset(right), category, urgent, hard)


def measure(judge: Callable[[str], Verdict], rows: Iterable[Labelled]) -> Figures:
    """Judge every row and count."""
    judged = []
    times = []
    for row in rows:
        start = time.perf_counter()
        verdict = judge(row.text)
        times.append(time.perf_counter() - start)
        judged.append((row, verdict))
    figures = Figures()
    _leads(figures, judged)
    _alarms(figures, judged)
    figures.numbers["calibration error"] = calibration_error(judged)
    times.sort()
    figures.numbers["p50 ms"] = 1000 * times[len(times) // 2]
    figures.numbers["p99 ms"] = 1000 * times[int(len(times) * 0.99)]
    return figures


_Judged = Sequence[tuple[Labelled, Verdict]]


def _share(rows: _Judged, hit: Callable[[Labelled, Verdict], bool]) -> Share:
    return Share(sum(hit(row, verdict) for row, verdict in rows), len(rows))


def _first(row: Labelled, verdict: Verdict) -> bool:
    return lead_of(verdict) in row.leads


def _leads(figures: Figures, judged: _Judged) -> None:
    shares = figures.shares
    shares["lead, first"] = _share(judged, _first)
    shares["lead, first three"] = _share(judged, lambda r, v: bool(r.leads & {*three_leads(v)}))
    bare = [pair for pair in judged if fold(pair[0].text) == " ".join(pair[0].text.lower().split())]
    shares["lead, first, typed without marks"] = _share(bare, _first)
    named = [(r, v) for r, v in judged if r.category and NOT_A_REPORT not in r.leads]
    shares["category, first"] = _share(named, lambda r, v: v.category == r.category)
    shares["category, first three"] = _share(
        named, lambda r, v: r.category in {v.category, *(g.category for g in v.alternatives)}
    )
    sure = [(r, v) for r, v in judged if v.certainty == "sure"]
    shares["proposed alone"] = Share(len(sure), len(judged))
    shares["right when proposed alone"] = _share(sure, _first)
    reports = [(r, v) for r, v in judged if NOT_A_REPORT not in r.leads]
    others = [(r, v) for r, v in judged if NOT_A_REPORT in r.leads]
    shares["report taken for none"] = _share(reports, lambda _, v: v.kind != "report")
    shares["none taken for a report"] = _share(others, lambda _, v: v.kind == "report")


def _alarms(figures: Figures, judged: _Judged) -> None:
    def alarmed(_: Labelled, verdict: Verdict) -> bool:
        return verdict.urgency == "emergency" or verdict.ask_danger

    def raised(_: Labelled, verdict: Verdict) -> bool:
        return verdict.urgency == "emergency"

    urgent = [pair for pair in judged if pair[0].urgent]
    hard = [pair for pair in judged if pair[0].hard and not pair[0].urgent]
    calm = [pair for pair in judged if not pair[0].hard and not pair[0].urgent]
    figures.shares["urgent: raised or asked"] = _share(urgent, alarmed)
    figures.shares["urgent: raised"] = _share(urgent, raised)
    figures.shares["hard negative: raised or asked"] = _share(hard, alarmed)
    figures.shares["hard negative: raised"] = _share(hard, raised)
    figures.shares["calm: raised or asked"] = _share(calm, alarmed)


def calibration_error(judged: _Judged) -> float:
    """Return the expected calibration error of the first lead over reports, in ten parts."""
    parts: list[list[tuple[float, bool]]] = [[] for _ in range(STEPS)]
    for row, verdict in judged:
        part = min(STEPS - 1, int(verdict.confidence * STEPS))
        parts[part].append((verdict.confidence, _first(row, verdict)))
    gaps = (abs(sum(c for c, _ in part) - sum(ok for _, ok in part)) for part in parts)
    return sum(gaps) / max(1, len(judged))
