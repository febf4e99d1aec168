"""Where codings begin and end, and codings of one coder that are alike."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from qcode.errors import QcodeError
from qcode.ids import new_id
from qcode.models import Code, Coding
from qcode.models.alike import COLUMNS, Likeness, corrected
from qcode.models.merging import merged_codes
from qcode.models.positions import Positions
from qcode.models.statements import ask
from qcode.operations.passages import Anchor, CurrentText
from qcode.text.ranges import Range


class CutOutsideError(QcodeError):
    """A coding would be cut where it is not."""

    def __init__(self) -> None:
        super().__init__("Choose a place inside the coding, between two of its words, to split it there.")


class NothingToJoinError(QcodeError):
    """Fewer than two codings were chosen."""

    def __init__(self) -> None:
        super().__init__("Choose at least two codings to join.")


class JoinDifferentError(QcodeError):
    """The codings differ in more than where they are."""

    def __init__(self) -> None:
        super().__init__("Only codings of one code, in one document and one round, can be joined.")


class JoinApartError(QcodeError):
    """There is text between the codings."""

    def __init__(self) -> None:
        super().__init__("These codings are apart. Join codings that touch or overlap, or move their edges first.")


class NothingLeftError(QcodeError):
    """A correction took all words from under a coding."""

    def __init__(self) -> None:
        super().__init__("Nothing is left of the words under this coding. Remove it, or code the passage anew.")


def placed(positions: Positions, row: Coding) -> Range:
    """Where a coding is in the current text."""
    found = positions.place(row.document_id, row.revision_id, row.start, row.end)
    return found.start, found.end


def put(row: Coding, anchor: Anchor) -> None:
    """Give a coding another place."""
    row.revision_id, row.start, row.end = anchor.revision, anchor.start, anchor.end


def cut(row: Coding, text: CurrentText, place: Range, at: int) -> Coding:
    """Shorten a coding to what lies ahead of a position, and a new one, alike but for its id, with the rest."""
    start, end = place
    if not start < at < end or not (has_words(text.text[start:at]) and has_words(text.text[at:end])):
        raise CutOutsideError
    ahead, behind = text.anchor(start, at), text.anchor(at, end)
    same = {column.name: getattr(row, column.name) for column in Coding.__table__.columns if column.name != "head"}
    put(row, ahead)
    return Coding(**(same | {"id": new_id(), "start": behind.start, "end": behind.end, "revision_id": behind.revision}))


def has_words(text: str) -> bool:
    """Whether there is a letter or digit in a text."""
    return any(character.isalnum() for character in text)


def joined(places: Iterable[Range], text: str) -> Range:
    """The range that places fill together; refuses places with more than space between them."""
    (start, end), *others = sorted(places)
    for first, last in others:
        if text[end:first].strip():
            raise JoinApartError
        end = max(end, last)
    return start, end


def with_alike(session: Session, rows: Sequence[Coding]) -> list[Coding]:
    """These codings of one coder, and that coder's others on the same places that are shown under the same codes."""
    likeness, documents = Likeness(session), list({row.document_id for row in rows})
    starts = {} if corrected(session, documents) else {"starts": list({row.start for row in rows})}
    near = ask(session, _NEAR if starts else _IN_DOCUMENTS, coder=rows[0].coder_id, documents=documents, **starts)
    given, wanted = {row.id for row in rows}, {likeness.of(row) for row in rows}
    alike = [row.id for row in near if row.id not in given and likeness.of(row) in wanted]
    return [*rows, *(session.get_one(Coding, coding) for coding in alike)]


_IN_DOCUMENTS = select(*COLUMNS).where(
    Coding.alive,
    Coding.coder_id == bindparam("coder"),
    Coding.document_id.in_(bindparam("documents", expanding=True)),
)
_NEAR = _IN_DOCUMENTS.where(Coding.start.in_(bindparam("starts", expanding=True)))


def unite(session: Session, rows: Sequence[Coding]) -> None:
    """Leave one coding where its coder now has the same code on the same place several times."""
    session.flush()
    same: dict[tuple[Any, ...], list[Coding]] = {}
    likeness = Likeness(session)
    for row in with_alike(session, rows):
        same.setdefault((*likeness.of(row), row.code_id), []).append(row)
    for kept, *others in same.values():
        absorb(session, kept, others)


def absorb(session: Session, kept: Coding, others: Sequence[Coding]) -> None:
    """Let one coding say what others say, take those away, and keep it older if one of them is."""
    now = session.get_one(Code, merged_codes(session).get(kept.code_id, kept.code_id)).version_id
    for row in others:
        kept.comment = "\n".join(dict.fromkeys(comment for comment in (kept.comment, row.comment) if comment))
        kept.certainty = "unsure" if "unsure" in {kept.certainty, row.certainty} else kept.certainty
        kept.illustrative = kept.illustrative or row.illustrative
        kept.negative_case = kept.negative_case or row.negative_case
        kept.weight = row.weight if kept.weight is None else kept.weight
        kept.origin = "hand" if "hand" in {kept.origin, row.origin} else kept.origin
        kept.code_version_id = row.code_version_id if kept.code_version_id == now else kept.code_version_id
        row.alive = False
