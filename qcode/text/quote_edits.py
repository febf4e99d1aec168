"""What may be done to the words of a quote: cut, replaced and inserted, each visible in print and none silent.

A quote is the transcript's own words. Whatever is left out prints as an ellipsis, whatever is put in as words in square
brackets; nothing else can be done to it. How it prints is in `text/quotation.py`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Final
from unicodedata import category

from qcode.errors import QcodeError

LONGEST_WORDS: Final = 200
_LONGEST_STORED: Final = 20_000

OWN_BRACKETS: Final = re.compile(r"\[[^\[\]\n]*\]")
_UNREADABLE: Final = ("Cc", "Cs", "Zl", "Zp")
_TURNING: Final = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Signs that turn the direction of writing, also of the words behind them."""
_APOSTROPHES: Final = "'’ʼ"
_JOINED: Final = re.compile("[\u200c\u200d\ufe00-\ufe0f\U0001f3fb-\U0001f3ff\U000e0020-\U000e007f]")
_FLAGS: Final = re.compile("[\U0001f1e6-\U0001f1ff]")
_UNSPACED: Final = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")


class EditOutsideError(QcodeError):
    """An edit of a quote lies outside of it, or holds no words."""

    def __init__(self) -> None:
        super().__init__("That edit holds no words of the quote. Select words of the quote first.")


class EditsOverlapError(QcodeError):
    """Two edits of a quote are about the same words."""

    def __init__(self) -> None:
        super().__init__("These words are edited already. Take the first edit back, or select words beside it.")


class WordsChangedError(QcodeError):
    """A cut would leave half a word, which makes another word of it."""

    def __init__(self) -> None:
        super().__init__(
            "That would leave half a word, and so change what was said. Cut whole words, or put other words in "
            "brackets in their place."
        )


class LetterSplitError(QcodeError):
    """An edit begins or ends within what is read as one letter."""

    def __init__(self) -> None:
        super().__init__("That edit begins or ends within a letter. Select whole letters.")


class BracketSplitError(QcodeError):
    """An edit holds a part of a bracket that stands in the transcript."""

    def __init__(self) -> None:
        super().__init__(
            "These brackets stand in the transcript: an edit takes them whole, from [ to ], or leaves them as they are."
        )


class LinesJoinedError(QcodeError):
    """Words were to be put in the place of a passage that goes over several lines or turns."""

    def __init__(self) -> None:
        super().__init__(
            "Words in brackets stand for words of one line. Replace turn by turn, or cut what lies between."
        )


class BracketWordsError(QcodeError):
    """What was to be printed in brackets cannot be."""

    def __init__(self) -> None:
        super().__init__(
            f"Write what stands in the brackets on one line of at most {LONGEST_WORDS} characters, without brackets of "
            "its own."
        )


class NothingLeftError(QcodeError):
    """The edits of a quote leave nothing of what was said."""

    def __init__(self) -> None:
        super().__init__("Nothing would be left of what was said. Leave some of its words, or drop the quote.")


