"""Passages to pick quotes from: each stretch of text once, with everybody who marked it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from qcode.queries.codings import PassageRow


@dataclass(frozen=True, slots=True)
class PassageLine:
    """A stretch `[start, end)` of a document, in code points, as it is read before it is picked."""

    document: str
    document_name: str
    start: int
    end: int
    before: str
    text: str
    after: str
    speaker: str
    group: str
    coders: tuple[str, ...]
    codes: tuple[str, ...]
    quoted: bool = False

    @property
    def key(self) -> tuple[str, int, int]:
        """What the passage is known by."""
        return self.document, self.start, self.end

    @property
    def source(self) -> str:
        """Who says it, where, and who marked it."""
        who = ", ".join(part for part in (self.speaker, self.group) if part)
        return " · ".join(part for part in (who, self.document_name, f"coded by {', '.join(self.coders)}") if part)


def merged(rows: Sequence[PassageRow], quoted: Collection[tuple[str, int, int]] = ()) -> list[PassageLine]:
    """The passages in text order; codings of exactly the same stretch make one line. `quoted` ones are marked."""
    found: dict[tuple[str, int, int], list[PassageRow]] = {}
    for row in rows:
        found.setdefault((row.coding.document, row.coding.start, row.coding.end), []).append(row)
    return [_line(same, quoted=key in quoted) for key, same in found.items()]


def _line(same: Sequence[PassageRow], *, quoted: bool) -> PassageLine:
    first = same[0]
    return PassageLine(
        first.coding.document,
        first.document_name,
        first.coding.start,
        first.coding.end,
        first.before,
        first.text,
        first.after,
        first.speaker,
        first.group,
        tuple(sorted({row.coding.coder for row in same})),
        tuple(sorted({row.coding.name for row in same})),
        quoted,
    )
