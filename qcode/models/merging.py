"""Codes that were merged into others: which code each of them stands for now."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sqlalchemy import ColumnElement, case, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from qcode.models.codebook import Code
from qcode.models.codings import Coding
from qcode.models.statements import ask

_POINTERS = select(Code.id, Code.merged_into_id).where(
    Code.alive, Code.status == "merged", Code.merged_into_id.is_not(None)
)


def merged_codes(session: Session) -> dict[str, str]:
    """The code that each merged code stands for, at the end of its chain; other codes are not in it.

    A chain ends at a code that was deleted: what was merged into that one is gone with it.
    """
    return followed(pointers_of(session))


def pointers_of(session: Session) -> dict[str, str]:
    """What each merged code was merged into, one step of its chain."""
    return {code: into for code, into in ask(session, _POINTERS) if into}


def shown_code(merged: Mapping[str, str]) -> ColumnElement[str] | InstrumentedAttribute[str]:
    """The code that a coding is shown under, as a column of a statement; it was made with `Coding.code_id`."""
    return case(dict(merged), value=Coding.code_id, else_=Coding.code_id) if merged else Coding.code_id


def with_merged(codes: Iterable[str], merged: Mapping[str, str]) -> set[str]:
    """These codes and all that stand for them: what codings shown under them were made with."""
    chosen = set(codes)
    return chosen | {code for code, stands_for in merged.items() if stands_for in chosen}


def followed(pointers: Mapping[str, str]) -> dict[str, str]:
    """Where each pointer leads in the end, for all that lead elsewhere.

    Two copies can merge codes into each other: of codes that lead in a circle the smallest id stands for all.
    """
    return {start: end for start in pointers if (end := _end(pointers, start)) != start}


def _end(pointers: Mapping[str, str], start: str) -> str:
    walked: dict[str, None] = {}
    current = start
    while current in pointers and current not in walked:
        walked[current] = None
        current = pointers[current]
    if current not in walked:
        return current
    trail = list(walked)
    return min(trail[trail.index(current) :])
