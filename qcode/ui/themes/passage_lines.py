"""Passages to pick quotes from, as they are counted: each stretch of text once, with everybody who marked it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from qcode.analysis.corpus import Corpus, Mark, Text

_AROUND = 60


@dataclass(frozen=True, slots=True)
class PassageLine:
    """A stretch `[start, end)` of a document, in code points, as it is read before it is picked."""

    document: str
    document_name: str
    start: int
    end: int
    before: str
    text: str
    after: str
    speaker: str
    group: str
    coders: tuple[str, ...]
    codes: tuple[str, ...]
    quoted: bool = False
    settled: bool = False

    @property
    def key(self) -> tuple[str, int, int]:
        """What the passage is known by."""
        return self.document, self.start, self.end

    @property
    def source(self) -> str:
        """Who says it, where, and who marked it."""
        who = ", ".join(part for part in (self.speaker, self.group) if part)
        coded = "consensus" if self.settled else f"coded by {', '.join(self.coders)}"
        return " · ".join(part for part in (who, self.document_name, coded) if part)

    def is_among(self, places: Collection[tuple[str, int, int]]) -> bool:
        """Whether one of these places is in it, or it is in one of them."""
        return any(
            document == self.document
            and ((start <= self.start and self.end <= end) or (self.start <= start and end <= self.end))
            for document, start, end in places
        )


def passage_lines(counted: Corpus, codes: Collection[str]) -> list[PassageLine]:
    """The passages of codes in text order; where several of them are on exactly the same stretch, it is one line."""
    initials = {one.id: one.initials for one in counted.coders}
    out = []
    for text in counted.texts:
        found: dict[tuple[int, int], list[Mark]] = {}
        for mark in counted.marks[text.document]:
            if mark.code in codes:
                found.setdefault((mark.start, mark.end), []).append(mark)
        out += [_line(counted, text, same, initials) for same in found.values()]
    return out


def _line(counted: Corpus, text: Text, same: Sequence[Mark], initials: dict[str, str]) -> PassageLine:
    start, end = same[0].start, same[0].end
    speaker, group = _speaks(counted, text, start, end)
    return PassageLine(
        text.document,
        text.name,
        start,
        end,
        text.text[max(start - _AROUND, 0) : start],
        text.text[start:end],
        text.text[end : end + _AROUND],
        speaker,
        group,
        tuple(sorted({initials.get(coder, "") for mark in same for coder in mark.coders})),
        tuple(sorted({counted.code[mark.code].name for mark in same})),
        settled=all(mark.settled for mark in same),
    )


def _speaks(counted: Corpus, text: Text, start: int, end: int) -> tuple[str, str]:
    """Who speaks there, and from which group: an interviewer only where nobody else does."""
    turns = [text.turns[number] for number in text.turns_in(start, end)]
    said = [turn for turn in turns if turn.counted and turn.speaker] or [turn for turn in turns if turn.speaker]
    people = [counted.person[turn.participant] for turn in said if turn.participant in counted.person]
    groups = dict.fromkeys(person.group for person in people if person.group)
    return ", ".join(dict.fromkeys(turn.speaker for turn in said)), ", ".join(groups) or text.group
