"""What transcribers write that is not talk: events, overlaps, doubtful words, markers of the document itself.

Every expression is linear: bounded repeats, no nested quantifiers.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from qcode.transcripts.times import STAMP, milliseconds

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_EVENT: Final = re.compile(r"\[[^\[\]\n]{1,80}\]|\(\([^()\n]{1,80}\)\)|\([^()\n]{1,60}\)|<[a-z][^<>\n]{1,40}>")
_EVENT_WORDS: Final = 8
_BETWEEN_EVENTS: Final = " \t\n.,;:…-–—"
_OVERLAP: Final = re.compile(r"(?<!:)//[^/\n]{1,400}(?<!:)//")
_OVERLAPPING: Final = re.compile(
    r"\[\s[^\[\]\n]{1,200}\s\]|[\[(](?:crosstalk|overlap|talking over|simultaneous|solapamiento|hablan a la vez)",
    re.IGNORECASE,
)
_UNCERTAIN: Final = re.compile(
    r"[\[(](?:inaudible|unclear|unintelligible|indistinct|indecipherable|foreign language|ininteligible|inintelligible"
    r"|unverständlich|incomprensible|un\)|\?)|\?\?\?|\bxxx\b",
    re.IGNORECASE,
)
_INNER_TIME: Final = re.compile(r"[\[(][^\[\]()\n]{1,40}?(?<!\d)(" + STAMP + r")\s?[\])]")
_JEFFERSON: Final = re.compile(
    r"\((?:\d{0,2}\.\d{1,2}|\.)\)|\w:{2,6}|°[^°\n]{1,60}°|[↑↓]\w|(?<!\w)\.h{1,8}\b|>[^<>\n]{1,60}<|\w=$|(?<!\S)=\w"
    r"|\[\s[^\[\]\n]{1,80}\]|\(\([^()\n]{1,60}\)\)"
)
_JUDGED_LINES: Final = 400
_JUDGED_LENGTH: Final = 200
_FEWEST_NOTATED: Final = 3
_NOTATED_SHARE: Final = 0.25
_KINDS: Final = 3
_STRAY_STAMP: Final = re.compile(r"\A\W?\d{1,2}:\d\d:\d\d|#\d{1,2}:\d\d:\d\d[^\s#]{0,4}#")
_MARKED_END: Final = re.compile(
    r"[\[(*\-–— ]{0,5}(?:end|start|beginning|fin|final|inicio|comienzo|ende|beginn)"  # codespell:ignore
    r" (?:of|de|del|der|des)\b"
    r"(?: the| la| el)? ?(?:interview|transcript|transcription|track|recording|audio|file|tape|session|focus group|part"
    r"|entrevista|transcripción|grabación|audio|sesión|grupo focal|interviews|transkripts|aufnahme)\b[^\[\]\n]{0,60}",
    re.IGNORECASE,
)
_MARKERS: Final = (
    re.compile(r"transcribed by https?://otter\.ai\.?", re.IGNORECASE),
    re.compile(r"transcription for [^\n]{1,100}\.(?:m4a|mp3|mp4|wav|aac|ogg|wma|mov)\.?", re.IGNORECASE),
    re.compile(r"[^\n.?!]{1,60} (?:started|stopped) transcription\.?", re.IGNORECASE),
)


def is_jefferson(lines: Sequence[str]) -> bool:
    """Whether lines are in the notation of conversation analysis: timed silences, lengthened sounds, overlaps."""
    judged = [line[:_JUDGED_LENGTH] for line in lines[:_JUDGED_LINES]]
    marks = [found for line in judged if (found := {sign[0][:1] for sign in _JEFFERSON.finditer(line)})]
    kinds = set().union(*marks)
    return len(marks) >= _FEWEST_NOTATED and len(marks) >= _NOTATED_SHARE * len(judged) and len(kinds) >= _KINDS


def is_event_only(text: str) -> bool:
    """Whether the text holds events such as [laughs] or (3 seconds pause) and no talk."""
    rest, events = _EVENT.subn(_drop_short, text)
    return events > 0 and not rest.strip(_BETWEEN_EVENTS)


def word_count(text: str) -> int:
    """The words of talk in a text; events are not talk."""
    return len(_EVENT.sub(_drop_short, text).split())


def _drop_short(event: re.Match[str]) -> str:
    """Long round brackets hold an aside, which is talk."""
    return event[0] if event[0][0] == "(" and len(event[0].split()) > _EVENT_WORDS else " "


def flags(text: str) -> frozenset[str]:
    """The flags of a turn with this text: overlap, uncertain."""
    found = set()
    if _OVERLAP.search(text) or _OVERLAPPING.search(text):
        found.add("overlap")
    if _UNCERTAIN.search(text):
        found.add("uncertain")
    return frozenset(found)


def without_overlaps(text: str) -> str:
    """The text with talk by someone else inside it, as in //S02: Before the war.//, blanked out in its place."""
    return _OVERLAP.sub(lambda found: "\0" * len(found[0]), text) if "//" in text else text


def has_stray_stamp(text: str) -> bool:
    """Whether a paragraph begins with a time, or carries one of the kind #00:00:11-2#."""
    return _STRAY_STAMP.search(text) is not None


def inner_times(text: str) -> Iterator[tuple[int, int]]:
    """The (code point, milliseconds) of events that carry their time, such as [inaudible 00:12:31]."""
    for found in _INNER_TIME.finditer(text):
        if (time_ms := milliseconds(found[1])) is not None:
            yield found.start(), time_ms


def is_marker(line: str) -> bool:
    """Whether a line belongs to the document and not to the talk, such as [END OF INTERVIEW]."""
    found = _MARKED_END.match(line)
    if found is not None:
        bare = line.strip(" *-–—")
        wrapped = bare[:1] in "[(" and bare[-1:] in "])"
        return wrapped or (bare == bare.upper() and found.end() >= len(line.rstrip(" *-–—])")))
    return any(marker.fullmatch(line) for marker in _MARKERS)
