"""What a verdict on a case keeps of the coders' marks, and which verdicts make sense of it.

A union or an intersection is taken code by code: neither invents text that nobody marked with the code, and neither
drops text that everybody who used the code marked.
"""

from __future__ import annotations

from functools import reduce
from typing import TYPE_CHECKING, Final, Protocol

from qcode.errors import QcodeError
from qcode.reconciliation.values import LEFT_OPEN, OUTCOMES
from qcode.text.ranges import overlap, union

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from qcode.reconciliation.values import CaseKind, Kept, Mark, Outcome
    from qcode.text.ranges import Range


class Disputed(Protocol):
    """What is decided about: a `Case`, or whatever shows one."""

    @property
    def kind(self) -> CaseKind: ...  # noqa: D102  # as in Case
    @property
    def start(self) -> int: ...  # noqa: D102
    @property
    def end(self) -> int: ...  # noqa: D102
    @property
    def codes(self) -> Sequence[str]: ...  # noqa: D102
    @property
    def asked(self) -> Sequence[str]: ...  # noqa: D102
    @property
    def marks(self) -> Sequence[Mark]: ...  # noqa: D102
    @property
    def agreed(self) -> Sequence[Kept]: ...  # noqa: D102


class UnknownOutcomeError(QcodeError):
    """A case was to be decided in a way that there is not."""

    def __init__(self, outcome: str) -> None:
        super().__init__(f"“{outcome}” is no way to decide a case. Use one of: {', '.join(OUTCOMES)}.")


class OutcomeMisfitError(QcodeError):
    """A case was to be decided in a way that makes no sense of it."""

    def __init__(self, outcome: Outcome) -> None:
        super().__init__(_MISFITS[outcome])


class UnanimousCaseError(QcodeError):
    """What all coders agree on was to be decided otherwise."""

    def __init__(self) -> None:
        super().__init__("All coders agree here, and what is unanimous stands as it is. Choose a case that is open.")


class NothingInCommonError(QcodeError):
    """Marks of one code were to be cut down to what they share, and share nothing."""

    def __init__(self) -> None:
        super().__init__(
            "The coders' passages have no text in common here. Take their union, or set the range by hand."
        )


class LaneMissingError(QcodeError):
    """Nobody's side was chosen, or that of somebody who was not asked."""

    def __init__(self) -> None:
        super().__init__("Choose one of the coders of this case, whose codings are accepted.")


class OtherCodeMissingError(QcodeError):
    """Another code was to be kept, and none was named."""

    def __init__(self) -> None:
        super().__init__("Choose the code that is kept here instead.")


class RangeMissingError(QcodeError):
    """A range was to be set by hand, and none was."""

    def __init__(self) -> None:
        super().__init__("Set the range first: a passage of at least one character, for a code that is in question.")


class RangeElsewhereError(QcodeError):
    """A range was set that has nothing of the passage in question."""

    def __init__(self) -> None:
        super().__init__("That range has none of the text in question here. Set one that shares some of it.")


class CodeNotInQuestionError(QcodeError):
    """A range was set for a code that no coder used here."""

    def __init__(self) -> None:
        super().__init__("No coder used that code here. Set the range of a code in question, or choose another code.")


_EXTENTS: Final = (
    "No two coders put one code on different extents here, so there is nothing to unite or to cut down. Accept one "
    "coder's codings, keep all codes, or set the range by hand."
)
_MISFITS: Final[Mapping[Outcome, str]] = {
    "union": _EXTENTS,
    "intersection": _EXTENTS,
    "all": "Only one code is in question here. Accept a coder's codings, or take the union.",
    "unanimous": "The coders differ here, so this case is not unanimous. Decide what is kept of it.",
}


def fitting(case: Disputed) -> tuple[Outcome, ...]:
    """The outcomes that make sense of a case, in the order of OUTCOMES."""
    if case.kind == "unanimous":
        return ("unanimous",)
    left_out: set[Outcome] = {"unanimous"}
    extents = any(_differs(case, code) for code in case.codes)
    left_out |= set() if extents or len(case.codes) < 2 else {"union"}
    left_out |= set() if extents and any(intersection_of(case, code) for code in case.codes) else {"intersection"}
    left_out |= set() if len(case.codes) > 1 else {"all"}
    return tuple(outcome for outcome in OUTCOMES if outcome not in left_out)


