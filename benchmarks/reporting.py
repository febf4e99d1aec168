"""Reporting: quotes to a workbook and to Word, from the study to the file; the cost grows with their number alone."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import redirect_stdout
from dataclasses import replace
from io import StringIO
from pathlib import Path

from benchmarks import peers
from benchmarks.bench import Bench
from benchmarks.figures import Figure, Floor, timed
from benchmarks.measuring import Timing, timing
from qcode.cli.commands import COLLECT_RARELY
from qcode.cli.quoting import quotes
from qcode.ids import new_id
from qcode.models import Quote
from qcode.models.recording import insert_rows
from qcode.operations import themes
from qcode.operations.passages import Passage, anchored
from qcode.queries.codings import Looking, codings
from qcode.queries.reports.themes_report import themes_report
from qcode.reports.outputs import report_bytes
from qcode.reports.values import ThemeSection, ThemesReport
from qcode.study import Study
from qcode.text.ordering import sequence

_THEMES = 8
_FEW, _SOME, _MORE = 1_000, 2_000, 5_000


def report(bench: Bench) -> Iterator[Figure]:
    """All quotes from the study to a workbook, and its parts; Word documents of some and of all."""
    with bench.study(bench.cache.coded(bench.team)) as study:
        _quote(study)
        reading = timing(lambda: _read(study), bench.runs(3))
        room = timing(lambda: report_bytes(themes_report(study), ".xlsx"), bench.runs(3))
        pages = _read(study)
        command = _by_command(bench, study.path)
    number = sum(len(theme.quotes) for theme in pages.sections)
    size = f"A: {number:,} quotes"
    workbook = timing(lambda: report_bytes(pages, ".xlsx"), bench.runs(5))
    writing = Floor(workbook.wall, "writing alone")
    word = timing(lambda: report_bytes(pages, ".docx"), bench.runs(3))
    some = _first(pages, _SOME)
    fewer = timing(lambda: report_bytes(some, ".docx"), bench.runs(5))
    yield timed("quotes read A", f"{size} read, placed and attributed", reading)
    yield timed("quotes xlsx A", f"{size} to XLSX", workbook, target=3.0)
    yield timed(
        "quotes command A",
        f"{size}: the command, from the study to XLSX",
        command,
        floor=writing,
        peers=bench.compared(peers.WORKBOOK),
        target=3.0,
    )
    yield from _growing(bench, command, number)
    yield timed(
        "report room A",
        f"{size}: the Report room, read with agreement and codebook, and saved as XLSX",
        room,
        floor=writing,
        note="a second save only writes",
    )
    yield timed("quotes docx", f"A: {_SOME:,} quotes to DOCX", fewer, target=5.0)
    yield _in_proportion(word, fewer, number)
    page = timing(lambda: report_bytes(pages, ".html"), bench.runs(5))
    yield timed("quotes html A", f"{size} to HTML", page)


def _growing(bench: Bench, command: Timing, number: int) -> Iterator[Figure]:
    """The command on the same study with fewer quotes."""
    for count in (_FEW, _MORE):
        with bench.study(bench.cache.coded(bench.team)) as study:
            _quote(study, count)
            taken = _by_command(bench, study.path)
        note = f"{command.wall / taken.wall:.1f} times as long for {number / count:.0f} times the quotes"
        yield timed(f"quotes command {count:,}", f"A: {count:,} quotes: the command, to XLSX", taken, note=note)


def _by_command(bench: Bench, study: Path) -> Timing:
    """`qcode quotes STUDY -o OUT.xlsx`, without the start of the program."""
    output, before = bench.room() / "quotes.xlsx", gc.get_threshold()
    gc.set_threshold(*COLLECT_RARELY)
    try:
        with redirect_stdout(StringIO()):
            return timing(lambda: quotes(study, output), bench.runs(3))
    finally:
        gc.set_threshold(*before)


def _in_proportion(all_of_them: Timing, some: Timing, number: int) -> Figure:
    """All quotes to Word may take what some take, as often as they are more, and a quarter."""
    allowed = some.times(number / _SOME).wall * 1.25
    note = f"{all_of_them.wall / some.wall:.1f} times as long for {number / _SOME:.0f} times the quotes"
    return timed("quotes docx A", f"A: {number:,} quotes to DOCX", all_of_them, target=allowed, note=note)


def _quote(study: Study, number: int | None = None) -> None:
    """Choose every coded passage as a quote, or so many of them from all over the study, theme after theme."""
    every = sorted(codings(study, Looking(layer=None)), key=lambda row: (row.document, row.start, row.end))
    found = every if number is None else every[:: max(1, len(every) // number)][:number]
    made = [themes.add_theme(study, name=f"Theme {number + 1}") for number in range(_THEMES)]
    with study.transact("Pick {count} quotes", args={"count": len(found)}) as session:
        newest = {
            row.document: anchored(session, study.shelf, Passage(row.document, row.start, row.end)) for row in found
        }
        rows = [
            {
                "id": new_id(),
                "theme_id": made[number % _THEMES],
                "document_id": row.document,
                "revision_id": newest[row.document].revision,
                "start": row.start,
                "end": row.end,
                "position": place,
            }
            for number, (row, place) in enumerate(zip(found, sequence(len(found)), strict=True))
        ]
        insert_rows(session, Quote, rows)


def _read(study: Study) -> ThemesReport:
    return themes_report(study, with_agreement=False, with_codebook=False)


def _first(whole: ThemesReport, number: int) -> ThemesReport:
    """The report with as many quotes of each theme as make this number."""
    each = number // len(whole.sections)
    sections: tuple[ThemeSection, ...] = tuple(replace(one, quotes=one.quotes[:each]) for one in whole.sections)
    return replace(whole, sections=sections)
