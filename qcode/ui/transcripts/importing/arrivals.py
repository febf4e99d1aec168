"""A file on its way into the study: what was read, and what the person has said about it so far."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import count
from pathlib import Path
from typing import Any, Literal

from qcode.ids import DocumentId
from qcode.text.values import Turn
from qcode.transcripts import EncodingChoice, LabelChoice, Reading, Transcript
from qcode.ui.transcripts.importing.choices import CERTAIN, Choices, kept_entries, kind_of_file
from qcode.ui.transcripts.parts import counted
from qcode.ui.transcripts.words import encoding_word

type State = Literal["waiting", "reading", "refused", "ready", "imported"]

_GROUP_FROM = 4
_STATES: dict[State, str] = {
    "waiting": "Waiting",
    "reading": "Reading…",
    "refused": "Refused",
    "ready": "Ready",
    "imported": "Imported",
}
_numbers = count()


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a file was not read, and whether reading it in another encoding may help."""

    sentence: str
    encoding_helps: bool = False


@dataclass(frozen=True, slots=True)
class WhatWasRead:
    """A file that was read: as it was `found` without any choice, as it is read with them, and its turns.

    `stamp` is the size of the file and when it was written, by which a later change shows.
    """

    found: Reading
    reading: Reading
    labels: tuple[LabelChoice, ...]
    transcript: Transcript
    remembered: Choices
    stamp: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Twin:
    """A document of the study that an arriving file is, or seems to be another version of."""

    document: DocumentId
    name: str
    day: str
    same: bool
    replaces: bool = False

    @property
    def sentence(self) -> str:
        """What to say about it."""
        when = f", imported on {self.day}" if self.day else ""
        if self.replaces:
            return f"This file is to replace the text of “{self.name}”{when}."
        if self.same:
            return f"This very file is in the study already, as “{self.name}”{when}. It is left out of Import all."
        return f"A file of this name is in the study as “{self.name}”{when}: this may be another version of it."


