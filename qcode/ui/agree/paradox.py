"""One sentence on a pair of coders: which of the four cells drives kappa."""

from __future__ import annotations

from qcode.queries.agreement.details import PairRow
from qcode.reports.printed_tables import share


def paradox(row: PairRow, unit: str) -> str:
    """Which cell makes kappa and percent agreement tell different stories, or that they tell one."""
    cells, (first, second) = row.pair.cells, row.names
    both = f"{first} and {second}"
    whole = f"of {cells.whole:,.0f} {unit}s"
    marked = f"{cells.both + cells.first + cells.second:,.0f} {whole}"
    match row.driven_by:
        case "neither":
            return (
                f"{both} agree on {share(cells.agreement)}, mostly by leaving text unmarked: κ hangs on the "
                f"{marked} that one of them marked, of which both marked {cells.both:,.0f}."
            )
        case "both":
            return (
                f"{both} agree on {share(cells.agreement)}, mostly by marking nearly all of it: κ hangs on the "
                f"{cells.whole - cells.both:,.0f} {whole} that one of them left unmarked."
            )
        case "first":
            return f"{first} marks more: κ hangs on the {cells.first:,.0f} {whole} that {first} alone marked."
        case "second":
            return f"{second} marks more: κ hangs on the {cells.second:,.0f} {whole} that {second} alone marked."
        case None:
            return "κ and percent agreement tell one story here: no cell stands out."
