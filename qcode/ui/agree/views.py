"""The views of the details: what their tables hold, and which passages stand behind each number."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from math import isnan
from typing import Any, Final

from qcode.agreement.card import Name
from qcode.queries.agreement.details import (
    Influence,
    PairRow,
    PrintedRow,
    SwappedRow,
    card_of,
    influences,
    pair_rows,
    printed_rows,
    swapped_rows,
)
from qcode.queries.agreement.passages import Cell, behind_cell, behind_confusion, looking_behind
from qcode.reports.printed_tables import figure, share
from qcode.ui.agree.page import Asked, Behind, View
from qcode.ui.agree.paradox import paradox
from qcode.ui.table import Column
from qcode.ui.theme import SPACE

UNDEFINED: Final = "It is not defined here: nothing varies, or it is made for another number of coders."
MERGED: Final = "Merged segments are others for every code, so there is nothing here. Choose another unit."
COEFFICIENTS: Final[dict[Name, tuple[str, str]]] = {
    "krippendorff_alpha": (
        "Krippendorff’s α",
        "Observed against expected disagreement, of any number of coders; of units, by the package krippendorff.",
    ),
    "percent_agreement": ("Percent agreement", "The mean share of pairs of coders who say the same; chance counts in."),
    "all_identical": ("All alike", "The share of units on which all coders say the same; falls with every coder."),
    "holsti": ("Holsti’s index", "Applications that two coders share, of all they made; the mean of all pairs."),
    "cohen_kappa": ("Cohen’s κ", "Chance from each coder’s own habit of applying the code; the mean of all pairs."),
    "cohen_kappa_max": ("Greatest κ", "What κ could be at most, with how often each coder applied the code."),
    "scott_pi": ("Scott’s π", "Chance from what two coders apply together; only for two coders."),
    "fleiss_kappa": ("Fleiss’ κ", "Scott’s π for more than two coders."),
    "conger_kappa": ("Conger’s κ", "Cohen’s κ for more than two coders."),
    "brennan_prediger": ("Brennan–Prediger", "Chance is one half, whatever is applied; with two coders this is PABAK."),
    "gwet_ac1": ("Gwet’s AC1", "Chance falls the rarer a code is, so unmarked text counts as agreement."),
    "positive_agreement": ("Positive agreement", "Where one coder applied the code, how often another did."),
    "negative_agreement": ("Negative agreement", "Where one coder did not apply the code, how often another did not."),
}


@dataclass(frozen=True, slots=True)
class CoefficientRow:
    """A coefficient of a line."""

    id: Name
    name: str
    value: float | None
    about: str


def coefficient_view() -> View:
    """All coefficients of a code, each with what it is."""
    return View(
        "Coefficients",
        (
            Column("Coefficient", lambda row: row.name, width=20 * SPACE),
            Column("Value", lambda row: row.value, lambda row: figure(row.value), "right", width=9 * SPACE),
            Column("What it is", lambda row: row.about, tip=lambda row: row.about, stretch=True),
        ),
        _coefficients,
        lambda asked, _row, _column: _line_behind(asked),
        lambda _asked, row: (
            "It is not defined here: nothing varies, or there are not two coders." * (row.value is None)
        ),
        MERGED,
    )


def _coefficients(asked: Asked) -> list[CoefficientRow]:
    made = card_of(asked.found, asked.line or "")
    if made is None:
        return []
    known = made.coefficients.items()
    return [CoefficientRow(name, COEFFICIENTS[name][0], value, COEFFICIENTS[name][1]) for name, value in known]


def pair_view() -> View:
    """Every two coders of a code: coefficients beside each other, and the four cells."""
    number = partial(_number, width=8 * SPACE)
    return View(
        "Pairs",
        (
            Column("Coders", lambda row: row.names, _names, tip=_names, stretch=True, width=17 * SPACE),
            number("α", lambda row: row.alpha),
            number("κ", lambda row: _defined(row.pair.cells.cohen), about="Cohen’s κ"),
            number("κ max", lambda row: _defined(row.pair.cells.cohen_most), about="The greatest κ these two allow."),
            number("AC1", lambda row: _defined(row.pair.cells.gwet), about="Gwet’s AC1"),
            number("PABAK", lambda row: _defined(row.pair.cells.pabak), about="2 × percent agreement − 1"),
            number("Pos.", lambda row: _defined(row.pair.cells.positive_agreement), about="Positive agreement"),
            number("Neg.", lambda row: _defined(row.pair.cells.negative_agreement), about="Negative agreement"),
            _count("Both", "both"),
            _count("Only 1st", "first"),
            _count("Only 2nd", "second"),
            _count("Neither", "neither"),
        ),
        lambda asked: pair_rows(asked.found, asked.line or ""),
        _pair_behind,
        lambda asked, row: paradox(row, asked.found.unit),
        MERGED,
    )


CELL_COLUMNS: Final[dict[int, Cell]] = {8: "both", 9: "first", 10: "second"}
CELL_NAMES: Final[dict[Cell, str]] = {
    "both": "Passages that both coders of the pair marked",
    "first": "Passages that only the first coder of the pair marked",
    "second": "Passages that only the second coder of the pair marked",
}
_NEITHER: Final = 11


def _pair_behind(asked: Asked, row: PairRow, column: int) -> Behind | None:
    cell = CELL_COLUMNS.get(column)
    if column == _NEITHER:
        return None
    if cell is None:
        looking = looking_behind(asked.found, asked.line, coders=row.id)
        return Behind(f"{asked.row.name}, {' – '.join(row.names)}", lambda: looking)
    who = {"both": " and ".join(row.names), "first": f"only {row.names[0]}", "second": f"only {row.names[1]}"}[cell]
    return Behind(
        f"{asked.row.name}, {who}", lambda: behind_cell(asked.study, asked.found, asked.line or "", row.id, cell)
    )


def document_view() -> View:
    """How much each document matters."""
    return View(
        "Documents",
        (
            Column("Document", lambda row: row.name, width=40 * SPACE),
            _number("α in it", lambda row: row.alone, width=12 * SPACE, about="Alpha of this document alone."),
            _number("α without it", lambda row: row.without, width=14 * SPACE, about="Alpha of all others."),
            Column("Change", lambda row: row.change, _change, "right", width=12 * SPACE),
        ),
        lambda asked: influences(asked.found, asked.line),
        _document_behind,
        lambda asked, _row: f"α of all documents together is {figure(asked.row.alpha)}.",
        "No document was judged by two coders.",
        needs_line=False,
    )


def _document_behind(asked: Asked, row: Influence, _column: int) -> Behind:
    looking = looking_behind(asked.found, asked.line, document=row.id)
    return Behind(f"{asked.row.name}, {row.name}", lambda: looking)


def _change(row: Influence) -> str:
    if row.change is None:
        return "–"
    return f"+{figure(row.change)}" if row.change >= 0.005 else figure(row.change)


def printed_view() -> View:
    """What other programs would print, for a team that is asked for it."""
    number = partial(_number, width=13 * SPACE)
    return View(
        "Other programs",
        (
            Column("Coders", lambda row: row.names, _names, tip=_names, stretch=True, width=20 * SPACE),
            _share_of("NVivo %", "nvivo_percent", "Characters, by document, then the plain mean."),
            number("NVivo κ", lambda row: row.printed.nvivo_kappa, about="By document, 1 where both are empty."),
            _share_of("MAXQDA %", "maxqda_segments", "Segments that overlap by 90 % or more."),
            number("MAXQDA κ", lambda row: row.printed.maxqda_kappa, about="Chance is one over the number of codes."),
            _share_of("ATLAS.ti %", "atlas_percent", "Characters of all documents."),
            number("Holsti", lambda row: row.printed.atlas_holsti, about="As ATLAS.ti has it, over what was applied."),
            number(
                "QualCoder κ",
                lambda row: row.printed.qualcoder_kappa,
                about="Over coded text; it multiplies two chances that it should add.",
            ),
        ),
        lambda asked: printed_rows(asked.found, asked.line or ""),
        _printed_behind,
        lambda _asked, row: _printed_note(row),
        "No document was judged by two coders.",
    )


def _printed_note(row: PrintedRow) -> str:
    left_out = f" {row.left_out:,} characters that were not asked of both are left out." if row.left_out else ""
    return row.why or (
        "Computed from characters and segments as each program documents it. Percentages count empty text as "
        f"agreement; α stands in the table above.{left_out}"
    )


def _printed_behind(asked: Asked, row: PrintedRow, _column: int) -> Behind:
    looking = looking_behind(asked.found, asked.line, coders=row.id)
    return Behind(f"{asked.row.name}, {' – '.join(row.names)}", lambda: looking)


def swapped_view() -> View:
    """Where one coder said one thing and another said another."""
    return View(
        "Confusion",
        (
            Column("Where one said", lambda row: row.names[0], width=30 * SPACE),
            Column("the other said", lambda row: row.names[1], width=30 * SPACE),
            _number("Units", lambda row: row.units, lambda row: f"{row.units:,.0f}", width=10 * SPACE),
            _number("Both the one", lambda row: row.both_one, lambda row: f"{row.both_one:,.0f}", width=14 * SPACE),
            _number(
                "Both the other", lambda row: row.both_other, lambda row: f"{row.both_other:,.0f}", width=14 * SPACE
            ),
        ),
        lambda asked: swapped_rows(asked.found),
        _swapped_behind,
        _swapped_note,
        "Nowhere did one coder apply one code where another applied another instead.",
        by_line=False,
        needs_line=False,
    )


def _swapped_note(asked: Asked, row: SwappedRow) -> str:
    units = "characters" if asked.found.unit in ("character", "merged") else f"{asked.found.unit}s"
    return (
        f"Counted in {units}, over all pairs of coders: one applied {row.names[0]} and not {row.names[1]}, "
        "the other the reverse."
    )


def _swapped_behind(asked: Asked, row: SwappedRow, _column: int) -> Behind:
    return Behind(
        f"{row.names[0]} or {row.names[1]}", lambda: behind_confusion(asked.study, asked.found, row.one, row.other)
    )


def _line_behind(asked: Asked) -> Behind:
    looking = looking_behind(asked.found, asked.line)
    return Behind(f"{asked.row.name}, {asked.found.round.name}", lambda: looking)


# Columns ----------------------------------------------------------------------------------------------------------


def _number(title: str, value: Any, text: Any = None, *, width: int, about: str = "") -> Column[Any]:
    return Column(title, value, text or (lambda row: figure(value(row))), "right", width=width, about=about)


_CELLS: Final = {
    "both": "Units that both marked.",
    "first": "Units that only the coder named first marked.",
    "second": "Units that only the coder named second marked.",
    "neither": "Units that neither marked.",
}


def _count(title: str, cell: str) -> Column[Any]:
    return _number(
        title,
        lambda row: getattr(row.pair.cells, cell),
        lambda row: f"{getattr(row.pair.cells, cell):,.0f}",
        width=10 * SPACE,
        about=_CELLS[cell],
    )


def _share_of(title: str, name: str, about: str) -> Column[Any]:
    return _number(
        title,
        lambda row: getattr(row.printed, name),
        lambda row: share(getattr(row.printed, name)),
        width=13 * SPACE,
        about=about,
    )


def _names(row: PairRow | PrintedRow) -> str:
    return " – ".join(row.names)


def _defined(value: float) -> float | None:
    return None if isnan(value) else value
