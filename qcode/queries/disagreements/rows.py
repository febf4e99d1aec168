"""What is shown of disagreements: cases with their coders in lanes, and the decisions about them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal, NamedTuple

from qcode.ids import CodeId, CoderId, CodingId, DecisionId, DocumentId, RoundId
from qcode.reconciliation import LEFT_OPEN, CaseKind, Kept, Mark, Outcome, Reason, Stance, WhatChanged
from qcode.text.ranges import Range

type State = Literal["open", "decided", "stale", "all"]
type Order = Literal["pair", "code", "document", "certainty"]

_CHANGED: Final[dict[WhatChanged, str]] = {
    "added": "{name} coded {code} here since.",
    "removed": "{name}’s coding of {code} is gone, or not handed in any more.",
    "moved": "{name} marks another passage with {code} now.",
    "recoded": "{name} put {code} here instead.",
    "agreed": "All coders mark {code} here now.",
}


class LaneSpan(NamedTuple):
    """A coding as it stands in the current text."""

    coding: CodingId
    code: CodeId
    start: int
    end: int
    certainty: str = "sure"
    comment: str = ""

    @property
    def place(self) -> Range:
        """Its range."""
        return self.start, self.end


@dataclass(frozen=True, slots=True)
class Lane:
    """What one coder did with the passage: the codings in question, and others of theirs that touch it (`beside`).

    A coder who was asked of the text and put none of the codes there has no spans.
    """

    coder: CoderId
    name: str
    initials: str
    spans: tuple[LaneSpan, ...]
    beside: tuple[LaneSpan, ...] = ()


@dataclass(frozen=True, slots=True)
class AssentRow:
    """How a coder takes a decision, and what they wrote to it."""

    coder: CoderId
    name: str
    stance: Stance
    note: str = ""


@dataclass(frozen=True, slots=True)
class Changed:
    """What became of the evidence of a decision since: of one coder's codings of one code, or of all coders'."""

    what: WhatChanged
    coder: CoderId
    name: str
    code: CodeId
    code_name: str

    @property
    def sentence(self) -> str:
        """That in words."""
        return _CHANGED[self.what].format(name=self.name, code=self.code_name)


@dataclass(frozen=True, slots=True)
class DecisionRow:
    """A decision where it is in the current text, under the codes as they are merged today.

    `coder` is whose lane was accepted; `kept` what stands by it, nothing of what has lost its words since; `evidence`
    the codings as they were judged. `decided_by` and `at` (ISO, in UTC) say who judged last, and when. Where the
    evidence changed, the decision is `stale` and `changes` say how. `led_to` tells what came of it in the codebook.
    """

    id: DecisionId
    round: RoundId
    document: DocumentId
    document_name: str
    start: int
    end: int
    outcome: Outcome
    coder: CoderId | None
    kept: tuple[Kept, ...]
    reason: Reason | Literal[""]
    note: str
    present: tuple[CoderId, ...]
    present_names: tuple[str, ...]
    decided_by: str
    at: str
    codes: tuple[CodeId, ...]
    code_names: tuple[str, ...]
    evidence: tuple[Mark, ...]
    stances: tuple[AssentRow, ...]
    changes: tuple[Changed, ...] = ()
    case: str = ""
    led_to: tuple[str, ...] = ()

    @property
    def stale(self) -> bool:
        """Whether what it rests on changed since."""
        return bool(self.changes)

    @property
    def settles(self) -> bool:
        """Whether it says what is kept, rather than leaving that for later."""
        return self.outcome not in LEFT_OPEN

    @property
    def dissent(self) -> tuple[AssentRow, ...]:
        """Who does not agree."""
        return tuple(one for one in self.stances if one.stance == "dissents")


@dataclass(frozen=True, slots=True)
class CaseRow:
    """A case as the queue and the screen of it show: where, what coders differ about, and what was decided.

    `code_names` and `codes` are in the order of the codebook; `siblings` says that all of them stand below one code.
    `lanes` hold every coder who was asked, by name. `words` is by how many words they differ most, and `agreed` what
    all of them marked alike, which stands whatever is decided. `others` are further decisions, of cases that became one
    with this one since: they stand as well, until this one is decided anew.
    """

    id: str
    round: RoundId
    document: DocumentId
    document_name: str
    start: int
    end: int
    kind: CaseKind
    codes: tuple[CodeId, ...]
    code_names: tuple[str, ...]
    siblings: bool
    lanes: tuple[Lane, ...]
    unsure: bool
    words: int
    text: str
    agreed: tuple[Kept, ...] = ()
    decision: DecisionRow | None = None
    others: tuple[DecisionRow, ...] = ()

    @property
    def spans(self) -> tuple[LaneSpan, ...]:
        """The codings in question of all lanes."""
        return tuple(span for lane in self.lanes for span in lane.spans)

    @property
    def asked(self) -> tuple[CoderId, ...]:
        """The coders of its lanes."""
        return tuple(lane.coder for lane in self.lanes)

    @property
    def marks(self) -> tuple[Mark, ...]:
        """The codings in question as a decision keeps them, in the order of their ids."""
        marks = ((lane.coder, span) for lane in self.lanes for span in lane.spans)
        return tuple(sorted(Mark(span.coding, coder, span.code, span.start, span.end) for coder, span in marks))

    @property
    def evidence(self) -> tuple[Mark, ...]:
        """The same, as what is judged."""
        return self.marks

    @property
    def stale(self) -> bool:
        """Whether it was decided on codings that changed since."""
        return self.decision is not None and self.decision.stale

    @property
    def gone(self) -> bool:
        """Whether nothing but its decision tells of it: no two coders mark anything there any more."""
        return self.kind == "unanimous" and not self.agreed

    @property
    def decided(self) -> bool:
        """Whether a decision stands that settles it."""
        return self.decision is not None and self.decision.settles

    @property
    def open(self) -> bool:
        """Whether there is something to do: nothing settles it, or what it was settled by has changed."""
        return not self.decided or self.stale


@dataclass(frozen=True, slots=True)
class Queue:
    """Cases in order, and what is not among them.

    Counts are of the whole round: `open`, `decided` and `stale` cases, `unanimous` passages, and codings that were
    one coder's `alone` to make, since nobody else was asked. `waiting` are (document, coder) names whose work is not
    handed in, `withheld` names documents of which one may not see colleagues' codings yet, `unsettled` those with two
    texts of which nobody has chosen one.
    """

    rows: tuple[CaseRow, ...]
    open: int = 0
    decided: int = 0
    stale: int = 0
    unanimous: int = 0
    alone: int = 0
    waiting: tuple[tuple[str, str], ...] = ()
    withheld: tuple[str, ...] = ()
    unsettled: tuple[str, ...] = ()
