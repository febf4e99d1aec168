"""Trees of named rows, as codes and themes form them: unique names among siblings, no cycles, an order."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from qcode.errors import QcodeError
from qcode.models import Code, CodeSet, Memo, Quote, Row, Theme
from qcode.operations.lookup import NameTakenError, living
from qcode.text.ordering import between

type Branch = Code | Theme


class CycleError(QcodeError):
    """A row would stand below itself."""

    def __init__(self, name: str) -> None:
        super().__init__(f"“{name}” can't be moved below itself. Choose another place for it.")


def refuse_known_sibling[B: Branch](
    session: Session,
    kind: type[B],
    name: str,
    parent: str | None,
    *,
    apart_from: str = "",
    unseen: Collection[str] = (),
) -> None:
    """Refuse a name that a living sibling has already, whatever its case; of those `unseen` nothing is told."""
    same = select(kind.id).where(
        kind.alive,
        kind.parent_id.is_(parent),
        func.casefold(kind.name) == name.casefold(),
        kind.id.not_in([apart_from, *unseen]),
        *_standing(kind),
    )
    if session.scalar(same):
        raise NameTakenError(kind.__tablename__, name)


def move_branch[B: Branch](
    session: Session, kind: type[B], row: B, *, parent: str | None, after: str | None, unseen: Collection[str] = ()
) -> None:
    """Put a row below another parent, behind a sibling or first of all; refuses cycles and names taken there."""
    refuse_cycle(session, kind, row, parent)
    if parent is not None:
        living(session, kind, parent)
    refuse_known_sibling(session, kind, row.name, parent, apart_from=row.id, unseen=unseen)
    row.position = position_behind(session, kind, after, kind.parent_id.is_(parent), kind.id != row.id)
    row.parent_id = parent


def position_behind[O: Code | CodeSet | Memo | Quote | Theme](
    session: Session, kind: type[O], after: str | None, *among: ColumnElement[bool]
) -> str:
    """The order key right behind one of the living rows that meet the conditions, or ahead of them all."""
    rows = session.execute(select(kind.id, kind.position).where(kind.alive, *among).order_by(kind.position)).all()
    index = next((number for number, row in enumerate(rows, 1) if row.id == after), 0)
    before = rows[index - 1].position if index else None
    return between(before, rows[index].position if index < len(rows) else None)


def with_descendants[B: Branch](session: Session, kind: type[B], row: B) -> list[B]:
    """A row and all living rows below it."""
    out = [row]
    for branch in out:
        children = session.scalars(select(kind).where(kind.alive, kind.parent_id == branch.id))
        out += [child for child in children if child not in out]
    return out


def _standing(kind: type[Row]) -> tuple[ColumnElement[bool], ...]:
    """Merged codes have left their place: their names are free again."""
    return (Code.status != "merged",) if kind is Code else ()


def refuse_cycle[B: Branch](session: Session, kind: type[B], row: B, parent: str | None) -> None:
    """Refuse a parent that stands below the row, or is the row itself."""
    walked: set[str] = set()
    while parent is not None and parent not in walked:
        if parent == row.id:
            raise CycleError(row.name)
        walked.add(parent)
        above = session.get(kind, parent)
        parent = above.parent_id if above else None
