"""Where anchors of older revisions are in the current text: derived, never stored."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

from sqlalchemy import select
from sqlalchemy.orm import Session

from qcode.models.documents import Document, Revision
from qcode.models.statements import ask
from qcode.text.edits import Edit, OffsetMap, Placed, through

_CURRENT = select(Document.id, Document.revision_id)


class Positions:
    """Places anchors in the current texts of their documents.

    Revisions form a tree: an anchor travels back to the ancestor it shares with the current revision, and forward
    from there. An anchor on the current revision, which most are, costs one look-up.
    """

    def __init__(self, session: Session) -> None:
        self._session = session
        self._maps: dict[str, list[OffsetMap]] = {}

    def place(self, document: str, revision: str, start: int, end: int) -> Placed:
        """Where `[start, end)` of a revision is in the document's current text."""
        current = self._current[document]
        if revision == current:
            return Placed(start, end, altered=False)
        if revision not in self._maps:
            self._maps[revision] = self._way(revision, current)
        return through(self._maps[revision], start, end)

    @cached_property
    def _current(self) -> dict[str, str]:
        return {row.id: row.revision_id for row in ask(self._session, _CURRENT)}

    @cached_property
    def _revisions(self) -> dict[str, tuple[str | None, list[Edit]]]:
        rows = self._session.execute(select(Revision.id, Revision.parent_id, Revision.edits))
        return {row.id: (row.parent_id, [Edit(*edit) for edit in row.edits]) for row in rows}

    def _way(self, revision: str, current: str) -> list[OffsetMap]:
        up, down = list(self._line(revision)), list(self._line(current))
        shared = next((ancestor for ancestor in up if ancestor in set(down)), None)
        back = [self._map(one).inverse() for one in _until(up, shared)]
        forward = [self._map(one) for one in reversed(_until(down, shared))]
        return back + forward

    def _line(self, revision: str) -> Iterable[str]:
        walked: set[str] = set()
        current: str | None = revision
        while current is not None and current not in walked:
            walked.add(current)
            yield current
            current = self._revisions[current][0] if current in self._revisions else None

    def _map(self, revision: str) -> OffsetMap:
        return OffsetMap(self._revisions[revision][1])


def _until(line: list[str], ancestor: str | None) -> list[str]:
    return line[: line.index(ancestor)] if ancestor is not None else []
