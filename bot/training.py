"""`thaogo train`: the classifier made anew from the examples, or measured on labelled messages."""

import json
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from province.load import load_pack
from triage import measure, training, triage, warm


def train(folder: Path) -> int:
    """Learn from triage/examples and the pack in `folder`, and write triage/model.npz."""
    started = time.monotonic()
    sys.stdout.write("learning, which takes some minutes … ")
    sys.stdout.flush()
    made = training.train(load_pack(folder))
    sys.stdout.write(
        f"{time.monotonic() - started:.0f} s\n{made.file}: version {made.version}, "
        f"{made.examples:,} examples, {made.labels} labels, {made.features:,} features\n"
    )
    return 0


def evaluate(folder: Path, files: Sequence[Path], equivalent: Path | None) -> int:
    """Print the measures of the present model on each file; 1 when a file cannot be read."""
    pack = load_pack(folder)
    same = json.loads(equivalent.read_text("utf-8")) if equivalent else {}
    warm(pack)
    for file in files:
        try:
            rows = measure.read_labelled(file, pack, same)
        except (OSError, ValueError, KeyError) as problem:
            sys.stderr.write(f"thaogo: {file}: {type(problem).__name__}: {problem}\n")
            return 1
        found = measure.measure(lambda text: triage(text, pack), rows)
        sys.stdout.write("\n".join([file.name, *found.lines(), ""]) + "\n")
    return 0
