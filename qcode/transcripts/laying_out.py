"""Drafts laid out as one canonical text with the ranges of its turns."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qcode.transcripts import notation
from qcode.transcripts.values import Turn

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from qcode.transcripts.segmenting import Draft
    from qcode.transcripts.values import Role

Anchors = tuple[tuple[int, int], ...]


def lay_out(
    drafts: Sequence[Draft], names: Mapping[str, str], roles: Mapping[str, Role]
) -> tuple[str, tuple[Turn, ...], Anchors]:
    """The text, with one newline between turns, the turns, and the anchors to the sound."""
    texts: list[str] = []
    turns: list[Turn] = []
    anchors: list[tuple[int, int]] = []
    start = 0
    for ordinal, made in enumerate(drafts):
        text = made.text
        speaker = None if made.label is None else names[made.label]
        end = start + len(text)
        role = _role(made, text, speaker, roles)
        turns.append(
            Turn(ordinal, speaker, role, made.start_ms, made.end_ms, start, end, notation.flags(text), made.question)
        )
        anchors += sorted((start + at, time_ms) for at, time_ms in _anchors(made, text))
        texts.append(text)
        start = end + 1
    return "\n".join(texts), tuple(turns), tuple(anchors)


def _role(made: Draft, text: str, speaker: str | None, roles: Mapping[str, Role]) -> Role:
    if speaker is not None:
        return roles[speaker]
    if made.kind == "event" or notation.is_event_only(text):
        return "event"
    if made.kind == "talk" and not roles:
        return "participant"
    return "other"


def _anchors(made: Draft, text: str) -> Iterator[tuple[int, int]]:
    """Where the text's cues begin, and the times that events carry."""
    at = 0
    for part, time_ms in made.parts:
        if time_ms is not None:
            yield at + len(part) - len(part.lstrip()), time_ms
        at += len(part)
    yield from notation.inner_times(text)
