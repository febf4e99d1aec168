"""What came from other copies of the study, what one more would bring, and where copies contradict each other.

Nothing is written for a preview: the union is made in memory. What a blind round hides from whoever looks is told
neither in words nor in counts; that there is such work is.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from qcode.errors import QcodeError
from qcode.ids import CoderId
from qcode.models import Coder
from qcode.models import receipts as receipts_table
from qcode.models.copies import found, identity_of, the_copy
from qcode.models.hand_outs import expected
from qcode.models.receipts import Receipt
from qcode.models.uniting import Union, headers, histories_of, holding
from qcode.queries.collecting.arriving import Arrival, Arriving, ConflictRow, ConflictSide, Deed
from qcode.study import Study

__all__ = [
    "Arrival",
    "ConflictRow",
    "ConflictSide",
    "Deed",
    "Preview",
    "Receipt",
    "conflicts",
    "is_copy_of",
    "preview",
    "receipts",
]


@dataclass(frozen=True, slots=True)
class Preview:
    """What a merge would bring. `sealed` says that there is work of colleagues which may not be seen yet.

    `owner` is the coder for whom the file was handed out, by id and name; None and empty for an ordinary copy.
    """

    steps: int
    arrivals: tuple[Arrival, ...]
    conflicts: tuple[ConflictRow, ...]
    redacts: bool
    sealed: bool
    owner: CoderId | None = None
    owner_name: str = ""

    def counts(self) -> dict[tuple[str, Deed], int]:
        """How many rows of each kind would be new, changed, deleted or restored."""
        return dict(Counter((one.kind, one.deed) for one in self.arrivals))

    @property
    def is_nothing(self) -> bool:
        """Whether there is nothing new in it."""
        return not (self.steps or self.arrivals or self.conflicts or self.redacts or self.sealed)

    @property
    def proposed(self) -> tuple[Arrival, ...]:
        """New codes that their coders propose, for the lead to decide about."""
        return tuple(one for one in self.arrivals if one.proposed)

    @property
    def doubled(self) -> int:
        """How many codings will be shown once with one that is just alike."""
        return sum(one.doubled for one in self.arrivals)

    @property
    def locked(self) -> int:
        """How many codings belong to work that was handed in before."""
        return sum(one.locked for one in self.arrivals)


def receipts(study: Study) -> list[Receipt]:
    """What was merged into this copy of the study, the latest first."""
    with study.read() as session:
        return receipts_table.receipts(session)


def preview(study: Study, other: Path, *, handed_in: bool | None = False) -> Preview:
    """What merging another copy, or handing it in, would bring, without writing; refused as that would be.

    With None the file is taken as what it is, as `collect` does.
    """
    with the_copy(other, beside=study.path) as copy, study.read() as session:
        union = found(session, copy, only=expected(session, copy, handed_in=handed_in))
        steps = headers(session.connection()) | union.steps
        shown = Arriving(session, copy.connection, study.coder, steps, union)
        arrivals = tuple(shown.arrivals(union))
        open_rows = [history for row, history in union.histories.items() if row not in shown.sealed]
        told = {entry.step for history in open_rows for entry in history}
        contradicting = tuple(shown.conflicts(union.histories.values()))
        seen = len(told & union.steps.keys())
        owner = session.get(Coder, copy.owner) if copy.owner else None
        whose = (CoderId(owner.id), owner.name) if owner else (None, "")
        return Preview(seen, arrivals, contradicting, union.erases, bool(shown.sealed), *whose)


def is_copy_of(study: Study, path: Path) -> bool:
    """Whether a file holds the same study as this one and is another file; what cannot be read is not."""
    try:
        return not path.samefile(study.path) and bool(identity_of(path) & identity_of(study.path))
    except (QcodeError, OSError):
        return False


def conflicts(study: Study) -> list[ConflictRow]:
    """Where the copies that came together contradict each other."""
    with study.read() as session:
        held = holding(session.connection())
        apart = _apart((row, step, written.parents) for (step, row), written in held.changes.items())
        shown = Arriving(session, session.connection(), study.coder, held.steps, Union())
        return list(shown.conflicts(histories_of(held, apart).values()))


def _apart(changes: Iterable[tuple[str, str, str]]) -> set[str]:
    """The rows of which two changes have the same parents: no other can be in conflict."""
    known: set[tuple[str, str]] = set()
    out: set[str] = set()
    for row, _step, parents in changes:
        for parent in parents.split() or [""]:
            if (row, parent) in known:
                out.add(row)
            known.add((row, parent))
    return out
