"""Names by their capitals, and where a line has none by their being no ordinary words."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from functools import cached_property
from typing import Final

from qcode.deidentification.common_words import ALSO_NAMES, COMMON
from qcode.deidentification.hints import is_number_word
from qcode.deidentification.lexicon import (
    ABBREVIATIONS,
    AFTER_A_NAME,
    CUES,
    EVERYONE,
    FUNCTION_WORDS,
    INSTITUTIONS,
    JOINING,
    NAMING,
    NEVER,
    OPENERS,
    OPENING_NOTHING,
    RELATIONS,
    SAYING,
    TITLES,
)
from qcode.deidentification.patterns import Mark
from qcode.deidentification.tokens import Token
from qcode.deidentification.values import Category

CAPITALS: Final = "capitals"
UNCOMMON: Final = "uncommon word"

_CLOSED: Final = "\"'“”‘’([{«»*_ \t—–-"
_ENDINGS: Final = ("s", "es", "ed", "d", "ing", "ly", "er", "ers", "est", "y", "n't", "'s", "'d", "'ll", "'re", "'ve")
_MADE: Final = re.compile(
    r"(?:tion|tions|ment|ments|ness|able|ible|ful|less|ous|ive|ity|ities|ship|ism|ist|ists|ing|ings|ed|ly|ally|ical|ance|ence"
    r"|ised|ized|ising|izing)$"
)
_SHORTEST_UNKNOWN: Final = 3
_SHORTEST_STEM: Final = 3
_LONGEST_EVENT: Final = 300


def capitals_warning(text: str) -> bool:
    """Whether a text has so few capitals, under one letter in 200, that names cannot be told by them."""
    letters = sum(map(str.isalpha, text))
    return letters >= 200 and sum(map(str.isupper, text)) < 0.005 * letters


def named(text: str, words: Sequence[Token], ordinary: Collection[str] = ()) -> Iterator[Mark]:
    """Runs of words with capitals that are not there for the beginning of a sentence, and titles with their names.

    `ordinary` are words, in small letters, that are so in the text's language beside the English ones.
    """
    return _Names(text, words, ordinary).marks()


class _Names:
    """One text, read once from word to word."""

    def __init__(self, text: str, words: Sequence[Token], ordinary: Collection[str]) -> None:
        self._text = text
        self._words = words
        self._known = ordinary
        self._written_small = Counter(word.small for word in words if word.text[0].islower())
        self._english = is_english(words) and not _speaks_another(words, ordinary)
        self._flat = _flat_words(text, words) if self._english else frozenset[int]()
        self._cased = 2 * sum(word.text[0].lower() != word.text[0].upper() for word in words) > len(words)

    def marks(self) -> Iterator[Mark]:
        number, words = 0, self._words
        while number < len(words):
            last = self._run(number)
            if last is None:
                number += 1
                continue
            yield self._mark(number, last)
            number = last + 1

    def _run(self, first: int) -> int | None:
        """The last word of the run that begins with this word; None where none begins."""
        word = self._words[first]
        small = word.text[0].islower()
        if small and not (self._flat and self._is_flat(word)) and not self._cued(first):
            return None
        if not (self._begins_small(first) if small or self._is_flat(word) else self._begins(first)):
            return None
        last = first
        while (following := self._continued(last)) is not None:
            last = following
        return last

    def _cued(self, number: int) -> bool:
        before = self._words[number - 1].small if number and self._english else ""
        return before in CUES or before in OPENERS or before in _LAST_NAMING

    def _begins(self, number: int) -> bool:
        word = self._words[number]
        if not word.text[0].isupper():
            return self._cased and word.text.isalpha() and word.text[0].lower() == word.text[0].upper()
        if word.small in _NEVER_WITHIN:
            return False
        if word.small in TITLES and (word.small in NEVER or word.small in ABBREVIATIONS or self._next_capital(number)):
            return self._next_capital(number)
        if word.small in NEVER or is_number_word(word.small):
            return word.small in OPENERS and self._next_capital(number)
        if self._starts_sentence(number):
            return self._begins_sentence(number)
        return word.small not in FUNCTION_WORDS

    def _begins_sentence(self, number: int) -> bool:
        """Whether the first word of a sentence is a name, which its capital does not say."""
        word = self._words[number]
        if self._next_capital(number) and self._opens_name(word.small):
            return True
        if word.small in ALSO_NAMES:
            return self._used_as_name(number)
        if self._ordinary(word.small):
            return self._speaks(number)
        return True

    def _opens_name(self, small: str) -> bool:
        if small in OPENERS:
            return True
        return small not in _NO_OPENING and small not in self._known and not small.endswith(("ly", "ing", "ed", "'s"))

    def _speaks(self, number: int) -> bool:
        """Whether an ordinary word does what a person does: "Happy told me", "Banks signed"."""
        small = self._words[number].small
        if small in _NO_SPEAKERS or self._next_gap(number) != " ":
            return False
        return self._words[number + 1].small in SAYING and not small.endswith(("'s", "ing"))

    def _next_gap(self, number: int) -> str:
        return self._gap(number) if number + 1 < len(self._words) else ""

    def _used_as_name(self, number: int) -> bool:
        after = self._words[number + 1] if number + 1 < len(self._words) else None
        word = self._words[number]
        gap = self._text[word.end : after.start] if after else ""
        if after is None or gap.startswith(("'", "’")):
            return True
        return (
            (gap == " " and after.small in AFTER_A_NAME)
            or gap.startswith((".", "?", ","))
            or self._next_capital(number)
        )

    def _begins_small(self, number: int) -> bool:
        """In a line without capitals, or with nothing else: a word that is not ordinary, or a title before one."""
        word = self._words[number]
        if not self._is_flat(word):
            return self._after_cue(number)
        if word.small in _FLAT_TITLES:
            after = self._words[number + 1] if number + 1 < len(self._words) else None
            return after is not None and self._gap(number) in (" ", ". ") and after.small not in FUNCTION_WORDS
        return _unknown(word.small) or self._after_cue(number)

    def _after_cue(self, number: int) -> bool:
        """Whether a word without a capital follows what a name follows, and is no ordinary word there."""
        small, before = self._words[number].small, self._words[number - 1] if number else None
        gap = self._gap(number - 1) if number else ""
        if before is None or gap not in (" ", ". ", ", ", "'s ", "’s "):
            return False
        if before.small in RELATIONS and small in ALSO_NAMES and small not in ("will", "may", "can"):
            return True
        named = number > 1 and (self._words[number - 2].small, before.small) in NAMING
        cue = before.small in CUES or before.small in OPENERS or named
        return gap != ", " and cue and _unknown(small)

    def _is_flat(self, word: Token) -> bool:
        return word.start in self._flat

    def _ordinary(self, small: str) -> bool:
        """Whether a word with a capital is one that is written small too."""
        return self._written_small[small] > 0 or _common(small) or (small in self._known and small not in self._within)

    @cached_property
    def _within(self) -> frozenset[str]:
        """The words in small letters that have a capital inside a sentence."""
        words = enumerate(self._words)
        return frozenset(one.small for at, one in words if one.text[0].isupper() and not self._starts_sentence(at))

    def _continued(self, last: int) -> int | None:
        """The last word of a longer run, if the one that ends here goes on."""
        words, after = self._words, last + 1
        if after >= len(words):
            return None
        gap, following = self._gap(last), words[after]
        if gap in (" ", ", ") and following.small in ("jr", "sr", "iii"):
            return after
        if not _holds_together(gap, words[last]):
            return None
        if self._belongs(after):
            return after
        if following.small in JOINING and gap == " ":
            return self._across(after)
        return None

    def _across(self, joining: int) -> int | None:
        for after in range(joining + 1, min(joining + 3, len(self._words))):
            if self._gap(after - 1) != " ":
                return None
            if self._words[after].text[0].isupper() and self._belongs(after):
                return after
            if self._words[after].small not in JOINING:
                return None
        return None

    def _belongs(self, number: int) -> bool:
        word = self._words[number]
        if self._is_flat(word) or (word.text.islower() and self._words[number - 1].text.islower()):
            return _unknown(word.small)
        if not word.text[0].isupper() or word.small == "i" or word.small.startswith("i'"):
            return any(map(str.isdigit, word.text)) and word.text[-1].isupper()
        return word.small not in _NEVER_WITHIN and not (word.small in NEVER and word.small.rstrip("s").endswith("day"))

    def _next_capital(self, number: int) -> bool:
        after = number + 1
        return (
            after < len(self._words)
            and _holds_together(self._gap(number), self._words[number])
            and self._words[after].text[0].isupper()
            and self._words[after].small not in NEVER
            and self._words[after].small not in ("i", "i'm", "i've", "i'd", "i'll")
        )

    def _gap(self, number: int) -> str:
        return self._text[self._words[number].end : self._words[number + 1].start]

    def _starts_sentence(self, number: int) -> bool:
        text, place = self._text, self._words[number].start - 1
        quoted = place >= 0 and text[place] in "\"“‘'"
        while place >= 0 and text[place] in _CLOSED:
            place -= 1
        if place < 0 or text[place] in "!?¡¿…:;\n|" or quoted:
            return True
        if text[place] in "])":
            near = max(0, place - _LONGEST_EVENT)
            opened = max(text.rfind("[", near, place), text.rfind("(", near, place))
            return opened >= 0 and text[opened - 1 : opened] in ("", "\n") and "\n" not in text[opened:place]
        return text[place] == "." and not (number and _abbreviated(self._words[number - 1]))

    def _mark(self, first: int, last: int) -> Mark:
        words = self._words
        last, institution = self._with_institution(last)
        start, end = words[first].start, words[last].end
        category, rule = self._category(first, last, institution=institution)
        if words[first].small in ("st", "saint") and self._text[end : end + 2] in ("'s", "’s"):
            end += 2
        before = words[first - 1] if first else None
        if institution and before is not None and before.small == "the" and self._gap(first - 1) == " ":
            start = before.start
        return Mark(start, end, category, rule)

    def _with_institution(self, last: int) -> tuple[int, bool]:
        """The run with the words after it that say what it is, such as "clinic" or "school board"."""
        words, end = self._words, last
        found = words[last].small in INSTITUTIONS
        for after in range(last + 1, min(last + 4, len(words))):
            if self._gap(after - 1) != " " or words[after].small not in INSTITUTIONS:
                break
            end, found = after, True
        return end, found

    def _category(self, first: int, last: int, *, institution: bool) -> tuple[Category, str]:
        smalls = {word.small for word in self._words[first : last + 1]}
        later = {word.small for word in self._words[first + 1 : last + 1]}
        flat = self._is_flat(self._words[first]) or self._words[first].text.islower()
        rule = UNCOMMON if flat else CAPITALS
        if smalls & TITLES:
            return "name", "title and name"
        if later & _STREETS:
            return "address", rule
        if institution:
            return "organisation", rule
        before = self._words[first - 1].small if first else ""
        if before in ("in", "from", "near", "to", "around", "outside") and last - first < 3:
            return "place", rule
        return "word", rule


_LAST_NAMING: Final = frozenset(last for _first, last in NAMING)
_NO_OPENING: Final = FUNCTION_WORDS | OPENING_NOTHING
_NO_SPEAKERS: Final = FUNCTION_WORDS | EVERYONE | NEVER | TITLES
_NEVER_WITHIN: Final = frozenset({"i", "i'm", "i've", "i'd", "i'll"})
_FLAT_TITLES: Final = (TITLES - COMMON) | {"mr", "mrs", "ms", "dr", "doctor", "reverend", "officer", "pastor"}
_STREETS: Final = frozenset(
    {"street", "st", "avenue", "ave", "road", "rd", "lane", "drive", "court", "boulevard", "terrace", "row", "crescent"}
)


def _unknown(small: str) -> bool:
    """Whether a word without a capital is no ordinary one."""
    return (
        len(small) >= _SHORTEST_UNKNOWN
        and small.replace("-", "").replace("'", "").isalpha()
        and small not in NEVER
        and not _common(small)
        and not _MADE.search(small)
    )


def _common(small: str) -> bool:
    if "-" in small:
        return all(_common(part) for part in small.split("-") if part)
    return small in COMMON or small in FUNCTION_WORDS or _derived(small)


def _derived(small: str) -> bool:
    """Whether an ordinary word and an ending make up the word."""
    for ending in _ENDINGS:
        stem = small.removesuffix(ending)
        if (
            stem != small
            and len(stem) >= _SHORTEST_STEM
            and (stem in COMMON or f"{stem}e" in COMMON or (stem[:-1] in COMMON and stem[-2:-1] == stem[-1:]))
        ):
            return True
        if stem != small and stem.endswith("i") and f"{stem[:-1]}y" in COMMON:
            return True
    return False


def _holds_together(gap: str, before: Token) -> bool:
    """Whether what stands between two words leaves them one name."""
    return (
        gap in (" ", " & ", "-", "/")
        or (gap in (". ", ".") and _abbreviated(before))
        or gap in ("'s ", "’s ", "' ", "’ ")
    )


def _abbreviated(word: Token) -> bool:
    return word.small in ABBREVIATIONS or (len(word.text) == 1 and word.text.isupper() and word.text != "I")


def _speaks_another(words: Sequence[Token], ordinary: Collection[str]) -> bool:
    """Whether more of the words are ordinary in the text's language than in English."""
    others = sum(word.small in ordinary for word in words) if ordinary else 0
    return others > sum(word.small in COMMON or word.small in FUNCTION_WORDS for word in words)


