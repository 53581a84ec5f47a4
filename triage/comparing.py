"""Whether a new classifier is at least as good as the present one, in all and in each category."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from province.pack import Pack
from triage.judge import NOT_A_REPORT, Judge
from triage.measure import Labelled, Share, measure
from triage.model import Model
from triage.scoring import lead_of
from triage.verdict import Verdict

OVERALL: Final = 0.01
"""No share over all may fall by more."""
EACH: Final = 0.05
"""Nor the share of a category's messages that are understood."""
GOOD: Final = ("lead, first", "lead, first three", "category, first", "urgent: raised or asked")
BAD: Final = ("report taken for none", "hard negative: raised or asked")
"""Shares that may not rise."""


@dataclass(frozen=True, slots=True)
class Fall:
    """What became worse, from which share to which."""

    where: str
    what: str
    before: float
    after: float


@dataclass(frozen=True, slots=True)
class Comparison:
    """Both models on the same messages."""

    figures: dict[str, dict[str, tuple[float, float]]]
    """By set and measure: before and after."""
    falls: tuple[Fall, ...]

    def as_json(self) -> dict[str, Any]:
        """For a report."""
        return {
            "figures": {
                name: {measure: [round(a, 4), round(b, 4)] for measure, (a, b) in rows.items()}
                for name, rows in self.figures.items()
            },
            "falls": [[f.where, f.what, round(f.before, 4), round(f.after, 4)] for f in self.falls],
        }


def compare(
    pack: Pack, present: Model, new: Model, sets: dict[str, Sequence[Labelled]]
) -> Comparison:
    """Measure both on every set; categories over all sets together, as each has few of one."""
    judges = [_judging(pack, model) for model in (present, new)]
    figures: dict[str, dict[str, tuple[float, float]]] = {}
    falls: list[Fall] = []
    for name, rows in sets.items():
        if rows:
            before, after = (measure(judge, rows).shares for judge in judges)
            figures[name] = {
                what: (_share(before[what]), _share(after[what]))
                for what in (*GOOD, *BAD)
                if before[what].of
            }
            falls += _fallen(name, figures[name])
    every = [row for rows in sets.values() for row in rows]
    return Comparison(figures, (*falls, *_fallen_categories(judges, every)))


def _judging(pack: Pack, model: Model) -> Callable[[str], Verdict]:
    judge = Judge(pack, model)
    return lambda text: judge.verdict(text, None, None)


def _share(share: Share) -> float:
    return share.hit / share.of if share.of else 1.0


def _fallen(name: str, figures: dict[str, tuple[float, float]]) -> list[Fall]:
    found = []
    for what, (before, after) in figures.items():
        worse = after - before if what in BAD else before - after
        if worse > OVERALL + 1e-9:
            found.append(Fall(name, what, before, after))
    return found


def _fallen_categories(
    judges: Sequence[Callable[[str], Verdict]], rows: Sequence[Labelled]
) -> list[Fall]:
    hits: list[dict[str, Share]] = []
    for judge in judges:
        counted: dict[str, Share] = {}
        for row in rows:
            name = row.category or ""
            if not name or NOT_A_REPORT in row.leads:
                continue
            verdict = judge(row.text)
            known = counted.get(name, Share(0, 0))
            is_right = verdict.category == name and lead_of(verdict) in row.leads
            counted[name] = Share(known.hit + is_right, known.of + 1)
        hits.append(counted)
    before, after = hits
    return [
        Fall("category", name, _share(before[name]), _share(after[name]))
        for name in sorted(before)
        if _share(before[name]) - _share(after[name]) > EACH + 1e-9
    ]
