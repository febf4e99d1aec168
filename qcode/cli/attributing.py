"""`qcode attribution`: what stands under quotes, and how many share what is printed of each person."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from qcode.analysis.anonymity import LEAST, MOST
from qcode.cli import showing
from qcode.cli.arguments import AsJson, StudyFile
from qcode.cli.refusals import refusing
from qcode.study import Study

if TYPE_CHECKING:
    from qcode.queries.attribution.anonymity import Attributed
    from qcode.queries.attribution.risk import AtRisk
    from qcode.reports.table_values import TableReport


@refusing
def attribution(
    study: StudyFile,
    template: Annotated[
        str | None, typer.Option(help="Try another template than the study's, such as “{pseudonym}, {role}”.")
    ] = None,
    k: Annotated[int | None, typer.Option("--k", help=f"Try another k than the study's, {LEAST} to {MOST}.")] = None,
    *,
    as_json: AsJson = False,
) -> None:
    """Show who is told by what stands under the chosen quotes, and what was left out of it; nothing is changed."""
    from qcode.cli.counting import show_table
    from qcode.operations.anonymity import KOutOfBoundsError
    from qcode.queries.attribution.anonymity import attributions
    from qcode.queries.themes.outline import themes

    if k is not None and not LEAST <= k <= MOST:
        raise KOutOfBoundsError
    with Study.open(study) as opened:
        quotes = [quote for row in themes(opened) for quote in row.quotes]
        found = attributions(opened, quotes, template=template, k=k)
    if as_json:
        showing.show_json(attribution_json(found))
    else:
        show_table(at_risk_report(found))


def at_risk_report(found: Attributed) -> TableReport:
    """Who is quoted, what is printed of them, and how many share it."""
    from qcode.reports.table_values import TableReport

    return TableReport(
        f"Who is at risk, as “{found.template}” prints them",
        found.said,
        ("Person", "Quotes", "Printed", "Shared by", "Asked", "Why"),
        tuple((row.name, row.quotes, row.printed or None, row.alike, row.wanted, _why(row)) for row in found.people),
    )


def attribution_json(found: Attributed) -> dict[str, Any]:
    """The same as JSON, with everybody who is not quoted."""
    return {
        "template": found.template,
        "k": found.k,
        "people": found.total,
        "said": found.said,
        "exceptions": [{"for": one.whom, "reason": one.reason, "by": one.coder_name} for one in found.exceptions],
        "quoted": [_row_json(row) for row in found.people],
        "others": [_row_json(row) for row in found.others],
    }


def _row_json(row: AtRisk) -> dict[str, Any]:
    return {
        "person": row.name,
        "quotes": row.quotes,
        "printed": row.printed,
        "shared_by": row.alike,
        "asked_shared_by": row.wanted,
        "why": list(row.why),
        "by_hand": list(row.by_hand),
        "excepted": row.exception is not None,
    }


def _why(row: AtRisk) -> str:
    excepted = [f"Excepted: {row.exception.reason}"] if row.exception is not None else []
    return " ".join([*excepted, *row.why])
