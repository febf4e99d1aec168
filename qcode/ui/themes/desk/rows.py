"""What the lists of the quote desk show: passages that could be quoted, and quotes, each as one row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from qcode.ids import DocumentId, QuoteId
from qcode.ui.wrapped_list import Said

type Listed = Literal["candidates", "shortlisted", "chosen"]

LISTED: tuple[Listed, ...] = ("candidates", "shortlisted", "chosen")
TITLES: Mapping[Listed, str] = {"candidates": "Candidates", "shortlisted": "Shortlist", "chosen": "Chosen"}
_MOST = 240


@dataclass(frozen=True, slots=True)
class DeskRow:
    """A passage `[start, end)` of a transcript that could be quoted, or is; `quote` and `status` say which.

    `reasons` are why it stands where it does among the candidates, `uses` the papers and sections it is used in.
    A row that is a quote is a `QuotedRow`.
    """

    document: DocumentId
    start: int
    end: int
    text: str
    source: str
    reasons: tuple[str, ...] = ()
    quote: QuoteId | None = None
    status: str = ""
    stance: str = "supports"
    uses: tuple[str, ...] = ()
    edited: bool = False
    flagged: bool = False

    @property
    def place(self) -> tuple[str, int, int]:
        """Where it stands."""
        return self.document, self.start, self.end

    def is_used(self, listed: Listed) -> bool:
        """Whether it is used already: in a paper, or, as a candidate, as a quote of the theme."""
        return bool(self.uses) or (listed == "candidates" and self.quote is not None)

    def marks(self, *, status: bool) -> list[str]:
        """What a person needs to know of it at a glance; its `status` only where the list does not say it."""
        return [
            *([self.status.capitalize()] if self.status and status else []),
            *(["Dissents"] if self.stance == "dissents" else []),
            *(["Edited"] if self.edited else []),
            *(["Look again"] if self.flagged else []),
        ]


@dataclass(frozen=True, slots=True, kw_only=True)
class QuotedRow(DeskRow):
    """A passage that is a quote; `attribution` is its own, if it has one."""

    quote: QuoteId
    attribution: str | None = None


def said(row: DeskRow, *, reasons: bool) -> Said:
    """How a row is read in its list: the words, then what it is and whose, then why it stands there or where it is."""
    first = " · ".join([*row.marks(status=reasons), row.source])
    second = " · ".join(row.reasons if reasons else ())
    used = f"Used in {'; '.join(row.uses)}" if row.uses else ""
    return Said(shortened(row.text), "\n".join(part for part in (first, second, used) if part))


def shortened(text: str) -> str:
    """The beginning of a long text, to the end of a word; the whole of it is read beside the list."""
    if len(text) <= _MOST:
        return text
    cut = text[:_MOST]
    return f"{cut[: cut.rindex(' ')] if ' ' in cut else cut} …"


def kept_in_place(rows: Sequence[DeskRow], before: Sequence[tuple[str, int, int]]) -> list[DeskRow]:
    """The rows in the order in which they stood before, new ones behind: nothing moves under the hand."""
    places = {place: number for number, place in enumerate(before)}
    return sorted(rows, key=lambda row: places.get(row.place, len(places)))
