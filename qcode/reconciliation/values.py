"""What coders marked in one document, what they differ about, and the words in which a verdict is kept."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Literal, NamedTuple, get_args

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from qcode.text.ranges import Range

type Kept = tuple[str, int, int]
"""A code on `[start, end)`: what a verdict keeps."""

type CaseKind = Literal["overlooked", "boundary", "different code", "extra code", "unanimous"]
type Outcome = Literal[
    "accept", "union", "intersection", "range", "all", "other", "none", "unanimous", "later", "meeting"
]
type Reason = Literal["definition unclear", "boundary rule", "overlooked", "slip", "genuine ambiguity"]
type Stance = Literal["persuaded", "accepts", "dissents"]
type WhatChanged = Literal["added", "removed", "moved", "recoded", "agreed"]
"""What became of the marks that a decision rests on; "agreed", that all coders mark the same by now."""

KINDS: Final[tuple[CaseKind, ...]] = get_args(CaseKind.__value__)
OUTCOMES: Final[tuple[Outcome, ...]] = get_args(Outcome.__value__)
REASONS: Final[tuple[Reason, ...]] = get_args(Reason.__value__)
STANCES: Final[tuple[Stance, ...]] = get_args(Stance.__value__)
LEFT_OPEN: Final[frozenset[Outcome]] = frozenset({"later", "meeting"})
"""The outcomes that settle nothing yet."""
OUTCOME_WORDS: Final[Mapping[Outcome, str]] = {
    "accept": "as {coder} has it",
    "union": "union",
    "intersection": "intersection",
    "range": "a range set by hand",
    "all": "all codes",
    "other": "another code",
    "none": "nothing",
    "unanimous": "unanimous",
    "later": "later",
    "meeting": "for the meeting",
}
"""What an outcome is called, with a place for the name of whose codings are accepted."""


class Mark(NamedTuple):
    """A code that a coder put on `[start, end)`, with the id of the coding: a tuple, since thousands are sorted."""

    coding: str
    coder: str
    code: str
    start: int
    end: int

    @property
    def place(self) -> Range:
        """Its range."""
        return self.start, self.end


@dataclass(frozen=True, slots=True)
class DocumentMarks:
    """One document as its coders handed it in.

    A coder in `coders` who marked nothing looked and found nothing; marks of others are not compared. `unseen` holds
    the (coder, code) pairs where the coder did not know the code when handing in. `parts` are what a coder was given
    of the document, where that is not all of it, and `excluded` what counts for nobody.
    """

    document: str
    text: str
    coders: frozenset[str]
    marks: Sequence[Mark]
    unseen: frozenset[tuple[str, str]] = frozenset()
    parts: Mapping[str, Sequence[Range]] = field(default_factory=dict)
    excluded: Sequence[Range] = ()


@dataclass(frozen=True, slots=True)
class Case:
    """One thing that coders agree or differ about: marks that belong together, of one code or of several.

    `asked` are the coders who were given this text and knew the codes; one without a mark looked and did not code.
    `words` is by how many words the coders differ most: 0 of what is unanimous. `agreed` is what all of them kept
    alike, which stands whatever is decided about the rest.
    """

    document: str
    kind: CaseKind
    start: int
    end: int
    codes: tuple[str, ...]
    asked: tuple[str, ...]
    marks: tuple[Mark, ...]
    words: int
    agreed: tuple[Kept, ...] = ()