@dataclass(slots=True, eq=False)
class Arrival:
    """One file that was chosen or dropped, from then until it is imported."""

    path: Path
    name: str
    kind: str = "interview"
    language: str = "en"
    group: str = ""
    state: State = "waiting"
    sentence: str = ""
    read: WhatWasRead | None = None
    labels: tuple[LabelChoice, ...] = ()
    transcript: Transcript | None = None
    chosen: Choices = field(default_factory=Choices)
    remembered: Choices = field(default_factory=Choices)
    encodings: tuple[EncodingChoice, ...] = ()
    encoding_helps: bool = False
    twin: Twin | None = None
    doubled: str = ""
    notice: str = ""
    id: int = field(default_factory=lambda: next(_numbers))

    # Properties

    @property
    def reading(self) -> Reading | None:
        """The file as it was read."""
        return self.read.reading if self.read else None

    @property
    def kind_of_file(self) -> str:
        """What other files of this kind share; empty for one that was not read."""
        return kind_of_file(self.read.found) if self.read else ""

    @property
    def choices(self) -> Choices:
        """What was chosen for this file by hand, or before for files of its kind."""
        return self.chosen.over(self.remembered)

    @property
    def encoding_in_doubt(self) -> bool:
        """Whether the encoding was guessed or chosen, so that another may be tried."""
        if self.read is None:
            return self.encoding_helps
        return self.choices.encoding is not None or self.read.found.encoding not in CERTAIN

    @property
    def metadata(self) -> Mapping[str, str]:
        """What the file says beside the talk."""
        return self.transcript.metadata if self.transcript else {}

    @property
    def kept(self) -> dict[str, str]:
        """What of it goes into the study."""
        return kept_entries(self.metadata, self.choices.kept)

    @property
    def is_held_back(self) -> bool:
        """Whether it is imported only when it is asked for by itself."""
        return bool(self.doubled) or (self.twin is not None and (self.twin.same or self.twin.replaces))

    @property
    def warnings(self) -> tuple[str, ...]:
        """What to look at before importing, the nearest first."""
        found = self.transcript or self.reading
        twin = self.twin.sentence if self.twin else ""
        return (*filter(None, (self.notice, twin, self.doubled)), *(found.warnings if found else ()))

    @property
    def summary(self) -> str:
        """How far it is, and why it goes no further if it does not."""
        if self.sentence:
            return f"Refused: {self.sentence}"
        if self.state == "ready" and self.is_held_back:
            return self._why_held_back
        if self.state == "ready" and self.warnings:
            return f"To check: {self.warnings[0]}"
        return _STATES[self.state]

    @property
    def _why_held_back(self) -> str:
        if self.twin is not None and self.twin.replaces:
            return f"Replaces the text of “{self.twin.name}”"
        return "Left out: in the study already" if self.twin and self.twin.same else "Left out: chosen twice"

    # Methods

    def take(self, read: WhatWasRead) -> None:
        """What was read, with its turns."""
        first = self.read is None
        self.read, self.labels, self.transcript = read, read.labels, read.transcript
        self.remembered = read.remembered
        self.state, self.sentence, self.encoding_helps = "ready", "", False
        self.notice = "" if not first else self.notice
        known = {encoding_word(choice.encoding) for choice in self.encodings}
        fresh = (choice for choice in read.reading.encodings if encoding_word(choice.encoding) not in known)
        self.encodings += tuple(fresh)
        speakers = {choice.name for choice in self.labels if choice.accepted and choice.role == "participant"}
        if first:
            self.kind = "focus group" if len(speakers) >= _GROUP_FROM else self.kind
            self.kind = {"survey": "survey answers", "document": "document"}.get(read.reading.kind, self.kind)
            self.take_about(self.choices)

    def refuse(self, refusal: Refusal) -> None:
        """Why it was not read; what was read before with other choices stays, and those choices with it."""
        if self.read is not None:
            self.chosen = replace(
                self.chosen, encoding=self.read.reading.options.get("encoding"), options=_options(self.read.reading)
            )
            self.state, self.notice = "ready", refusal.sentence
            return
        self.state, self.sentence, self.encoding_helps = "refused", refusal.sentence, refusal.encoding_helps
        self.transcript = None

    def anew(self) -> None:
        """Forget what was read, since the file became another one."""
        self.read, self.transcript, self.encodings = None, None, ()

    def choose(self, **changes: Any) -> None:
        """Note what was chosen by hand: fields of Choices."""
        self.chosen = Choices(**changes).over(self.chosen)

    def take_about(self, choices: Choices) -> None:
        """Take kind, language and group where they were chosen."""
        self.kind, self.language = choices.kind or self.kind, choices.language or self.language
        self.group = self.group if choices.group is None else choices.group

    def change_label(self, label: str, **changes: Any) -> None:
        """Correct a row of the label table."""
        self.labels = tuple(replace(choice, **changes) if choice.label == label else choice for choice in self.labels)
        self.choose(labels={choice.label: choice for choice in self.labels if choice.label == label})
        self.transcript = None


def free_name(wished: str, taken: set[str]) -> str:
    """The name, with a number behind it if another document has it already; `taken` are names without case."""
    tidy = " ".join(wished.split()) or "Document"
    numbered = (f"{tidy} ({number})" for number in count(2))
    return tidy if tidy.casefold() not in taken else next(name for name in numbered if name.casefold() not in taken)


def described(transcript: Transcript) -> str:
    """A transcript in numbers: turns, words, speakers, and headings and pages where there are any."""
    speakers = len({turn.speaker for turn in transcript.turns if turn.speaker})
    numbers = [(len(transcript.turns), "turn"), (len(transcript.text.split()), "word"), (speakers, "speaker")]
    some = [(len(transcript.headings), "heading"), (len({page for _at, page in transcript.pages}), "page")]
    return " · ".join(counted(number, word) for number, word in (*numbers, *(pair for pair in some if pair[0])))


def shown_turns(transcript: Transcript) -> tuple[Turn, ...]:
    """The turns of a transcript as the reading pane takes them."""
    return tuple(Turn(turn.start, turn.end, turn.speaker, turn.role, turn.start_ms) for turn in transcript.turns)


def merged_name(labels: Sequence[LabelChoice], choice: LabelChoice) -> str:
    """The name of the speaker that a label is proposed to be merged with; its own where none is proposed."""
    return next((other.name for other in labels if other.label == choice.proposal), choice.name)


def _options(reading: Reading) -> dict[str, str]:
    return {key: value for key, value in reading.options.items() if key != "encoding"}
