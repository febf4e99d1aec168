"""Regular expressions that end: what they look for, and for how long."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from math import prod
from typing import Any, Final

from qcode.errors import QcodeError
from qcode.text.ranges import Range

LONGEST_PATTERN: Final = 1_000
SECONDS: Final = 2.0
# A repetition is unfolded when the expression is read: one in another multiplies.
_REPETITION: Final = re.compile(r"\{\s*(\d*)\s*(?:,\s*(\d*)\s*)?\}")
_MOST_REPETITIONS: Final = 100_000


class NoPatternError(QcodeError):
    """There is nothing to look for."""

    def __init__(self) -> None:
        super().__init__("Type a regular expression to look for, such as letters?")


class PatternTooLongError(QcodeError):
    """The expression is a text."""

    def __init__(self) -> None:
        super().__init__(f"A regular expression can have {LONGEST_PATTERN:,} characters at most. Use a part of it.")


class PatternUnreadableError(QcodeError):
    """The expression does not follow the syntax."""

    def __init__(self, why: str) -> None:
        super().__init__(
            f"This regular expression can't be read: {why}. To find such a sign itself, write \\ before it."
        )


class PatternTooLargeError(QcodeError):
    """The expression repeats repetitions without end."""

    def __init__(self) -> None:
        super().__init__("This regular expression repeats too much to be tried. Use smaller numbers between { and }.")


class PatternTooSlowError(QcodeError):
    """The expression explodes."""

    def __init__(self) -> None:
        super().__init__(
            f"This regular expression was cut off after {SECONDS:.0f} seconds. Make it simpler: "
            "a repetition inside a repetition, as in (a+)+, is what takes so long."
        )


class Pattern:
    """A regular expression that is held against many texts, all together for `seconds` at most.

    Capitals make no difference; ^ and $ stand for the beginning and the end of a line.
    """

    def __init__(self, expression: str, *, seconds: float = SECONDS) -> None:
        self._compiled = _compiled(expression)
        self._left = seconds

    def find(self, text: str) -> Iterator[Range]:
        """The ranges of a text that match, in order and apart; those without a character are passed over.

        Raises a refusal when the time is up.
        """
        begun = time.monotonic()
        try:
            for found in self._compiled.finditer(text, timeout=max(self._left, 0.001), concurrent=True):
                if found.end() > found.start():
                    yield found.span()
                if time.monotonic() - begun > self._left:
                    raise PatternTooSlowError
        except (TimeoutError, MemoryError) as error:
            raise PatternTooSlowError from error
        finally:
            self._left -= time.monotonic() - begun


def _compiled(expression: str) -> Any:
    import regex

    if not expression:
        raise NoPatternError
    if len(expression) > LONGEST_PATTERN:
        raise PatternTooLongError
    counts = (int(least or 1) if not most else int(most) for least, most in _REPETITION.findall(expression))
    if prod(max(1, count) for count in counts) > _MOST_REPETITIONS:
        raise PatternTooLargeError
    try:
        return regex.compile(expression, regex.IGNORECASE | regex.MULTILINE, cache_pattern=False)
    except regex.error as error:
        raise PatternUnreadableError(_reason(error)) from error
    except (ValueError, KeyError, IndexError, OverflowError, RecursionError, MemoryError) as error:
        raise PatternUnreadableError("its parts do not fit together") from error


def _reason(error: Any) -> str:
    return str(error.msg) if error.pos is None else f"{error.msg}, at character {error.pos + 1}"
