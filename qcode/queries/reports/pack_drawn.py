"""What a pack of reports holds beside pages: plots, and what the team keeps to itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Final

from qcode.analysis.cooccurrence import cooccurrence
from qcode.analysis.corpus import Corpus
from qcode.analysis.crosstab import Crosstab, Rows, crosstab
from qcode.analysis.framework import Rows as Subjects
from qcode.errors import QcodeError
from qcode.queries.counting.saturation import assess
from qcode.queries.reports.counted import Small, facts_of, small_beside
from qcode.queries.reports.drawn import cells_plot, curve_plot, readable, web_plot
from qcode.queries.themes.framework import Framework, framework, framework_table
from qcode.queries.themes.outline import printed_titles, themes
from qcode.reports.outputs import write_report
from qcode.reports.packs import Part
from qcode.reports.plot_values import Plot
from qcode.reports.table_values import TablesReport
from qcode.study import Study

PLOTS: Final = "plots"
FOR_THE_TEAM: Final = "for-the-team-only"


def plot_parts(study: Study, counted: Corpus, k: int) -> Iterator[Part]:
    """Codes and themes by group, codes that stand together, and saturation, where the study has something for them."""
    titles = printed_titles(themes(study))
    for table, small in tables_by_group(counted, k):
        yield from _by_group(table, small, titles)
    yield from _together(counted)
    try:
        assessed = assess(study, counted)
    except QcodeError:
        return
    note = "\n".join(assessed.notes)
    yield from _plot("saturation", "How codes grow from document to document.", curve_plot(assessed), note)


def team_parts(study: Study, counted: Corpus) -> Iterator[Part]:
    """The framework, which names people and documents as the study does."""
    subjects: tuple[Subjects, Subjects] = ("participant", "document")
    for by in subjects:
        yield from _matrix(study, framework(study, by, counted=counted))


def tables_by_group(counted: Corpus, k: int) -> Iterator[tuple[Crosstab, Small]]:
    """Codes and themes by group, with what may tell who somebody is hidden, since a pack may leave the house whole.

    It is hidden in both together, for they lie beside each other, and marked where that cannot be.
    """
    kinds: tuple[Rows, Rows] = ("codes", "themes")
    tables = []
    for rows in kinds:
        with suppress(QcodeError):
            tables.append(crosstab(counted, "group", rows=rows))
    yield from zip(tables, small_beside(tables, k), strict=True)


def _matrix(study: Study, found: Framework) -> Iterator[Part]:
    """The framework for reading and for work; by documents only where somebody wrote of these."""
    if not (found.subjects and found.themes) or (found.rows == "document" and not found.written):
        return
    title = f"Framework by {found.rows}, for the team only: names stand as they do in the study"
    report = TablesReport(facts_of(study), (framework_table(found, printed_titles(themes(study))),), title)
    holds = f"The framework: what each {found.rows} says to each theme, as it was summarised."
    for ending in (".docx", ".xlsx"):
        yield Part(f"{FOR_THE_TEAM}/framework-by-{found.rows}{ending}", holds, partial(_write_table, report))


def _by_group(table: Crosstab, small: Small, titles: Mapping[str, str]) -> Iterator[Part]:
    plot = cells_plot(table, small=small, titles=titles)
    if plot is None:
        return
    notes = [table.note, table.said]
    if small.marks(table):
        notes.append(small.said)
    rows = table.rows_are
    yield from _plot(f"{rows}-by-group", f"{rows.capitalize()} by group, as cells.", plot, "\n".join(notes))


def _together(counted: Corpus) -> Iterator[Part]:
    try:
        found = cooccurrence(counted)
    except QcodeError:
        return
    least = readable(found)
    pairs = found.pairs(least=least)
    if not pairs:
        return
    few = f"\nPairs that stand together fewer than {least} times are left out here; the table has them." * (least > 1)
    holds = "Codes that stand on the same words, as a network."
    yield from _plot("co-occurrence", holds, web_plot(found, pairs), f"{found.note}\n{found.said}{few}")


def _plot(name: str, holds: str, plot: Plot, note: str) -> Iterator[Part]:
    """A plot as a picture for pages, and as a drawing that can be edited."""
    for ending, what in ((".png", "A picture"), (".svg", "The same as a drawing that can be edited")):
        told = holds if ending == ".png" else f"{what}."
        yield Part(f"{PLOTS}/{name}{ending}", told, partial(_write_plot, plot, note))


def _write_plot(plot: Plot, note: str, path: Path) -> None:
    from qcode.reports.plots import save_plot

    save_plot(plot, path, note=note)


def _write_table(report: TablesReport, path: Path) -> None:
    write_report(report, path)
