"""The codes of a codebook as values, and what must hold among them before a file is read or written."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Literal, get_args

from qcode.errors import QcodeError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

Kind = Literal["codable", "category"]
Standing = Literal["active", "retired", "proposed", "declined"]
Status = Literal["active", "retired", "merged", "proposed", "declined"]
KINDS: tuple[Kind, ...] = get_args(Kind)
STATUSES: tuple[Status, ...] = get_args(Status)
STANDINGS: tuple[Standing, ...] = get_args(Standing)
PALETTE_SLOTS = 12
DEFINITION = ("brief", "full", "when_to_use", "when_not_to_use", "typical_example", "near_miss")
LONGEST_NAME = 1_000
LONGEST_FIELD = 100_000
DEEPEST_CODE = 40


def standing_of(status: str) -> Standing:
    """The status of a code that stands for itself; one that copies merged into each other is in use."""
    return status if status in STANDINGS else "active"


@dataclass(frozen=True, slots=True)
class CodeEntry:
    """One code: its names from the root down, and the six fields that define it."""

    path: tuple[str, ...]
    kind: Kind = "codable"
    colour: int | None = None
    status: Status = "active"
    brief: str = ""
    full: str = ""
    when_to_use: str = ""
    when_not_to_use: str = ""
    typical_example: str = ""
    near_miss: str = ""
    reason: str = ""

    @property
    def name(self) -> str:
        """The code's own name."""
        return self.path[-1]

    @property
    def parent(self) -> tuple[str, ...]:
        """The path of the code above; empty at the root."""
        return self.path[:-1]


@dataclass(frozen=True, slots=True)
class Codebook:
    """A codebook as a file holds it: entries stand parents before children, and notes say what was not read."""

    name: str = ""
    version: str = ""
    entries: tuple[CodeEntry, ...] = ()
    notes: tuple[str, ...] = ()

    def __iter__(self) -> Iterator[CodeEntry]:
        return iter(self.entries)

    def __len__(self) -> int:
        return len(self.entries)


class NameMissingError(QcodeError):
    """A code has no name."""

    def __init__(self, where: str) -> None:
        super().__init__(f"{where} has no name. Every code needs one.")


class NameRepeatedError(QcodeError):
    """Two codes under one parent have the same name."""

    def __init__(self, path: tuple[str, ...]) -> None:
        place = f"under {shown(path[:-1])}" if path[:-1] else "at the top level"
        super().__init__(f"The code “{shortened(path[-1])}” appears twice {place}. Rename or remove one of the two.")


class ParentMissingError(QcodeError):
    """A code is placed under a code that the codebook does not define."""

    def __init__(self, path: tuple[str, ...]) -> None:
        super().__init__(
            f"“{shortened(path[-1])}” is placed under {shown(path[:-1])}, which the codebook does not define. "
            "Add that code, or move this one."
        )


class KindUnknownError(QcodeError):
    """A code is neither codable nor a category."""

    def __init__(self, where: str, kind: str) -> None:
        super().__init__(f"{where} has the kind “{shortened(kind)}”. A code is either “codable” or a “category”.")


class StatusUnknownError(QcodeError):
    """A code's status is not one of the three."""

    def __init__(self, where: str, status: str) -> None:
        super().__init__(f"{where} has the status “{shortened(status)}”. Use one of: {', '.join(STATUSES)}.")


class ColourUnknownError(QcodeError):
    """A code's colour is not a slot of the palette."""

    def __init__(self, where: str, colour: object) -> None:
        super().__init__(
            f"{where} has the colour “{shortened(str(colour))}”. "
            f"A colour is a whole number from 0 to {PALETTE_SLOTS - 1}, or nothing."
        )


class FieldTooLongError(QcodeError):
    """A definition is longer than a definition can sensibly be."""

    def __init__(self, where: str, field: str, limit: int = LONGEST_FIELD) -> None:
        super().__init__(
            f"{where} has more than {limit:,} characters in its field “{field}”. Shorten it; "
            "long texts belong in a memo or a document."
        )


class CodesTooDeepError(QcodeError):
    """Codes are nested more deeply than a person could follow."""

    def __init__(self) -> None:
        super().__init__(f"Codes are nested more than {DEEPEST_CODE} levels deep. Flatten the tree.")


def shown(path: tuple[str, ...]) -> str:
    """A code's place in words for people: “Trust > Felt judged”."""
    return f"“{' > '.join(shortened(name) for name in path)}”"


def shortened(text: str) -> str:
    """A name or word short enough to stand in a sentence."""
    return text if len(text) <= 60 else text[:59] + "…"


def arranged(entries: Iterable[CodeEntry]) -> tuple[CodeEntry, ...]:
    """The entries in reading order, each parent followed by its children, siblings in the order given.

    Raises:
        NameMissingError, NameRepeatedError, ParentMissingError, KindUnknownError, StatusUnknownError,
        ColourUnknownError, FieldTooLongError, CodesTooDeepError.
    """
    known: dict[tuple[str, ...], CodeEntry] = {}
    children: dict[tuple[str, ...], list[CodeEntry]] = {}
    for number, entry in enumerate(entries, start=1):
        _check(entry, f"Code number {number}")
        key = _compared(entry.path)
        if key in known:
            raise NameRepeatedError(entry.path)
        known[key] = entry
        children.setdefault(key[:-1], []).append(entry)
    for key, entry in known.items():
        if key[:-1] and key[:-1] not in known:
            raise ParentMissingError(entry.path)
    return tuple(_walk(children))


def _walk(children: Mapping[tuple[str, ...], list[CodeEntry]]) -> Iterator[CodeEntry]:
    waiting = list(reversed(children.get((), [])))
    while waiting:
        entry = waiting.pop()
        yield entry
        waiting.extend(reversed(children.get(_compared(entry.path), [])))


def _compared(path: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(unicodedata.normalize("NFC", name) for name in path)


def _check(entry: CodeEntry, where: str) -> None:
    if not entry.path or not all(name.replace("\x00", "").strip() for name in entry.path):
        raise NameMissingError(where)
    if len(entry.path) > DEEPEST_CODE:
        raise CodesTooDeepError
    where = f"The code {shown(entry.path)}"
    if entry.kind not in KINDS:
        raise KindUnknownError(where, entry.kind)
    if entry.status not in STATUSES:
        raise StatusUnknownError(where, entry.status)
    if entry.colour is not None and entry.colour not in range(PALETTE_SLOTS):
        raise ColourUnknownError(where, entry.colour)
    _check_lengths(entry, where)


def _check_lengths(entry: CodeEntry, where: str) -> None:
    if any(len(name) > LONGEST_NAME for name in entry.path):
        raise FieldTooLongError(where, "name", LONGEST_NAME)
    for field in fields(entry):
        value = getattr(entry, field.name)
        if isinstance(value, str) and len(value) > LONGEST_FIELD:
            raise FieldTooLongError(where, field.name)
