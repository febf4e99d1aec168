"""A file on its way into the study: what was read, and what the person has said about it so far."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from itertools import count
from pathlib import Path
from typing import Any, Literal

from qcode.errors import QcodeError
from qcode.operations.documents import EmptyTranscriptError, Incoming
from qcode.operations.lookup import NameTakenError, tidy_name
from qcode.transcripts import LabelChoice, Reading, Transcript, read_apart, segment
from qcode.transcripts.decoding import NotTextError, UnknownEncodingError, WrongEncodingError
from qcode.transcripts.gate import NulBytesError
from qcode.ui.transcripts.parts import counted
from qcode.ui.work import Progress

type State = Literal["reading", "refused", "ready", "imported"]

_GROUP_FROM = 4
_ENCODING_HELPS = NotTextError, UnknownEncodingError, WrongEncodingError, NulBytesError
_CERTAIN = {None, "utf-8", "utf-8-sig", "utf-16", "utf-32"}
_STATES: dict[State, str] = {"reading": "Reading…", "refused": "Refused", "ready": "Ready", "imported": "Imported"}
_numbers = count()


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a file was not read, and whether reading it in another encoding may help."""

    sentence: str
    encoding_helps: bool


@dataclass(slots=True, eq=False)
class Arrival:
    """One file that was chosen or dropped, from then until it is imported."""

    path: Path
    name: str
    kind: str = "interview"
    language: str = "en"
    group: str = ""
    state: State = "reading"
    sentence: str = ""
    reading: Reading | None = None
    labels: tuple[LabelChoice, ...] = ()
    transcript: Transcript | None = None
    encoding: str | None = None
    encoding_helps: bool = False
    twice: str = ""
    id: int = field(default_factory=lambda: next(_numbers))

    # Properties

    @property
    def encoding_in_doubt(self) -> bool:
        """Whether the encoding was guessed or chosen, so that another may be tried."""
        if self.reading is None:
            return self.encoding_helps
        return self.encoding is not None or self.reading.encoding not in _CERTAIN

    @property
    def warnings(self) -> tuple[str, ...]:
        """What to look at before importing."""
        found = self.transcript or self.reading
        twice = (self.twice,) if self.twice else ()
        return (*twice, *(found.warnings if found else ()))

    @property
    def summary(self) -> str:
        """How far it is, and why it goes no further if it does not."""
        if self.sentence:
            return f"Refused: {self.sentence}"
        if self.state == "ready" and self.warnings:
            return "To check"
        return _STATES[self.state]

    # Methods

    def take_reading(self, reading: Reading) -> None:
        """What was read; what was said about labels before, in another encoding, is kept where they are the same."""
        said = {choice.label: choice for choice in self.labels}
        self.labels = tuple(_with_words_of(said.get(choice.label), choice) for choice in reading.labels)
        speakers = {choice.name for choice in self.labels if choice.accepted and choice.role == "participant"}
        if self.reading is None and len(speakers) >= _GROUP_FROM:
            self.kind = "focus group"
        self.reading, self.transcript, self.state, self.sentence = reading, None, "ready", ""

    def refuse(self, refusal: Refusal) -> None:
        """Why it was not read."""
        self.state, self.sentence, self.encoding_helps = "refused", refusal.sentence, refusal.encoding_helps
        self.reading = self.transcript = None

    def change_label(self, label: str, **changes: Any) -> None:
        """Correct a row of the label table."""
        self.labels = tuple(replace(choice, **changes) if choice.label == label else choice for choice in self.labels)
        self.transcript = None

    def incoming(self) -> Incoming:
        """What to import; call it in a worker, since finding sentences takes a while. The file must be ready."""
        if self.reading is None:
            raise EmptyTranscriptError(self.name)
        name = tidy_name("document", self.name)
        transcript = segment(self.reading, self.labels)
        if not transcript.text.strip():
            raise EmptyTranscriptError(name)
        made = Incoming.of(self.reading, transcript, name, kind=self.kind, language=self.language, group=self.group)
        return made.with_units()


def read_file(path: Path, encoding: str | None) -> Reading | Refusal:
    """Read a file, or say why not."""
    try:
        return read_apart(path, encoding=encoding)
    except QcodeError as error:
        return Refusal(str(error), isinstance(error, _ENCODING_HELPS))


def prepare(
    arrivals: Sequence[Arrival], taken: Collection[str], progress: Progress
) -> list[tuple[Arrival, Incoming | str]]:
    """What to import for each file, or a sentence why not; `taken` are the names of documents, without case."""
    used = set(taken)
    found: list[tuple[Arrival, Incoming | str]] = []
    for number, arrival in enumerate(arrivals):
        progress.report(number / len(arrivals), f"Importing {number + 1} of {len(arrivals)}: {arrival.name}")
        try:
            made = arrival.incoming()
            if made.name.casefold() in used:
                raise NameTakenError("document", made.name)
        except QcodeError as error:
            found.append((arrival, str(error)))
        else:
            used.add(made.name.casefold())
            found.append((arrival, made))
    return found


def free_name(wished: str, taken: Collection[str]) -> str:
    """The name, with a number behind it if another document has it already; `taken` are names without case."""
    tidy = " ".join(wished.split()) or "Document"
    numbered = (f"{tidy} ({number})" for number in count(2))
    return tidy if tidy.casefold() not in taken else next(name for name in numbered if name.casefold() not in taken)


def described(transcript: Transcript) -> str:
    """A transcript in numbers: turns, words, speakers."""
    speakers = len({turn.speaker for turn in transcript.turns if turn.speaker})
    numbers = (len(transcript.turns), "turn"), (len(transcript.text.split()), "word"), (speakers, "speaker")
    return " · ".join(counted(number, word) for number, word in numbers)


def telling_line(reading: Reading) -> str:
    """A piece of a line with letters beyond ASCII, by which a wrong encoding shows; empty if there is none."""
    for block in reading.blocks:
        for line in block.text.split("\n"):
            place = next((place for place, letter in enumerate(line) if not letter.isascii()), None)
            if place is not None:
                start = max(0, line.rfind(" ", 0, max(place - 30, 0)) + 1)
                return (
                    ("…" if start else "") + line[start : start + 80].strip() + ("…" if len(line) > start + 80 else "")
                )
    return ""


def merged_name(labels: Sequence[LabelChoice], choice: LabelChoice) -> str:
    """The name of the speaker that a label is proposed to be merged with; its own where none is proposed."""
    return next((other.name for other in labels if other.label == choice.proposal), choice.name)


def _with_words_of(said: LabelChoice | None, choice: LabelChoice) -> LabelChoice:
    if said is None:
        return choice
    return replace(choice, role=said.role, accepted=said.accepted, name=said.name)
