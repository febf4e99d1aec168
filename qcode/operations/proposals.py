"""What becomes of codes that coders made while blind: the lead adopts, merges or declines them."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from qcode.errors import QcodeError
from qcode.ids import CodeId, CoderId
from qcode.models import Code
from qcode.models.blindness import SUGGESTED, hidden_codes
from qcode.operations.leading import refuse_unless_lead
from qcode.operations.lookup import standing_code, tidy_name, tidy_text
from qcode.operations.merging import NoTargetError, let_stand_for
from qcode.operations.outline import move_branch, refuse_known_sibling
from qcode.study import Study


class NothingProposedError(QcodeError):
    """No proposal was chosen."""

    def __init__(self) -> None:
        super().__init__("Choose a proposed code first.")


class NotProposedError(QcodeError):
    """The code is part of the codebook already."""

    def __init__(self, name: str) -> None:
        super().__init__(f"“{name}” is no proposal: it is part of the codebook. Change it in the Code room.")


class SealedProposalError(QcodeError):
    """The lead codes the same documents and has not handed in."""

    def __init__(self) -> None:
        super().__init__(
            "That proposal was made in work that is sealed until you have handed in your own. Do so first."
        )


class AnswerMissingError(QcodeError):
    """A proposal was to be declined without a word."""

    def __init__(self) -> None:
        super().__init__("Say in a line why the proposal is declined: its coder reads it.")


def adopt(
    study: Study, codes: Sequence[CodeId], *, into: CodeId | None = None, name: str | None = None, answer: str = ""
) -> CodeId:
    """Make a proposal part of the codebook; of several, the first stands for all from now on.

    It may be given another name, and a place below another code (`into`); proposals above it are adopted with it.
    Codings stay as they were made. Only the lead does this; it is undone at one stroke.
    """
    label = "Adopt {code}" if len(codes) < 2 else "Adopt {code} for {count} proposals"
    with study.transact(label, args=_args(codes)) as session:
        first, *others = _proposed(session, study.coder, codes)
        for other in others:
            other.answer = tidy_text("answer", answer)
            let_stand_for(session, other, first)
        first.name, first.answer = first.name if name is None else tidy_name("code", name), tidy_text("answer", answer)
        if into is not None and into != first.parent_id:
            _put_below(session, first, standing_code(session, into))
        for row in _line(session, first):
            row.status = "active"
            refuse_known_sibling(session, Code, row.name, row.parent_id, apart_from=row.id)
        return CodeId(first.id)


def merge_into(study: Study, codes: Sequence[CodeId], *, into: CodeId, answer: str = "") -> None:
    """Let a code of the codebook stand for proposals, whose codings stay as they were made. Only the lead does this."""
    label = "Merge proposal {code} into {into}" if len(codes) < 2 else "Merge {count} proposals into {into}"
    with study.transact(label, args=_args(codes) | {"into": into}) as session:
        rows, target = _proposed(session, study.coder, codes), standing_code(session, into)
        if target.status in SUGGESTED:
            raise NoTargetError(target.name, "only proposed itself")
        for row in rows:
            row.answer = tidy_text("answer", answer)
            let_stand_for(session, row, target)


def decline(study: Study, codes: Sequence[CodeId], *, answer: str) -> None:
    """Keep proposals out of the codebook, with an answer to those who made them.

    They can't be applied any more; codings that were made with them stay, as their coders'. Only the lead does this.
    """
    said = tidy_text("answer", answer)
    if not said:
        raise AnswerMissingError
    label = "Decline {code}" if len(codes) < 2 else "Decline {count} proposals"
    with study.transact(label, args=_args(codes)) as session:
        for row in _proposed(session, study.coder, codes):
            row.status, row.answer = "declined", said


def _args(codes: Sequence[CodeId]) -> dict[str, object]:
    return {"code": codes[0] if codes else None, "count": len(codes)}


def _proposed(session: Session, coder: CoderId | None, codes: Sequence[CodeId]) -> list[Code]:
    """These codes, which must be proposals that the acting coder leads and may know of; also ones once declined."""
    refuse_unless_lead(session, coder)
    if not codes:
        raise NothingProposedError
    sealed = hidden_codes(session, coder)
    rows = [standing_code(session, code) for code in dict.fromkeys(codes)]
    for row in rows:
        if row.status not in SUGGESTED:
            raise NotProposedError(row.name)
        if row.id in sealed:
            raise SealedProposalError
    return rows


def _put_below(session: Session, row: Code, parent: Code) -> None:
    if parent.status == "declined":
        raise NoTargetError(parent.name, "a proposal that was declined")
    siblings = select(Code.id).where(Code.alive, Code.parent_id == parent.id)
    last = session.scalar(siblings.order_by(Code.position.desc(), Code.id.desc()).limit(1))
    move_branch(session, Code, row, parent=parent.id, after=last)
    session.flush()


def _line(session: Session, row: Code) -> list[Code]:
    """A proposal, and those that it stands below."""
    line = [row]
    while line[-1].parent_id is not None:
        above = session.get(Code, line[-1].parent_id)
        if above is None or above in line or above.status != "proposed":
            break
        line.append(above)
    return line
