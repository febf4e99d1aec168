"""Two wordings of a text, word by word: what stayed, what went and what came."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

type Fate = Literal["same", "gone", "new"]

_WORD = re.compile(r"\s+|[^\W_]+|[\W_]")
_MOST_PAIRS = 1_000_000


@dataclass(frozen=True, slots=True)
class Stretch:
    """Words that stayed, went or came together."""

    fate: Fate
    text: str


def word_differences(before: str, after: str) -> list[Stretch]:
    """How one wording became the other: without what is new it reads as before, without what is gone as after.

    Two texts that are both long are told as one that went and one that came, since comparing them would take too long.
    """
    if before == after:
        return [Stretch("same", before)] if before else []
    old, new = _WORD.findall(before), _WORD.findall(after)
    if len(old) * len(new) > _MOST_PAIRS:
        return [Stretch(*part) for part in _pair(before, after)]
    return _joined(_stretches(old, new))


def _stretches(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[Fate, str]]:
    for kind, from_old, to_old, from_new, to_new in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            yield "same", "".join(old[from_old:to_old])
        else:
            yield from _pair("".join(old[from_old:to_old]), "".join(new[from_new:to_new]))


def _pair(gone: str, new: str) -> Iterator[tuple[Fate, str]]:
    if gone:
        yield "gone", gone
    if new:
        yield "new", new


def _joined(stretches: Iterator[tuple[Fate, str]]) -> list[Stretch]:
    """A space between two changes belongs to both, so that a changed phrase reads as one."""
    listed = list(stretches)
    out: list[Stretch] = []
    gone = new = ""
    for place, (fate, text) in enumerate(listed):
        between = fate == "same" and text.isspace() and 0 < place < len(listed) - 1 and bool(gone or new)
        gone += text if fate == "gone" or between else ""
        new += text if fate == "new" or between else ""
        if fate == "same" and not between:
            out += [Stretch(kind, words) for kind, words in _pair(gone, new)]
            out.append(Stretch("same", text))
            gone = new = ""
    return out + [Stretch(kind, words) for kind, words in _pair(gone, new)]
