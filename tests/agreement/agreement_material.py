"""Small studies for the tests of agreement: published cases, random ones, and matrices spelled out by hand."""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from random import Random

import numpy as np
from hypothesis import strategies as st

from qcode.agreement import DocumentCodings

CASES = json.loads((Path(__file__).parents[1] / "cases" / "agreement.json").read_text(encoding="utf-8"))


def case(case_id):
    return next(each for each in CASES if each["id"] == case_id)


def documents_of_spans(data):
    """A case of kind "spans": a coder that is null did not work on the document."""
    units = [(each["start"], each["end"]) for each in data.get("units", [])]
    return [_document(each, units) for each in data["documents"]]


def _document(entry, units):
    spans = defaultdict(list)
    for coder, codings in entry["coders"].items():
        for each in codings or []:
            spans[coder, each["code"]].append((each["start"], each["end"]))
    coders = frozenset(coder for coder, codings in entry["coders"].items() if codings is not None)
    return DocumentCodings(entry["id"], entry["length"], units, coders, dict(spans))


def documents_of_units(units):
    """A matrix of units as documents of one character each, every category a code; None is a missing value."""
    return [
        DocumentCodings(
            f"u{number}",
            1,
            [(0, 1)],
            frozenset(f"c{place}" for place, value in enumerate(unit) if value is not None),
            {(f"c{place}", str(value)): [(0, 1)] for place, value in enumerate(unit) if value is not None},
        )
        for number, unit in enumerate(units)
    ]


def spelled_out(documents, code, *, values):
    """Coder by unit, NaN where missing, from `values(document, coder, code)`; the way nobody should have to compute."""
    coders = sorted({coder for each in documents for coder in each.coders})
    rows = [
        np.concatenate(
            [
                np.array(values(each, coder, code), dtype=float)
                if coder in each.coders and (coder, code) not in each.unseen
                else np.full(len(values(each, coder, code)), np.nan)
                for each in documents
            ]
        )
        for coder in coders
    ]
    return np.array(rows)


def characters(document, coder, code):
    marked = [0] * document.length
    for start, end in document.spans.get((coder, code), []):
        marked[start:end] = [1] * (end - start)
    return marked


def sentences(document, coder, code):
    """The projection, unit by unit and character by character, straight from its definition."""
    marked = {place for place, value in enumerate(characters(document, coder, code)) if value}
    runs = _runs(sorted(marked))
    edges = [0, *(start for start, _ in document.units[1:]), document.length]
    return [
        int(
            2 * len(marked & set(range(start, end))) >= end - start
            or any(2 * len(run & set(range(*room))) >= len(run) for run in runs)
        )
        for (start, end), room in zip(document.units, pairwise(edges), strict=False)
    ]


def _runs(places):
    runs = []
    for place in places:
        if runs and place - 1 in runs[-1]:
            runs[-1].add(place)
        else:
            runs.append({place})
    return runs


CODERS, CODES = ("ann", "bo", "cy", "dee"), ("a", "b")


def documents(*, least=1, most=7):
    """Random studies of up to four coders, some of them missing from documents, some not knowing a code."""
    return st.builds(_random_study, st.integers(least, most), st.integers(0, 2**32))


def _random_study(count, seed):
    draw = Random(seed)
    careful = draw.random()
    study = [_random_document(draw, f"d{number}", careful) for number in range(count)]
    study[0] = replace(study[0], coders=study[0].coders | {"ann"})
    return study


def _random_document(draw, name, careful):
    """A document with passages that its coders find or miss, at bounds that they hit or fail."""
    length = draw.randint(1, 40)
    coders = frozenset(coder for coder in CODERS if draw.random() < 0.7)
    passages = {code: [_range(draw, length) for _ in range(draw.randint(0, 3))] for code in CODES}
    spans = {
        (coder, code): [span if draw.random() < careful else _range(draw, length) for span in passages[code]]
        for coder in CODERS
        for code in CODES
        if draw.random() < 0.9
    }
    unseen = frozenset((coder, code) for coder in CODERS for code in CODES if draw.random() < 0.1)
    edges = sorted(draw.sample(range(length + 1), min(length + 1, draw.randint(0, 10))))
    apart = list(zip(edges[::2], edges[1::2], strict=False))
    return DocumentCodings(name, length, draw.choice([apart, list(pairwise(edges))]), coders, spans, unseen)


def _range(draw, length):
    start = draw.randrange(length)
    return start, draw.randint(start + 1, min(length, start + 15))
