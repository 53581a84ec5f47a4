"""How fast one key may ask: a bucket of calls that fills again by the second, in memory."""

from datetime import datetime

BURST, PER_SECOND = 60, 2.0
"""Calls at once, and how many more come each second: 120 a minute in the long run."""


class Pace:
    """The calls that each key has left."""

    def __init__(self) -> None:
        """Every bucket is full."""
        self._left: dict[int, tuple[float, datetime]] = {}

    def wait(self, key: int, now: datetime) -> float:
        """Take one call: 0 when it may be made, else the seconds to wait (UTC instants)."""
        left, at = self._left.get(key, (float(BURST), now))
        left = min(BURST, left + max(0.0, (now - at).total_seconds()) * PER_SECOND)
        if left < 1:
            self._left[key] = (left, now)
            return (1 - left) / PER_SECOND
        self._left[key] = (left - 1, now)
        return 0.0
