"""The command that writes the framework matrix."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from qcode.cli import showing
from qcode.cli.arguments import StudyFile
from qcode.cli.refusals import refusing
from qcode.cli.reporting import HouseTemplate, house_template
from qcode.errors import QcodeError
from qcode.files import extension
from qcode.study import Study


class By(StrEnum):
    """What the rows of the matrix are."""

    PARTICIPANT = "participant"
    DOCUMENT = "document"


class EmptyFrameworkError(QcodeError):
    """A framework has no rows or no columns yet."""

    def __init__(self, by: By) -> None:
        super().__init__(
            f"A framework needs a {by.value} and a theme at the least. Make themes in the Themes room, then write it."
        )


@refusing
def framework(
    study: StudyFile,
    output: Annotated[Path, typer.Option("-o", "--output", help="Where to: .docx, .xlsx, .html, .md or .csv.")],
    *,
    by: Annotated[By, typer.Option(help="A row for each participant, or each document.")] = By.PARTICIPANT,
    template: HouseTemplate = None,
) -> None:
    """Write what each participant or document says to each theme, as it was summarised."""
    from qcode.queries.reports.themes_report import report_facts
    from qcode.queries.themes import framework as queries
    from qcode.queries.themes.outline import printed_titles, themes
    from qcode.reports.formats import EXTENSIONS
    from qcode.reports.outputs import write_report

    extension(output, EXTENSIONS)
    house = house_template(template, output)
    with Study.open(study) as opened:
        found = queries.framework(opened, by.value)
        if not (found.subjects and found.themes):
            raise EmptyFrameworkError(by)
        report, facts = queries.framework_table(found, printed_titles(themes(opened))), report_facts(opened)
    write_report(report, output, facts=facts, template=house)
    cells = "1 summary" if found.written == 1 else f"{found.written:,} summaries"
    matrix = f"{_counted(len(found.subjects), by.value)} by {_counted(len(found.themes), 'theme')}"
    showing.say(f"{cells} of {matrix} saved as {output}.")


def _counted(number: int, noun: str) -> str:
    return f"1 {noun}" if number == 1 else f"{number:,} {noun}s"
