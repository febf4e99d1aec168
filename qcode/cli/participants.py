"""The commands about participants: importing a table of them, and the table for a paper."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any, Literal

import typer
from rich import box
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from qcode.cli import showing
from qcode.cli.arguments import AsJson, StudyFile
from qcode.cli.refusals import CellsRefusedError, refusing
from qcode.cli.reporting import HouseTemplate, house_template
from qcode.operations.cells import write_cells
from qcode.queries.people.table_import import Plan, plan_table
from qcode.queries.reports.participants import participant_table
from qcode.reports.participants import SMALL_MARK, ParticipantTable, write_participants
from qcode.study import Study
from qcode.text.typed import DateOrder

participants_app = typer.Typer(no_args_is_help=True, help="Import a table of participants, or write one for a paper.")

_ORDERS: dict[str, DateOrder] = {"day-first": "day first", "month-first": "month first"}
_MOST_SHOWN = 20


@participants_app.command("import")
@refusing
def participants_import(
    study: StudyFile,
    file: Annotated[Path, typer.Argument(readable=False, metavar="FILE", help="A table: .csv, .tsv or .xlsx.")],
    *,
    preview: Annotated[bool, typer.Option("--preview", help="Say what would change, and write nothing.")] = False,
    as_json: AsJson = False,
    sheet: Annotated[str | None, typer.Option(help="Which sheet of a workbook; the first if left out.")] = None,
    dates: Annotated[
        Literal["day-first", "month-first"] | None, typer.Option(help="How dates like 3/4/2024 are written.")
    ] = None,
    add_levels: Annotated[bool, typer.Option("--add-levels", help="Add levels that categories do not have.")] = False,
    take_along: Annotated[
        list[str] | None, typer.Option("--with", help="Take a column along that can tell who somebody is.")
    ] = None,
    skip_refused: Annotated[
        bool, typer.Option("--skip-refused", help="Write the other cells although some are refused.")
    ] = False,
    about: Annotated[
        Literal["participant", "document", "site"], typer.Option(help="What the rows are about.")
    ] = "participant",
) -> None:
    """Add what a table says about participants, in one step; an empty cell changes nothing."""
    from qcode.exchange.spreadsheets import read_table

    table = read_table(file, sheet=sheet)
    with Study.open(study) as opened:
        order = _ORDERS[dates] if dates else None
        plan = plan_table(opened, table, about, dates=order, add_levels=add_levels, taken_along=take_along or ())
        written = 0
        refused = bool(plan.refusals) and not skip_refused
        if not preview and not refused and plan.changes:
            written = write_cells(opened, about, plan.block)
    if as_json:
        showing.show_json(_plan_json(plan, written))
    else:
        _show_plan(plan)
    if refused and not preview:
        raise CellsRefusedError(len(plan.refusals))
    if not as_json and not preview:
        showing.say(f"{written} cells written into {study}." if written else f"Nothing to change in {study}.")


@participants_app.command("table")
@refusing
def participants_table(
    study: StudyFile,
    by: Annotated[
        str, typer.Option(metavar="GROUP|ATTRIBUTE", help="What divides the columns, or “nothing”.")
    ] = "group",
    as_json: AsJson = False,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help="Write it too: .docx, .xlsx, .html, .md or .csv.")
    ] = None,
    template: HouseTemplate = None,
) -> None:
    """Describe the participants: n (%), median (range) and mean (SD), by group or by an attribute."""
    house = house_template(template, output) if output is not None else None
    with Study.open(study) as opened:
        found = participant_table(opened, by=None if by == "nothing" else by)
    if output is not None:
        write_participants(found, output, template=house)
    if as_json:
        showing.show_json(table_json(found))
        return
    _show_table(found)
    if output is not None:
        showing.say(f"Written: {output}")


def _plan_json(plan: Plan, written: int) -> dict[str, Any]:
    return {
        "columns": [
            {
                "heading": column.heading,
                "does": column.fate,
                "title": column.title,
                "kind": column.kind if column.title else None,
                "reason": column.reason,
            }
            for column in plan.columns
        ],
        "rows": [
            {
                "row": row.number,
                "name": row.name,
                "does": row.fate,
                "reason": row.reason,
                "cells": [
                    {
                        "heading": column.heading,
                        "does": cell.fate,
                        "text": cell.text,
                        "before": cell.before,
                        "reason": cell.reason,
                    }
                    for column, cell in zip(plan.columns, row.cells, strict=True)
                    if cell.fate not in ("nothing", "left out")
                ],
            }
            for row in plan.rows
        ],
        "counts": dict(plan.counts()),
        "refused": [{"row": row, "heading": heading, "reason": why} for row, heading, why in plan.refusals],
        "notes": list(plan.notes),
        "asks_dates": plan.asks_dates,
        "new_levels": list(plan.new_levels),
        "written": written,
    }


def _show_plan(plan: Plan) -> None:
    for column in plan.columns:
        if column.fate == "left out":
            showing.say(f"  · “{column.heading}” is left out: {column.reason}.")
        if column.fate == "new":
            showing.say(f"  · “{column.title}” is a new attribute ({column.kind}).")
    for note in plan.notes:
        showing.say(f"  · {note}")
    counts = plan.counts()
    people = sum(row.fate == "new" for row in plan.rows)
    said = ", ".join(f"{counts[fate]} {fate}" for fate in ("new", "changed", "same", "refused"))
    showing.say(f"{len(plan.rows)} rows, {people} of them new; cells: {said}.")
    for number, heading, reason in plan.refusals[:_MOST_SHOWN]:
        showing.say(f"  ! Row {number}{f', {heading}' if heading else ''}: {reason}")
    if len(plan.refusals) > _MOST_SHOWN:
        showing.say(f"  ! … and {len(plan.refusals) - _MOST_SHOWN} more.")
    if plan.asks_dates:
        showing.say("  ? Dates can be read in two ways: add --dates day-first or --dates month-first.")
    if plan.new_levels and counts["refused"]:
        showing.say("  ? Levels that do not exist can be added with --add-levels.")


def table_json(table: ParticipantTable) -> dict[str, Any]:
    """The participant table as other programs read it; cells are in the order of the columns."""
    return {
        "title": table.title,
        "by": table.by,
        "columns": [{"name": name, "n": count} for name, count in table.columns],
        "rows": [
            {
                "label": row.label,
                "type": row.is_a,
                "cells": [
                    {"text": cell.text, "count": cell.count, "percent": cell.percent, "small": cell.small}
                    for cell in row.cells
                ],
            }
            for row in table.rows
        ],
        "k": table.k,
        "notes": list(table.notes),
    }


def _show_table(table: ParticipantTable) -> None:
    shown = Table(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1), collapse_padding=True)
    shown.add_column("characteristic")
    for name, count in table.columns:
        shown.add_column(f"{escape(name)} (n = {count})", justify="right")
    for row in table.rows:
        cells = [f"{cell.text}{SMALL_MARK}" if cell.small else cell.text for cell in row.cells]
        label = escape(row.label) if row.is_a == "title" else f"  {escape(row.label)}"
        shown.add_row(label, *map(escape, cells))
    Console().print(shown)
    for note in table.notes:
        showing.say(note)
