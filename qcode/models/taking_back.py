"""Taking back a step that is not the latest: whether that can be, and why not."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy.orm import Session

from qcode.errors import QcodeError
from qcode.models.journal import Step, entries_of_step_rows
from qcode.models.references import standing_on
from qcode.models.undoing import Blocked, RowEdit, Stacks, inverse


class NotYourStepError(QcodeError):
    """The step is a colleague's."""

    def __init__(self) -> None:
        super().__init__("That step is a colleague's. Only whoever took it can take it back.")


class TakenBackError(QcodeError):
    """The step does not hold any more."""

    def __init__(self) -> None:
        super().__init__("That step was taken back already.")


class DoneAgainError(QcodeError):
    """The step was taken back, and that was taken back too."""

    def __init__(self) -> None:
        super().__init__("That step was taken back and done again. Take back the later step that did it again.")


class TookBackError(QcodeError):
    """The step is an undo."""

    def __init__(self) -> None:
        super().__init__("That step took another one back. Redo does that one again, unless something new was done.")


class BehindBarrierError(QcodeError):
    """The step is a barrier, or lies before one."""

    def __init__(self) -> None:
        super().__init__("That step is as far back as undo goes, or lies before it. It stays.")


def misplaced(stacks: Stacks, step: Step) -> QcodeError | None:
    """Why a coder's own step is not among those that can be taken back; None if it is among them."""
    if any(done.id == step.id for done in reversed(stacks.undo)):
        return None
    if not stacks.holds(step.id):
        return TakenBackError()
    if step.id in stacks.taken:
        return DoneAgainError()
    if step.undoes is not None:
        return TookBackError()
    return BehindBarrierError()


def blocked(session: Session, steps: Sequence[str]) -> Blocked | None:
    """What stands on steps that would be taken back together, the latest first; looks, and writes nothing."""
    whole: list[list[RowEdit]] = []
    for number, step in enumerate(steps):
        found = inverse(step, entries_of_step_rows(session.connection(), step), without=steps[:number])
        if isinstance(found, Blocked):
            return found
        whole.append(found)
    unwritten = [edit for edits in whole for edit in edits]
    for step, edits in zip(steps, whole, strict=True):
        if held := standing_on(session, session.get_one(Step, step), edits, unwritten):
            return held
    return None
