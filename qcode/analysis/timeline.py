"""A transcript from its beginning to its end: where codes stand in it, and who speaks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from qcode.errors import QcodeError

if TYPE_CHECKING:
    from qcode.analysis.corpus import Corpus, CountedCode, Mark, Text
    from qcode.text.ranges import Range


class NothingOnTheLineError(QcodeError):
    """No passage of the document is coded."""

    def __init__(self, name: str) -> None:
        super().__init__(f"Nothing in “{name}” is coded yet. Code it in the Code room, or choose another document.")


@dataclass(frozen=True, slots=True)
class Track:
    """A code along a transcript: its passages, and `spans`, the words `[first, last)` of each, counted from 0."""

    code: CountedCode
    marks: tuple[Mark, ...]
    spans: tuple[Range, ...]

    @property
    def words(self) -> int:
        """How many words it has."""
        return sum(last - first for first, last in self.spans)


@dataclass(frozen=True, slots=True)
class Lane:
    """Somebody who speaks along a transcript: the words `[first, last)` of each turn; `role` says in which role."""

    speaker: str
    role: str
    spans: tuple[Range, ...]


@dataclass(frozen=True, slots=True)
class Timeline:
    """A transcript in words, with a track for each code that stands in it and a lane for each speaker.

    Tracks are in the order of the codebook, lanes in the order in which people first speak.
    """

    document: str
    name: str
    words: int
    tracks: tuple[Track, ...]
    lanes: tuple[Lane, ...]
    note: str
    said: str


def timeline(corpus: Corpus, document: str) -> Timeline:
    """The codes along one transcript. Raises NothingOnTheLineError."""
    text = corpus.text[document]
    own: dict[str, list[Mark]] = {}
    for mark in corpus.marks[document]:
        own.setdefault(mark.code, []).append(mark)
    if not own:
        raise NothingOnTheLineError(text.name)
    tracks = tuple(
        Track(code, tuple(own[code.id]), _in_words(text, [(mark.start, mark.end) for mark in own[code.id]]))
        for code in corpus.codes
        if code.id in own
    )
    note = f"From the first of {text.words:,} words to the last; each bar is a passage, as long as it has words."
    return Timeline(document, text.name, text.words, tracks, _lanes(text), note, corpus.said)


def _lanes(text: Text) -> tuple[Lane, ...]:
    said: dict[tuple[str, str], list[Range]] = {}
    for turn in text.turns:
        if turn.speaker:
            said.setdefault((turn.speaker, turn.role), []).append((turn.start, turn.end))
    return tuple(Lane(*who, _in_words(text, places)) for who, places in said.items())


def _in_words(text: Text, places: Sequence[Range]) -> tuple[Range, ...]:
    return tuple((text.words_before(start), text.words_before(end)) for start, end in places)
