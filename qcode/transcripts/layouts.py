"""The layouts that transcripts come in, from Word and plain text alike: one registry for all.

A layout either shapes blocks (its module has a `shape`, listed in SHAPES) or is a signature of its header lines, which
the grammar of labels reads (listed in SIGNATURES). A new layout is one more line in one of the two.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from qcode.transcripts import headings, meet, otter, questions, ranges, stamps, typed
from qcode.transcripts.notation import is_jefferson
from qcode.transcripts.times import STAMP
from qcode.transcripts.values import Layout

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from qcode.transcripts.labels import Line
    from qcode.transcripts.shapes import Shaped
    from qcode.transcripts.stamps import Stamped
    from qcode.transcripts.values import Block, Counts, LabelChoice, Role, Unmatched


@dataclass(frozen=True, slots=True)
class Signature:
    """A layout that is known by its header lines: who speaks, and when, in the first group."""

    name: str
    header: re.Pattern[str]


SHAPES: Final[tuple[Callable[[tuple[Block, ...]], Shaped | None], ...]] = (
    meet.shape,
    ranges.shape,
    questions.shape,
    otter.shape,
)
"""Layouts whose lines need to be put into another shape before the grammar of labels can read them."""

_WHO: Final = r"(\S(?:[^\t\n]{0,58}?\S)??)"
_BRACKETED: Final = rf"[\[({{<]\s?{STAMP}(?:\s?[-–]\s?{STAMP})?\s?[\])}}>]"
SIGNATURES: Final = (
    Signature("Zoom transcript", re.compile(rf"\s*\[([^\[\]\n]{{1,60}})\]\s{STAMP}\s*")),
    Signature("Microsoft Teams transcript", re.compile(rf"{_WHO} {{3,20}}{STAMP}\s*")),
    Signature("Otter export", re.compile(rf"(?:{_WHO})? {{2}}{STAMP}\s*")),
    Signature("Rev transcript", re.compile(rf"\s*{_WHO}\s?\({STAMP}\):.*", re.DOTALL)),
    Signature(
        "Names with times in brackets behind them", re.compile(rf"\s*{_WHO}:?\s{{0,4}}{_BRACKETED}:?.*", re.DOTALL)
    ),
    Signature("Word Transcribe", re.compile(r"\s*\d{1,2}:\d\d:\d\d[ \t]+([^:\t\n]{1,60}?)\s*")),
    Signature(
        "Times before names (as of Descript, Sonix or Trint)",
        re.compile(rf"\s*(?:{_BRACKETED}|{STAMP})\s*(?:[-–—]\s+)?\[?([^:\[\]\t\n]{{1,60}}?)\]?\s?[:\t].*", re.DOTALL),
    ),
    Signature(
        "Times and names above the talk",
        re.compile(rf"\s*(?:{_BRACKETED}|{STAMP})\s{{0,4}}(?:[-–—]\s+)?([^:\t\n]{{1,60}}?)\s*"),
    ),
)
"""Layouts by what their header lines look like, the most particular first."""

_LONGEST_HEADER: Final = 200
_SPEAKER_CODE: Final = re.compile(r"\s*SPEAKER_\d{1,3}\s*")
_ATRAIN: Final = re.compile(r"\s*\[\d\d:\d\d:\d\d\] - ")
_BY_SHAPE: Final = {
    "colon": "Names before a colon",
    "bracket": "Names in brackets before a colon",
    "tab": "Names before a tab",
    "bold": "Names in bold",
    "alone": "Names on lines of their own",
    "stamp": "Names beside times",
    "voice": "Names given by the file's markup",
}


@dataclass(frozen=True, slots=True)
class Arranged:
    """Blocks that are ready for the grammar of labels, and everything that was done to get there."""

    blocks: tuple[Block, ...]
    was: tuple[Block, ...]
    shaped: Shaped | None
    stamped: Stamped
    rules: Counts = ()
    warnings: tuple[str, ...] = ()

    @property
    def is_plain(self) -> bool:
        """Whether no layout shaped the blocks and no times stood in them."""
        return self.shaped is None and not self.stamped.taken

    @property
    def unmatched(self) -> tuple[Unmatched, ...]:
        """What the layout did not explain."""
        return self.shaped.unmatched if self.shaped else ()

    @property
    def roles(self) -> dict[str, Role]:
        """The roles that the layout gives to labels."""
        return dict(self.shaped.roles) if self.shaped else {}


def arranged(blocks: tuple[Block, ...], *, lines_are_typed: bool) -> Arranged:
    """The blocks in the shape of their layout, without line numbers, running heads and times in the text."""
    plain = typed.untyped(blocks, lines_are_paragraphs=not lines_are_typed)
    found = (shaped for shape in SHAPES if (shaped := shape(plain.blocks)) is not None)
    shaped = max(found, key=lambda shaped: shaped.read, default=None)
    stamped = stamps.stamped(shaped.blocks if shaped else plain.blocks)
    return Arranged(
        stamped.blocks,
        plain.blocks,
        shaped,
        stamped,
        (*plain.rules, *(shaped.rules if shaped else ()), *stamped.rules),
        (*plain.warnings, *(shaped.warnings if shaped else ())),
    )


def named(done: Arranged, lines: Sequence[Line], choices: Sequence[LabelChoice]) -> Layout:
    """The layout found, with how many of its lines the accepted labels explain."""
    accepted = {choice.label for choice in choices if choice.accepted}
    if done.shaped:
        return Layout(done.shaped.name, done.shaped.read, done.shaped.lines, done.shaped.unit)
    return _by_times(done) or _by_signature(done.was, accepted) or _by_label(done, lines, accepted)


def _by_times(done: Arranged) -> Layout | None:
    """Layouts that are known by where their times stand."""
    texts = [block.text for block in done.was]
    hashed = sum("#" in text and stamps.HASH.search(text) is not None for text in texts)
    if hashed and done.stamped.taken:
        where = "at the end of" if done.stamped.closing else "in"
        return Layout(f"f4 transcript with times {where} paragraphs", done.stamped.lines, hashed, "lines with a time")
    voices = sum(_SPEAKER_CODE.fullmatch(text) is not None for text in texts)
    begun = sum(_ATRAIN.match(text) is not None for text in texts)
    if voices and begun:
        return Layout("aTrain transcript", min(begun, done.stamped.lines), begun, "paragraphs")
    return None


def _by_signature(blocks: Iterable[Block], accepted: set[str]) -> Layout | None:
    found: Counter[str] = Counter()
    read: Counter[str] = Counter()
    for block in blocks:
        line = block.text.partition("\n")[0]
        if block.kind == "para" and ":" in line and (match := _signature(line, accepted)):
            found[match[0]] += 1
            read[match[0]] += match[1]
    best = max(found, key=lambda name: read[name], default=None)
    if best is None or not read[best]:
        return None
    return Layout(best, read[best], found[best], "header lines")


def _signature(line: str, accepted: set[str]) -> tuple[str, bool] | None:
    """The first signature that a line bears, and whether its label is a speaker's."""
    borne = None
    for signature in SIGNATURES:
        if match := signature.header.fullmatch(line[:_LONGEST_HEADER]):
            label = " ".join((match[1] or "").split())
            if not label or label in accepted:
                return signature.name, True
            borne = borne or (signature.name, False)
    return borne


