"""Codings of one coder that are alike: made on two machines, or one by merging codes, they are one to everybody.

Alike are codings by one coder in one round and layer, under the same code as codes are merged today, and on the same
words of the current text. All of them stay in the study; one of each kind is shown and counted, the others are spare.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple

from sqlalchemy import ColumnElement, Select, bindparam, func, select
from sqlalchemy.orm import Session

from qcode.models.codings import Coding
from qcode.models.documents import Document, Revision
from qcode.models.journal import Change, Step, dump
from qcode.models.merging import merged_codes
from qcode.models.positions import Positions
from qcode.models.receipts import ground
from qcode.models.statements import ask

KNOWN: Final = "qcode_spare"
"""Where a reading session finds what its study knows of spare codings."""

type _Spare = Mapping[str, Mapping[str, str]]
"""By document, and by the id of each spare coding: that of the one which is shown for it."""


class _Key(NamedTuple):
    """Up to which step, and up to which merge, something is known."""

    lamport: int
    mark: int


@dataclass(slots=True)
class KnownSpare:
    """The spare codings of a study by document, as of its latest step: after a few codings they are quickly right."""

    now: tuple[_Key, _Spare] = field(default=(_Key(-1, -1), {}))


class Likeness:
    """What makes codings alike: two are, if they have the same likeness."""

    def __init__(self, session: Session) -> None:
        self._merged, self._positions = merged_codes(session), Positions(session)

    def shown(self, coding: Coding | Any) -> str:
        """The code that a coding is shown under."""
        return self._merged.get(coding.code_id, coding.code_id)

    def of(self, coding: Coding | Any) -> tuple[Any, ...]:
        """Whose it is, where, and under which code; one that lost all its words is like no other."""
        start, end, _ = self._positions.place(coding.document_id, coding.revision_id, coding.start, coding.end)
        where = (start, end) if start < end else (coding.id,)
        return coding.document_id, coding.coder_id, coding.round_id, coding.layer, self.shown(coding), *where


def spare(session: Session) -> dict[str, str]:
    """The living codings that are alike another one, which is shown and counted for them: the id of that one."""
    known = session.info.get(KNOWN)
    if not isinstance(known, KnownSpare):
        return _all(_look(session))
    before, found = known.now
    key = _Key(ask(session, _LATEST).scalar() or 0, ground(session).mark)
    if key != before:
        touched = _touched(session, before.lamport) if key.mark == before.mark else None
        found = _look(session) if touched is None else dict(found) | _look(session, touched)
        known.now = key, found
    return _all(found)


def once(session: Session) -> tuple[ColumnElement[bool], ...]:
    """The conditions of a statement that leave spare codings out; none where there are none."""
    found = spare(session)
    listed = select(func.json_each(dump(sorted(found))).table_valued("value").c.value)
    return (Coding.id.not_in(listed),) if found else ()


def corrected(session: Session, documents: Collection[str]) -> bool:
    """Whether codings of some documents may lie elsewhere than they were made."""
    return ask(session, _CORRECTED_OF, documents=list(documents)).first() is not None


def _all(found: _Spare) -> dict[str, str]:
    return {row: shown for of_document in found.values() for row, shown in of_document.items()}


def _touched(session: Session, lamport: int) -> list[str] | None:
    """The documents in which codings were written after a step; None where any may hold other spare codings now."""
    if session.connection().execute(_DEEPER, {"lamport": lamport}).first() is not None:
        return None
    touched = session.connection().execute(_WRITTEN, {"lamport": lamport}).scalars().all()
    return list(touched) if len(touched) <= _MANY else None


def _look(session: Session, documents: Collection[str] | None = None) -> dict[str, dict[str, str]]:
    """The spare codings of these documents, or of all, by document; each of these has an entry, if an empty one."""
    connection = session.connection()
    whole = set(connection.execute(_CORRECTED).scalars() if documents is None else documents)
    rows = list(connection.execute(_IN, {"documents": list(whole)})) if whole else []
    if documents is None:
        rows += [row for row in connection.execute(_NEAR) if row.document_id not in whole]
    likeness = Likeness(session)
    found: dict[str, dict[str, str]] = {document: {} for document in documents or ()}
    for shown, *others in _grouped(likeness, rows):
        found.setdefault(shown.document_id, {}).update((row.id, shown.id) for row in others)
    return found


def _grouped(likeness: Likeness, rows: Iterable[Any]) -> Iterable[list[Any]]:
    """Those that are alike, first the one that is shown: made with the code that it is shown under, if one is."""
    same: dict[tuple[Any, ...], list[Any]] = {}
    for row in rows:
        same.setdefault(likeness.of(row), []).append(row)
    for group in same.values():
        if len(group) > 1:
            yield sorted(group, key=lambda row: (row.code_id != likeness.shown(row), row.id))


_MANY: Final = 200
COLUMNS: Final = (
    Coding.id,
    Coding.document_id,
    Coding.revision_id,
    Coding.start,
    Coding.end,
    Coding.code_id,
    Coding.coder_id,
    Coding.round_id,
    Coding.layer,
)
_LATEST: Final = select(func.max(Step.lamport))
_SINCE: Final = select(Change.row_id, Change.kind).join(Step, Step.id == Change.step_id)
_LATER: Final = _SINCE.where(Step.lamport > bindparam("lamport"))
_DEEPER: Final = _LATER.where(Change.kind.in_(("code", "document", "revision"))).limit(1)
_WRITTEN: Final[Select[str]] = (
    select(Coding.document_id)
    .distinct()
    .join(Change, Change.row_id == Coding.id)
    .join(Step, Step.id == Change.step_id)
    .where(Step.lamport > bindparam("lamport"), Change.kind == "coding")
)
_CORRECTED: Final = (
    select(Revision.document_id)
    .distinct()
    .join(Document, Document.id == Revision.document_id)
    .where(Revision.id != Document.revision_id)
)
_CORRECTED_OF: Final = _CORRECTED.where(Document.id.in_(bindparam("documents", expanding=True))).limit(1)
_IN: Final = select(*COLUMNS).where(Coding.alive, Coding.document_id.in_(bindparam("documents", expanding=True)))
# An index has all of this, so that only codings that are where another of the same coder is are looked at.
_PLACES: Final = (
    select(Coding.document_id, Coding.start, Coding.end, Coding.coder_id)
    .group_by(Coding.document_id, Coding.start, Coding.end, Coding.coder_id)
    .having(func.count() > 1)
    .subquery()
)
_NEAR: Final = (
    select(*COLUMNS)
    .join(
        _PLACES,
        (_PLACES.c.document_id == Coding.document_id)
        & (_PLACES.c.start == Coding.start)
        & (_PLACES.c.end == Coding.end)
        & (_PLACES.c.coder_id == Coding.coder_id),
    )
    .where(Coding.alive)
)
