"""The parts of an agreement report on boundaries of passages, on exclusive sets, and on sets of codes as values."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from qcode.reports.blocks import Block, Table, plain
from qcode.reports.printed_tables import figure, share

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from qcode.reports.blocks import Cell
    from qcode.reports.boundary_values import (
        BoundaryFigures,
        BoundarySection,
        DomainSection,
        OverlapFigure,
        SetFigure,
        SetSection,
    )
    from qcode.reports.captions import Captions

_LISTED: Final = 8
"""How many overlaps are listed in words; JSON has all."""

type _Row = tuple[str | float | int | None, ...]

BOUNDARY_NOTE: Final = (
    "uα is alpha for unitizing in its form of 2016 (Krippendorff, Mathet, Bouvry and Widlöcher), of each code by "
    "itself, which is then also |uα; it does not judge into how many pieces an agreed stretch is cut. "
    "F1 = 2M / (N₁ + N₂), with M the passages of two coders that are the same: to the character, or sharing half of "
    "what the two cover together (each passage has one partner at most); overlap is what matched ones share. With "
    "three coders or more, F1 and overlap are means over pairs, and counts are sums over pairs."
)
DOMAIN_NOTE: Final = (
    "Codes that exclude each other, as the values of one domain (2016, per pair): uα of all stretches, |uα of marked "
    "against unmarked text, cuα of the codes where units of two coders meet, (k)uα of one code; coverage is the share "
    "of text that they speak of. With three coders or more, cuα and (k)uα are means of every two coders; the pooled "
    "value takes all at once, and sources differ on how units are there paired with themselves."
)
SET_NOTE: Final = (
    "The value of a unit is the set of all codes that a coder put on it. “Coded text” is conditional on text that "
    "somebody coded: it leaves out the units that all left without a code. mvα follows Krippendorff and Craggs (2016), "
    "MASI Passonneau (2006)."
)
_BOUNDARY: Final = "alpha", "low", "high", "exact", "half", "share", "matched", "only_first", "only_second"
_DOMAIN: Final = "alpha", "binary", "coding", "low", "high", "coverage", "pooled"
_SET: Final = "alpha", "low", "high", "conditional", "conditional_low", "conditional_high"


def boundary_blocks(section: BoundarySection, caption: Captions) -> Iterator[Block]:
    """The table of boundaries, one of the exclusive sets if there are some, and what the figures are."""
    yield caption.next("Boundaries of passages")
    yield _table(
        ("Code", "uα", "95 % interval", "F1 exact", "F1 half", "Overlap", "Matched", "Unmatched"),
        (1972, 800, 1500, 900, 900, 900, 950, 1150),
        [(" > ".join(row.code), *boundary_cells(row)) for row in section.codes],
        "Unitizing alpha and F1 of passages for each code.",
    )
    yield plain("Table Note", BOUNDARY_NOTE)
    if section.domains:
        yield caption.next("Sets of codes that exclude each other")
        yield _table(
            ("Set or code", "uα", "|uα", "cuα, (k)uα", "95 % interval", "Coverage", "Pooled"),
            (2772, 900, 900, 1100, 1500, 1000, 900),
            [cells for domain in section.domains for cells in domain_cells(domain, "› ")],
            "Alphas for unitizing of exclusive sets of codes and of their codes.",
        )
        yield plain("Table Note", DOMAIN_NOTE)
        for said in domain_remarks(section.domains):
            yield plain("Table Note", said)


def boundary_cells(row: BoundaryFigures) -> tuple[str, ...]:
    """What is printed of a code's boundaries: all but its name."""
    return (
        figure(row.alpha),
        between(row.low, row.high),
        figure(row.exact),
        figure(row.half),
        share(row.share),
        f"{row.matched:,}",
        f"{row.only_first + row.only_second:,}",
    )


def domain_cells(domain: DomainSection, before: str) -> Iterator[tuple[str, ...]]:
    """What is printed of an exclusive set and, with something before their names, of its codes."""
    for row in domain.rows:
        yield (
            f"{before}{row.code}" if row.code else domain.name,
            figure(row.alpha),
            figure(row.binary),
            figure(row.coding),
            between(row.low, row.high),
            share(row.coverage),
            figure(row.pooled),
        )


