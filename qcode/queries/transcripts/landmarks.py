"""The headings of a document and the pages it had, in its text as it stands."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection
from dataclasses import dataclass
from operator import attrgetter, itemgetter

from sqlalchemy import select
from sqlalchemy.orm import Session

from qcode.ids import DocumentId
from qcode.models import Landmarks as LandmarksRow
from qcode.models.positions import Positions
from qcode.study import Study


@dataclass(frozen=True, slots=True)
class HeadingRow:
    """A heading, `[start, end)` code points of the text, and its level from 1."""

    start: int
    end: int
    level: int


@dataclass(frozen=True, slots=True)
class Landmarks:
    """The headings in order, and (code point, page number) where pages begin."""

    headings: tuple[HeadingRow, ...] = ()
    pages: tuple[tuple[int, int], ...] = ()

    def page(self, place: int) -> int | None:
        """The number of the page that a place is on; None where the file has no pages."""
        at = bisect_right(self.pages, place, key=itemgetter(0)) - 1
        return self.pages[at][1] if at >= 0 else None

    def pages_of(self, start: int, end: int) -> tuple[int, int] | None:
        """The first and the last page that a passage is on."""
        first, last = self.page(start), self.page(max(start, end - 1))
        return None if first is None or last is None else (first, last)

    def heading(self, place: int) -> HeadingRow | None:
        """The heading that a place stands below; None where there is none before it."""
        at = bisect_right(self.headings, place, key=attrgetter("end")) - 1
        return self.headings[at] if at >= 0 else None


def landmarks(study: Study, document: DocumentId) -> Landmarks:
    """The headings and pages of a document."""
    with study.read() as session:
        return landmarks_of(session, [document]).get(document, Landmarks())


def landmarks_of(session: Session, documents: Collection[str]) -> dict[str, Landmarks]:
    """The headings and pages of those of these documents that have any."""
    positions = Positions(session)
    wanted = select(LandmarksRow).where(LandmarksRow.alive, LandmarksRow.document_id.in_(list(documents)))
    return {row.document_id: _placed(positions, row) for row in session.scalars(wanted)}


def _placed(positions: Positions, row: LandmarksRow) -> Landmarks:
    headings = []
    for start, end, level in row.headings:
        now = positions.place(row.document_id, row.revision_id, start, end)
        if now.start < now.end:
            headings.append(HeadingRow(now.start, now.end, level))
    pages = [(positions.place(row.document_id, row.revision_id, at, at).start, number) for at, number in row.pages]
    return Landmarks(tuple(headings), tuple(pages))
