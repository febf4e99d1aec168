"""Where codes go when they are moved by keys: up, down, below the code above, out of their parent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from qcode.errors import QcodeError
from qcode.ids import CodeId
from qcode.queries.codebook.tree import CodeRow

type Way = Literal["up", "down", "in", "out"]


class DifferentParentsError(QcodeError):
    """Codes from several places were to be moved by a step."""

    def __init__(self) -> None:
        super().__init__("Codes of different parents can't be moved by a step. Cut them, and paste them where they go.")


@dataclass(frozen=True, slots=True)
class Target:
    """A place in the tree: below a parent, behind one of its children or first of all."""

    parent: CodeId | None
    after: CodeId | None


def parent_of(row: CodeRow) -> CodeId | None:
    """The code above one as the tree shows it."""
    return row.parent if row.depth else None


def topmost(rows: Sequence[CodeRow], chosen: Sequence[CodeRow]) -> list[CodeRow]:
    """The chosen codes without those that another chosen one stands above, in the order of the tree."""
    keys, gone = {row.id for row in chosen}, set[CodeId]()
    out: list[CodeRow] = []
    for row in rows:
        parent = parent_of(row)
        inside = parent in gone
        if row.id in keys and not inside:
            out.append(row)
        if inside or row.id in keys:
            gone.add(row.id)
    return out


def target(rows: Sequence[CodeRow], chosen: Sequence[CodeRow], way: Way) -> Target | None:
    """Where these siblings go by a step of that way; None if there is no further place.

    Raises:
        DifferentParentsError.
    """
    if len({parent_of(row) for row in chosen}) != 1:
        raise DifferentParentsError
    parent = parent_of(chosen[0])
    siblings = [row for row in rows if parent_of(row) == parent]
    if way == "out":
        above = next((row for row in rows if row.id == parent), None)
        return Target(parent_of(above), above.id) if above else None
    others = [row for row in siblings if row not in chosen]
    ahead = [row for row in others if siblings.index(row) < siblings.index(chosen[0])]
    if way == "down":
        behind = [row for row in others if siblings.index(row) > siblings.index(chosen[-1])]
        return Target(parent, behind[0].id) if behind else None
    if not ahead:
        return None
    if way == "up":
        return Target(parent, ahead[-2].id if len(ahead) > 1 else None)
    children = [row.id for row in rows if parent_of(row) == ahead[-1].id]
    return Target(ahead[-1].id, children[-1] if children else None)
