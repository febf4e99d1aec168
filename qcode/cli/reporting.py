"""The commands that write what a paper prints: themes with their quotes, and the codebook."""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from qcode.cli import showing
from qcode.cli.arguments import StudyFile
from qcode.cli.refusals import refusing
from qcode.errors import QcodeError
from qcode.files import extension
from qcode.study import Study

if TYPE_CHECKING:
    from collections.abc import Collection

    from qcode.reports.house_template import Template
    from qcode.reports.values import ThemesReport


class Part(StrEnum):
    """What a themes report is made of."""

    PARTICIPANTS = "participants"
    TABLE = "table"
    QUOTES = "quotes"
    NEGATIVE = "negative"
    AGREEMENT = "agreement"
    CODEBOOK = "codebook"


CODEBOOK_ENDINGS = (".csv", ".yaml", ".yml", ".docx", ".xlsx", ".html", ".md")


class TemplateUnusedError(QcodeError):
    """A template was given for a file that has no use for one."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"A template is for Word documents, and “{path.name}” is none. Leave it out, or write a .docx."
        )


class NoThemesError(QcodeError):
    """A study without themes has no report on themes."""

    def __init__(self) -> None:
        super().__init__(
            "There are no themes yet. Gather codes into themes and pick quotes for them in the Themes room; "
            "codebook, participants and agreement have reports of their own."
        )


HouseTemplate = Annotated[
    Path | None,
    typer.Option("--template", readable=False, help="A .docx whose styles, page, header and footer are taken over."),
]


def house_template(path: Path | None, output: Path) -> Template | None:
    """The house template that was asked for, if it is one and of any use.

    Raises:
        TemplateUnusedError: unless a Word document is to be written.
        QcodeError: if the template cannot be read.
    """
    from qcode.reports.house_template import read_template

    if path is None:
        return None
    if output.suffix.lower() != ".docx":
        raise TemplateUnusedError(output)
    return read_template(path)


@refusing
def themes(
    study: StudyFile,
    output: Annotated[
        Path, typer.Option("-o", "--output", help="Where to: .docx, .xlsx, .html, .md or .csv (the quotes).")
    ],
    *,
    without: Annotated[list[Part] | None, typer.Option(help="A part to leave out; may be given several times.")] = None,
    round_name: Annotated[str | None, typer.Option("--round", help="The round whose agreement is printed.")] = None,
    template: HouseTemplate = None,
) -> None:
    """Write the themes with their codes, concepts and quotes, the participants, agreement and the codebook."""
    from qcode.queries.reports.themes_report import themes_report
    from qcode.reports.formats import EXTENSIONS
    from qcode.reports.outputs import write_report

    extension(output, EXTENSIONS)
    house = house_template(template, output)
    left_out = frozenset(without or ())
    with Study.open(study) as opened:
        report = themes_report(
            opened,
            with_agreement=Part.AGREEMENT not in left_out,
            with_codebook=Part.CODEBOOK not in left_out,
            with_negative=Part.NEGATIVE not in left_out,
            round_name=round_name,
        )
    if not report.sections:
        raise NoThemesError
    write_report(_shortened(report, left_out), output, template=house)
    showing.say(f"{_told(report)} saved as {output}.")


def _shortened(report: ThemesReport, left_out: Collection[Part]) -> ThemesReport:
    return replace(
        report,
        participants=() if Part.PARTICIPANTS in left_out else report.participants,
        with_overview=Part.TABLE not in left_out,
        with_quotes=Part.QUOTES not in left_out,
    )


def _told(report: ThemesReport) -> str:
    from qcode.reports.values import outline

    sections = [theme for _depth, _place, theme in outline(report.sections)]
    quotes = sum(len(theme.quotes) for theme in sections)
    themes = "1 theme" if len(sections) == 1 else f"{len(sections)} themes and sub-themes"
    return f"{themes} with {'1 quote' if quotes == 1 else f'{quotes:,} quotes'}"


@refusing
def codebook_export(
    study: StudyFile,
    file: Annotated[
        Path, typer.Argument(readable=False, metavar="FILE", help="Where to: .docx, .csv, .yaml, .xlsx, .html or .md.")
    ],
    template: HouseTemplate = None,
) -> None:
    """Save a study's codebook: as a table to load again (.csv, .yaml), or as the appendix of a paper."""
    from qcode.exchange.codebook import Codebook, write_codebook
    from qcode.queries.codebook.tree import code_entries
    from qcode.queries.reports.themes_report import codebook_report
    from qcode.queries.team import study_card
    from qcode.reports.outputs import write_report

    ending = extension(file, CODEBOOK_ENDINGS)
    house = house_template(template, file)
    with Study.open(study) as opened:
        book = Codebook(name=study_card(opened).title, entries=tuple(code_entries(opened)))
        report = codebook_report(opened)
    if ending in (".csv", ".yaml", ".yml"):
        write_codebook(book, file)
    else:
        write_report(report, file, template=house)
    showing.say(f"{'1 code' if len(book) == 1 else f'{len(book):,} codes'} saved as {file}.")
