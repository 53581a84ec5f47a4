"""Who would lead: the routes in force on a day, and the chances of categories summed by lead."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np
from numpy.typing import NDArray

from province.pack import Pack, Route
from triage.verdict import Guess

Numbers = NDArray[np.float32]

OPEN_END: Final = date.max
"""The day that stands for rows without an end."""
FIRST: Final = 3
"""Guesses that are worth showing."""
BELIEF: Final = (
    (0.0, 0.25, 0.35, 0.45, 0.55, 0.65, 0.75, 0.842, 0.907, 0.946, 0.971, 0.985, 0.994, 0.999, 1.0),
    (0.3, 0.38, 0.45, 0.505, 0.56, 0.625, 0.68, 0.74, 0.79, 0.83, 0.865, 0.905, 0.935, 0.975, 0.98),
)
"""How often a lead was right (below) that the scores made this likely (above): from the project's
own examples, a third at a time held back."""
_DAYS_KEPT: Final = 8


@dataclass(frozen=True, slots=True)
class _InForce:
    """For the labels of a model on one day: their routes, and for each lead its labels."""

    routes: dict[str, Route]
    leads: tuple[str, ...]
    columns: tuple[NDArray[np.int64], ...]
    routed: NDArray[np.int64]
    """The labels that have a route, and for each of them which of `leads` it has."""
    led_by: NDArray[np.int64]


class Routes:
    """The routing table of a pack, seen from the labels of a model."""

    def __init__(self, pack: Pack, labels: Sequence[str]) -> None:
        self._rows = pack.routing
        self._labels = tuple(labels)
        self._days: dict[tuple[date, bool], _InForce] = {}

    def route(self, category: str, when: date | None, *, party: bool = False) -> Route | None:
        """Return the row of a category in force `when`, by default the one without an end."""
        return self._in_force(when, party=party).routes.get(category)

    def guesses(
        self, chances: Numbers, when: date | None, *, party: bool = False
    ) -> tuple[Guess, ...]:
        """Return the likeliest leads, each with its likeliest category."""
        known = self._in_force(when, party=party)
        sums = np.bincount(known.led_by, chances[known.routed], len(known.leads))
        best = np.argsort(-sums, kind="stable")[:FIRST]
        top = float(sums[best[0]])
        believed = float(np.interp(top, *BELIEF))
        rest = (1 - believed) / max(1 - top, 1e-6)
        return tuple(
            Guess(
                self._labels[known.columns[i][chances[known.columns[i]].argmax()]],
                known.leads[i],
                round(believed if i == best[0] else min(believed, float(sums[i]) * rest), 4),
            )
            for i in best
        )

    def _in_force(self, when: date | None, *, party: bool) -> _InForce:
        day = (when or OPEN_END, party)
        known = self._days.get(day)
        if known is None:
            while len(self._days) >= _DAYS_KEPT:
                del self._days[next(iter(self._days))]
            known = self._days[day] = self._on(*day)
        return known

    def _on(self, day: date, party: bool) -> _InForce:  # noqa: FBT001  a part of the key above
        routes = {
            row.category: row.for_party() if party else row
            for row in self._rows
            if row.first <= day and (row.last is None or day <= row.last)
        }
        columns: dict[str, list[int]] = {}
        for column, label in enumerate(self._labels):
            if label in routes:
                columns.setdefault(routes[label].lead, []).append(column)
        groups = tuple(np.array(group) for group in columns.values())
        led_by = np.repeat(np.arange(len(groups)), [len(group) for group in groups])
        return _InForce(routes, tuple(columns), groups, np.concatenate(groups), led_by)
