"""Drafts laid out as one canonical text with the ranges of its turns."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from qcode.transcripts import asr_suspects, notation
from qcode.transcripts.values import Heading, Turn

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from qcode.transcripts.segmenting import Draft
    from qcode.transcripts.values import Role

Anchors = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class LaidOut:
    """The text, with one newline between turns; its turns, anchors to the sound, headings, and where pages begin."""

    text: str
    turns: tuple[Turn, ...]
    anchors: Anchors
    headings: tuple[Heading, ...]
    pages: Anchors


def lay_out(drafts: Sequence[Draft], names: Mapping[str, str], roles: Mapping[str, Role]) -> LaidOut:
    """The drafts as one text."""
    texts: list[str] = []
    turns: list[Turn] = []
    anchors: list[tuple[int, int]] = []
    headings: list[Heading] = []
    pages: list[tuple[int, int]] = []
    start = 0
    for ordinal, made in enumerate(drafts):
        text = made.text
        speaker = None if made.label is None else names[made.label]
        end = start + len(text)
        role = _role(made, text, speaker, roles)
        turns.append(
            Turn(ordinal, speaker, role, made.start_ms, made.end_ms, start, end, _flags(made, text), made.question)
        )
        anchors += sorted((start + at, time_ms) for at, time_ms in _anchors(made, text))
        if made.level is not None:
            headings.append(Heading(start, end, made.level))
        pages += [(start + at, page) for at, page in made.pages]
        texts.append(text)
        start = end + 1
    return LaidOut("\n".join(texts), tuple(turns), tuple(anchors), tuple(headings), tuple(_turned(pages)))


def _turned(pages: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Only where another page begins."""
    last = None
    for at, page in pages:
        if page != last:
            yield at, page
        last = page


def _role(made: Draft, text: str, speaker: str | None, roles: Mapping[str, Role]) -> Role:
    if speaker is not None:
        return roles[speaker]
    if made.kind == "event" or notation.is_event_only(text):
        return "event"
    if made.kind == "talk" and not roles:
        return "participant"
    return "other"


def _flags(made: Draft, text: str) -> frozenset[str]:
    """Overlapping and uncertain talk; in captions, which machines write, also what nobody may have said."""
    suspect = made.is_cue and asr_suspects.is_suspect(part for part, _ in made.parts)
    return notation.flags(text) | ({"asr_suspect"} if suspect else set())


def _anchors(made: Draft, text: str) -> Iterator[tuple[int, int]]:
    """Where the text's cues begin, and the times that events carry."""
    at = 0
    for part, time_ms in made.parts:
        if time_ms is not None:
            yield at + len(part) - len(part.lstrip()), time_ms
        at += len(part)
    yield from notation.inner_times(text)
