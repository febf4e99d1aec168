"""Taking back a step that is not the latest: whether that can be, and why not."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy.orm import Session

from qcode.errors import QcodeError
from qcode.models.blindness import may_be_told
from qcode.models.hand_ins import locked
from qcode.models.journal import Step, entries_of_step_rows
from qcode.models.labels import describe
from qcode.models.references import standing_on
from qcode.models.team import Coder
from qcode.models.undoing import Blocked, RowEdit, Stacks, inverse

_STAYS = "what is handed in stays, until the lead opens it again and you change it then."


class NothingToUndoError(QcodeError):
    """There is no own step to take back, or none since the coder handed in."""

    def __init__(self, verb: str, hand_in: str = "") -> None:
        since = f" since “{hand_in}”: {_STAYS}" if hand_in else "."
        super().__init__(f"There is nothing of yours to {verb}{since}")


class BehindRedactionError(QcodeError):
    """What the step would bring back was redacted."""

    def __init__(self, verb: str, label: str) -> None:
        super().__init__(f"“{label}” can't be {verb}: a redaction came after it, and that can't be taken back.")


class CannotUndoError(QcodeError):
    """Later work stands on the step: one's own, a colleague's, or what a blind round keeps from the coder."""

    def __init__(self, verb: str, label: str, later: str = "", who: str = "") -> None:
        work = f"later work by {who or 'you'} stands on it (“{later}”)" if later else "later work stands on it"
        advice = " Take that back first." if later and not who else ""
        super().__init__(f"“{label}” can't be {verb}: {work}.{advice}")


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
    """The step is a barrier, such as a hand-in, or lies before one, or would change what was handed in."""

    def __init__(self, verb: str, label: str, barrier: str = "", *, is_hand_in: bool = False) -> None:
        stays = _STAYS if is_hand_in else "undo does not go back past that."
        why = f"“{barrier}” came after it, and {stays}" if barrier else f"it is as far back as undo goes; {stays}"
        super().__init__(f"“{label}” can't be {verb}: {why}")


class HeldUpError(Exception):
    """Something stands on a step that was being taken back: told as a refusal once all is as it was."""

    def __init__(self, target: Step, blocked: Blocked) -> None:
        super().__init__(target.id)
        self.target, self.blocked = target, blocked


def misplaced(session: Session, stacks: Stacks, step: Step) -> QcodeError | None:
    """Why a coder's own step is not among those that can be taken back; None if it is among them."""
    if any(done.id == step.id for done in reversed(stacks.undo)):
        return None
    if not stacks.holds(step.id):
        return TakenBackError()
    if step.id in stacks.taken:
        return DoneAgainError()
    if step.undoes is not None:
        return TookBackError()
    return behind_barrier(session, step, session.get(Step, stacks.barrier or ""), "undone")


def behind_barrier(session: Session, target: Step, barrier: Step | None, verb: str) -> QcodeError:
    """The refusal of a step that is a barrier, or lies before one."""
    label = describe(session, target.label, target.args)
    if barrier is None or target.barrier:
        return BehindBarrierError(verb, label, is_hand_in=hands_in(target))
    return BehindBarrierError(verb, label, describe(session, barrier.label, barrier.args), is_hand_in=hands_in(barrier))


def nothing_left(session: Session, stacks: Stacks, origin: str) -> QcodeError:
    """The refusal where no step is left to be undone or redone: a hand-in is named, if it is why."""
    barrier = session.get(Step, stacks.barrier or "") if origin == "undone" else None
    named = describe(session, barrier.label, barrier.args) if barrier is not None and hands_in(barrier) else ""
    return NothingToUndoError("undo" if origin == "undone" else "redo", named)


def hands_in(step: Step) -> bool:
    """Whether a step handed somebody's work in."""
    return step.barrier and "round" in step.args


def blocked(session: Session, steps: Sequence[str]) -> Blocked | None:
    """What stands on steps that would be taken back together, the latest first; looks, and writes nothing."""
    whole: list[list[RowEdit]] = []
    for number, step in enumerate(steps):
        found = inverse(step, entries_of_step_rows(session.connection(), step), without=steps[:number])
        if isinstance(found, Blocked):
            return found
        if held := locked(session, session.get_one(Step, step), found):
            return held
        whole.append(found)
    unwritten = [edit for edits in whole for edit in edits]
    for step, edits in zip(steps, whole, strict=True):
        if held := standing_on(session, session.get_one(Step, step), edits, unwritten):
            return held
    return None


def refusal(session: Session, coder: str | None, target: Step, blocked: Blocked, verb: str) -> QcodeError:
    """Why a step cannot be taken back, with no more about a colleague's work than the coder may know."""
    later = session.get_one(Step, blocked.by)
    held = describe(session, target.label, target.args)
    if hands_in(later):
        return behind_barrier(session, target, later, verb)
    if later.barrier:
        return BehindRedactionError(verb, held)
    if not may_be_told(session, coder, later.id):
        return CannotUndoError(verb, held)
    told = describe(session, later.label, later.args)
    return CannotUndoError(verb, held, told, _colleague(session, later.coder_id, coder))


def _colleague(session: Session, whose: str, coder: str | None) -> str:
    """The name of whoever is not acting; empty for oneself."""
    known = session.get(Coder, whose)
    return "" if whose == coder else known.name if known else "a colleague"
