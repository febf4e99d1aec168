"""What a transcript is while it is read: blocks, labels, turns. No database, no files."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

Role = Literal["interviewer", "participant", "other", "event"]
Kind = Literal["para", "cue", "row", "cell"]
JoinCues = Literal["off", "near", "always"]
Counts = tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, a caption cue or a table row as a reader found it, in canonical text.

    A row holds its cells with tabs between them; a "cell" is a row that spans its whole table. `voice` is a speaker
    that the file names by markup; `bold_prefix` is the bold text a paragraph begins with; `style` its style's name;
    `line_no` counts lines, or paragraphs where there are no lines, from 1.
    """

    text: str
    kind: Kind = "para"
    start_ms: int | None = None
    end_ms: int | None = None
    voice: str | None = None
    bold_prefix: str | None = None
    style: str | None = None
    line_no: int | None = None
    page: int | None = None


@dataclass(frozen=True, slots=True)
class LabelChoice:
    """One row of the label table, to be confirmed or edited: is this text at a line's start a speaker, and who?

    `count` says how often it begins a turn, `words` how much talk follows it; `name` is the speaker's name to use
    (two labels with one name are one speaker); `proposal` is the label that it seems to be another spelling of.
    """

    label: str
    count: int
    words: int
    first_line: str
    role: Role
    accepted: bool
    score: int
    name: str
    proposal: str | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """A file that was read, before it is split into turns: what the preview shows and `segment` takes.

    Its warnings are about the file; a Transcript repeats them and adds those about speakers and turns.
    """

    file_name: str
    sha256: str
    reader: str
    encoding: str | None
    options: Mapping[str, str]
    metadata: Mapping[str, str]
    warnings: tuple[str, ...]
    rules: Counts
    blocks: tuple[Block, ...]
    labels: tuple[LabelChoice, ...]


@dataclass(frozen=True, slots=True)
class Turn:
    """What one speaker says before another does: the code points [start, end) of the transcript's text."""

    ordinal: int
    speaker: str | None
    role: Role
    start_ms: int | None
    end_ms: int | None
    start: int
    end: int
    flags: frozenset[str]


@dataclass(frozen=True, slots=True)
class Transcript:
    """A canonical text and the turns that cover it, with one newline between turns.

    `anchors` are (code point, milliseconds) pairs for jumping to the sound inside a turn, in order of the text.
    """

    text: str
    turns: tuple[Turn, ...]
    labels: tuple[LabelChoice, ...]
    metadata: Mapping[str, str] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()
    rules: Counts = ()
    anchors: tuple[tuple[int, int], ...] = ()
