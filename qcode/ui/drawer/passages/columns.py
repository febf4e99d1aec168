"""What the table of passages shows of each."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtGui import QIcon

from qcode.queries.codings import PassageRow
from qcode.ui.icons import swatch
from qcode.ui.table import Column
from qcode.ui.theme import SPACE, current

ROUND, GROUP, WEIGHT, ROLE = 7, 3, 8, 4


def columns(rounds: Mapping[str, str]) -> tuple[Column[PassageRow], ...]:
    """The columns; `rounds` has the names of the rounds by their ids, and may be filled later."""
    return (
        Column("Passage", lambda row: row.text.casefold(), _words, stretch=True, width=32 * SPACE),
        Column("Code", lambda row: row.coding.name, icon=_swatch, width=17 * SPACE),
        Column("Speaker", lambda row: row.speaker or None, width=9 * SPACE),
        Column("Group", lambda row: row.group or None, width=11 * SPACE, yields=4),
        Column("Role", lambda row: row.role or None, width=11 * SPACE, yields=5),
        Column("Document", lambda row: row.document_name, width=11 * SPACE),
        Column("Coder", lambda row: row.coding.coder, width=7 * SPACE, tip=lambda row: row.coding.coder_name, yields=2),
        Column("Round", lambda row: rounds.get(row.coding.round), width=8 * SPACE, yields=3),
        Column("Weight", lambda row: row.coding.weight, align="right", width=8 * SPACE),
        Column("Noted", lambda row: noted(row) or None, width=12 * SPACE, tip=noted, yields=1),
    )


def _words(row: PassageRow) -> str:
    """The words of a passage; of one that lost them all, those of before."""
    return row.text or (f"No words left. Coded on: “{row.was}”" if row.was else "No words left.")


def noted(row: PassageRow) -> str:
    """What was said of a coding, and what one should know before one relies on it."""
    return " · ".join(marks(row))


def marks(row: PassageRow) -> list[str]:
    """The same, one by one."""
    coding = row.coding
    said = {
        "unsure": coding.unsure,
        "illustrative": coding.illustrative,
        "negative case": coding.negative_case,
        "words altered": coding.altered,
        "older definition": coding.older,
        "by search": coding.by_search,
        "comment": bool(coding.comment),
    }
    return [name for name, holds in said.items() if holds]


def _swatch(row: PassageRow) -> QIcon:
    return swatch(row.coding.colour, dark=current().is_dark)
