"""A transcript that was read, with everything in it that could name someone: text, labels, questions, metadata."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache
from typing import Any, ClassVar, Protocol

from qcode.deidentification.replacing import Replacing
from qcode.deidentification.values import Entity, Replaced


class _Value(Protocol):
    __dataclass_fields__: ClassVar[dict[str, Any]]


class ReadTranscript(_Value, Protocol):
    """What is needed of a transcript; that of the readers is one."""

    @property
    def text(self) -> str:
        """The canonical text."""

    @property
    def turns(self) -> tuple[Any, ...]:
        """Turns with speaker, question, start and end."""

    @property
    def labels(self) -> tuple[Any, ...]:
        """Labels with name, first_line and proposal."""

    @property
    def metadata(self) -> Mapping[str, str]:
        """What the file said about itself."""

    @property
    def anchors(self) -> tuple[tuple[int, int], ...]:
        """Code points and the milliseconds of the sound there."""

    @property
    def headings(self) -> tuple[Any, ...]:
        """Headings with start and end."""

    @property
    def pages(self) -> tuple[tuple[int, int], ...]:
        """Code points and the pages that begin there."""


def replaced_transcript[T: ReadTranscript](
    transcript: T, decisions: Sequence[Entity], *, document: str = ""
) -> tuple[T, Replaced]:
    """The transcript with every name replaced wherever it stands, and what was done to its text.

    Turns, headings, pages and places of the sound move along. Places that were chosen by hand are in the text alone.
    """
    return transcript_replaced_by(transcript, Replacing(decisions), document=document)


def transcript_replaced_by[T: ReadTranscript](
    transcript: T, replacing: Replacing, *, document: str = ""
) -> tuple[T, Replaced]:
    """The same with a pass that serves many transcripts."""
    done = replacing(transcript.text, document=document)
    place = done.mapping.place

    @cache
    def said(text: str | None) -> str | None:
        return None if text is None else replacing(text).text

    @cache
    def named(label: str | None) -> str | None:
        return None if label is None else replacing.label(label)

    def moved(one: Any, **also: object) -> Any:
        there = place(one.start, one.end)
        return replace(one, start=there.start, end=there.end, **also)

    changes: dict[str, Any] = {
        "text": done.text,
        "turns": tuple(
            moved(turn, speaker=named(turn.speaker), question=said(turn.question)) for turn in transcript.turns
        ),
        "labels": tuple(_label(label, said, named) for label in transcript.labels),
        "metadata": {said(key): said(value) for key, value in transcript.metadata.items()},
        "anchors": tuple((place(at, at).start, moment) for at, moment in transcript.anchors),
        "headings": tuple(moved(heading) for heading in transcript.headings),
        "pages": tuple((place(at, at).start, page) for at, page in transcript.pages),
    }
    return replace(transcript, **changes), done


def _label(label: Any, said: Any, named: Any) -> Any:
    texts = {name: named(getattr(label, name)) for name in ("label", "name", "proposal")}
    return replace(label, **texts, first_line=said(label.first_line))
