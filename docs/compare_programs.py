"""One set of generated codings, and what each program's numbers say of it: the table in agreement.md.

`python docs/compare_programs.py` prints the table. With `--cases FILE` it also writes the codings and the figures as
cases that `qcode agreement-check FILE` computes again, so that other programs can be given the same codings.

Twenty transcripts of 30,000 characters are made of turns and sentences. About 3 % of each belongs to one code. Two
coders look for it:

- good: each finds 90 % of the passages, with edges up to 10 characters off;
- fuzzy: each finds 95 % of them, with edges up to 70 characters off;
- random: each marks as much text as there is to find, anywhere.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random

from qcode.agreement import DocumentCodings, Measurement, Unit, measure
from qcode.agreement.boundaries import unitizing_by_code
from qcode.agreement.card import Card, card
from qcode.agreement.incumbents import Incumbents, SharedDocument, incumbents
from qcode.agreement.segments import f1
from qcode.text.ranges import Range

SEED = 2_016
DOCUMENTS, LENGTH, CODES = 20, 30_000, 30
CODE, CODERS = "code", ("one", "other")
SHARE = 0.03
PASSAGE, SENTENCE, TURN = (40, 280), (30, 130), (200, 1_000)
SHORTEST, APART = 10, 150


@dataclass(frozen=True, slots=True)
class Coding:
    """How two coders work: the share of passages that each finds, and how far off an edge may be; or at random."""

    name: str
    found: float
    off: int
    random: bool = False


CODINGS = (Coding("good", 0.90, 10), Coding("fuzzy", 0.95, 70), Coding("random", 1.0, 0, random=True))


# Codings ----------------------------------------------------------------------------------------------------------


def generated(coding: Coding, seed: int = SEED) -> list[DocumentCodings]:
    """What two coders who work like this hand in of twenty transcripts, cut into sentences."""
    numbers = range(1, DOCUMENTS + 1)
    return [_document(Random(f"{seed} {number}"), f"T{number:02}", coding) for number in numbers]  # noqa: S311  # data, not secrets


def _document(random: Random, name: str, coding: Coding) -> DocumentCodings:
    sentences = list(_pieces(random, *SENTENCE))
    there = _passages(random)
    marked = {
        (coder, CODE): _passages(random) if coding.random else list(_seen(random, there, coding)) for coder in CODERS
    }
    return DocumentCodings(name, LENGTH, sentences, frozenset(CODERS), marked)


def turns(document: DocumentCodings) -> DocumentCodings:
    """The same codings with turns as units: sentences that follow each other."""
    random = Random(document.document)  # noqa: S311  # data, not secrets
    units, rest = list[Range](), list(document.units)
    while rest:
        begin, size = rest[0][0], random.randint(*TURN)
        own = [unit for unit in rest if unit[1] <= begin + size] or rest[:1]
        units.append((begin, own[-1][1]))
        rest = rest[len(own) :]
    return replace(document, units=units)


def _pieces(random: Random, least: int, most: int) -> Iterator[Range]:
    """The text cut into pieces with a space between them."""
    start = 0
    while start < LENGTH:
        end = min(start + random.randint(least, most), LENGTH)
        yield start, end
        start = end + 1


def _passages(random: Random) -> list[Range]:
    """Passages that together are as much of the text as the code has, so far apart that nobody's overlap."""
    found: list[Range] = []
    while sum(end - start for start, end in found) < SHARE * LENGTH:
        start = random.randrange(LENGTH - PASSAGE[1])
        passage = start, start + random.randint(*PASSAGE)
        if all(passage[1] + APART < begin or end + APART < passage[0] for begin, end in found):
            found.append(passage)
    return sorted(found)


def _seen(random: Random, there: Sequence[Range], coding: Coding) -> Iterator[Range]:
    for start, end in there:
        if random.random() < coding.found:
            begin = max(0, start + random.randint(-coding.off, coding.off))
            finish = min(LENGTH, end + random.randint(-coding.off, coding.off))
            yield begin, max(finish, begin + SHORTEST)


# Figures ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Figures:
    """Everything that is computed of one kind of coding."""

    by_unit: dict[Unit, Measurement]
    cards: dict[Unit, Card]
    others: Incumbents
    segments: list[tuple[list[Range], list[Range]]]
    unitizing: float

    @classmethod
    def of(cls, documents: Sequence[DocumentCodings]) -> Figures:
        """Compute all of it."""
        by_unit: dict[Unit, Measurement] = {
            unit: measure([turns(each) for each in documents] if unit == "turn" else documents, [CODE], unit=unit)
            for unit in ("character", "sentence", "turn", "document")
        }
        segments = [(list(each.spans["one", CODE]), list(each.spans["other", CODE])) for each in documents]
        return cls(
            by_unit,
            {unit: card(measured.ratings(CODE), CODERS) for unit, measured in by_unit.items()},
            incumbents([SharedDocument(LENGTH, one, other) for one, other in segments], codes=CODES),
            segments,
            unitizing_by_code(documents, [CODE])[CODE].alpha,
        )

    def segment_f1(self, least: float) -> float:
        """Segments of which those match that share so much of what they cover together."""
        return f1(self.segments, least=least)


