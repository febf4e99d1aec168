"""Collecting: what copies of the study hold comes together, and can be taken apart again.

A merge writes no step. It takes in the steps that the other copy has and this one has not, in one commit, and leaves a
receipt in this copy alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from qcode.errors import QcodeError
from qcode.ids import CoderId, new_id
from qcode.models import Coder, receipts, storage
from qcode.models.arrivals import IncompleteHistory, StandingOn, store, take_out
from qcode.models.copies import found, the_copy
from qcode.models.erasure import drop_texts, note
from qcode.models.hand_outs import expected, note_collected, note_hand_out
from qcode.models.handing_out import fill, hand_out_of
from qcode.models.handing_out import owner as handed_out_to
from qcode.models.journal import Step
from qcode.models.labels import describe
from qcode.models.search_index import make_anew
from qcode.models.uniting import Union
from qcode.operations.leading import refuse_unless_lead
from qcode.study import NoCoderError, Study, UnknownCoderError


class UnknownReceiptError(QcodeError):
    """There was no such merge."""

    def __init__(self) -> None:
        super().__init__("This copy of the study knows no such merge. It can be taken back only where it was made.")


class PutAwayError(QcodeError):
    """The merge was taken back before."""

    def __init__(self) -> None:
        super().__init__("That merge was taken back already. Merge the file again to have it once more.")


class FinalMergeError(QcodeError):
    """The merge brought a redaction."""

    def __init__(self) -> None:
        super().__init__("That merge brought a redaction, and what was redacted does not come back. It stays.")


class MergeHeldError(QcodeError):
    """Later work stands on what was merged."""

    def __init__(self, later: str = "", who: str = "") -> None:
        work = f"“{later}” by {who}" if later else "later work"
        super().__init__(f"That merge can't be taken back: {work} stands on it. Take that back first.")


class HandedOutHandsOutError(QcodeError):
    """A file that was handed out to one coder was to be handed out to another."""

    def __init__(self) -> None:
        super().__init__(
            "This file was handed out to one coder, so it holds a part of the study. Hand out from the lead's file."
        )


@dataclass(frozen=True, slots=True)
class Merged:
    """What a merge took in: its receipt (None if there was nothing new), and how many steps, changes and rows."""

    receipt: int | None
    steps: int
    changes: int
    rows: int
    erased: bool


def merge(study: Study, other: Path) -> Merged:
    """Take in what another copy of the study holds.

    Doing it again, or with more copies in whatever order, gives the same study. Refused, with nothing changed: this
    very file, another study, one that is damaged, newer or in use, and one whose past differs.
    """
    return _take_in(study, other, handed_in=False)


def hand_in(study: Study, other: Path) -> Merged:
    """Take in what a coder did in the file that was handed out to them; new work by anybody else in it is refused.

    Refused as a merge is, and where the file was not handed out to anybody.
    """
    return _take_in(study, other, handed_in=True)


def collect(study: Study, other: Path) -> Merged:
    """Take in a file as what it is: what was handed out is handed in, any other copy is merged.

    Into a file that was itself handed out everything is merged, such as a later hand-out of the lead's.
    """
    return _take_in(study, other, handed_in=None)


def hand_out(study: Study, coder: CoderId, path: Path) -> int:
    """Make a study file for one coder, as the lead: what all share, and what is theirs. Says how many rows it holds.

    Colleagues' codings, comments, memos and quotes are not in it, nor the steps that wrote them. What is there
    already is not written over. That the file went out is noted in this copy alone.
    """
    with study.read() as session:
        refuse_unless_lead(session, study.coder)
        if handed_out_to(session.connection()) is not None:
            raise HandedOutHandsOutError
        if session.get(Coder, coder) is None:
            raise UnknownCoderError
    number = new_id()
    with _new_file(path) as made:
        with study.read() as session, storage.told(path), Session(made.writer, autoflush=False) as writing:
            rows = fill(writing, session.connection(), coder, number)
            writing.commit()
        with study.local() as noting:
            note_hand_out(noting, number, coder=coder, file=path.name)
    return rows


@contextmanager
def _new_file(path: Path) -> Iterator[storage.Storage]:
    """An empty study file, which goes again if it is not filled."""
    made, whole = storage.create(path), False
    try:
        yield made
        whole = True
    finally:
        made.close()
        if not whole:
            path.unlink(missing_ok=True)


def _take_in(study: Study, other: Path, *, handed_in: bool | None) -> Merged:
    if study.coder is None:
        raise NoCoderError
    with the_copy(other, beside=study.path) as copy, _told(other), study.exchange() as session:
        union = found(session, copy, only=expected(session, copy, handed_in=handed_in))
        if (number := hand_out_of(copy.connection)) is not None:
            note_collected(session, number)
        if not union:
            return Merged(None, 0, 0, 0, erased=False)
        store(session, union, copy.connection)
        receipt = _keep(session, study.coder, other, union)
        if union.erases:
            _erase(session, receipt)
    if union.erases:
        study.finish_erasing()
    return Merged(receipt, len(union.steps), len(union.new), len(union.histories), union.erases)


def take_back(study: Study, receipt: int) -> None:
    """Take a merge out of this copy again, as the lead, or as the coder to whom this file was handed out.

    Refused when later work stands on it, or it brought a redaction.
    """
    with study.exchange() as session:
        if handed_out_to(session.connection()) != study.coder:
            refuse_unless_lead(session, study.coder)
        known = next((one for one in receipts.receipts(session) if one.id == receipt), None)
        if known is None:
            raise UnknownReceiptError
        if known.state != "held":
            raise PutAwayError
        if known.final:
            raise FinalMergeError
        steps, changes = receipts.parts_of(session, receipt)
        try:
            floor = take_out(session, steps, changes)
        except StandingOn as standing:
            raise _held(session, standing.step) from None
        receipts.put_away(session, receipt, floor)


@contextmanager
def _told(path: Path) -> Iterator[None]:
    """What the file lacks is seen when it is written, at the latest at the commit."""
    try:
        yield
    except (IncompleteHistory, IntegrityError) as error:
        raise storage.DamagedStudyError(path) from error


def _keep(session: Session, coder: str, other: Path, union: Union) -> int:
    redacted = any('"redaction"' in header.args for header in union.steps.values())
    return receipts.keep(
        session,
        coder=coder,
        source=other.name,
        final=union.erases or redacted,
        steps=union.steps,
        changes=[key for key in union.new if key[0] not in union.steps],
    )


def _erase(session: Session, receipt: int) -> None:
    """What was redacted in the other copy goes from this one too, from texts, index and free pages."""
    drop_texts(session)
    make_anew(session)
    note(session, f"merge {receipt}")


def _held(session: Session, step: str | None) -> MergeHeldError:
    if step is None:
        return MergeHeldError()
    later = session.get_one(Step, step)
    who = session.get(Coder, later.coder_id)
    return MergeHeldError(describe(session, later.label, later.args), who.name if who else "a colleague")
