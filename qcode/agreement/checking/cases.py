"""Files of reference cases: what somebody published or worked out, read so that it can be computed again.

A case has an `id`, the `kind` of its `data` ("units-matrix" or "spans"), the quantities `expected` of it by name, and a
`tolerance`, one for all of them or one for each by name.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from math import inf
from typing import Any

from qcode.errors import QcodeError

EXACT = 1e-9


class NotCasesError(QcodeError):
    """A file does not hold cases."""

    def __init__(self, name: str, why: str) -> None:
        super().__init__(f"“{name}” is no file of cases: {why}. See docs/agreement.md for what one looks like.")


@dataclass(frozen=True, slots=True)
class Case:
    """One reference case; `source` says where it comes from, and the tolerance of a quantity is asked by its name."""

    id: str
    kind: str
    source: str
    data: Mapping[str, Any]
    expected: Mapping[str, Any]
    tolerances: Mapping[str, float]

    def tolerance(self, quantity: str) -> float:
        """How far a computed value may lie from the expected one."""
        return self.tolerances.get(quantity, self.tolerances.get("", EXACT))


def read_cases(text: str, name: str) -> list[Case]:
    """The cases in a file's text; a list of them, or one alone. Raises NotCasesError."""
    try:
        found = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise NotCasesError(name, "it is not JSON") from error
    if not _is_written_out(found, text):
        raise NotCasesError(name, "it has half a character in it")
    rows = found if isinstance(found, list) else [found]
    if not rows:
        raise NotCasesError(name, "it is empty")
    return [_case(row, number, name) for number, row in enumerate(rows, 1)]


def _case(row: Any, number: int, name: str) -> Case:
    if not isinstance(row, dict):
        raise NotCasesError(name, f"its entry {number:,} is not a case")
    told = str(row.get("id", number))
    for part in ("data", "expected"):
        if not isinstance(row.get(part), dict):
            raise NotCasesError(name, f"case {told} has no “{part}”")
    tolerances = row.get("tolerance", EXACT)
    by_name = tolerances if isinstance(tolerances, dict) else {"": tolerances}
    if not all(_is_tolerance(value) for value in by_name.values()):
        raise NotCasesError(name, f"the tolerance of case {told} is no number")
    return Case(told, str(row.get("kind", "")), str(row.get("source", "")), row["data"], row["expected"], by_name)


def _is_tolerance(value: Any) -> bool:
    """Whether it is a number from 0 on; an endless one would let everything pass."""
    return isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value < inf


def _is_written_out(found: Any, text: str) -> bool:
    """Whether all its text can be shown: JSON can escape the half of a character, which nothing can print."""
    if "\\ud" not in text.casefold():
        return True
    try:
        json.dumps(found, ensure_ascii=False).encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True
