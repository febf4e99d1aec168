"""What a hyphen at the end of a broken line was: the break of a word, the middle of one, or a word broken off."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from qcode.transcripts.words import word_set

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

_LONGEST_WORD: Final = 60
_LAST: Final = re.compile(r"([^\W\d_]+(?:-[^\W\d_]+){0,3})-$")
_FIRST: Final = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_WORD: Final = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+){0,4}")
# First parts that English compounds keep apart from what follows, and the words in which they do not.
_APART: Final = word_set(
    "all anti cross daughter deep double eight eighty ex fast father fifty five follow forty four full good half hand "
    "hard high ill in left long low mid mother much new nine ninety non off old on one part right second self seven "
    "seventy short single sister six sixty slow small so soft son ten third thirty three time twelve twenty two well "
    "wide year"
)
_TOGETHER: Final = word_set(
    "allow alloy already although always antibody antidote father fatherland fivefold fullness goodbye goodness "
    "goodwill halfway handbag handful handle handled handling handmade handsome handwriting hardly hardship hardware "
    "highlight highlighted highly highway inch income indeed index inform information inside insist insisted install "
    "instead institution insurance intend interest interview into invite involve involved leftover longer lower midday "
    "middle midnight midwife motherhood newborn newcomer newest newspaper oneself offer offered office officer offset "
    "older once online only onto partly partner party rightly secondly selfish shortage shortly sixteen sixteenth "
    "seventeen fourteen nineteen eighteen timetable slowly softly software social society solution some somebody "
    "somehow someone something sometimes somewhere soon sooner song sonic single singing tend tender tendency tense "
    "tension tent welcome welfare wellbeing widely widespread yearly yearbook"
)
_LINKS: Final = word_set("and or to und oder bis y o e et ou a")  # codespell:ignore oder


def words_of(text: str) -> frozenset[str]:
    """The words of a text in lower case, with those that are written with hyphens, to look broken ones up in."""
    return frozenset(word.lower() for word in _WORD.findall(text))


def joined(lines: Sequence[str], known: Collection[str] = frozenset()) -> str:
    """The lines of one paragraph as one; `known` are the words found elsewhere in the text, in lower case."""
    bare = [line.strip() if place else line.rstrip() for place, line in enumerate(lines)]
    bare = [line for line in bare if line]
    return "".join([*(before_break(line, after, known) for line, after in pairwise(bare)), *bare[-1:]])


def before_break(line: str, following: str, known: Collection[str] = frozenset()) -> str:
    """The line as the one that follows can be put directly behind it, with a blank or without its hyphen.

    A hyphen at the end goes where it only broke a word ("no-" "body"), stays in a compound ("hand-" "drawn"), and
    stays before a space where the speaker broke off ("th-" "the baby") or the second part is left out ("pre-" "and").
    """
    last, first = _LAST.search(line[-_LONGEST_WORD:]), _FIRST.match(following)
    if last is None or first is None:
        return f"{line} "
    before, after = last[1].lower(), first[0].lower()
    if _broke_off(before, after, first[0]):
        return f"{line} "
    return line if _is_compound(before, after, first[0], known) else line[:-1]


def _broke_off(before: str, after: str, written: str) -> bool:
    if before + after in _TOGETHER:
        return False
    return after in _LINKS or written == "I" or written.startswith(("I'", "I’")) or after.startswith(before)


def _is_compound(before: str, after: str, written: str, known: Collection[str]) -> bool:
    if before + after in known or before + after in _TOGETHER:
        return False
    if f"{before}-{after}" in known or "-" in before or written[0].isupper():
        return True
    return before in _APART or (before == "no" and after == "one")
