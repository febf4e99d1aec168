"""The files of the sample study as values, and agreement on them worked out anew."""

from __future__ import annotations

import csv
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from itertools import chain
from pathlib import Path

import krippendorff
import numpy as np
import yaml

from qcode.nlp import sentences
from qcode.transcripts import read, segment

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "sample_transcripts"


@dataclass(frozen=True, slots=True)
class Mark:
    """One row of codings.csv."""

    round: str
    document: str
    coder: str
    code: str
    start: int
    end: int
    certainty: str
    comment: str
    text: str


@cache
def study():
    return yaml.safe_load((SAMPLE / "study.yaml").read_text(encoding="utf-8"))


@cache
def transcripts():
    """Every document as the program imports it, by name."""
    return {each["name"]: segment(read(SAMPLE / each["file"])) for each in study()["documents"]}


@cache
def marks():
    with (SAMPLE / "codings.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return tuple(Mark(**{**row, "start": int(row["start"]), "end": int(row["end"])}) for row in rows)


@cache
def codes(version):
    """The codable codes of one version of the codebook with their fields, by name."""
    file = next(book["file"] for book in study()["codebooks"] if book["version"] == version)
    families = yaml.safe_load((SAMPLE / file).read_text(encoding="utf-8"))["codes"]
    return {code["name"]: code for family in families for code in family["children"]}


def rounds():
    return {each["name"]: each for each in study()["rounds"]}


@cache
def units(document):
    """The sentences of a document, turn by turn."""
    language = next(each["language"] for each in study()["documents"] if each["name"] == document)
    transcript = transcripts()[document]
    return [
        (turn.start + start, turn.start + end)
        for turn in transcript.turns
        for start, end in sentences(transcript.text[turn.start : turn.end], language)
    ]


@cache
def united(round_name):
    """The spans of the round with each coder's own overlaps made one, by document, coder and code."""
    spans = defaultdict(list)
    for mark in sorted(marks(), key=lambda mark: mark.start):
        if mark.round == round_name:
            own = spans[mark.document, mark.coder, mark.code]
            if own and mark.start <= own[-1][1]:
                own[-1] = (own[-1][0], max(own[-1][1], mark.end))
            else:
                own.append((mark.start, mark.end))
    return spans


def in_sentences(document, spans):
    """1 for each sentence of which half is covered, or in which half of a span lies."""
    values = []
    for start, end in units(document):
        shared = [(max(0, min(end, right) - max(start, left)), right - left) for left, right in spans]
        covered = sum(overlap for overlap, _ in shared)
        values.append(int(2 * covered >= end - start or any(2 * overlap >= length for overlap, length in shared)))
    return values


def in_characters(document, spans):
    values = np.zeros(len(transcripts()[document].text), dtype=int)
    for start, end in spans:
        values[start:end] = 1
    return values


def alpha(round_name, code, project=in_sentences):
    """Krippendorff's alpha of one code over the round, all its documents side by side."""
    assignments = rounds()[round_name]["assignments"]
    coders = sorted(set(chain.from_iterable(assignments.values())))
    spans = united(round_name)
    rows = [
        np.concatenate(
            [
                np.array(project(document, spans.get((document, coder, code), [])), dtype=float)
                if coder in assigned
                else np.full(len(project(document, [])), np.nan)
                for document, assigned in assignments.items()
            ]
        )
        for coder in coders
    ]
    return float(krippendorff.alpha(np.array(rows), level_of_measurement="nominal"))
