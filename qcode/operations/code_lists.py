"""Two teams' lists of codes made one, as a person decided row by row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from sqlalchemy.orm import Session

from qcode.errors import QcodeError
from qcode.exchange.code_entries import CodeEntry
from qcode.ids import CodeId
from qcode.models import Code
from qcode.models.blindness import hidden_codes
from qcode.models.proposing import status_of_new
from qcode.operations.codebook import SLOTS, add_version, definition_of, next_slot, redefine
from qcode.operations.lookup import acting, last_position, standing_code, tidy_name
from qcode.operations.outline import refuse_known_sibling
from qcode.study import Study
from qcode.text.ordering import between

type Action = Literal["map", "add", "leave out"]


class UnknownActionError(QcodeError):
    """It was not said what is to become of a code."""

    def __init__(self, name: str, action: str) -> None:
        actions = ", ".join(get_args(Action.__value__))
        super().__init__(f"“{action}” is nothing to do with “{name}”. Choose one of: {actions}.")


class NoCounterpartError(QcodeError):
    """A code is to be one of ours, and none was chosen."""

    def __init__(self, name: str) -> None:
        super().__init__(f"Choose which of your codes “{name}” is, or add it as a new one.")


class DecidedTwiceError(QcodeError):
    """The same code of the other list was decided about twice."""

    def __init__(self, name: str) -> None:
        super().__init__(f"There are two decisions about “{name}”. Keep one of them.")


@dataclass(frozen=True, slots=True)
class Decision:
    """What becomes of one code of the other list: it is one of ours, is added, or is left out.

    A code that is ours keeps our definition, unless `take_definition` makes theirs the next version of it.
    """

    theirs: CodeEntry
    action: Action
    ours: CodeId | None = None
    take_definition: bool = False


def merge_codebook(study: Study, decisions: Sequence[Decision], *, reason: str = "") -> dict[tuple[str, ...], CodeId]:
    """Bring another list of codes into the codebook in one step, and tell which code each of its paths is now.

    What is added stands below what became of its parent, or of the next one above that was not left out.
    """
    author = acting(study.coder)
    _refuse_undecided(decisions)
    with study.transact("Merge a list of {count} codes", args={"count": len(decisions)}) as session:
        became: dict[tuple[str, ...], Code] = {}
        for decision in sorted(decisions, key=lambda decision: len(decision.theirs.path)):
            theirs, why = decision.theirs, decision.theirs.reason or reason.strip()
            if decision.action == "map" and decision.ours is not None:
                row = became[theirs.path] = standing_code(session, decision.ours)
                if decision.take_definition:
                    redefine(session, row, definition_of(theirs), author, why)
            elif decision.action == "add":
                row = became[theirs.path] = _add(session, theirs, _parent(theirs.path, became), author)
                add_version(session, row, definition_of(theirs), author, why)
                session.flush()
        return {path: CodeId(row.id) for path, row in became.items()}


def _refuse_undecided(decisions: Sequence[Decision]) -> None:
    decided: set[tuple[str, ...]] = set()
    for decision in decisions:
        name = decision.theirs.path[-1]
        if decision.action not in get_args(Action.__value__):
            raise UnknownActionError(name, decision.action)
        if decision.action == "map" and decision.ours is None:
            raise NoCounterpartError(name)
        if decision.theirs.path in decided:
            raise DecidedTwiceError(name)
        decided.add(decision.theirs.path)


def _parent(path: Sequence[str], became: Mapping[tuple[str, ...], Code]) -> str | None:
    above = (tuple(path[:length]) for length in range(len(path) - 1, 0, -1))
    return next((became[names].id for names in above if names in became), None)


def _add(session: Session, theirs: CodeEntry, parent: str | None, author: str) -> Code:
    name = tidy_name("code", theirs.path[-1])
    refuse_known_sibling(session, Code, name, parent, unseen=hidden_codes(session, author))
    row = Code(
        name=name,
        parent_id=parent,
        kind=theirs.kind,
        status=status_of_new(session, author) if theirs.status in ("active", "proposed") else "retired",
        position=between(last_position(session, Code, Code.parent_id.is_(parent)), None),
        palette_slot=next_slot(session) if theirs.colour is None else theirs.colour % SLOTS,
    )
    session.add(row)
    return row
