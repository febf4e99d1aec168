"""What the import panel says beside its buttons: how far it is, and how its files stand."""

from __future__ import annotations

from collections.abc import Sequence

from qcode.ui.transcripts.importing.arrivals import Arrival
from qcode.ui.transcripts.parts import counted

PROMISE = "Nothing is written to the study before you press Import."
_YET = "Nothing is written yet."


def share_read(rows: Sequence[Arrival]) -> float:
    """How much of the files is read, from 0 to 1."""
    return _read(rows) / len(rows) if rows else 0.0


def standing(rows: Sequence[Arrival], imported: int, *, is_reading: bool) -> str:
    """How far reading is, what was imported so far, or how the files stand and the promise that nothing was."""
    if is_reading and len(rows) > 1:
        return f"{_read(rows):,} of {len(rows):,} files read. {'' if imported else _YET}".rstrip()
    if imported:
        left = counted(sum(row.state != "imported" for row in rows), "file")
        return f"{counted(imported, 'transcript')} imported, {left} left."
    return f"{_tally(rows)} {_YET}" if len(rows) > 1 else PROMISE


def names_waiting(waiting: int) -> str:
    """How many strings wait, and what happens to those that nobody answers."""
    if not waiting:
        return "Every string has its answer. Import writes the texts with them."
    one = waiting == 1
    left = "It stays as it is if you import now." if one else "Those without one stay as they are if you import now."
    return f"{counted(waiting, 'string')} {'waits' if one else 'wait'} for an answer. {left}"


def _read(rows: Sequence[Arrival]) -> int:
    return sum(row.state not in ("waiting", "reading") for row in rows)


def _tally(rows: Sequence[Arrival]) -> str:
    """How many files are ready, to be checked, left out and refused."""
    refused = sum(bool(row.sentence) for row in rows)
    held = sum(row.is_held_back and not row.sentence for row in rows)
    check = sum(row.summary.startswith("To check") for row in rows)
    ready = len(rows) - held - refused - check
    numbers = ((ready, "ready"), (check, "to check"), (held, "left out"), (refused, "refused"))
    return ", ".join(f"{number:,} {words}" for number, words in numbers if number) + "."