def _by_label(done: Arranged, lines: Sequence[Line], accepted: set[str]) -> Layout:
    starts = [line.candidate for line in lines if line.candidate is not None]
    taken = [candidate for candidate in starts if candidate.label in accepted]
    if not taken:
        return _without_labels(done, lines)
    if is_jefferson([block.text for block in done.was]):
        return Layout("Jefferson transcription", len(taken), len(starts), "lines with a name")
    if any(line.block.kind == "row" for line in lines):
        return Layout(
            "Table of turns", len(taken), sum(line.block.kind == "row" and line.first for line in lines), "rows"
        )
    if any(candidate.styled and candidate.shape == "alone" for candidate in taken):
        return Layout("Names as headings", len(taken), len(starts), "headings")
    shapes = Counter("bold" if candidate.bold else candidate.shape for candidate in taken)
    return Layout(_BY_SHAPE[shapes.most_common(1)[0][0]], len(taken), len(starts), "lines that may begin with a name")


def _without_labels(done: Arranged, lines: Sequence[Line]) -> Layout:
    titles = sum(line.first and headings.heading_level(line.block.style) is not None for line in lines)
    timed = sum(block.start_ms is not None for block in done.blocks)
    if timed:
        return Layout("Times without names", timed, len(done.blocks), "paragraphs")
    if titles:
        return Layout("Document with headings", titles, titles, "headings")
    return Layout("Paragraphs without names", len(done.blocks), len(done.blocks), "paragraphs")
