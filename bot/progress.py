"""How far a long work has come: each tenth of it is said once, to whoever looks on."""

import sys
from collections.abc import Callable

STEPS = 10


class Progress:
    """Counts what is done of a whole whose size is known or guessed."""

    def __init__(self, what: str, whole: int, say: Callable[[str], object]) -> None:
        """`whole` is in the unit that `add` counts; `say` gets one line at each tenth."""
        self._what, self._whole, self._say = what, max(1, whole), say
        self._done = self._said = 0

    def add(self, amount: int) -> None:
        """So much more is done."""
        self.reach(self._done + amount)

    def reach(self, done: int) -> None:
        """So much is done in all; a whole that was guessed too small stays at its last step."""
        self._done = done
        step = min(STEPS, done * STEPS // self._whole)
        if step > self._said:
            self._said = step
            self._say(f"{self._what}: {step * 100 // STEPS} %")


def teller(*, as_json: bool) -> Callable[[str], object]:
    """Says a line beside a command's answer; says nothing where a script reads."""
    return (lambda _: None) if as_json else _say


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)  # noqa: T201  a command says how far it has come