def _coefficient(unit: Unit, name: str) -> Callable[[Figures], float | None]:
    return lambda figures: figures.cards[unit].coefficients[name]  # type: ignore[index]  # a name of a coefficient


def _interval(unit: Unit) -> Callable[[Figures], str]:
    def read(figures: Figures) -> str:
        (row,) = figures.by_unit[unit].table().codes
        return "–" if row.low is None else f"{_number(row.low)} to {_number(row.high)}"

    return read


def _below(figures: Figures) -> float | None:
    return figures.by_unit["sentence"].table().codes[0].below_800


ROWS: tuple[tuple[str, str, Callable[[Figures], float | str | None]], ...] = (
    ("NVivo", "percent agreement, characters", lambda one: one.others.nvivo_percent),
    ("NVivo", "κ by document, then the mean", lambda one: one.others.nvivo_kappa),
    ("ATLAS.ti", "percent agreement", lambda one: one.others.atlas_percent),
    ("ATLAS.ti", "Holsti’s index", lambda one: one.others.atlas_holsti),
    ("MAXQDA", "documents in which both used the code", _coefficient("document", "percent_agreement")),
    ("MAXQDA", "segments that overlap by 90 %", lambda one: one.others.maxqda_segments),
    ("MAXQDA", "“kappa” of these, 30 codes", lambda one: one.others.maxqda_kappa),
    ("QualCoder", "κ", lambda one: one.others.qualcoder_kappa),
    ("characters", "PABAK", _coefficient("character", "brennan_prediger")),
    ("characters", "Gwet’s AC1", _coefficient("character", "gwet_ac1")),
    ("characters", "Cohen’s κ", _coefficient("character", "cohen_kappa")),
    ("characters", "Krippendorff’s α", _coefficient("character", "krippendorff_alpha")),
    ("continuum", "uα (2016)", lambda one: one.unitizing),
    ("characters", "positive agreement", _coefficient("character", "positive_agreement")),
    ("sentences", "percent agreement", _coefficient("sentence", "percent_agreement")),
    ("sentences", "Gwet’s AC1", _coefficient("sentence", "gwet_ac1")),
    ("**sentences**", "**Krippendorff’s α**", _coefficient("sentence", "krippendorff_alpha")),
    ("sentences", "its 95 % interval", _interval("sentence")),
    ("sentences", "probability that α is below 0.800", _below),
    ("turns", "percent agreement", _coefficient("turn", "percent_agreement")),
    ("turns", "Krippendorff’s α", _coefficient("turn", "krippendorff_alpha")),
    ("documents", "Krippendorff’s α", _coefficient("document", "krippendorff_alpha")),
    ("segments", "F1, half of it shared", lambda one: one.segment_f1(0.5)),
)


def table(figures: Sequence[Figures]) -> str:
    """The table in Markdown."""
    lines = ["| of | number | good | fuzzy | random |", "|---|---|--:|--:|--:|"]
    for of, name, read in ROWS:
        cells = [value if isinstance(value, str) else _number(value) for value in map(read, figures)]
        lines.append("| " + " | ".join((of, name, *cells)) + " |")
    return "\n".join(lines)


def _number(value: float | None) -> str:
    return "–" if value is None else f"{value + 0.0:.3f}".replace("-", "−")


# Cases ------------------------------------------------------------------------------------------------------------


def cases(coding: Coding, documents: Sequence[DocumentCodings], figures: Figures) -> dict[str, object]:
    """The codings with what is expected of them, as `qcode agreement-check` reads them."""
    own = figures.cards["character"].coefficients
    expected = {
        "char_percent_agreement": own["percent_agreement"],
        "char_cohen_kappa": own["cohen_kappa"],
        "char_alpha": own["krippendorff_alpha"],
        "char_positive_agreement": own["positive_agreement"],
        "span_f1_iou50": figures.segment_f1(0.5),
        "span_f1_iou90": figures.segment_f1(0.9),
    }
    return {
        "id": coding.name,
        "kind": "spans",
        "data": {"documents": [_case_document(each) for each in documents]},
        "expected": {f"{name}[{CODE}]": value for name, value in expected.items()} | {"u_alpha": figures.unitizing},
        "tolerance": 1e-9,
    }


def _case_document(document: DocumentCodings) -> dict[str, object]:
    return {
        "id": document.document,
        "length": document.length,
        "coders": {
            coder: [{"start": start, "end": end, "code": CODE} for start, end in document.spans[coder, CODE]]
            for coder in CODERS
        },
    }


def main() -> None:
    """Print the table, and write the cases where they are asked for."""
    parser = argparse.ArgumentParser(description="One set of codings, and what each program's numbers say of it.")
    parser.add_argument("--cases", type=Path, metavar="FILE", help="also write the codings for qcode agreement-check")
    asked = parser.parse_args()
    made = [(coding, generated(coding)) for coding in CODINGS]
    figures = [Figures.of(documents) for _coding, documents in made]
    print(table(figures))
    if asked.cases:
        written = [cases(coding, documents, own) for (coding, documents), own in zip(made, figures, strict=True)]
        asked.cases.write_text(json.dumps(written), encoding="utf-8")


if __name__ == "__main__":
    main()
