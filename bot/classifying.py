"""`thaogo classify`: a message a line in, what triage makes of each out, in the same order."""

import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict
from io import TextIOWrapper
from pathlib import Path
from typing import Any

from province.load import load_pack
from province.pack import Pack
from triage import triage, warm
from triage.scoring import category_of, lead_of, ranked
from triage.verdict import Verdict

STANDARD_INPUT = "-"


class NoMessage(ValueError):
    """A line of a .jsonl file that is no object with a message under "text"."""


def classify(folder: Path, given: Sequence[str], *, as_json: bool) -> int:
    """Print an answer for each message and return the exit status.

    Each of `given` is a file (a .jsonl file holds a message under "text" in each row), "-" for
    standard input, which nothing stands for as well, or else a message itself. Every answer is
    written at once, so that another program can talk to this one line by line.
    """
    pack = load_pack(folder)
    show = as_line(pack) if as_json else as_words
    warm(pack)
    try:
        for text in messages(given or [STANDARD_INPUT]):
            sys.stdout.write(f"{show(text, triage(text, pack))}\n")
            sys.stdout.flush()
    except (NoMessage, OSError) as problem:
        sys.stderr.write(f"thaogo: {problem}\n")
        return 1
    return 0


def messages(given: Iterable[str]) -> Iterator[str]:
    """Yield the messages: lines of files, the "text" of .jsonl rows, or the words themselves."""
    for word in given:
        if word == STANDARD_INPUT:
            if isinstance(sys.stdin, TextIOWrapper):
                sys.stdin.reconfigure(encoding="utf-8", errors="replace")
            yield from (line.rstrip("\r\n") for line in sys.stdin)
        elif os.path.isfile(word) or word.endswith((".jsonl", ".txt")):  # noqa: PTH113  Path raises for long words
            yield from _of_file(Path(word))
        else:
            yield word


def _of_file(file: Path) -> Iterator[str]:
    with file.open(encoding="utf-8-sig", errors="replace") as lines:
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


def as_line(pack: Pack) -> Callable[[str, Verdict], str]:
    """Give what writes a verdict as one line of JSON; scripts rely on these names and no others.

    `lead` is `not_a_report` where no department would get a ticket: small talk, a question about
    an earlier ticket, a complaint that is shown the way to the citizens' reception. `urgent` says
    that the message is an emergency, or that triage asks back whether somebody is in danger.
    """
    redirected = {row.category for row in pack.routing if row.handling == "redirect"}

    def show(text: str, verdict: Verdict) -> str:
        row: dict[str, Any] = {
            "text": text,
            "language": verdict.language,
            "category": category_of(verdict),
            "lead": lead_of(verdict, redirected),
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


def as_words(text: str, verdict: Verdict) -> str:
    """Write a verdict for people."""
    if verdict.kind != "report":
        return f"{text}\n  {category_of(verdict)}: {verdict.why}"
    others = ", ".join(guess.lead for guess in verdict.alternatives[1:])
    return (
        f"{text}\n  {verdict.category} → {verdict.lead} ({verdict.confidence:.0%}); "
        f"khác: {others or '–'}\n  {verdict.urgency}; {verdict.why}"
    )
