"""What comes of computing a quantity of a case: a value, or why there is none."""

from __future__ import annotations

from qcode.errors import QcodeError

type Value = float | str | list[int] | None


class NotSupportedError(QcodeError):
    """The quantity is not computed, or not of such data."""

    def __init__(self, why: str) -> None:
        super().__init__(why)


class UnreadableCaseError(QcodeError):
    """The data of a case make no sense."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
