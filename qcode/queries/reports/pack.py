"""All reports of a study as files of one folder: what a team hands to its co-authors."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from qcode import __version__
from qcode.analysis.cooccurrence import cooccurrence
from qcode.analysis.corpus import Corpus
from qcode.errors import QcodeError
from qcode.queries.agreement.figures import study_agreement
from qcode.queries.agreement.report import agreement_report
from qcode.queries.approach import measures_agreement
from qcode.queries.counting.corpus import corpus
from qcode.queries.counting.joint import joint_display, joint_report, surveys
from qcode.queries.counting.saturation import assess, saturation_report
from qcode.queries.disagreements.cases import decision_rows
from qcode.queries.disagreements.papers import minutes_of
from qcode.queries.reports.counted import cooccurrence_reports, crosstab_report, facts_of
from qcode.queries.reports.methods import methods_draft
from qcode.queries.reports.pack_drawn import FOR_THE_TEAM, plot_parts, tables_by_group, team_parts
from qcode.queries.reports.participants import participant_table
from qcode.queries.reports.theme_sections import quotes_report
from qcode.queries.reports.themes_report import codebook_report, themes_report
from qcode.queries.reports.tracing import traced_quotes
from qcode.queries.reports.uses import uses_report
from qcode.queries.team import rounds, study_card
from qcode.queries.themes.outline import printed_titles, themes
from qcode.reports.agreement import write_agreement
from qcode.reports.decisions import write_decisions
from qcode.reports.methods import write_methods
from qcode.reports.outputs import Report, write_report
from qcode.reports.packs import Part
from qcode.reports.participants import write_participants
from qcode.reports.table_values import TableReport, TablesReport
from qcode.study import Study


def pack_opening(study: Study) -> tuple[str, ...]:
    """What stands at the head of the folder."""
    return (
        f"Reports of the study “{study_card(study).title}”, by qcode {__version__}.",
        "Read the cautions in the Report room before any of this leaves the house.",
        f"What lies in “{FOR_THE_TEAM}” names people and documents as the study does, held to no k: keep it.",
    )


def report_parts(study: Study) -> Iterator[Part]:
    """Every report that the study has something for."""
    yield from _quoted(study)
    uses = _made(lambda: uses_report(study))
    if uses is not None:
        for ending in (".docx", ".xlsx"):
            yield _part(f"uses-of-quotes{ending}", "Where quotes are used, and words in two papers.", uses)
    yield _part("codebook.docx", "Every code with its definition.", codebook_report(study))
    table = _made(lambda: participant_table(study))
    if table is not None:
        yield Part("participants.docx", "Who took part, by group.", partial(write_participants, table))
    yield from _counted(study)
    if measures_agreement(study_card(study).approach):
        yield from _compared(study)
    draft = methods_draft(study)
    yield Part("methods.docx", "A draft of the methods, with COREQ and SRQR.", partial(write_methods, draft))
    counted = corpus(study)
    yield from plot_parts(study, counted, study_card(study).k)
    yield from team_parts(study, counted)
    traced = _made(lambda: traced_quotes(study))
    if traced is not None:
        holds = "Every chosen quote with who said it and where, as the study has it."
        yield _part(f"{FOR_THE_TEAM}/quotes-and-places.csv", holds, traced)


def _quoted(study: Study) -> Iterator[Part]:
    pages = themes_report(study)
    beside = ", agreement and the codebook" if pages.agreement else " and the codebook"
    for ending in (".docx", ".html", ".md"):
        yield _part(f"themes-and-quotes{ending}", f"Themes with their quotes{beside}.", pages)
    yield _part("themes-and-quotes.xlsx", "The same, a sheet for each part.", pages)
    quotes = _made(lambda: quotes_report(study, pages.facts))
    if quotes is not None:
        yield _part("quotes.csv", "Every chosen quote, one a row, with documents as far as k allows.", quotes)


def _counted(study: Study) -> Iterator[Part]:
    counted, k = corpus(study), study_card(study).k
    tables = tuple(_tables(study, counted, k))
    if tables:
        report = TablesReport(facts_of(study), tables, "Codes and themes, counted")
        yield _part("tables.xlsx", "Codes and themes counted, co-occurrence and saturation.", report)
        yield _part("tables.docx", "The same tables for a paper.", report)
    for number, survey in enumerate(surveys(study), 1):
        display = _made(partial(joint_display, study, survey.id))
        if display is not None:
            shown = TablesReport(facts_of(study), (joint_report(display),), display.title)
            yield _part(f"joint-display-{number}.docx", "Survey counts beside themes and quotes.", shown)


def _tables(study: Study, counted: Corpus, k: int) -> Iterator[TableReport]:
    titles = printed_titles(themes(study))
    for table, small in tables_by_group(counted, k):
        yield crosstab_report(table, small=small, titles=titles)
    together = _made(lambda: cooccurrence_reports(cooccurrence(counted)))
    if together is not None:
        yield together[0]
    curve = _made(lambda: saturation_report(assess(study, counted), counted))
    if curve is not None:
        yield curve


def _compared(study: Study) -> Iterator[Part]:
    found = _made(lambda: study_agreement(study))
    if found is not None:
        report = agreement_report(study, found)
        for ending in (".docx", ".csv"):
            yield Part(f"agreement{ending}", "Agreement between the coders.", partial(write_agreement, report))
    decided = {row.round for row in decision_rows(study) if row.settles}
    for number, row in enumerate((row for row in rounds(study) if row.id in decided), 1):
        minutes = minutes_of(study, row.id)
        yield Part(f"decisions-{number}.docx", f"What was decided in “{row.name}”.", partial(write_decisions, minutes))


def _part(name: str, holds: str, report: Report) -> Part:
    def write(path: Path) -> None:
        write_report(report, path)

    return Part(name, holds, write)


def _made[T](make: Callable[[], T]) -> T | None:
    """What is made, or nothing where the study has nothing for it."""
    try:
        return make()
    except QcodeError:
        return None
