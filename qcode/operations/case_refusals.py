"""What speaks against deciding a case, looked up before anything is written."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import batched
from typing import Protocol

from sqlalchemy import select
from sqlalchemy.orm import Session

from qcode.errors import QcodeError
from qcode.ids import CoderId
from qcode.models import Assignment, Coder, Coding, Document, Round
from qcode.models.blindness import hidden_from
from qcode.models.merging import merged_codes
from qcode.models.positions import Positions
from qcode.models.troubles import texts_apart
from qcode.operations.lookup import living, standing_code
from qcode.reconciliation import REASONS, STANCES, Mark


class NotYetHandedInError(QcodeError):
    """A case rests on work that is not handed in."""

    def __init__(self, document: str, coders: Sequence[str]) -> None:
        who = coders[0] if len(coders) == 1 else f"{', '.join(coders[:-1])} and {coders[-1]}"
        super().__init__(
            f"{who} {'has' if len(coders) == 1 else 'have'} not handed in “{document}”, so there is nothing to settle "
            "in it yet. Whoever coded it hands it in first, with “Hand in…” in the menu Study."
        )


class TwoTextsError(QcodeError):
    """The text of a document was corrected in two copies, and nobody has chosen one."""

    def __init__(self, document: str) -> None:
        super().__init__(
            f"The text of “{document}” was corrected in two copies, and nobody has chosen one yet. Settle that first, "
            "in Transcripts, tab Team."
        )


class SealedCaseError(QcodeError):
    """The acting coder codes the same text blind and has not handed in."""

    def __init__(self) -> None:
        super().__init__("That is about work that is sealed until you have handed in your own. Do so first.")


class BlindExampleError(QcodeError):
    """A passage was to be an example in the codebook while somebody codes its document blind."""

    def __init__(self, document: str, coders: Sequence[str]) -> None:
        super().__init__(
            f"“{document}” is still coded blind by {' and '.join(coders)}, and everybody reads the codebook: an "
            "example would tell how others coded it. Add it when they have handed in."
        )


class CaseGoneError(QcodeError):
    """The codings of a case are others by now."""

    def __init__(self, document: str) -> None:
        super().__init__(f"The codings of this case in “{document}” have changed meanwhile. Look at the list again.")


class NothingLeftToDecideError(QcodeError):
    """No codings are left of a case, only what was decided about it."""

    def __init__(self) -> None:
        super().__init__(
            "The coders do not differ here any more: nothing is left to decide. Withdraw the decision, or leave it."
        )


class NotToKeepError(QcodeError):
    """A code would be kept that is not put on passages."""

    def __init__(self, name: str, why: str) -> None:
        super().__init__(f"“{name}” is {why}, so it can't be kept. Keep another code, or nothing.")


class NothingDecidedError(QcodeError):
    """There is no verdict to speak about, or none that could be written."""

    def __init__(self) -> None:
        super().__init__("Nothing is decided here: choose what is kept of at least one case that it fits.")


class NotThereError(QcodeError):
    """The lead would speak for somebody who was not there."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"{name} was not there when this was decided, and says so in their own file. "
            "Or add them to those who were there, and decide again."
        )


class UnknownReasonError(QcodeError):
    """A reason that qcode does not count."""

    def __init__(self, reason: str) -> None:
        super().__init__(f"“{reason[:40]}” is no reason that is counted. Use one of: {', '.join(REASONS)}; or a note.")


class UnknownStanceError(QcodeError):
    """A stance that there is not."""

    def __init__(self, stance: str) -> None:
        super().__init__(f"“{stance[:40]}” is no stance. Use one of: {', '.join(STANCES)}.")


class _Placed(Protocol):
    """Where a case is, and what it rests on."""

    @property
    def round(self) -> str: ...
    @property
    def document(self) -> str: ...
    @property
    def marks(self) -> Sequence[Mark]: ...


def refuse_places(session: Session, coder: CoderId | None, cases: Iterable[_Placed]) -> None:
    """Refuse cases in rounds or documents that are gone, have two texts, are sealed, or are not handed in."""
    hidden, apart = hidden_from(session, coder), texts_apart(session)
    judged: dict[tuple[str, str], set[str]] = {}
    for case in cases:
        judged.setdefault((case.round, case.document), set()).update(mark.coder for mark in case.marks)
    for (round_id, document), coders in judged.items():
        living(session, Round, round_id)
        name = living(session, Document, document).name
        if document in apart:
            raise TwoTextsError(name)
        if (round_id, document) in hidden:
            raise SealedCaseError
        _refuse_unfinished(session, round_id, document, name, coders)


def refuse_while_coded_blind(session: Session, case: _Placed) -> None:
    """Refuse to tell everybody of a case whose document somebody has yet to code without knowing of colleagues."""
    known = session.scalars(select(Coder).where(Coder.alive).order_by(Coder.name, Coder.id)).all()
    still = [one.name for one in known if (case.round, case.document) in hidden_from(session, one.id)]
    if still:
        raise BlindExampleError(living(session, Document, case.document).name, still)


def refuse_gone(session: Session, cases: Sequence[_Placed]) -> None:
    """Refuse cases whose codings were removed, moved or recoded since they were looked at."""
    found = _codings(session, [mark.coding for case in cases for mark in case.marks])
    merged, positions = merged_codes(session), Positions(session)
    for case in cases:
        for mark in case.marks:
            row = found.get(mark.coding)
            if row is None or not _is_same(row, case, mark, merged, positions):
                raise CaseGoneError(living(session, Document, case.document).name)


def refuse_codes(session: Session, codes: Iterable[str]) -> None:
    """Refuse to keep codes that are not in use."""
    for code in sorted(codes):
        row = standing_code(session, code)
        if (why := _WHY_NOT.get(row.status)) is not None:
            raise NotToKeepError(row.name, why)
        if row.kind != "codable":
            raise NotToKeepError(row.name, "a category that gathers codes")


_WHY_NOT: Mapping[str, str] = {
    "retired": "no longer in use",
    "proposed": "only proposed so far",
    "declined": "a proposal that was declined",
    "merged": "merged into another code",
}


def _refuse_unfinished(session: Session, round_id: str, document: str, name: str, coders: Collection[str]) -> None:
    done = select(Assignment.coder_id).where(
        Assignment.alive,
        Assignment.round_id == round_id,
        Assignment.document_id == document,
        Assignment.state == "handed in",
    )
    unfinished = set(coders) - set(session.scalars(done))
    if unfinished:
        names = session.scalars(select(Coder.name).where(Coder.id.in_(unfinished)).order_by(Coder.name)).all()
        raise NotYetHandedInError(name, names or ["A coder"])


def _codings(session: Session, ids: Sequence[str]) -> dict[str, Coding]:
    found: dict[str, Coding] = {}
    for some in batched(ids, 500):
        found |= {row.id: row for row in session.scalars(select(Coding).where(Coding.alive, Coding.id.in_(some)))}
    return found


def _is_same(row: Coding, case: _Placed, mark: Mark, merged: Mapping[str, str], positions: Positions) -> bool:
    made = (row.round_id, row.document_id, row.coder_id, merged.get(row.code_id, row.code_id))
    if made != (case.round, case.document, mark.coder, mark.code):
        return False
    return positions.place(row.document_id, row.revision_id, row.start, row.end)[:2] == mark.place
