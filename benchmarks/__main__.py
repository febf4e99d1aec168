"""`python -m benchmarks`: measure, print the table, write results/latest.json."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from benchmarks import (
    agreeing,
    analysing,
    asking,
    coding,
    collecting,
    identifying,
    importing,
    opening,
    reading,
    reconciling,
    reporting,
    retrieving,
    scrolling,
    searching,
    starting,
    table,
)
from benchmarks.bench import Bench, bench
from benchmarks.figures import Figure

_RESULTS = Path(__file__).parent / "results" / "latest.json"

MEASUREMENTS: dict[str, Callable[[Bench], Iterator[Figure]]] = {
    "start": starting.start,
    "start-with-study": starting.start_with_study,
    "open-study": opening.open_study,
    "open-long": opening.open_long,
    "code-long": coding.code_long,
    "scroll-long": scrolling.scroll_long,
    "code-study": coding.code_study,
    "code-at-once": coding.code_at_once,
    "retrieve": retrieving.retrieve,
    "search": searching.search_study,
    "code-query": asking.ask_codes,
    "analyse": analysing.analyse,
    "agree": agreeing.agree,
    "reconcile": reconciling.reconcile,
    "report": reporting.report,
    "collect": collecting.collect,
    "draw": collecting.draw,
    "import": importing.import_word,
    "read": reading.read_ahead,
    "identify": identifying.identify,
    "check": retrieving.look_after,
    "grow": coding.grow,
}


def main(given: Sequence[str] | None = None) -> None:
    """Measure what is asked for, print it and write it down."""
    asked = _asked(given)
    chosen = [name for name in MEASUREMENTS if not asked.only or any(part in name for part in asked.only)]
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    os.environ.setdefault("QT_LOGGING_RULES", "default.warning=false")  # a platform without a screen says what it lacks
    figures: list[Figure] = []
    with bench(quick=asked.quick) as given_bench:
        for name in chosen:
            print(f"{name} …", file=sys.stderr, flush=True)
            figures += MEASUREMENTS[name](given_bench)
    table.show(figures, quick=asked.quick)
    table.write(asked.output, figures, quick=asked.quick)


def _asked(given: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description="Measure qcode on generated studies.")
    parser.add_argument("--quick", action="store_true", help="fewer runs on a smaller study: under a minute")
    parser.add_argument(
        "--only", action="append", metavar="NAME", default=[], help=f"a part of one of: {', '.join(MEASUREMENTS)}"
    )
    parser.add_argument("--output", type=Path, default=_RESULTS, metavar="FILE", help="where to write the JSON")
    asked = parser.parse_args(given)
    for part in asked.only:
        if not any(part in name for name in MEASUREMENTS):
            parser.error(f"there is no measurement “{part}”; there are: {', '.join(MEASUREMENTS)}")
    return asked


if __name__ == "__main__":
    main()
