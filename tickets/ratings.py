"""What the communes' ratings come to, and when they may be shown."""

from collections.abc import Sequence
from dataclasses import dataclass

FEWEST = 5
"""Fewer ratings than this would tell who gave which."""


@dataclass(frozen=True, slots=True)
class Satisfaction:
    """The mean of some ratings, 1 to 5, and how many there were."""

    mean: float
    count: int


def satisfaction(ratings: Sequence[int]) -> Satisfaction | None:
    """The aggregate of ratings; None, and nothing to show, below five of them."""
    if len(ratings) < FEWEST:
        return None
    return Satisfaction(round(sum(ratings) / len(ratings), 1), len(ratings))
