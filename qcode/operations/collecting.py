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
from qcode.ids import CoderId
from qcode.models import Coder, receipts, storage
from qcode.models.arrivals import IncompleteHistory, StandingOn, store, take_out
from qcode.models.copies import found, the_copy
from qcode.models.erasure import drop_texts, note
from qcode.models.handing_out import fill
from qcode.models.journal import Step
from qcode.models.labels import describe
from qcode.models.search_index import make_anew
from qcode.models.uniting import Union
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


def hand_out(study: Study, coder: CoderId, path: Path) -> int:
    """Make a study file for one coder: what all share, and what is theirs. Says how many rows it holds.

    Colleagues' codings, comments, memos and quotes are not in it, nor the steps that wrote them. What is there
    already is not written over.
    """
    with study.read() as session:
        if session.get(Coder, coder) is None:
            raise UnknownCoderError
        made = storage.create(path)
        try:
            with storage.told(path), Session(made.writer, autoflush=False) as writing, writing.begin():
                return fill(writing, session.connection(), coder)
        except BaseException:
            made.close()
            path.unlink(missing_ok=True)
            raise
        finally:
            made.close()


def _take_in(study: Study, other: Path, *, handed_in: bool) -> Merged:
    if study.coder is None:
        raise NoCoderError
    with the_copy(other, beside=study.path) as copy, _told(other), study.exchange() as session:
        union = found(session, copy, only=copy.owner_of() if handed_in else None)
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
    """Take a merge out of this copy again; refused when later work stands on it, or it brought a redaction."""
    with study.exchange() as session:
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
