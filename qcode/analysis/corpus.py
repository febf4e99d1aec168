"""What is counted: each stretch of a text under a code once, however many coders marked it.

Where a document was reconciled these are the passages of the consensus, otherwise its coders' codings united.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from functools import cached_property
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from qcode.text.ranges import trim

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from qcode.analysis.grid import Grid

ANSWERS: Final = frozenset({"participant", "other", ""})
"""Whose turns are talk that is counted: not interviewers', nor events. Where nobody speaks the role is empty."""
_WORD_OR_LINE: Final = re.compile(r"\w|\n|[^\x00-\uffff]")
"""What between two passages keeps them apart: a word, an emoji, or the end of a turn."""
_SPACES: Final = tuple(code for code in range(0x3001) if chr(code).isspace())


class Mark(NamedTuple):
    """A stretch `[start, end)` of a document's current text under a code, counted once.

    `coders` are the ids of those who put the code there, `codings` those of their codings. A `settled` one is a
    passage of the consensus; what a verdict put there that nobody had coded has no coders. It is `illustrative` or
    `negative` where one of its codings is.
    """

    document: str
    start: int
    end: int
    code: str
    coders: tuple[str, ...] = ()
    settled: bool = False
    codings: tuple[str, ...] = ()
    illustrative: bool = False
    negative: bool = False


class Turn(NamedTuple):
    """A turn `[start, end)` with how many words it has; where nobody speaks, a paragraph.

    `speaker` is the pseudonym or label, `role` "interviewer", "participant", "other", "event", or nothing where nobody
    speaks in the document; `participant` is the id of a `Person`, or empty.
    """

    start: int
    end: int
    words: int
    speaker: str
    role: str
    participant: str

    @property
    def counted(self) -> bool:
        """Whether it is talk that is counted: no interviewer's, and no event."""
        return self.role in ANSWERS


@dataclass(frozen=True, eq=False)
class Text:
    """A document's current text with its turns; `position` is its place in the order of collection, from 0.

    `about` are the ids of those whom it is about where nobody speaks in it, such as in notes of an interview;
    `word_starts` is where its words begin, as `word_starts` finds them.
    `attributes` hold what is recorded about it as typed, by the keys of `Corpus.attributes`.
    """

    document: str
    name: str
    kind: str
    language: str
    position: int
    group: str
    text: str
    turns: tuple[Turn, ...]
    attributes: Mapping[str, str] = field(default_factory=dict)
    about: tuple[str, ...] = ()
    word_starts: array[int] = field(default_factory=lambda: array("q"), repr=False)

    @property
    def length(self) -> int:
        """How many code points it has."""
        return len(self.text)

    @cached_property
    def people(self) -> tuple[str, ...]:
        """Who speaks in it, or whom it is about where nobody speaks, in the order of their first turns."""
        return tuple(dict.fromkeys(turn.participant for turn in self.turns if turn.participant))

    def turns_in(self, start: int, end: int) -> range:
        """The numbers of the turns that share a character with [start, end)."""
        return range(bisect_right(self._ends, start), bisect_left(self._starts, end))

    def words_in(self, start: int, end: int) -> int:
        """How many words begin in [start, end)."""
        return self.words_before(end) - self.words_before(start)

    def words_before(self, place: int) -> int:
        """How many words begin before a place."""
        return bisect_left(self.word_starts, place)

    @property
    def words(self) -> int:
        """How many words it has."""
        return len(self.word_starts)

    @cached_property
    def _starts(self) -> list[int]:
        return [turn.start for turn in self.turns]

    @cached_property
    def _ends(self) -> list[int]:
        return [turn.end for turn in self.turns]


class CountedCode(NamedTuple):
    """A code in the order of the codebook; `path` holds the names from the root down, `colour` is a palette slot.

    `kind` is "codable" or "category", `status` that of the codebook, such as "active" or "retired".
    """

    id: str
    name: str
    path: tuple[str, ...]
    colour: int
    parent: str | None
    kind: str = "codable"
    status: str = "active"


class CountedTheme(NamedTuple):
    """A theme in order; `codes` are those that it and the themes below it gather, a category's with those below it."""

    id: str
    name: str
    path: tuple[str, ...]
    parent: str | None
    codes: tuple[str, ...]


class Person(NamedTuple):
    """Somebody who took part, or a speaker nobody named yet, whose id is the document's and the label.

    Whose group is not recorded has that of the first document in which they speak.
    `attributes` hold what is recorded as typed, by the keys of `Corpus.attributes`.
    """

    id: str
    name: str
    group: str
    role: str
    attributes: Mapping[str, str]


class CountedCoder(NamedTuple):
    """A coder."""

    id: str
    name: str
    initials: str


