"""python -m tests.bench [BENCH ...] [--json] [--short] [--profile] [--minutes N]."""

import argparse
import asyncio
import importlib
import json
import logging
import os
import sys

import structlog

from tests.bench import figures, sampler

NAMES = (
    "intake", "delivery", "broadcast", "sweep", "latency", "start", "triage", "console", "clusters",
    "proposals", "faults", "fuzz",
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
    if options.json:
        sys.stdout.write(json.dumps(figures.as_json(found), ensure_ascii=False, indent=1) + "\n")
    if options.profile:
        sys.stdout.write(f"{sampler.report()}\n")
    return 1 if any(figure.met is False for figure in found) else 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="dev.py bench", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="bench", help=", ".join(NAMES))
    parser.add_argument("--json", action="store_true", help="figures for a script")
    parser.add_argument("--short", action="store_true", help="fewer rounds, to see that it runs")
    parser.add_argument("--profile", action="store_true", help="name the functions that cost most")
    parser.add_argument("--minutes", type=float, help="how long fuzz goes on; 6 unless told")
    options = parser.parse_args()
    if options.minutes is not None:
        os.environ["THAOGO_FUZZ_MINUTES"] = str(options.minutes)
    if unknown := set(options.names) - set(NAMES):
        parser.error(f"no bench {unknown.pop()}; there are {', '.join(NAMES)}")
    return options


if __name__ == "__main__":
    sys.exit(main())
