"""Views of where passages begin and end: boundaries in figures, the segments behind them, and exclusive sets."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from itertools import combinations
from typing import Any, Final

from qcode.queries.agreement.boundaries import (
    BoundaryRow,
    SegmentRow,
    behind_segment,
    behind_segments,
    boundary_rows,
    segment_rows,
    whole_boundaries,
)
from qcode.queries.agreement.domains import DomainFigures, DomainRow, behind_domain, domain_figures
from qcode.queries.agreement.passages import looking_behind
from qcode.reports.agreement_boundaries import between
from qcode.reports.printed_tables import figure, share
from qcode.ui.agree.page import Asked, Behind, View
from qcode.ui.table import Column
from qcode.ui.theme import SPACE

BOUNDARIES: Final = (
    "uα (Krippendorff and others 2016) compares marked and unmarked stretches; for one code it is also |uα. F1 counts "
    "passages that two coders share: to the character, or half of what the two cover together. {}Enter opens the "
    "passages behind a number."
)
_SEVERAL: Final = "Of all coders, F1 and overlap are means over pairs. "
_MATCHED, _UNMATCHED, _FIRST, _SECOND = 6, 7, 8, 9
_WHICH: Final = {_MATCHED: ("matched",), _UNMATCHED: ("first", "second"), _FIRST: ("first",), _SECOND: ("second",)}


@dataclass(frozen=True, slots=True)
class BoundaryLine:
    """The boundaries of two coders, of all of them, or of one code among all, under the name that tells them apart."""

    name: str
    row: BoundaryRow

    @property
    def id(self) -> tuple[str, ...]:
        """The code and the coders."""
        return self.row.id


def boundary_view() -> View:
    """Of a code by pair of coders, or of every code: unitizing alpha, F1 of passages, and how many have no partner."""
    number = partial(_number, width=9 * SPACE)
    return View(
        "Boundaries",
        (
            Column("Coders or code", _name, tip=_name, stretch=True, width=20 * SPACE),
            _number(
                "uα",
                lambda line: line.row.alpha,
                width=7 * SPACE,
                about="Unitizing alpha, of marked and unmarked stretches.",
            ),
            Column(
                "95 % interval", lambda line: line.row.low, lambda line: _interval(line.row), width=16 * SPACE, yields=1
            ),
            number("F1 exact", lambda line: line.row.exact, about="Passages that are the same to the character."),
            number(
                "F1 half", lambda line: line.row.half, about="Passages that share half of what they cover together."
            ),
            Column(
                "Overlap",
                lambda line: line.row.share,
                lambda line: _rounded(line.row.share),
                "right",
                width=9 * SPACE,
                about="What matched passages share of what they cover together, on average.",
            ),
            _count("Matched", lambda row: row.matched, "Passages of one coder that match one of another."),
            _count("Unmatched", lambda row: row.unmatched, "Passages that have no partner."),
            _count("Only 1st", lambda row: row.only_first if row.pair else None, "Of the coder named first.", yields=2),
            _count(
                "Only 2nd", lambda row: row.only_second if row.pair else None, "Of the coder named second.", yields=2
            ),
        ),
        _boundary_lines,
        _boundary_behind,
        lambda asked, _row: BOUNDARIES.format(_SEVERAL if len(asked.found.coders) > 2 else ""),
        "No document was judged by two coders.",
        needs_line=False,
    )


def _boundary_lines(asked: Asked) -> list[BoundaryLine]:
    if asked.line is None:
        return [BoundaryLine(row.code[-1], row) for row in whole_boundaries(asked.found)]
    return [BoundaryLine(_who(row), row) for row in boundary_rows(asked.found, asked.line)]


def _name(line: BoundaryLine) -> str:
    return line.name


def _who(row: BoundaryRow) -> str:
    return " – ".join(row.coders) if row.pair else "All coders"


def _boundary_behind(asked: Asked, line: BoundaryLine, column: int) -> Behind:
    found, row = asked.found, line.row
    name = f"{row.code[-1]}, {_who(row)}"
    if column not in _WHICH:
        looking = looking_behind(found, row.line, coders=row.pair or ())
        return Behind(name, lambda: looking)
    pairs = [row.pair] if row.pair else list(combinations(found.measured.layout.coders, 2))
    words = "matched" if column == _MATCHED else "without a partner"
    return Behind(f"{name}, {words}", lambda: behind_segments(asked.study, found, row.line, pairs, _WHICH[column]))


def segment_view() -> View:
    """Every passage of a code with its partner, or without one."""
    return View(
        "Segments",
        (
            Column("Coders", lambda row: row.names, lambda row: " – ".join(row.names), tip=_coders, width=22 * SPACE),
            Column("Marked by", _marked_by, width=16 * SPACE),
            Column(
                "Overlap",
                lambda row: row.share,
                lambda row: _rounded(row.share),
                "right",
                width=10 * SPACE,
                about="What the two share of what they cover together; of one alone, the most it shares with another.",
            ),
            Column("Document", lambda row: row.document_name, tip=lambda row: row.document_name, width=16 * SPACE),
            Column("Turn", lambda row: row.turn or None, _turn, "right", width=7 * SPACE),
            Column("Words", lambda row: row.words, tip=lambda row: row.words, stretch=True, width=30 * SPACE),
        ),
        lambda asked: segment_rows(asked.study, asked.found, asked.line or ""),
        _segment_behind,
        lambda _asked, row: _segment_note(row),
        "Nobody marked a passage with this code in a document that two coders share.",
    )


def _coders(row: SegmentRow) -> str:
    return " – ".join(row.names)


def _marked_by(row: SegmentRow) -> str:
    return "both" if len(row.marked_by) > 1 else f"only {row.marked_by[0]}"


def _turn(row: SegmentRow) -> str:
    return str(row.turn) if row.turn else "–"


def _segment_note(row: SegmentRow) -> str:
    first, second = row.names
    if row.first is not None and row.second is not None:
        return (
            f"{first} marked {row.first[1] - row.first[0]:,} characters, {second} {row.second[1] - row.second[0]:,}: "
            f"they share {_rounded(row.share)} of what they cover together."
        )
    alone, other = (first, second) if row.second is None else (second, first)
    if not row.share:
        return f"{other} marked nothing of what {alone} marked here."
    return (
        f"What {other} marked nearest shares {_rounded(row.share)} of what the two cover together, or has a nearer "
        "partner: this one has none."
    )


def _segment_behind(asked: Asked, row: SegmentRow, _column: int) -> Behind:
    title = f"{asked.row.name}, {_marked_by(row) if len(row.marked_by) == 1 else _coders(row)}, {row.document_name}"
    return Behind(title, lambda: behind_segment(asked.study, asked.found, asked.line or "", row))


# Domains ----------------------------------------------------------------------------------------------------------

NO_DOMAIN: Final = (
    "No set of codes is marked as exclusive. Where no passage may have two codes of a set, tick “Exclusive” in the "
    "panel of sets beside the codebook: its codes are then measured together."
)
DOMAINS: Final = (
    "Codes that exclude each other, as values of one kind (Krippendorff and others 2016, per pair): uα of all "
    "stretches, |uα of marked against unmarked, cuα of the codes where both marked, (k)uα of one code. "
)


@dataclass(frozen=True, slots=True)
class DomainLine:
    """A domain or one of its codes, with all that is known of the domain."""

    figures: DomainFigures
    row: DomainRow

    @property
    def id(self) -> tuple[str, str]:
        """The domain, and the code if it is of one."""
        return self.row.id

    @property
    def name(self) -> str:
        """The domain's name, or that of a code, set off from it."""
        return f"› {self.row.name}" if self.row.code else self.row.name