def domain_remarks(domains: Sequence[DomainSection]) -> Iterator[str]:
    """Why a domain has no figures, with the places that stand in their way, and who is left out of one."""
    for domain in domains:
        if domain.refusal:
            yield domain.refusal
        others = domain.overlaps[1:]
        if others:
            more = f"; and {len(others) - _LISTED} more" if len(others) > _LISTED else ""
            yield f"“{domain.name}”, further overlaps: {'; '.join(map(_overlap, others[:_LISTED]))}{more}."
        if domain.missing:
            left_out = ", ".join(f"{coder} in {document}" for document, coder in domain.missing)
            yield f"“{domain.name}”: left out, not knowing all of its codes: {left_out}."


def _overlap(each: OverlapFigure) -> str:
    one, other = (
        f"{code} ({f'turn {turn}, ' if turn else ''}{start}–{end})"
        for code, turn, (start, end) in zip(each.codes, each.turns, each.places, strict=True)
    )
    return f"{each.coder} in {each.document}, {one} and {other}"


def set_blocks(sections: Sequence[SetSection], caption: Captions) -> Iterator[Block]:
    """A table of alphas of sets by each unit, and their definitions."""
    for section in sections:
        yield caption.next(f"Code sets as values, by {section.unit}")
        yield _table(
            ("Measure", "All text", "95 % interval", "Coded text", "95 % interval"),
            (2472, 1400, 1900, 1400, 1900),
            [set_cells(row) for row in section.rows],
            "Alphas of sets of codes, on all text and on coded text.",
        )
    if sections:
        yield plain("Table Note", SET_NOTE)
        yield plain("Table Note", " ".join(f"{row.name}: {row.definition}" for row in sections[0].rows))
        for said in set_remarks(sections):
            yield plain("Table Note", said)


def set_cells(row: SetFigure) -> tuple[str, ...]:
    """What is printed of an alpha of sets of codes."""
    return (
        row.name,
        figure(row.alpha),
        between(row.low, row.high),
        figure(row.conditional),
        between(row.conditional_low, row.conditional_high),
    )


def set_remarks(sections: Sequence[SetSection]) -> Iterator[str]:
    """How many units each rests on, and which codes are left out where."""
    for section in sections:
        yield (
            f"By {section.unit}: {section.units:,} units in {section.documents:,} documents, of which somebody coded "
            f"{section.coded_units:,}."
        )
    missing = sections[0].missing if sections else ()
    if missing:
        left_out = ", ".join(f"{code} in {document}" for document, code in missing)
        yield f"Left out, as a coder did not know the code: {left_out}."


def between(low: float | None, high: float | None) -> str:
    """The two ends of an interval, or a dash."""
    return "–" if low is None or high is None else f"{figure(low)} to {figure(high)}"


def _table(headings: tuple[str, ...], widths: tuple[int, ...], rows: Sequence[tuple[str, ...]], about: str) -> Table:
    def cells(row: tuple[str, ...]) -> Iterator[Cell]:
        for place, words in enumerate(row):
            yield (plain("Table Number" if place else "Table Text", words),)

    made = tuple(tuple(cells(row)) for row in rows)
    return Table(headings, widths, made, about, frozenset(range(1, len(headings))))


# Workbook and JSON ------------------------------------------------------------------------------------------------


def boundary_sheets(section: BoundarySection) -> Iterator[tuple[str, list[_Row]]]:
    """The sheets on boundaries, and on exclusive sets if there are some."""
    rows: list[_Row] = [
        (" > ".join(row.code), " – ".join(row.coders) or "all", *(getattr(row, name) for name in _BOUNDARY))
        for row in (*section.codes, *section.pairs)
    ]
    yield "Boundaries", [("code", "coders", *_BOUNDARY), *rows, (BOUNDARY_NOTE,)]
    if section.domains:
        lines: list[_Row] = [
            (domain.name, row.code, *(getattr(row, name) for name in _DOMAIN), domain.refusal)
            for domain in section.domains
            for row in domain.rows
        ]
        yield "Domains", [("set", "code", *_DOMAIN, "note"), *lines, (DOMAIN_NOTE,)]