def kept_by(
    case: Disputed, outcome: Outcome, *, coder: str = "", code: str = "", kept: Iterable[Kept] = ()
) -> tuple[Kept, ...]:
    """What stands of a case when it is decided like this: codes with their extents, in order.

    `coder` says whose codings are accepted, `code` which other code is kept, on all that was marked, and `kept` is
    what was set by hand. What all marked alike stands in any case, as they marked it, and the verdict is on the rest.
    Refused is what does not fit the case.
    """
    _refuse_misfit(case, outcome)
    if outcome in LEFT_OPEN:
        return ()
    found = [one for one in _kept(case, outcome, coder, code, tuple(kept)) if not _is_agreed(case, one)]
    order = {name: place for place, name in enumerate(case.codes)}
    return tuple(sorted({*case.agreed, *found}, key=lambda one: (order.get(one[0], len(order)), *one[1:], one[0])))


def union_of(case: Disputed, code: str) -> list[Range]:
    """What any coder of a case marked with a code."""
    return union(mark.place for mark in case.marks if mark.code == code)


def intersection_of(case: Disputed, code: str) -> list[Range]:
    """What every coder of a case who used a code marked with it."""
    sides = list(_extents(case, code).values())
    return reduce(_shared, sides) if sides else []


def _refuse_misfit(case: Disputed, outcome: Outcome) -> None:
    if outcome not in OUTCOMES:
        raise UnknownOutcomeError(outcome)
    fits = fitting(case)
    if outcome in fits:
        return
    if case.kind == "unanimous":
        raise UnanimousCaseError
    if outcome == "intersection" and any(_differs(case, code) for code in case.codes):
        raise NothingInCommonError
    raise OutcomeMisfitError(outcome)


def _kept(case: Disputed, outcome: Outcome, coder: str, code: str, kept: Sequence[Kept]) -> Iterable[Kept]:
    match outcome:
        case "accept":
            return _lane(case, coder)
        case "range":
            return _by_hand(case, kept)
        case "other":
            return _another(case, code)
        case "intersection":
            return _each(case, {one: intersection_of(case, one) for one in case.codes})
        case "none":
            return ()
    return _united(case)


def _united(case: Disputed) -> Iterator[Kept]:
    """What anybody marked, code by code."""
    rest = _rest(case)
    return _each(case, {one: union(mark.place for mark in rest if mark.code == one) for one in case.codes})


def _rest(case: Disputed) -> list[Mark]:
    """The marks that are not of what all marked alike."""
    return [mark for mark in case.marks if not _is_agreed(case, (mark.code, *mark.place))]


def _is_agreed(case: Disputed, one: Kept) -> bool:
    return any(one[0] == code and start <= one[1] and one[2] <= end for code, start, end in case.agreed)


def _each(case: Disputed, extents: Mapping[str, Iterable[Range]]) -> Iterator[Kept]:
    for code in case.codes:
        yield from ((code, start, end) for start, end in extents.get(code, ()))


def _lane(case: Disputed, coder: str) -> list[Kept]:
    """A coder's own marks, as they are."""
    own = [(mark.code, *mark.place) for mark in case.marks if mark.coder == coder]
    if not own and coder not in case.asked:
        raise LaneMissingError
    return own


def _by_hand(case: Disputed, kept: Sequence[Kept]) -> Sequence[Kept]:
    if not kept or any(start >= end for _code, start, end in kept):
        raise RangeMissingError
    if any(code not in case.codes for code, _start, _end in kept):
        raise CodeNotInQuestionError
    if any(not overlap((start, end), (case.start, case.end)) for _code, start, end in kept):
        raise RangeElsewhereError
    return kept


def _another(case: Disputed, code: str) -> list[Kept]:
    """Another code on all that was marked, or one of those in question alone."""
    if not code:
        raise OtherCodeMissingError
    rest = _rest(case) or case.marks
    of_code = [mark.place for mark in rest if mark.code == code]
    return [(code, start, end) for start, end in union(of_code or [mark.place for mark in rest])]


def _extents(case: Disputed, code: str) -> dict[str, list[Range]]:
    """Where each coder who used a code marked it."""
    found: dict[str, list[Range]] = {}
    for mark in case.marks:
        if mark.code == code:
            found.setdefault(mark.coder, []).append(mark.place)
    return {coder: union(places) for coder, places in found.items()}


def _differs(case: Disputed, code: str) -> bool:
    extents = list(_extents(case, code).values())
    return any(one != extents[0] for one in extents)


def _shared(first: Sequence[Range], second: Sequence[Range]) -> list[Range]:
    """The characters that both lists of ranges cover."""
    return [
        (max(one[0], other[0]), min(one[1], other[1])) for one in first for other in second if overlap(one, other) > 0
    ]
