"""What an agenda and minutes of a meeting say, as plain values: disagreements to talk about, and what was decided."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from qcode.reports.values import CodebookRow, Lines, Said, StudyFacts


@dataclass(frozen=True, slots=True)
class Extract:
    """A passage with the words around it, and who is quoted.

    `before` and `after` are what stands next to it in the same turns; `lines` are (speaker, words) of each turn as they
    are printed, and `note` what is said below them. ``language`` is a BCP 47 tag where it is not the report's own;
    offsets are half-open code points.
    """

    document: str
    start: int
    end: int
    text: str
    attribution: str = ""
    before: Said = ""
    after: Said = ""
    language: str = ""
    lines: Lines = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Marked:
    """A code on a passage; `text` is empty where it is the whole passage of the case."""

    code: str
    text: str = ""
    comment: str = ""
    unsure: bool = False


@dataclass(frozen=True, slots=True)
class Side:
    """What one coder did with a passage: nothing, or some codes."""

    coder: str
    marks: tuple[Marked, ...] = ()


@dataclass(frozen=True, slots=True)
class OpenCase:
    """A disagreement to talk about; `kind` says in a few words what it is, `asked` who put it off and why."""

    codes: tuple[str, ...]
    kind: str
    extract: Extract
    sides: tuple[Side, ...]
    asked: str = ""


@dataclass(frozen=True, slots=True)
class Agenda:
    """The open cases of a round, those about the same codes together; `codes` defines what they are about."""

    facts: StudyFacts
    round: str
    cases: tuple[OpenCase, ...]
    codes: tuple[CodebookRow, ...] = ()


@dataclass(frozen=True, slots=True)
class Voice:
    """How somebody takes a decision: persuaded, accepts, or dissents, and why."""

    coder: str
    stance: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Settled:
    """One decision: what is kept of what the coders did, why, who was there, and how each takes it.

    `outcome` is its word in files, and `told` the same in words; `led_to` says what came of it in the codebook, and
    `changed` that what it rests on changed since.
    """

    codes: tuple[str, ...]
    outcome: str
    told: str
    extract: Extract
    sides: tuple[Side, ...]
    kept: tuple[Marked, ...]
    reason: str = ""
    note: str = ""
    present: tuple[str, ...] = ()
    by: str = ""
    on: date | None = None
    voices: tuple[Voice, ...] = ()
    led_to: tuple[str, ...] = ()
    changed: bool = False

    @property
    def dissent(self) -> tuple[Voice, ...]:
        """Those who do not agree."""
        return tuple(voice for voice in self.voices if voice.stance == "dissents")


@dataclass(frozen=True, slots=True)
class Minutes:
    """What a round's disagreements came to; `unanimous` counts what all coded alike, and `open` what is left."""

    facts: StudyFacts
    round: str
    decisions: tuple[Settled, ...]
    unanimous: int = 0
    open: int = 0
