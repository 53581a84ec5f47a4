"""Where the time goes: a signal every millisecond of work, counted by what was being called."""

import signal
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

EVERY = 0.001
Stack = tuple[str, ...]
"""Functions as `module:name`, the outermost first; no path of a machine is in it."""
stacks: Counter[Stack] = Counter()
"""All samples so far."""


@contextmanager
def sampling(*, enabled: bool) -> Iterator[None]:
    """Take samples within; needs SIGPROF, which Windows lacks."""
    if not enabled or not hasattr(signal, "SIGPROF"):
        yield
        return
    begin()
    try:
        yield
    finally:
        end()


def begin() -> None:
    """Take samples from now on, of the work of the whole process as its main thread sees it."""
    signal.signal(signal.SIGPROF, _sample)
    signal.setitimer(signal.ITIMER_PROF, EVERY, EVERY)


def end() -> None:
    """Take no more."""
    signal.setitimer(signal.ITIMER_PROF, 0)
    signal.signal(signal.SIGPROF, signal.SIG_IGN)  # one may still be on its way


def _sample(_number: int, frame: FrameType | None) -> None:
    found = []
    while frame is not None:
        found.append(_name(frame))
        frame = frame.f_back
    stacks[tuple(reversed(found))] += 1


def _name(frame: FrameType) -> str:
    return f"{frame.f_globals.get('__name__', '?')}:{frame.f_code.co_qualname}"


def write(path: str) -> None:
    """Keep the samples in a file, one stack a line and its count behind it."""
    lines = [f"{';'.join(stack)} {count}\n" for stack, count in stacks.items()]
    Path(path).write_text("".join(lines), encoding="utf-8")


def read(path: str) -> None:
    """Add the samples of a file to those of this process."""
    for line in Path(path).read_text(encoding="utf-8").splitlines():
        stack, _, count = line.rpartition(" ")
        stacks[tuple(stack.split(";"))] += int(count)


def report(most: int = 45) -> str:
    """The functions with the most time of their own, and with the most time in what they call."""
    own: Counter[str] = Counter()
    within: Counter[str] = Counter()
    for stack, count in stacks.items():
        own[stack[-1]] += count
        within.update(dict.fromkeys(stack, count))
    total = own.total() or 1
    lines = [f"{total} samples; own time:"]
    lines += [f"{100 * n / total:6.1f} %  {name}" for name, n in own.most_common(most)]
    lines.append("with what they call:")
    lines += [f"{100 * n / total:6.1f} %  {name}" for name, n in within.most_common(2 * most)]
    return "\n".join(lines)