def is_english(words: Sequence[Token]) -> bool:
    """Whether ordinary English words make up most of a text; a short one is taken to be English."""
    if len(words) < _FEW_WORDS:
        return True
    return 2 * sum(word.small in COMMON or word.small in FUNCTION_WORDS for word in words) > len(words)


def _flat_words(text: str, words: Sequence[Token]) -> frozenset[int]:
    """Where the words of lines begin that have no capital, or nothing else."""
    lines = _flat_lines(text)
    starts = [start for start, _end in lines]
    flat: set[int] = set()
    for word in words if lines else ():
        place = bisect_right(starts, word.start) - 1
        if place >= 0 and word.start < lines[place][1]:
            flat.add(word.start)
    return frozenset(flat)


def _flat_lines(text: str) -> list[tuple[int, int]]:
    """The lines without any capital but that of I, or with nothing else, as [start, end)."""
    flat: list[tuple[int, int]] = []
    start = 0
    for line in text.split("\n"):
        bare = _ALONE.sub(" ", line)
        letters = sum(map(str.isalpha, bare))
        if letters and (
            (bare.islower() and _first_letter(line).islower()) or (letters > _FEW_LETTERS and bare.isupper())
        ):
            flat.append((start, start + len(line)))
        start += len(line) + 1
    return flat


def _first_letter(line: str) -> str:
    return next((character for character in line if character.isalpha()), "")


_ALONE: Final = re.compile(r"\bI\b")
_FEW_LETTERS: Final = 20
_FEW_WORDS: Final = 25
