"""One measured number with its target, and how a list of them is shown."""

import statistics
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Figure:
    """A number; `target` is a bound: `least` or `most`, None where it is only reported."""

    bench: str
    name: str
    value: float
    unit: str
    target: float | None = None
    is_least: bool = True
    median: float | None = None

    @property
    def met(self) -> bool | None:
        if self.target is None:
            return None
        return self.value >= self.target if self.is_least else self.value <= self.target


def rounds(bench: str, name: str, values: Sequence[float], unit: str, **more: Any) -> Figure:
    """Several rounds of one measurement as one figure: the best, and the median beside it."""
    best = max(values) if more.get("is_least", True) else min(values)
    return Figure(bench, name, best, unit, median=statistics.median(values), **more)


def table(figures: Sequence[Figure]) -> str:
    """The figures in columns."""
    lines = [f"{'':8} {'':46} {'best':>9} {'median':>9}  {'':10} target"]
    for figure in figures:
        median = "" if figure.median is None else _number(figure.median, figure.unit)
        value = _number(figure.value, figure.unit)
        lines.append(
            f"{figure.bench:8} {figure.name:46} {value:>9} {median:>9}  "
            f"{figure.unit:10} {_target(figure)}"
        )
    return "\n".join(lines)


def as_json(figures: Sequence[Figure]) -> list[dict[str, Any]]:
    return [asdict(figure) | {"met": figure.met} for figure in figures]


def _number(value: float, unit: str) -> str:
    if value >= 100:
        return f"{value:,.0f}"
    return f"{value:.3f}" if unit in {"share", ""} else f"{value:.2f}"


def _target(figure: Figure) -> str:
    if figure.target is None:
        return ""
    sign = "≥" if figure.is_least else "≤"
    return f"{sign} {figure.target:g} {'met' if figure.met else 'MISSED'}"