class Recorded(NamedTuple):
    """Something that is recorded about participants or documents: `levels` are what it can say, in order.

    `subject` is "participant" or "document", `kind` "category", "number", "date" or "text"; one that all studies have,
    such as group and role, has its name as `key` and the kind "text".
    """

    key: str
    subject: str
    name: str
    kind: str
    levels: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Corpus:
    """All that is counted in a study, as the acting coder may see it.

    `marks` has an entry for each text, in text order; `said` is the sentence that says what was counted. By coder
    (`by_coder`) each stretch is counted once for each coder, and there is no consensus. `settled` are the documents
    of which the consensus counts.
    """

    texts: tuple[Text, ...]
    marks: Mapping[str, tuple[Mark, ...]]
    codes: tuple[CountedCode, ...]
    themes: tuple[CountedTheme, ...]
    people: tuple[Person, ...]
    coders: tuple[CountedCoder, ...]
    attributes: tuple[Recorded, ...]
    said: str
    settled: frozenset[str] = frozenset()
    by_coder: bool = False
    kept: Any = field(default=None, repr=False)

    @cached_property
    def text(self) -> Mapping[str, Text]:
        """The texts by document."""
        return {one.document: one for one in self.texts}

    @cached_property
    def code(self) -> Mapping[str, CountedCode]:
        """The codes by id."""
        return {one.id: one for one in self.codes}

    @cached_property
    def person(self) -> Mapping[str, Person]:
        """The people by id."""
        return {one.id: one for one in self.people}

    @cached_property
    def rank(self) -> Mapping[str, int]:
        """The place of each code in the codebook."""
        return {one.id: number for number, one in enumerate(self.codes)}

    @cached_property
    def grid(self) -> Grid:
        """The same as columns of numbers, made when it is first asked for."""
        from qcode.analysis.grid import grid_of

        return grid_of(self)

    def all_marks(self) -> Iterator[Mark]:
        """Every mark, document by document."""
        return (mark for one in self.texts for mark in self.marks[one.document])

    def below(self, code: str) -> frozenset[str]:
        """A code and all codes below it."""
        return self._below[code]

    def meant(self, code: str) -> frozenset[str]:
        """The codes that a code stands for: a category for those below it as well."""
        return self._below[code] if self.code[code].kind == "category" else frozenset({code})

    def of_theme(self, theme: str) -> tuple[Mark, ...]:
        """The passages of a theme, each stretch once whichever codes of it are there; none of one that is not known."""
        codes = next((set(one.codes) for one in self.themes if one.id == theme), set())
        return tuple(
            mark
            for text in self.texts
            for mark in united(
                text.text, (one._replace(code=theme) for one in self.marks[text.document] if one.code in codes)
            )
        )

    @cached_property
    def _below(self) -> Mapping[str, frozenset[str]]:
        found = {one.id: {one.id} for one in self.codes}
        for one in reversed(self.codes):
            if one.parent in found:
                found[one.parent] |= found[one.id]
        return {key: frozenset(codes) for key, codes in found.items()}


@dataclass(frozen=True, slots=True)
class Cell:
    """A number of a table with the passages behind it; `row` and `column` are ids or keys of the table's headings."""

    row: str
    column: str
    count: int
    passages: tuple[Mark, ...] = ()


def united(text: str, marks: Iterable[Mark]) -> tuple[Mark, ...]:
    """Marks of one document, each stretch once: those of one code that overlap, or touch in words, become one.

    Two touch where no word stands between them and no turn ends there. They come in text order.
    """
    of_code: dict[str, list[Mark]] = {}
    for mark in marks:
        place = trim(text, mark.start, mark.end)
        if place is not None:
            of_code.setdefault(mark.code, []).append(mark._replace(start=place[0], end=place[1]))
    found = [one for own in of_code.values() for one in _united(text, sorted(own, key=_PLACE))]
    return tuple(sorted(found, key=_PLACE_AND_CODE))


def _united(text: str, marks: Sequence[Mark]) -> Iterator[Mark]:
    """Marks of one code in order, united."""
    held = [marks[0]]
    end = marks[0].end
    for mark in marks[1:]:
        if mark.start <= end or not _WORD_OR_LINE.search(text, end, mark.start):
            held.append(mark)
        else:
            yield _one(held, end)
            held = [mark]
            end = mark.end
        end = max(end, mark.end)
    yield _one(held, end)


def _one(marks: Sequence[Mark], end: int) -> Mark:
    if len(marks) == 1:
        return marks[0]
    return Mark(
        marks[0].document,
        marks[0].start,
        end,
        marks[0].code,
        tuple(dict.fromkeys(coder for mark in marks for coder in mark.coders)),
        all(mark.settled for mark in marks),
        tuple(dict.fromkeys(coding for mark in marks for coding in mark.codings)),
        any(mark.illustrative for mark in marks),
        any(mark.negative for mark in marks),
    )


_PLACE = attrgetter("start", "end")
_PLACE_AND_CODE = attrgetter("start", "end", "code")


def word_starts(text: str) -> array[int]:
    """Where the words of a text begin: what stands between white space is a word, as documents are counted."""
    import numpy as np

    if text.isascii():
        points = np.frombuffer(text.encode("ascii"), np.uint8)
    else:
        points = np.minimum(np.frombuffer(text.encode("utf-32-le"), np.uint32), _SPACES[-1] + 1)
    space = np.zeros(_SPACES[-1] + 2, bool)
    space[list(_SPACES)] = True
    blank = space[points]
    return array("q", np.flatnonzero(~blank & np.concatenate(([True], blank[:-1]))).tobytes())


def said_of(names: Collection[str], *, most: int = 5) -> str:
    """Names in a sentence: all of a few, of many the first and how many more."""
    listed = list(names)
    if len(listed) <= most:
        return ", ".join(listed)
    return f"{', '.join(listed[:most])} and {len(listed) - most} more"
