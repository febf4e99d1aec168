"""What the Code room knows of a coding that is pointed at."""

from __future__ import annotations

from qcode.queries.codings import CodingRow
from qcode.text.values import AnyCoding
from qcode.ui.code.desk import Desk
from qcode.ui.text.tips import About, about_coding


def marks_of(row: CodingRow) -> tuple[str, ...]:
    """What was marked on a coding, and what else is to be known before one trusts it."""
    marks = (
        ("unsure", row.unsure),
        ("illustrative", row.illustrative),
        ("negative case", row.negative_case),
        ("under an older definition", row.older),
        ("its words were corrected since", row.altered),
        ("found by a search, not confirmed", row.by_search),
    )
    return tuple(name for name, holds in marks if holds)


def brief_of(desk: Desk, row: CodingRow) -> str:
    """The definition of a coding's code in brief."""
    code = desk.code(row.code)
    return code.brief if code is not None else ""


def about(desk: Desk, coding: AnyCoding) -> About:
    """The codes above the code, its definition in brief, whose the coding is, and its marks."""
    if coding.id not in desk.known:
        return about_coding(coding)
    row, code = desk.known[coding.id], desk.code(coding.code)
    above, brief = (code.path[:-1], code.brief) if code is not None else ((), "")
    return About(above, brief, "you" if row.mine else row.coder_name, marks_of(row))
