"""What a transcript is while it is read: blocks, labels, turns. No database, no files."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

Role = Literal["interviewer", "participant", "other", "event"]
Kind = Literal["para", "cue", "row", "cell"]
JoinCues = Literal["off", "near", "always"]
SourceKind = Literal["transcript", "document", "survey"]
ColumnUse = Literal["ignore", "id", "attribute", "open", "start", "end", "speaker", "question", "text"]
Counts = tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, a caption cue or a table row as a reader found it, in canonical text.

    A row holds its cells with tabs between them; a "cell" is a row that spans its whole table. `voice` is a speaker
    that the file names by markup; `bold_prefix` is the bold text a paragraph begins with; `style` its style's name,
    "Heading 1" to "Heading 9" for headings in whatever format; `line_no` counts lines, or paragraphs where there are
    no lines, from 1; `page` counts pages from 1 where the file says so; `question` is what the file says it answers;
    a block that `goes_on` continues the paragraph of the one before, with a time of its own.
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
    question: str | None = None
    goes_on: bool = False


@dataclass(frozen=True, slots=True)
class Layout:
    """The layout that a file's lines were found in: its name for people, and how many of its lines were read as such.

    `unit` says what was counted, in the plural: "header lines", "paragraphs", "cues".
    """

    name: str
    lines_read: int
    lines: int
    unit: str = "lines"

    def __str__(self) -> str:
        return f"{self.name}, {self.lines_read:,} of {self.lines:,} {self.unit} read"


@dataclass(frozen=True, slots=True)
class Unmatched:
    """A line that the layout did not explain; its text is for the preview only, never for errors and logs."""

    line_no: int
    text: str


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table of answers or of turns: its header, what it is used as, an example, how many rows fill it.

    `sample` is for the preview only. Ask for another use with the reader's option `column:NAME`.
    """

    name: str
    use: ColumnUse
    sample: str
    answered: int


@dataclass(frozen=True, slots=True)
class Respondent:
    """Somebody who answered a survey: the ID, and (column, value) for each attribute that was filled in."""

    id: str
    values: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class EncodingChoice:
    """An encoding that a text file may be in, and a line of the file as it reads then; for the preview only."""

    encoding: str
    sample: str


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of a document: the code points [start, end) of its text, and its level from 1."""

    start: int
    end: int
    level: int


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

    Its warnings are about the file; a Transcript repeats them and adds those about speakers and turns. A "document"
    is a report or another text that nobody speaks in, a "survey" a table in which each row is somebody's answers:
    `columns` says what its columns are used as, `respondents` has their attributes, and `no_answers` lists what was
    left out as no answer ("N/A"), with counts, to be confirmed; the option `answer:N/A` set to "keep" keeps it.
    `encodings` are those a text file could be in, the one that was taken first; none where letters are plain.
    `sheets` are the visible ones of a workbook, the one that was read first: the option `sheet` asks for another.
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
    kind: SourceKind = "transcript"
    layout: Layout | None = None
    unmatched: tuple[Unmatched, ...] = ()
    columns: tuple[Column, ...] = ()
    respondents: tuple[Respondent, ...] = ()
    no_answers: Counts = ()
    encodings: tuple[EncodingChoice, ...] = ()
    sheets: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Turn:
    """What one speaker says before another does: the code points [start, end) of the transcript's text.

    `question` is the question that it asks, answers or belongs to, where the file says so.
    """

    ordinal: int
    speaker: str | None
    role: Role
    start_ms: int | None
    end_ms: int | None
    start: int
    end: int
    flags: frozenset[str]
    question: str | None = None


@dataclass(frozen=True, slots=True)
class Transcript:
    """A canonical text and the turns that cover it, with one newline between turns.

    `anchors` are (code point, milliseconds) pairs for jumping to the sound inside a turn, and `pages` (code point,
    page number) pairs where pages begin, both in order of the text.
    """

    text: str
    turns: tuple[Turn, ...]
    labels: tuple[LabelChoice, ...]
    metadata: Mapping[str, str] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()
    rules: Counts = ()
    anchors: tuple[tuple[int, int], ...] = ()
    headings: tuple[Heading, ...] = ()
    pages: tuple[tuple[int, int], ...] = ()
