"""What stands before the talk: `Key: value` lines become metadata, a key of abbreviations gives roles."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from qcode.transcripts.roles import folded, role_word
from qcode.transcripts.times import masked
from qcode.transcripts.words import FORM_KEYS, PERSONAL_KEYS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from qcode.transcripts.labels import Line
    from qcode.transcripts.values import Role

HEADER_LINES: Final = 40
_KEY_VALUE: Final = re.compile(r"([^:\t\[\]]{1,40})(?::|\t)\s*(\S.{0,199})")
_ANNOUNCED: Final = re.compile(r"(?:^|[,;:.]\s{0,4}|\s)([\w#-]{1,12}(?: \d{1,3})?)\s{0,3}=\s{0,3}([^,;=\n]{1,40})")
_DATED: Final = re.compile(r"\b\d{1,2}[./-]\d{1,2}[./-]\d{2,4}\b|\b(?:19|20)\d{2}\b")
_SENTENCE_ENDS: Final = (".", "?", "!", "…")


def header_length(lines: Sequence[Line]) -> int:
    """How many lines at the start are a form filled in, such as "Date: …", "Interviewer: …", and not talk.

    The form ends with its last known key and the lines of its kind that follow without a blank line.
    """
    length = 0
    for index, line in enumerate(lines[:HEADER_LINES]):
        if line.block.kind == "cue" or not _like_a_form(line):
            break
        if _has_key(line) or (length == index > 0 and _adjoins(lines[index - 1], line) and line.candidate is not None):
            length = index + 1
    return length


def _like_a_form(line: Line) -> bool:
    return len(line.text.split()) <= 12 and not line.text.endswith(_SENTENCE_ENDS)


def _has_key(line: Line) -> bool:
    found = _KEY_VALUE.fullmatch(masked(line.text))
    return found is not None and not FORM_KEYS.isdisjoint(folded(found[1]).split())


def _adjoins(before: Line, line: Line) -> bool:
    numbers = before.block.line_no, line.block.line_no
    return before.block is line.block or (None not in numbers and numbers[0] + 1 == numbers[1])  # type: ignore[operator]


def key_value(line: str) -> tuple[str, str] | None:
    """The key and the value of a line of metadata."""
    found = _KEY_VALUE.fullmatch(masked(line))
    return (found[1].strip(), line[found.start(2) :].strip()) if found and found[1].strip() else None


def announced(lines: Sequence[Line]) -> dict[str, Role]:
    """The labels that a line such as "Key: I = Interviewer, P = Participant" explains, with their roles."""
    return {label: role for line in lines[:HEADER_LINES] if "=" in line.text for label, role in _explained(line.text)}


def _explained(text: str) -> Iterator[tuple[str, Role]]:
    for found in _ANNOUNCED.finditer(text):
        roles = (role_word(word) for word in found[2].split())
        yield found[1], next((role for role in roles if role), "participant")


def is_personal(key: str, value: str) -> bool:
    """Whether a line of metadata seems to hold a name, a date or a place."""
    return not PERSONAL_KEYS.isdisjoint(folded(key).split()) or _DATED.search(value) is not None
