"""Reference cases from files, computed by what the program itself computes with."""

from __future__ import annotations

from qcode.agreement.checking.answers import NotSupportedError, UnreadableCaseError, Value
from qcode.agreement.checking.cases import Case, NotCasesError, read_cases
from qcode.agreement.checking.checks import Check, Verdict, checks, compute

__all__ = [
    "Case",
    "Check",
    "NotCasesError",
    "NotSupportedError",
    "UnreadableCaseError",
    "Value",
    "Verdict",
    "checks",
    "compute",
    "read_cases",
]