def domain_view() -> View:
    """Each exclusive set of codes as one domain: its alphas, and those of its codes."""
    number = partial(_number, width=9 * SPACE)
    return View(
        "Domains",
        (
            Column("Set or code", lambda line: line.name, stretch=True, width=30 * SPACE),
            number("uα", lambda line: line.row.alpha, about="Codes and gaps alike."),
            number("|uα", lambda line: line.row.binary, about="Marked against unmarked, whatever the code."),
            _number(
                "cuα, (k)uα", lambda line: line.row.coding, width=12 * SPACE, about="Which code, where both marked."
            ),
            Column(
                "95 % interval", lambda line: line.row.low, lambda line: _interval(line.row), width=16 * SPACE, yields=1
            ),
            Column(
                "Coverage",
                lambda line: line.row.coverage,
                lambda line: share(line.row.coverage),
                "right",
                width=11 * SPACE,
                about="The share of the text that cuα speaks of; of a code, of its own text.",
            ),
            number("Pooled", lambda line: line.row.pooled, about="cuα of all coders at once; from three coders on."),
        ),
        _domain_lines,
        _domain_behind,
        lambda asked, line: _domain_note(asked, line.figures),
        NO_DOMAIN,
        by_line=False,
        needs_line=False,
        link=lambda line: "Show the passages that overlap" if line.figures.overlaps else "",
    )


def _domain_lines(asked: Asked) -> list[DomainLine]:
    found = domain_figures(asked.study, asked.found)
    return [DomainLine(figures, row) for figures in found for row in figures.rows]


def _domain_note(asked: Asked, figures: DomainFigures) -> str:
    if figures.refusal:
        return figures.refusal
    said = DOMAINS
    if len(asked.found.coders) > 2:
        pairs = [f"{' – '.join(pair.names)} {figure(pair.coding)}" for pair in figures.pairs]
        said += f"cuα is the mean of every two: {', '.join(pairs)}; sources differ on the pooled one. "
    if figures.missing:
        left_out = ", ".join(f"{coder} in {document}" for document, coder in figures.missing)
        said += f"Left out, not knowing all of the codes: {left_out}."
    return said.strip()


def _domain_behind(asked: Asked, line: DomainLine, _column: int) -> Behind:
    figures, found = line.figures, asked.found
    if figures.overlaps:
        return Behind(f"{figures.name}, codes that overlap", lambda: behind_domain(asked.study, found, figures))
    codes, sets = ([line.row.code], None) if line.row.code else (None, [figures.id])
    looking = replace(looking_behind(found), codes=codes, sets=sets)
    return Behind(f"{line.row.name}, {found.round.name}", lambda: looking)


# Columns ----------------------------------------------------------------------------------------------------------


def _number(title: str, value: Any, *, width: int, about: str = "") -> Column[Any]:
    return Column(title, value, lambda row: figure(value(row)), "right", width=width, about=about)


def _count(title: str, value: Callable[[BoundaryRow], int | None], about: str, yields: int = 0) -> Column[BoundaryLine]:
    def words(line: BoundaryLine) -> str:
        number = value(line.row)
        return "–" if number is None else f"{number:,}"

    return Column(
        title, lambda line: value(line.row), words, "right", width=(len(title) + 3) * SPACE, about=about, yields=yields
    )


def _interval(row: BoundaryRow | DomainRow) -> str:
    return between(row.low, row.high)


def _rounded(part: float | None) -> str:
    return "–" if part is None else f"{100 * part:.0f} %"