@dataclass(frozen=True, slots=True)
class Cut:
    """`[start, end)` of a quote is left out, and prints as an ellipsis."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Replaced:
    """Other words stand in brackets in the place of `[start, end)` of a quote."""

    start: int
    end: int
    words: str


@dataclass(frozen=True, slots=True)
class Inserted:
    """Words in brackets are put in: as words of their own, or, if not `apart`, as a part of the word at that place."""

    at: int
    words: str
    apart: bool = True

    @property
    def start(self) -> int:
        """Where it is put in."""
        return self.at

    @property
    def end(self) -> int:
        """Where it is put in: it holds no words of the quote."""
        return self.at


type Edit = Cut | Replaced | Inserted


# As they are stored ------------------------------------------------------------------------------------------------


def stored(edits: Iterable[Edit], shift: int = 0) -> list[list[Any]]:
    """The edits as the study keeps them, [start, end, words, apart] each, with `shift` added to their places."""
    return [
        [edit.start + shift, edit.end + shift, getattr(edit, "words", ""), getattr(edit, "apart", False)]
        for edit in edits
    ]


def loaded(start: int, end: int, words: str, *, apart: bool) -> Edit:
    """One edit from what is kept of it; words that a redaction left brackets in are read without these."""
    bare = " ".join(words.replace("[", " ").replace("]", " ").split())
    if start == end:
        return Inserted(start, bare, apart)
    return Replaced(start, end, bare) if bare else Cut(start, end)


def restored(kept: Iterable[list[Any]]) -> list[Edit]:
    """The edits that are kept so: what `stored` gives back."""
    return [loaded(start, end, words, apart=apart) for start, end, words, apart in kept]


def are_stored(edits: Sequence[Any], length: int) -> bool:
    """Whether these are edits of a text of that length as they are stored, in order and apart."""
    if not all(_is_stored(edit) for edit in edits):
        return False
    ends = [0, *(edit[1] for edit in edits)]
    return all(end <= edit[0] <= edit[1] <= length for end, edit in zip(ends, edits, strict=False))


def _is_stored(edit: Any) -> bool:
    if not isinstance(edit, list) or len(edit) != 4:
        return False
    start, end, words, apart = edit
    typed = type(start) is int and type(end) is int and isinstance(words, str) and isinstance(apart, bool)
    return typed and len(words) <= _LONGEST_STORED and _is_line(words) and (start < end or bool(words))


# What may be done to a quote ---------------------------------------------------------------------------------------


def check(text: str, edits: Iterable[Edit]) -> tuple[Edit, ...]:
    """The edits in order, their words without outer spaces; refuses what would change words unseen.

    Raises:
        EditOutsideError, EditsOverlapError, WordsChangedError, LetterSplitError, BracketSplitError, LinesJoinedError,
        BracketWordsError, NothingLeftError.
    """
    found = tuple(sorted((_tidy(edit) for edit in edits), key=lambda edit: (edit.start, edit.end)))
    for edit in found:
        _check_one(text, edit)
    for before, after in pairwise(found):
        if after.start < before.end or (after.start, after.end) == (before.start, before.end):
            raise EditsOverlapError
    if found and not any(letter.isalnum() for start, end in kept(found, 0, len(text)) for letter in text[start:end]):
        raise NothingLeftError
    return found


def fits(text: str, edits: Iterable[Edit]) -> bool:
    """Whether these edits may be done to a text."""
    try:
        check(text, edits)
    except QcodeError:
        return False
    return True


def fitting(text: str, edits: Iterable[Edit]) -> tuple[Edit, ...]:
    """Those of these edits that may be done to a text together, the first of several that exclude each other."""
    every = list(edits)
    with suppress(QcodeError):
        return check(text, every)
    found: tuple[Edit, ...] = ()
    for edit in sorted(every, key=lambda one: (one.start, one.end)):
        if fits(text, (*found, edit)):
            found = (*found, edit)
    return found


def moved(edits: Iterable[Edit], by: int) -> list[Edit]:
    """The same edits at places that lie so much further on."""
    return restored(stored(edits, by))


def _tidy(edit: Edit) -> Edit:
    if isinstance(edit, Cut):
        return edit
    words = " ".join(edit.words.split())
    if words.startswith("[") and words.endswith("]"):
        words = words[1:-1].strip()
    if not words or len(words) > LONGEST_WORDS or "[" in words or "]" in words or not _is_line(words):
        raise BracketWordsError
    return Inserted(edit.at, words, edit.apart) if isinstance(edit, Inserted) else Replaced(edit.start, edit.end, words)


def _is_line(words: str) -> bool:
    return not any(category(letter) in _UNREADABLE or letter in _TURNING for letter in words)


def _check_one(text: str, edit: Edit) -> None:
    if not 0 <= edit.start <= edit.end <= len(text):
        raise EditOutsideError
    if not isinstance(edit, Inserted) and not text[edit.start : edit.end].strip():
        raise EditOutsideError
    if _splits_letter(text, edit.start) or _splits_letter(text, edit.end):
        raise LetterSplitError
    if "[" in text and any(_splits(edit, *own.span()) for own in OWN_BRACKETS.finditer(text)):
        raise BracketSplitError
    if isinstance(edit, Replaced) and "\n" in text[edit.start : edit.end]:
        raise LinesJoinedError
    if isinstance(edit, Cut) and (_splits_word(text, edit.start) or _splits_word(text, edit.end)):
        raise WordsChangedError


def _splits(edit: Edit, start: int, end: int) -> bool:
    """Whether an edit holds something of brackets at `[start, end)`, and not all of them."""
    if isinstance(edit, Inserted):
        return start < edit.at < end
    return edit.start < end and start < edit.end and not (edit.start <= start and end <= edit.end)


def _splits_letter(text: str, at: int) -> bool:
    if not 0 < at < len(text):
        return False
    before, after = text[at - 1], text[at]
    joined = category(after)[0] == "M" or _JOINED.match(after) or before == "\u200d"
    return bool(joined or (_FLAGS.match(before) and _FLAGS.match(after)))


def _splits_word(text: str, at: int) -> bool:
    if not 0 < at < len(text):
        return False
    before, after = text[at - 1], text[at]
    if before in _APOSTROPHES and at > 1:
        before = text[at - 2]
    elif after in _APOSTROPHES and at + 1 < len(text):
        after = text[at + 1]
    spaced = not (_UNSPACED.match(before) or _UNSPACED.match(after))
    return spaced and _of_word(before) and _of_word(after)


def _of_word(letter: str) -> bool:
    return letter.isalnum() or letter == "_" or category(letter)[0] == "M"


def kept(edits: Sequence[Edit], start: int, end: int) -> Iterator[tuple[int, int]]:
    """What of a stretch is left as it was said."""
    at = start
    for edit in edits:
        if edit.end > start and edit.start < end:
            yield at, max(at, edit.start)
            at = max(at, edit.end)
    yield at, max(at, end)


def in_words(edits: Sequence[Edit]) -> str:
    """What was done to a quote, counted."""
    kinds = (Cut, "cut"), (Replaced, "replaced"), (Inserted, "put in")
    counted = [(sum(isinstance(edit, kind) for edit in edits), word) for kind, word in kinds]
    return ", ".join(f"{count} {word}" for count, word in counted if count) or "as it was said"