def set_sheets(sections: Sequence[SetSection]) -> Iterator[tuple[str, list[_Row]]]:
    """The sheet on sets of codes as values."""
    if sections:
        rows: list[_Row] = [
            (row.measure, section.unit, *(getattr(row, name) for name in _SET), row.definition)
            for section in sections
            for row in section.rows
        ]
        yield "Code sets", [("measure", "unit", *_SET, "definition"), *rows, (SET_NOTE,)]


def boundaries_as_json(section: BoundarySection) -> dict[str, Any]:
    """The boundaries for other programs; what is not defined is null."""
    pairs: dict[tuple[str, ...], list[BoundaryFigures]] = {}
    for row in section.pairs:
        pairs.setdefault(row.code, []).append(row)
    return {
        "definition": BOUNDARY_NOTE,
        "codes": [
            {"code": list(row.code), **_boundary(row), "pairs": [_of_pair(pair) for pair in pairs.get(row.code, ())]}
            for row in section.codes
        ],
        "domains": {
            "definition": DOMAIN_NOTE,
            "sets": [_domain_as_json(domain) for domain in section.domains],
        },
    }


def _boundary(row: BoundaryFigures) -> dict[str, Any]:
    return {
        "u_alpha": row.alpha,
        "low": row.low,
        "high": row.high,
        "span_f1_exact": row.exact,
        "span_f1_iou50": row.half,
        "mean_iou": row.share,
        "matched": row.matched,
        "unmatched": row.only_first + row.only_second,
    }


def _of_pair(row: BoundaryFigures) -> dict[str, Any]:
    return {
        "coders": list(row.coders),
        **_boundary(row),
        "only_first": row.only_first,
        "only_second": row.only_second,
    }


def _domain_as_json(domain: DomainSection) -> dict[str, Any]:
    held: dict[str, Any] = {"set": domain.name, "codes": list(domain.codes), "refused": domain.refusal or None}
    held["overlaps"] = [
        {
            "coder": each.coder,
            "document": each.document,
            "passages": [
                {"code": code, "turn": turn or None, "start": start, "end": end}
                for code, turn, (start, end) in zip(each.codes, each.turns, each.places, strict=True)
            ],
        }
        for each in domain.overlaps
    ]
    whole, values = domain.rows[:1], domain.rows[1:]
    for row in whole:
        held |= {
            "u_alpha": row.alpha,
            "bar_u_alpha": row.binary,
            "cu_alpha": row.coding,
            "low": row.low,
            "high": row.high,
            "coverage": row.coverage,
            "cu_alpha_pooled": row.pooled,
        }
    held["values"] = [
        {"code": row.code, "ku_alpha": row.coding, "coverage": row.coverage, "ku_alpha_pooled": row.pooled}
        for row in values
    ]
    held["pairs"] = [
        {"coders": [first, second], "cu_alpha": coding, "coverage": coverage}
        for first, second, coding, coverage in domain.pairs
    ]
    held["missing"] = [{"document": document, "coder": coder} for document, coder in domain.missing]
    return held | {"documents": domain.documents}


def sets_as_json(sections: Sequence[SetSection]) -> list[dict[str, Any]]:
    """The alphas of sets for other programs."""
    return [
        {
            "unit": section.unit,
            "units": section.units,
            "coded_units": section.coded_units,
            "documents": section.documents,
            "missing": [{"document": document, "code": code} for document, code in section.missing],
            "measures": [
                {
                    "measure": row.measure,
                    "definition": row.definition,
                    "alpha": row.alpha,
                    "low": row.low,
                    "high": row.high,
                    "conditional": {
                        "alpha": row.conditional,
                        "low": row.conditional_low,
                        "high": row.conditional_high,
                    },
                }
                for row in section.rows
            ],
        }
        for section in sections
    ]
