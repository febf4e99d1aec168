"""`qcode quotes`: the quotes of themes as a paper prints them."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from qcode.analysis.anonymity import LEAST, MOST
from qcode.cli import showing
from qcode.cli.arguments import StudyFile
from qcode.cli.refusals import refusing
from qcode.cli.reporting import HouseTemplate, house_template
from qcode.files import extension
from qcode.study import Study

if TYPE_CHECKING:
    from qcode.reports.values import QuotesReport


class Status(StrEnum):
    """Which quotes are asked for."""

    CHOSEN = "chosen"
    SHORTLISTED = "shortlisted"
    ALL = "all"


@refusing
def quotes(
    study: StudyFile,
    output: Annotated[
        Path, typer.Option("-o", "--output", metavar="FILE", help="Where to: .docx, .xlsx, .html, .md or .csv.")
    ],
    *,
    theme: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME", help="A theme, with those below it; may be given several times."),
    ] = None,
    k: Annotated[
        int | None, typer.Option("--k", help=f"Print of nobody what fewer than k people share, {LEAST} to {MOST}.")
    ] = None,
    status: Annotated[Status, typer.Option(help="Chosen quotes, those on the shortlist, or all.")] = Status.CHOSEN,
    template: HouseTemplate = None,
) -> None:
    """Write quotes as a paper prints them: edited, attributed so that nobody is named further than k people share."""
    from qcode.operations.anonymity import KOutOfBoundsError
    from qcode.queries.reports.theme_sections import quotes_report
    from qcode.queries.reports.themes_report import report_facts
    from qcode.reports.outputs import EXTENSIONS, write_report

    extension(output, EXTENSIONS)
    house = house_template(template, output)
    if k is not None and not LEAST <= k <= MOST:
        raise KOutOfBoundsError
    with Study.open(study) as opened:
        report = quotes_report(
            opened,
            report_facts(opened),
            named=theme or (),
            status=status.value,
            k=k,
        )
    write_report(report, output, template=house)
    showing.say(f"{_told(report)} saved as {output}.")


def _told(report: QuotesReport) -> str:
    from qcode.reports.values import outline

    found = [quote for _depth, _place, theme in outline(report.sections) for quote in theme.quotes]
    left_out = sum(not (quote.text or quote.lines) for quote in found)
    said = "1 quote" if len(found) == 1 else f"{len(found):,} quotes"
    return f"{said}, {left_out} of them left out since the transcript changed," if left_out else said
