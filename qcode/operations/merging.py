"""Codes that turn out to be one, and a code that turns out to be several."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import fields

from sqlalchemy import select
from sqlalchemy.orm import Session

from qcode.errors import QcodeError
from qcode.ids import CodeId, CoderId
from qcode.models import Code, CodeVersion
from qcode.models.blindness import hidden_codes
from qcode.models.merging import merged_codes
from qcode.models.proposing import status_of_new
from qcode.operations.codebook import Definition, add_version, next_slot
from qcode.operations.lookup import acting, last_position, standing_code, tidy_name
from qcode.operations.outline import position_behind, refuse_known_sibling
from qcode.study import Study
from qcode.text.ordering import between


class NothingToMergeError(QcodeError):
    """No code was chosen."""

    def __init__(self) -> None:
        super().__init__("Choose the codes to merge first.")


class MergeIntoItselfError(QcodeError):
    """The target is among the codes to merge."""

    def __init__(self, name: str) -> None:
        super().__init__(f"“{name}” can't be merged into itself. Choose another code to merge it into.")


class NoTargetError(QcodeError):
    """Codings would be shown under something that is not put on passages."""

    def __init__(self, name: str, why: str) -> None:
        super().__init__(f"“{name}” is {why}, so no code can be merged into it. Choose a code that is in use.")


class NothingToSplitIntoError(QcodeError):
    """No new code was named."""

    def __init__(self) -> None:
        super().__init__("Name at least one code to split off.")


def merge_codes(study: Study, codes: Sequence[CodeId], *, into: CodeId) -> None:
    """Let codes stand for another one: their codings stay as they were made and are shown under that one.

    What stands below them moves below the target; a target that stands below a merged code moves to its place.
    """
    if not codes:
        raise NothingToMergeError
    label = "Merge {code} into {into}" if len(codes) == 1 else "Merge {count} codes into {into}"
    with study.transact(label, args={"code": codes[0], "count": len(codes), "into": into}) as session:
        target = standing_code(session, into)
        for code in dict.fromkeys(codes):
            let_stand_for(session, standing_code(session, code), target)


def let_stand_for(session: Session, row: Code, target: Code) -> None:
    """Merge one code into another, and find places for what stood below it."""
    _refuse_target(row, target)
    line = _line(session, target)
    row.status, row.merged_into_id = "merged", target.id
    session.flush()
    _hand_over(session, row, target, line)


def split_code(study: Study, code: CodeId, *, names: Sequence[str], reason: str = "") -> list[CodeId]:
    """Add codes beside one that turned out to be several, and begin a new version of its definition.

    Every coding of the code is thereby one under an older definition, until it is recoded or confirmed.
    """
    author, tidied = acting(study.coder), tidy_names(names)
    with study.transact("Split {code}", args={"code": code}) as session:
        return split_off(session, standing_code(session, code), tidied, author, reason)


def tidy_names(names: Sequence[str]) -> list[str]:
    """The names of codes to split off; refuses none."""
    tidied = [tidy_name("code", name) for name in names]
    if not tidied:
        raise NothingToSplitIntoError
    return tidied


def split_off(session: Session, row: Code, names: Sequence[str], author: CoderId, reason: str) -> list[CodeId]:
    """Add codes behind one that turned out to be several, and begin a new version of its definition."""
    made = [CodeId(row.id)]
    for name in names:
        made.append(_add_behind(session, row, made[-1], name, author))
    why = reason.strip() or f"Split: {', '.join(f'“{name}”' for name in names)} are codes of their own."
    add_version(session, row, definition_now(session, row), author, why)
    return made[1:]


def _refuse_target(row: Code, target: Code) -> None:
    if row is target:
        raise MergeIntoItselfError(row.name)
    if target.status == "retired":
        raise NoTargetError(target.name, "no longer in use")
    if target.status == "declined":
        raise NoTargetError(target.name, "a proposal that was declined")
    if target.kind != "codable" and row.kind == "codable":
        raise NoTargetError(target.name, "a category that gathers codes")


def _line(session: Session, code: Code) -> set[str]:
    """A code and all codes above it."""
    merged, line = merged_codes(session), set[str]()
    current: Code | None = code
    while current is not None and current.id not in line:
        line.add(current.id)
        parent = current.parent_id or ""
        current = session.get(Code, merged.get(parent, parent))
    return line


def _hand_over(session: Session, row: Code, target: Code, line: Collection[str]) -> None:
    """Find places for what stood below a code that was merged away; `line` is the target's before that."""
    children = select(Code).where(Code.alive, Code.parent_id == row.id, Code.status != "merged")
    for child in session.scalars(children.order_by(Code.position, Code.id)).all():
        takes_its_place = child.id in line
        parent = row.parent_id if takes_its_place else target.id
        refuse_known_sibling(session, Code, child.name, parent, apart_from=child.id)
        last = last_position(session, Code, Code.parent_id == target.id)
        child.parent_id, child.position = parent, row.position if takes_its_place else between(last, None)
        session.flush()


def _add_behind(session: Session, sibling: Code, behind: CodeId, name: str, author: str) -> CodeId:
    refuse_known_sibling(session, Code, name, sibling.parent_id, unseen=hidden_codes(session, author))
    position = position_behind(session, Code, behind, Code.parent_id.is_(sibling.parent_id))
    code = Code(name=name, parent_id=sibling.parent_id, position=position, palette_slot=next_slot(session))
    code.split_from_id, code.status = sibling.id, status_of_new(session, author)
    session.add(code)
    add_version(session, code, Definition(), author, reason="")
    session.flush()
    return CodeId(code.id)


def definition_now(session: Session, code: Code) -> Definition:
    """The definition of a code as it stands."""
    current = session.get(CodeVersion, code.version_id) if code.version_id else None
    if current is None:
        return Definition()
    return Definition(**{field.name: getattr(current, field.name) for field in fields(Definition)})
