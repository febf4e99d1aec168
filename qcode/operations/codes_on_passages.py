"""Codes that can be put on passages, and those that are on them already."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from qcode.errors import QcodeError
from qcode.models import Code, Coding
from qcode.models.alike import corrected
from qcode.models.blindness import hidden_codes
from qcode.models.merging import merged_codes, with_merged
from qcode.models.positions import Positions
from qcode.models.statements import ask
from qcode.operations.extents import placed
from qcode.operations.lookup import GoneError, standing_code
from qcode.operations.passages import Anchor


class NotCodableError(QcodeError):
    """A category or a retired code was applied."""

    def __init__(self, name: str, why: str) -> None:
        super().__init__(f"“{name}” is {why}. Choose another code.")


def codable_version(session: Session, code: str, coder: str) -> str | None:
    """The version of the definition under which a code is put on a passage; refuses what cannot be applied."""
    found = ask(session, _CODE, code=code).one_or_none()
    if found is None:
        raise GoneError(Code.__tablename__)
    name, kind, status, version = found
    if status == "merged":
        standing_code(session, code)
    if kind != "codable":
        raise NotCodableError(name, "a category that gathers codes")
    if status == "retired":
        raise NotCodableError(name, "no longer in use")
    if status == "declined":
        raise NotCodableError(name, "a proposal that the lead declined")
    if status == "proposed" and code in hidden_codes(session, coder):
        raise GoneError(Code.__tablename__)
    return version


def known_codings(session: Session, anchor: Anchor, codes: Iterable[str], coder: str, round_id: str) -> list[Coding]:
    """The coder's codings with one of these codes on exactly a place of the current text."""
    place = {} if corrected(session, [anchor.document]) else {"start": anchor.start, "end": anchor.end}
    wanted = {"document": anchor.document, "codes": list(codes), "coder": coder, "round_id": round_id}
    found = ask(session, _CODED_SO if place else _CODED, **wanted, **place)
    rows = [session.get_one(Coding, coding) for coding in found.scalars()]
    positions = Positions(session)
    return [row for row in rows if placed(positions, row) == (anchor.start, anchor.end)]


def coded_places(
    session: Session, documents: Iterable[str], code: str, coder: str, round_id: str
) -> set[tuple[str, int, int]]:
    """Where in the current texts a coder has a code already, or one that was merged into it."""
    own = Coding.alive, Coding.coder_id == coder, Coding.round_id == round_id, Coding.layer == "coder"
    known = Coding.code_id.in_(with_merged([code], merged_codes(session)))
    positions = Positions(session)
    rows = session.scalars(select(Coding).where(*own, known, Coding.document_id.in_(list(documents))))
    return {(row.document_id, *placed(positions, row)) for row in rows}


_CODE = select(Code.name, Code.kind, Code.status, Code.version_id).where(Code.alive, Code.id == bindparam("code"))
_CODED = select(Coding.id).where(
    Coding.alive,
    Coding.document_id == bindparam("document"),
    Coding.code_id.in_(bindparam("codes", expanding=True)),
    Coding.coder_id == bindparam("coder"),
    Coding.round_id == bindparam("round_id"),
    Coding.layer == "coder",
)
_CODED_SO = _CODED.where(Coding.start == bindparam("start"), Coding.end == bindparam("end"))
