"""Where the forms of names stand in a text: whole words, in any case, the longest first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import pairwise
from typing import Final, NamedTuple

import regex

from qcode.deidentification.common_words import COMMON
from qcode.text.words import folded

# A word is a run of letters with their marks, or of digits. Scripts without spaces have words of one character, so
# that a name is found inside a run of them.
_UNSPACED: Final = r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}]"
_WORD: Final = regex.compile(rf"{_UNSPACED}\p{{M}}*|(?:(?!{_UNSPACED})[\p{{L}}\p{{M}}])+|\p{{N}}+")
_SPACE: Final = regex.compile(r"[^\S\n]+")
_APOSTROPHES: Final = str.maketrans("’ʼ‘`´", "'''''")
_DASHES: Final = str.maketrans("‐‑‒–", "----")
_PLURALS: Final = ("s", "es")
_SHORTEST_WITH_PLURAL: Final = 3


class Word(NamedTuple):
    """A word of a text: the code points [start, end), and its letters without case and accents."""

    start: int
    end: int
    key: str


def words_of(text: str) -> list[Word]:
    """The words of a text in order, as names are compared."""
    return [Word(found.start(), found.end(), _key(found[0])) for found in _WORD.finditer(text)]


@lru_cache(maxsize=1 << 15)
def same_form(form: str) -> str:
    """What two spellings have in common that are one form: case, accents, and the kind of space or apostrophe aside."""
    return _joint("".join(_key(piece) or piece for piece in regex.split(rf"({_WORD.pattern})", form) if piece)).strip()


def _key(word: str) -> str:
    return "".join(folded(word).split()) or word.casefold()


def _joint(between: str) -> str:
    """What stands between two words, as it is compared."""
    return str(_SPACE.sub(" ", between.translate(_APOSTROPHES).translate(_DASHES)))


class Found[T](NamedTuple):
    """A form in a text: the code points [start, end) without the ending of a plural, and what the form stands for."""

    start: int
    end: int
    value: T


@dataclass(frozen=True, slots=True)
class _Form[T]:
    keys: tuple[str, ...]
    joints: tuple[str, ...]
    strict: bool
    """An ordinary word that is a name with its capital alone, such as Will."""
    value: T

    def ends_at(self, text: str, words: list[Word], first: int) -> int | None:
        """Where the form ends, if the words from `first` on are it; the end is that of the bare form."""
        last = first + len(self.keys) - 1
        if last >= len(words) or (self.strict and not text[words[first].start].isupper()):
            return None
        if any(word.key != key for word, key in zip(words[first:last], self.keys, strict=False)):
            return None
        for word, after, joint in zip(words[first:], words[first + 1 :], self.joints, strict=False):
            if _joint(text[word.end : after.start]) != joint:
                return None
        ending = _ending(words[last].key, self.keys[-1])
        return None if ending is None else words[last].end - ending


def _ending(key: str, wanted: str) -> int | None:
    """How much longer a word is than the form's last one, if that is nothing or a plural."""
    if key == wanted:
        return 0
    plural = key[len(wanted) :] if key.startswith(wanted) and wanted.isalpha() else ""
    return len(plural) if plural in _PLURALS and len(wanted) >= _SHORTEST_WITH_PLURAL else None


class Forms[T]:
    """Forms to look for, each with what it stands for; of two that are the same the first counts."""

    def __init__(self, forms: Iterable[tuple[str, T]]) -> None:
        self._given = list(forms)

    @cached_property
    def _by_words(self) -> tuple[dict[str, list[int]], dict[tuple[str, ...], list[_Form[T]]]]:
        """How many words the forms have that begin with a word, and the forms by all their words, plurals as well."""
        lengths: dict[str, set[int]] = {}
        listed: dict[tuple[str, ...], list[_Form[T]]] = {}
        seen: set[str] = set()
        for form, value in self._given:
            words = words_of(form)
            if not words or same_form(form) in seen:
                continue
            seen.add(same_form(form))
            made = _made(form, words, value)
            for keys in _with_plurals(made.keys):
                lengths.setdefault(keys[0], set()).add(len(keys))
                listed.setdefault(keys, []).append(made)
        return {first: sorted(some) for first, some in lengths.items()}, listed

    def find(self, text: str, words: list[Word] | None = None) -> Iterator[Found[T]]:
        """Every form in a text, in order and without overlap; `words` are the text's, where they are known already."""
        starting, past = self._by_words[0], 0
        if not starting:
            return
        words = words_of(text) if words is None else words
        for number, word in enumerate(words):
            if word.start < past or word.key not in starting:
                continue
            for form in self._possible(words, number):
                end = form.ends_at(text, words, number)
                if end is not None:
                    yield Found(word.start, end, form.value)
                    past = words[number + len(form.keys) - 1].end
                    break

    def _possible(self, words: list[Word], first: int) -> list[_Form[T]]:
        """The forms that the words from `first` on may be, the longest first."""
        lengths, listed = self._by_words
        found: list[_Form[T]] = []
        for length in lengths[words[first].key]:
            found += listed.get(tuple(word.key for word in words[first : first + length]), ())
        return found if len(found) < 2 else sorted(found, key=lambda one: -sum(map(len, (*one.keys, *one.joints))))


def _made[T](form: str, words: list[Word], value: T) -> _Form[T]:
    joints = tuple(_joint(form[one.end : after.start]) for one, after in pairwise(words))
    strict = len(words) == 1 and words[0].key in COMMON and form[words[0].start].isupper()
    return _Form(tuple(word.key for word in words), joints, strict, value)


def _with_plurals(keys: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    yield keys
    if keys[-1].isalpha() and len(keys[-1]) >= _SHORTEST_WITH_PLURAL:
        yield from ((*keys[:-1], keys[-1] + plural) for plural in _PLURALS)
