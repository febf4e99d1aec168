"""What a filter of the text lets through: chosen codes, sets, coders and rounds, as values."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from qcode.queries.codebook.code_sets import CodeSetRow
from qcode.queries.codebook.tree import CodeRow
from qcode.queries.codings import CodingRow

type Kind = Literal["code", "set", "coder", "round"]


@dataclass(frozen=True, slots=True)
class Chosen:
    """One thing that a filter was told to show, with its name; `slot` is a code's place in the palette."""

    kind: Kind
    id: str
    name: str
    slot: int | None = None

    @property
    def key(self) -> str:
        """What it is known by among things of all kinds."""
        return f"{self.kind} {self.id}"

    @property
    def words(self) -> str:
        """It as a person says it."""
        return self.name if self.kind == "code" else f"{self.kind.capitalize()}: {self.name}"


@dataclass(frozen=True, slots=True)
class Narrowing:
    """The ids that may be seen, of each kind; None lets everything through."""

    codes: frozenset[str] | None = None
    coders: frozenset[str] | None = None
    rounds: frozenset[str] | None = None

    def takes(self, row: CodingRow) -> bool:
        """Whether a coding passes."""
        return (
            (self.codes is None or row.code in self.codes)
            and (self.coders is None or row.coder_id in self.coders)
            and (self.rounds is None or row.round in self.rounds)
        )

    def among(self, rows: list[CodingRow]) -> list[CodingRow]:
        """Those that pass."""
        if self.codes is not None:
            rows = [row for row in rows if row.code in self.codes]
        if self.coders is not None:
            rows = [row for row in rows if row.coder_id in self.coders]
        if self.rounds is not None:
            rows = [row for row in rows if row.round in self.rounds]
        return rows


OPEN = Narrowing()


def narrowing(chosen: Iterable[Chosen], codes: Sequence[CodeRow], sets: Sequence[CodeSetRow]) -> Narrowing:
    """What all that was chosen lets through together.

    Of one kind, whatever was chosen is shown; several kinds narrow each other. A code stands for those below it too.
    """
    listed = list(chosen)
    own, held = _ids(listed, "code"), _ids(listed, "set")
    by_code = None if own is None else with_descendants(own, codes)
    by_set = None if held is None else frozenset(code for row in sets if row.id in held for code, _path in row.codes)
    both = by_set if by_code is None else by_code if by_set is None else by_code & by_set
    return Narrowing(both, _ids(listed, "coder"), _ids(listed, "round"))


def with_descendants(chosen: Iterable[str], codes: Sequence[CodeRow]) -> frozenset[str]:
    """Codes with all that stand below them; `codes` lists each behind the one above it."""
    found = set(chosen)
    for row in codes:
        if row.parent in found:
            found.add(row.id)
    return frozenset(found)


def _ids(chosen: Sequence[Chosen], kind: Kind) -> frozenset[str] | None:
    return frozenset(each.id for each in chosen if each.kind == kind) or None
