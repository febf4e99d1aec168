"""Codes that were merged into others: which code each of them stands for now."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from qcode.models.codebook import Code


def merged_codes(session: Session) -> dict[str, str]:
    """The code that each merged code stands for, at the end of its chain; other codes are not in it.

    A chain ends at a code that was deleted: what was merged into that one is gone with it.
    """
    pointers = select(Code.id, Code.merged_into_id).where(Code.alive, Code.status == "merged")
    found = session.execute(pointers.where(Code.merged_into_id.is_not(None)))
    return followed({row.id: row.merged_into_id for row in found if row.merged_into_id})


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
