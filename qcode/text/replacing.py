"""A text that another one replaces: the edits between them, which turns became which, and who is who in both."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal, NamedTuple, Protocol, Self

from qcode.text.edits import Edit, edits_between
from qcode.text.ranges import Range

type Fate = Literal["same", "words", "speaker", "added", "removed"]

_STRETCH: Final = 100
_PLACEHOLDER: Final = 30
_SHARE: Final = 0.25


class Voiced(Protocol):
    """A turn in code points, and the label of who says it."""

    @property
    def start(self) -> int: ...  # noqa: D102
    @property
    def end(self) -> int: ...  # noqa: D102
    @property
    def speaker(self) -> str | None: ...  # noqa: D102


class Spoken(NamedTuple):
    """A turn `[start, end)` in code points, and a key of who says it."""

    start: int
    end: int
    speaker: str | None


@dataclass(frozen=True, slots=True)
class Script:
    """A text with its turns in order, which do not overlap, and the labels of its speakers by their keys."""

    text: str
    turns: tuple[Spoken, ...]
    labels: Mapping[str, str]

    @classmethod
    def of(cls, text: str, turns: Iterable[Voiced]) -> Self:
        """A text whose speakers go by their labels."""
        spoken = tuple(Spoken(turn.start, turn.end, turn.speaker) for turn in turns)
        return cls(text, spoken, {turn.speaker: turn.speaker for turn in spoken if turn.speaker})


class TurnChange(NamedTuple):
    """Which turns `[first, last)` of the text before became which of the text after, by their numbers."""

    fate: Fate
    old: Range
    new: Range


@dataclass(frozen=True, slots=True)
class Replacement:
    """How one text becomes another: edits, the fates of all turns, and the old speaker for each new one that is known.

    `same` leads from the numbers of new turns to those of old ones with the same words.
    """

    edits: tuple[Edit, ...]
    turns: tuple[TurnChange, ...]
    voices: Mapping[str, str]
    same: Mapping[int, int]


def replacement(old: Script, new: Script) -> Replacement:
    """Compare two texts and who speaks in them; takes time by what changed, not by the product of their lengths.

    A speaker of the text after is one of the text before who has the same label, or else the one who says most of
    what it says there, if that one says most of it in the text after, too.
    """
    edits = tuple(_apart(edits_between(old.text, new.text)))
    links = _strong(old, new, _links(old, new, edits))
    voices = _voices(old, new, links)
    turns = tuple(_told(old, new, voices, _changes(len(old.turns), len(new.turns), sorted(links))))
    same = {change.new[0]: change.old[0] for change in turns if change.fate in ("same", "speaker")}
    return Replacement(edits, turns, voices, same)


def _apart(edits: Iterable[Edit]) -> Iterator[Edit]:
    """Edits in which a long stretch is not said to have become another one with nothing in common.

    It went, and the other came: a passage within it has lost its words instead of growing over all that is new.
    """
    for edit in edits:
        if edit.end - edit.start > _STRETCH and edit.length > _PLACEHOLDER:
            yield Edit(edit.start, edit.end, 0)
            yield Edit(edit.end, edit.end, edit.length)
        else:
            yield edit


def _kept(edits: Sequence[Edit], length: int) -> Iterator[tuple[int, int, int]]:
    """The stretches `[start, end)` of the text before that stayed, and by how much they moved."""
    past = moved = 0
    for edit in edits:
        if past < edit.start:
            yield past, edit.start, moved
        past, moved = edit.end, moved + edit.length - (edit.end - edit.start)
    if past < length:
        yield past, length, moved


def _links(old: Script, new: Script, edits: Sequence[Edit]) -> Counter[tuple[int, int]]:
    """How many code points of each old turn stand in each new one."""
    links: Counter[tuple[int, int]] = Counter()
    for start, end, moved in _kept(edits, len(old.text)):
        for number, (first, last) in _cut(old.turns, start, end):
            for other, (low, high) in _cut(new.turns, first + moved, last + moved):
                if any(letter.isalnum() for letter in new.text[low:high]):
                    links[number, other] += high - low
    return links


def _cut(turns: Sequence[Spoken], start: int, end: int) -> Iterator[tuple[int, Range]]:
    """The parts of turns that lie in a range, with the numbers of the turns."""
    number = bisect_right(turns, start, key=lambda turn: turn.end)
    while number < len(turns) and turns[number].start < end:
        yield number, (max(start, turns[number].start), min(end, turns[number].end))
        number += 1


def _strong(old: Script, new: Script, links: Counter[tuple[int, int]]) -> dict[tuple[int, int], int]:
    """The links between turns that have more in common than a word here and there."""

    def least(number: int, other: int) -> float:
        first, second = old.turns[number], new.turns[other]
        return _SHARE * min(first.end - first.start, second.end - second.start)

    return {pair: shared for pair, shared in links.items() if shared >= least(*pair)}


def _changes(old: int, new: int, links: Sequence[tuple[int, int]]) -> Iterator[tuple[Range, Range]]:
    """Ranges of turns that belong together, in order; those without a counterpart stand alone."""
    past_old = past_new = 0
    for first, last in _groups(links):
        yield from (((number, number + 1), (past_new, past_new)) for number in range(past_old, first[0]))
        yield from (((first[0], first[0]), (number, number + 1)) for number in range(past_new, first[1]))
        past_old, past_new = last[0] + 1, last[1] + 1
        yield (first[0], past_old), (first[1], past_new)
    yield from (((number, number + 1), (past_new, past_new)) for number in range(past_old, old))
    yield from (((old, old), (number, number + 1)) for number in range(past_new, new))


def _groups(links: Sequence[tuple[int, int]]) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
    """The first and the last link of each row of links in which each shares a turn with the one before."""
    place = 0
    while place < len(links):
        end = place
        while end + 1 < len(links) and (links[end + 1][0] == links[end][0] or links[end + 1][1] == links[end][1]):
            end += 1
        yield links[place], links[end]
        place = end + 1


def _told(
    old: Script, new: Script, voices: Mapping[str, str], changes: Iterable[tuple[Range, Range]]
) -> Iterator[TurnChange]:
    for before, after in changes:
        yield TurnChange(_fate(old, new, voices, before, after), before, after)


def _fate(old: Script, new: Script, voices: Mapping[str, str], before: Range, after: Range) -> Fate:
    if before[0] == before[1]:
        return "added"
    if after[0] == after[1]:
        return "removed"
    one, other = old.turns[before[0]], new.turns[after[0]]
    alone = before[1] - before[0] == after[1] - after[0] == 1
    if not alone or old.text[one.start : one.end] != new.text[other.start : other.end]:
        return "words"
    said_by = None if other.speaker is None else voices.get(other.speaker, "")
    return "same" if said_by == one.speaker else "speaker"


def _voices(old: Script, new: Script, links: Mapping[tuple[int, int], int]) -> dict[str, str]:
    by_label = {label: key for key, label in old.labels.items()}
    found = {key: by_label[label] for key, label in new.labels.items() if label in by_label}
    shared: Counter[tuple[str, str]] = Counter()
    for (number, other), length in links.items():
        before, after = old.turns[number].speaker, new.turns[other].speaker
        if before is not None and after is not None:
            shared[after, before] += length
    said: Counter[str] = Counter()
    for (after, before), length in shared.items():
        said[f"new {after}"] += length
        said[f"old {before}"] += length
    for (after, before), length in shared.most_common():
        known = after in found or before in found.values()
        if not known and 2 * length > max(said[f"new {after}"], said[f"old {before}"]):
            found[after] = before
    return found


def kept_units(
    old: Script, new: Script, made: Replacement, before: Sequence[Range], after: Sequence[Range]
) -> list[Range]:
    """The sentences of the text after: those of turns with the same words stay, so that units never move in them.

    `before` and `after` are the sentences of either text as they are found, in order; none goes beyond a turn.
    """
    starts, found = [start for start, _end in before], []
    settled: list[Range] = []
    for number, earlier in sorted(made.same.items()):
        turn, was = new.turns[number], old.turns[earlier]
        moved = turn.start - was.start
        ours = before[bisect_left(starts, was.start) : bisect_left(starts, was.end)]
        found += [(start + moved, end + moved) for start, end in ours]
        settled.append((turn.start, turn.end))
    ends = [end for _start, end in settled]
    for start, end in after:
        place = bisect_right(ends, start)
        if place == len(settled) or start < settled[place][0]:
            found.append((start, end))
    return sorted(found)
