"""Where the time goes: a signal every millisecond of work, counted by function."""

import signal
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

EVERY = 0.001
_own: Counter[str] = Counter()
_within: Counter[str] = Counter()


@contextmanager
def sampling(*, enabled: bool) -> Iterator[None]:
    """Take samples within; needs SIGPROF, which Windows lacks."""
    if not enabled or not hasattr(signal, "SIGPROF"):
        yield
        return
    before = signal.signal(signal.SIGPROF, _sample)
    signal.setitimer(signal.ITIMER_PROF, EVERY, EVERY)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def _sample(_number: int, frame: FrameType | None) -> None:
    if frame is None:
        return
    _own[_name(frame)] += 1
    seen = set()
    while frame is not None:
        seen.add(_name(frame))
        frame = frame.f_back
    _within.update(seen)


def _name(frame: FrameType) -> str:
    code = frame.f_code
    return f"{'/'.join(code.co_filename.split('/')[-3:])}:{code.co_name}"


def report(most: int = 45) -> str:
    """The functions with the most time of their own, and with the most time in what they call."""
    total = sum(_own.values()) or 1
    lines = [f"{total} samples; own time:"]
    lines += [f"{100 * n / total:6.1f} %  {name}" for name, n in _own.most_common(most)]
    lines.append("with what they call:")
    lines += [f"{100 * n / total:6.1f} %  {name}" for name, n in _within.most_common(2 * most)]
    return "\n".join(lines)
