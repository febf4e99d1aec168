"""Looking for identifiers: the candidates of an interview, by rules alone, as its import preview shows them."""

from __future__ import annotations

from collections.abc import Iterator

from benchmarks import talk
from benchmarks.bench import Bench
from benchmarks.figures import Figure, timed
from benchmarks.measuring import timing
from qcode.deidentification import Entity, replaced, scan

_WORDS = 8_000


def identify(bench: Bench) -> Iterator[Figure]:
    """The candidates of one interview, and one pass that replaces a hundred names in it."""
    text = talk.interview(1, _WORDS).text
    names = sorted({one.text for one in scan(text)})[:100]
    decisions = [Entity(str(number), "name", (name,), f"[person {number}]") for number, name in enumerate(names)]
    found = timing(lambda: scan(text), bench.runs(15))
    yield timed("candidates", f"what may identify someone in {_WORDS:,} words, without a model", found, target=0.1)
    done = timing(lambda: replaced(text, decisions), bench.runs(15))
    yield timed("replace", f"{len(decisions)} names replaced in {_WORDS:,} words in one pass", done)
