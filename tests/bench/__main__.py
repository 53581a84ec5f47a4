"""python -m tests.bench [BENCH ...] [--short | --long] [--json] [--profile] [--flames FOLDER]."""

import argparse
import asyncio
import importlib
import json
import logging
import os
import sys
from datetime import UTC, datetime
from pathlib import Path

import structlog

from tests.bench import figures, flames, sampler

NAMES = (
    "intake", "delivery", "broadcast", "sweep", "latency", "start", "triage", "console", "clusters",
    "proposals", "faults", "load", "fuzz",
)  # fmt: skip


def main() -> int:
    """Run the benches asked for, or all; 1 when a target is missed."""
    options = _options()
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    found = []
    for name in options.names or NAMES:
        bench = importlib.import_module(f"tests.bench.{name}")
        measured = asyncio.run(bench.measure(is_short=options.short, profile=options.profile))
        if not options.json:
            show = getattr(bench, "table", figures.table)
            sys.stdout.write(f"{show(measured)}\n")
            sys.stdout.flush()
        found += measured
        if options.flames:
            _draw(options.flames, name)
    if options.json:
        sys.stdout.write(json.dumps(figures.as_json(found), ensure_ascii=False, indent=1) + "\n")
    if options.profile and not options.flames:
        sys.stdout.write(f"{sampler.report()}\n")
    return 1 if any(figure.met is False for figure in found) else 0


def _draw(folder: Path, name: str) -> None:
    """Keep a bench's flame graph, and begin a new one."""
    title = f"dev.py bench {name}, {datetime.now(UTC):%Y-%m-%d}"
    (folder / f"{name}.svg").write_text(flames.svg(sampler.stacks, title), encoding="utf-8")
    shares = flames.shares(sampler.stacks)
    sys.stderr.write(f"{name}.svg: {', '.join(f'{k} {v:.0%}' for k, v in shares.items())}\n")
    sampler.stacks.clear()


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="dev.py bench", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="bench", help=", ".join(NAMES))
    parser.add_argument("--json", action="store_true", help="figures for a script")
    parser.add_argument("--short", action="store_true", help="fewer rounds, to see that it runs")
    parser.add_argument("--profile", action="store_true", help="name the functions that cost most")
    parser.add_argument("--flames", type=Path, help="keep a flame graph of each bench there")
    parser.add_argument("--long", action="store_true", help="load: ten minutes, a million tickets")
    parser.add_argument(
        "--parts",
        help="some of load (sustained, highest, growth, storm) or faults (sqlite, postgresql)",
    )
    parser.add_argument("--minutes", type=float, help="how long fuzz goes on (6), or load (1)")
    options = parser.parse_args()
    options.profile = options.profile or options.flames is not None
    for name in ("minutes", "parts", "long"):
        if value := getattr(options, name):
            os.environ[f"THAOGO_BENCH_{name.upper()}"] = str(value)
    if unknown := set(options.names) - set(NAMES):
        parser.error(f"no bench {unknown.pop()}; there are {', '.join(NAMES)}")
    return options


if __name__ == "__main__":
    sys.exit(main())
