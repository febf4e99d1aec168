"""What automatic marking finds on the frozen sentences, with Wilson intervals: for the test and for the page."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from math import sqrt
from pathlib import Path

from qcode.deidentification import scan
from qcode.deidentification.languages import ordinary_words
from qcode.nlp import stop_words

CASES = Path(__file__).parent.parent / "cases" / "deid"
GROUPS = {
    "names": ("NAME", "NICK"),
    "places": ("PLACE",),
    "organisations": ("ORG",),
    "dates": ("DATE",),
    "ages of 90 and over": ("AGE90",),
    "telephone numbers": ("PHONE",),
    "e-mail addresses": ("EMAIL",),
    "web addresses and user names": ("URL", "HANDLE"),
    "addresses and postcodes": ("ADDR", "ZIP"),
    "numbers of cases, people and plates": ("ID", "PLATE"),
    "jobs that identify": ("JOB",),
}
DIRECT = "all but jobs"
_TITLE = re.compile(r"(?:(?:Mrs?|Ms|Dr|Rev(?:erend)?|Officer|Sister|Father|Pastor)\.? )+")


@dataclass(frozen=True, slots=True)
class Found:
    """Of `n` identifiers, how many were touched by a mark and how many covered to the last letter and digit."""

    n: int
    touched: int
    covered: int


def wilson(hits: int, n: int) -> tuple[float, float]:
    """The 95 % score interval of a proportion; Wilson, JASA 22 (1927) 209."""
    z = 1.959964
    centre, margin = hits + z * z / 2, z * sqrt(hits * (n - hits) / n + z * z / 4)
    return (centre - margin) / (n + z * z), (centre + margin) / (n + z * z)


def held_out() -> dict[str, Found]:
    """What was found in the held-out sentences, by group and of all direct identifiers."""
    seen = list(_seen())
    kinds = {**GROUPS, DIRECT: tuple(kind for group in GROUPS.values() for kind in group if kind != "JOB")}
    return {
        group: Found(
            sum(kind in wanted for kind, _t, _c in seen),
            sum(touched for kind, touched, _c in seen if kind in wanted),
            sum(covered for kind, _t, covered in seen if kind in wanted),
        )
        for group, wanted in kinds.items()
    }


def _seen(name: str = "heldout.jsonl", ordinary: Collection[str] = ()) -> Iterator[tuple[str, bool, bool]]:
    for line in (CASES / name).read_text(encoding="utf-8").splitlines():
        sentence = json.loads(line)
        text = sentence["text"]
        marked = {place for one in scan(text, ordinary=ordinary) for place in range(one.start, one.end)}
        for entity in sentence["entities"]:
            title = _TITLE.match(entity["text"])
            start = entity["start"] + (title.end() if title else 0)
            needed = {place for place in range(start, entity["end"]) if text[place].isalnum()}
            yield entity["type"], bool(needed & marked), needed <= marked


def flags_per_thousand(name: str = "talk.txt", ordinary: Collection[str] = ()) -> tuple[float, int]:
    """How many marks a thousand words of neutral talk get, and how many words it has."""
    text = (CASES / name).read_text(encoding="utf-8")
    words = len(text.split())
    return 1000 * len(scan(text, ordinary=ordinary)) / words, words


def spanish(ordinary: Collection[str]) -> tuple[Found, float, int]:
    """What was found in the Spanish sentences, the marks a thousand words of Spanish talk get, and how many it has."""
    seen = list(_seen("heldout_spanish.jsonl", ordinary))
    found = Found(len(seen), sum(touched for _k, touched, _c in seen), sum(covered for _k, _t, covered in seen))
    return found, *flags_per_thousand("talk_spanish.txt", ordinary)


def spanish_line() -> str:
    """The figures for Spanish as sentences for the page."""
    found, flags, words = spanish(ordinary_words("", "es"))
    _stops, with_stops, _words = spanish(stop_words("es"))
    before, without, _words = spanish(())
    return (
        f"{words} words of Spanish talk get {flags:.1f} marks per 1,000 words; with stop words alone they get "
        f"{with_stops:.1f}, and by the English rules {without:.1f}. Of {found.n} identifiers in Spanish sentences "
        f"{found.touched} are touched and {found.covered} covered ({before.touched} and {before.covered} by the "
        "English rules)."
    )


def table() -> str:
    """The figures as a table for the page."""
    rows = ["| identifiers | n | touched | 95 % | covered | 95 % |", "|---|--:|--:|---|--:|---|"]
    for group, found in held_out().items():
        cells = [group, str(found.n)]
        for hits in (found.touched, found.covered):
            low, high = wilson(hits, found.n)
            cells += [f"{hits / found.n:.2f}", f"{low:.2f}–{high:.2f}"]
        rows.append(f"| {' | '.join(cells)} |")
    return "\n".join(rows)


if __name__ == "__main__":
    import sys

    sys.stdout.write(f"{table()}\n{flags_per_thousand()}\n{spanish_line()}\n")
