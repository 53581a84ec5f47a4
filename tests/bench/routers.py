"""What a team would take in place of triage: rules of keywords, and fastText on the same data."""

import importlib.util
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import yaml

from province.pack import Pack
from province.text import fold
from triage.judge import NOT_A_REPORT, STATUS
from triage.training import DUTIES, read_examples

Router = Callable[[str], list[str]]
"""Gives the likeliest leads of a text, best first."""


def leads_of(pack: Pack) -> dict[str, str]:
    """The lead of each category in force."""
    routed = {row.category: row.lead for row in pack.routing if row.last is None}
    return routed | {NOT_A_REPORT: NOT_A_REPORT, STATUS: NOT_A_REPORT}


def keywords(pack: Pack) -> Router:
    """Count each category's names and terms in the text; nothing found is no report."""
    duties = yaml.safe_load(DUTIES.read_text("utf-8"))
    terms: list[tuple[str, str]] = [
        (f" {fold(term)} ", row.lead)
        for row in pack.routing
        if row.last is None
        for term in (row.label, *row.phrases, *duties.get(row.category, "").split(";"))
    ]

    def route(text: str) -> list[str]:
        words = f" {fold(text)} "
        found: Counter[str] = Counter()
        for term, owner in terms:
            if term in words:
                found[owner] += term.count(" ") - 1
        return [owner for owner, _ in found.most_common(3)] or [NOT_A_REPORT]

    return route


def fasttext(pack: Pack) -> Router | None:
    """Facebook's classifier as it comes, on the folded examples; None where it is missing."""
    if importlib.util.find_spec("fasttext") is None:
        sys.stderr.write("NOT RUN: fastText; pip install fasttext-numpy2\n")
        return None
    import fasttext as library  # noqa: PLC0415  for this bench only

    lead = leads_of(pack)
    rows = [f"__label__{lead[one.category]} {fold(one.text)}" for one in read_examples()]
    with TemporaryDirectory() as folder:
        file = Path(folder) / "examples.txt"
        file.write_text("\n".join(rows), encoding="utf-8")
        library.FastText.eprint = lambda *_: None
        learned = library.train_supervised(
            str(file), epoch=25, lr=0.5, wordNgrams=2, thread=1, verbose=0
        )

    def route(text: str) -> list[str]:
        labels, _ = learned.predict(fold(text).replace("\n", " "), k=3)
        return [label.removeprefix("__label__") for label in labels]

    return route
