"""`thaogo classify`: a message a line in, what triage makes of each out, in the same order."""

import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import asdict
from itertools import islice
from multiprocessing import get_context
from pathlib import Path
from typing import Any, BinaryIO

from province.load import load_pack
from province.pack import Pack
from triage import triage, warm
from triage.scoring import category_of, lead_of, ranked

STANDARD_INPUT = "-"
MANY = 200
"""Messages at hand from which all cores answer; fewer are not worth waking them."""
HEAP = 2000
"""Messages of a file that are taken at once."""

Show = Callable[[str], str]
_show: Show


class NoMessage(ValueError):
    """A line of a .jsonl file that is no object with a message under "text"."""


def classify(folder: Path, given: Sequence[str], *, as_json: bool) -> int:
    """Print an answer for each message and return the exit status.

    Each of `given` is a file (a .jsonl file holds a message under "text" in each row), "-" for
    standard input, which nothing stands for as well, or else a message itself. What is at hand is
    answered at once, so that another program can talk to this one line by line.
    """
    pack = load_pack(folder)
    warm(pack)
    try:
        for heap in answered(as_line(pack) if as_json else as_words(pack), heaps(given)):
            sys.stdout.writelines(f"{line}\n" for line in heap)
            sys.stdout.flush()
    except (NoMessage, FileNotFoundError, PermissionError) as problem:
        sys.stderr.write(f"thaogo: {problem}\n")
        return 1
    return 0


def answered(show: Show, messages: Iterable[Sequence[str]]) -> Iterator[Iterable[str]]:
    """Yield the answers to each heap of messages, in order; a large heap is shared by all cores.

    Only where a process can be forked: the model is loaded by then, and to load it in each
    worker would take longer than it saves.
    """
    can_fork = sys.platform == "linux" and (os.cpu_count() or 1) > 1
    with ExitStack() as opened:
        pool = None
        for heap in messages:
            if len(heap) < MANY or not can_fork:
                yield map(show, heap)
                continue
            if pool is None:
                workers = get_context("fork").Pool(initializer=_begin, initargs=(show,))
                pool = opened.enter_context(workers)
            yield pool.imap(_answer, heap, chunksize=max(1, len(heap) // 8))


def _begin(show: Show) -> None:
    """In a worker: keep what it answers with."""
    global _show  # noqa: PLW0603  a worker has nothing else of its own
    _show = show


def _answer(text: str) -> str:
    return _show(text)


def heaps(given: Iterable[str]) -> Iterator[Sequence[str]]:
    """Yield the messages in heaps: lines at hand, rows of a file, or the words themselves."""
    for word in given or [STANDARD_INPUT]:
        if word == STANDARD_INPUT:
            yield from _at_hand(sys.stdin.buffer)
        elif os.path.isfile(word) or word.endswith((".jsonl", ".txt")):  # noqa: PTH113  Path raises for long words
            rows = _of_file(Path(word))
            while heap := list(islice(rows, HEAP)):
                yield heap
        else:
            yield [word]


def _at_hand(source: BinaryIO) -> Iterator[Sequence[str]]:
    """The whole lines that have come, without waiting for more."""
    kept = b""
    while read := source.read1(1 << 16):  # type: ignore[attr-defined]  # every buffered reader has it
        *lines, kept = (kept + read).split(b"\n")
        yield [_decoded(line) for line in lines]
    if kept:
        yield [_decoded(kept)]


def _decoded(line: bytes) -> str:
    return line.decode("utf-8", "replace").removeprefix("\ufeff").rstrip("\r")


def _of_file(file: Path) -> Iterator[str]:
    with file.open(encoding="utf-8-sig", errors="replace", newline="\n") as lines:
        for number, line in enumerate(lines, 1):
            if file.suffix != ".jsonl":
                yield line.rstrip("\r\n")
            elif line.strip():
                yield _text_of(line, f"{file}:{number}")


def _text_of(line: str, where: str) -> str:
    try:
        row = json.loads(line)
    except ValueError as error:
        raise NoMessage(f"{where}: no JSON: {error}") from None
    text = row.get("text") if isinstance(row, dict) else None
    if not isinstance(text, str):
        raise NoMessage(f'{where}: no object with a message under "text"')
    return text


def as_line(pack: Pack) -> Show:
    """Give what answers a message with one line of JSON; scripts rely on these names and no others.

    `lead` is `not_a_report` where no department would get a ticket: small talk, a question about
    an earlier ticket, a complaint that is shown the way to the citizens' reception; the coordinator
    where only people can read the message. `urgent` says
    that the message is an emergency, or that triage asks back whether somebody is in danger.
    """
    redirected = {row.category for row in pack.routing if row.handling == "redirect"}

    def show(text: str) -> str:
        verdict = triage(text, pack)
        row: dict[str, Any] = {
            "text": text,
            "language": verdict.language,
            "category": category_of(verdict),
            "lead": lead_of(verdict, redirected) or pack.coordinator,
            "coordinating": list(verdict.coordinating),
            "urgent": verdict.urgency == "emergency" or verdict.ask_danger,
            "urgency": verdict.urgency,
            "confidence": round(verdict.confidence, 4),
            "alternatives": [asdict(guess) for guess in ranked(verdict, redirected)],
            "places": [asdict(place) for place in verdict.places],
            "explanation": verdict.why,
        }
        return json.dumps(row, ensure_ascii=False)

    return show


def as_words(pack: Pack) -> Show:
    """Give what answers a message for people."""

    def show(text: str) -> str:
        verdict = triage(text, pack)
        if verdict.kind != "report":
            return f"{text}\n  {category_of(verdict)}: {verdict.why}"
        others = ", ".join(guess.lead for guess in verdict.alternatives[1:])
        return (
            f"{text}\n  {verdict.category} → {verdict.lead} ({verdict.confidence:.0%}); "
            f"khác: {others or '–'}\n  {verdict.urgency}; {verdict.why}"
        )

    return show
