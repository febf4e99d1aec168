"""Sets of codes: choices across the tree that people look at together."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from qcode.ids import CodeId, CodeSetId, derived_id, new_id
from qcode.models import CodeSet, CodeSetMember
from qcode.models.merging import merged_codes
from qcode.operations.lookup import NameTakenError, last_position, living, standing_code, tidy_name
from qcode.operations.outline import position_behind
from qcode.study import Study
from qcode.text.ordering import between

_KIND = "set of codes"


def add_set(study: Study, *, name: str, codes: Sequence[CodeId] = ()) -> CodeSetId:
    """Add a set behind the others, with the codes that it begins with; names of sets are unique."""
    tidy = tidy_name(_KIND, name)
    made = CodeSetId(new_id())
    with study.transact("Add set {code_set}", args={"code_set": made}) as session:
        _refuse_known_name(session, tidy)
        session.add(CodeSet(id=made, name=tidy, position=between(last_position(session, CodeSet), None)))
        _put_in(session, made, codes)
    return made


def rename_set(study: Study, code_set: CodeSetId, *, name: str) -> None:
    """Give a set another name."""
    tidy = tidy_name(_KIND, name)
    with study.transact("Rename set {code_set}", args={"code_set": code_set}) as session:
        row = living(session, CodeSet, code_set)
        if row.name != tidy:
            _refuse_known_name(session, tidy, apart_from=code_set)
            row.name = tidy


def make_exclusive(study: Study, code_set: CodeSetId, *, exclusive: bool) -> None:
    """Say whether the codes of a set exclude each other, so that no passage has two of them."""
    label = "Let codes of {code_set} exclude each other" if exclusive else "Let codes of {code_set} meet"
    with study.transact(label, args={"code_set": code_set}) as session:
        living(session, CodeSet, code_set).exclusive = exclusive


def move_set(study: Study, code_set: CodeSetId, *, after: CodeSetId | None = None) -> None:
    """Put a set behind another one, or first of all."""
    with study.transact("Move set {code_set}", args={"code_set": code_set}) as session:
        row = living(session, CodeSet, code_set)
        row.position = position_behind(session, CodeSet, after, CodeSet.id != code_set)


def remove_set(study: Study, code_set: CodeSetId) -> None:
    """Take a set away; its codes stay in the codebook."""
    with study.transact("Remove set {code_set}", args={"code_set": code_set}) as session:
        living(session, CodeSet, code_set).alive = False


def put_in_set(study: Study, code_set: CodeSetId, *, codes: Sequence[CodeId]) -> None:
    """Let a set hold these codes too."""
    with study.transact("Put codes in {code_set}", args={"code_set": code_set}) as session:
        living(session, CodeSet, code_set)
        _put_in(session, code_set, codes)


def take_from_set(study: Study, code_set: CodeSetId, *, codes: Sequence[CodeId]) -> None:
    """Let a set no longer hold these codes, nor those that were merged into them."""
    with study.transact("Take codes from {code_set}", args={"code_set": code_set}) as session:
        living(session, CodeSet, code_set)
        merged, chosen = merged_codes(session), set(codes)
        held = select(CodeSetMember).where(CodeSetMember.alive, CodeSetMember.set_id == code_set)
        for member in session.scalars(held):
            if merged.get(member.code_id, member.code_id) in chosen:
                member.alive = False


def _put_in(session: Session, code_set: str, codes: Sequence[CodeId]) -> None:
    for code in dict.fromkeys(codes):
        standing_code(session, code)
        key = derived_id("code_set_member", code_set, code)
        member = session.get(CodeSetMember, key)
        if member is None:
            session.add(CodeSetMember(id=key, set_id=code_set, code_id=code))
        else:
            member.alive = True


def _refuse_known_name(session: Session, name: str, *, apart_from: str = "") -> None:
    taken = CodeSet.alive, func.casefold(CodeSet.name) == name.casefold(), CodeSet.id != apart_from
    same = select(CodeSet.id).where(*taken)
    if session.scalar(same):
        raise NameTakenError(_KIND, name)
