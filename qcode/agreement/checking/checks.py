"""Reference cases computed again: each quantity beside what was expected of it.

A name may carry what it is asked of in brackets, such as `char_alpha[x]` for the code x. What is not defined is None.
What cannot be computed exactly, or is not known, is not guessed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from math import isfinite, isinf, isnan
from typing import Any, Final, Literal

import numpy as np

from qcode.agreement.checking.answers import NotSupportedError, UnreadableCaseError, Value
from qcode.agreement.checking.cases import Case
from qcode.agreement.checking.matrices import of_matrix
from qcode.agreement.checking.spans import of_spans
from qcode.errors import QcodeError

type Verdict = Literal["within", "off", "not supported", "refused"]

_NAME: Final = re.compile(r"([^\[\]]+)(?:\[(.*)\])?", re.DOTALL)
_KINDS: Final[Mapping[str, Callable[[Mapping[str, Any], str, str | None], Value]]] = {
    "units-matrix": of_matrix,
    "spans": of_spans,
}


@dataclass(frozen=True, slots=True)
class Check:
    """One quantity of a case: "within" its tolerance, "off", "not supported", or "refused" with the reason."""

    case: str
    quantity: str
    expected: Any
    computed: Value
    tolerance: float
    verdict: Verdict
    why: str = ""


def compute(case: Case, quantity: str) -> Value:
    """What a quantity of a case comes to; raises NotSupportedError, UnreadableCaseError, and what measures refuse."""
    found = _NAME.fullmatch(quantity)
    if found is None or case.kind not in _KINDS:
        raise NotSupportedError(f"“{quantity}” of “{case.kind}” is not computed")
    try:
        with np.errstate(over="raise"):
            value = _KINDS[case.kind](case.data, found[1], found[2])
    except (ArithmeticError, MemoryError) as error:
        raise UnreadableCaseError("the numbers are too large to be computed with") from error
    except (LookupError, TypeError, ValueError, AttributeError) as error:
        raise UnreadableCaseError(f"the data do not fit this quantity ({error})") from error
    return None if isinstance(value, float) and isnan(value) else value


def checks(cases: Iterable[Case]) -> Iterator[Check]:
    """Every quantity that the cases expect, computed and compared."""
    for case in cases:
        for quantity, expected in case.expected.items():
            yield _check(case, quantity, expected)


def _check(case: Case, quantity: str, asked: Any) -> Check:
    tolerance, expected = case.tolerance(quantity), _plain(asked)
    try:
        if isinstance(asked, float) and isinf(asked):
            raise UnreadableCaseError("what is expected is not a finite number")
        computed = compute(case, quantity)
    except NotSupportedError as error:
        return Check(case.id, quantity, expected, None, tolerance, "not supported", str(error))
    except QcodeError as error:
        return Check(case.id, quantity, expected, None, tolerance, "refused", str(error))
    within = _close(computed, expected, tolerance)
    return Check(case.id, quantity, expected, computed, tolerance, "within" if within else "off")


def _plain(expected: Any) -> Any:
    """What is expected, with nothing in place of what is no number: so it is written in JSON, too."""
    if isinstance(expected, list):
        return [_plain(each) for each in expected]
    if isinstance(expected, dict):
        return {name: _plain(each) for name, each in expected.items()}
    return None if isinstance(expected, float) and not isfinite(expected) else expected


def _close(computed: Value, expected: Any, tolerance: float) -> bool:
    if isinstance(computed, float | int) and isinstance(expected, float | int) and not isinstance(expected, bool):
        return abs(computed - expected) <= tolerance
    return not isinstance(expected, bool) and bool(computed == expected)
