"""The participant table: n (%), median (range) and mean (SD) of what is recorded, by group."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from qcode.analysis.descriptives import describe
from qcode.errors import QcodeError
from qcode.queries.people.attributes import NOTHING, Sheet, SheetCell, SheetColumn, SheetRow, sheet
from qcode.queries.team import study_card
from qcode.reports.participants import SMALL_MARK, ParticipantTable, TableCell, TableRow
from qcode.study import Study
from qcode.text.typed import UNKNOWN, fold, shown_number

ALL = "All"
_NOT_RECORDED, _UNKNOWN = "Not recorded", "Unknown"
_DASH = TableCell("–")


class NoParticipantsError(QcodeError):
    """There is nobody to describe."""

    def __init__(self) -> None:
        super().__init__("The study has no participants yet. Add them in the tab Participants, or import a table.")


class NoSuchColumnError(QcodeError):
    """Nothing of that name divides the participants."""

    def __init__(self, name: str, known: Sequence[str]) -> None:
        super().__init__(f"“{name}” does not divide the participants. Use one of: {', '.join(known)}.")


@dataclass(frozen=True, slots=True)
class _Group:
    """A column of the table: a name and the people in it."""

    name: str
    people: tuple[SheetRow, ...]


def participant_table(study: Study, *, by: str | None = "group", k: int | None = None) -> ParticipantTable:
    """The table of all participants; `by` names what divides them into columns, None leaves only all together.

    What is asked of one group counts those people only. A share is of all who are asked, with those of whom it is
    unknown or not recorded. Cells that stand on fewer than k people, the study's k if none is given, are marked.

    Raises:
        NoParticipantsError: there is nobody.
        NoSuchColumnError: `by` is no category.
    """
    found, card = sheet(study, "participant"), study_card(study)
    if not found.rows:
        raise NoParticipantsError
    k = card.k if k is None else k
    divided = None if by is None else _column(found, by)
    groups = _groups(found, divided)
    rows: list[TableRow] = []
    for column in found.columns[1:]:
        if divided is None or column.key != divided.key:
            rows += _rows(column, groups, k)
    marked = any(cell.small for row in rows for cell in row.cells)
    return ParticipantTable(
        card.title,
        divided.title if divided else "",
        tuple((group.name, len(group.people)) for group in groups),
        tuple(rows),
        k,
        tuple(_notes(found, rows, k if marked else 0)),
    )


def dividing(study: Study) -> list[str]:
    """The titles of what a table can be divided by."""
    return [column.title for column in sheet(study, "participant").columns if _divides(column)]


def _column(found: Sheet, by: str) -> SheetColumn:
    able = [column for column in found.columns if _divides(column)]
    for column in able:
        if fold(by) in (column.key, fold(column.title)):
            return column
    raise NoSuchColumnError(by, [column.title for column in able])


def _divides(column: SheetColumn) -> bool:
    return column.kind == "category" or (column.attribute is None and column.key != "name")


def _groups(found: Sheet, divided: SheetColumn | None) -> list[_Group]:
    everybody = _Group(ALL, found.rows)
    if divided is None:
        return [everybody]
    names = [name for name, _order in _levels(divided, found.rows)]
    parts = [_Group(name, _with(found.rows, divided, name)) for name in names]
    rest = [row for row in found.rows if not row.cells[divided.key].text]
    parts += [_Group(_NOT_RECORDED, tuple(rest))] if rest and parts else []
    return [*(part for part in parts if part.people), everybody] if parts else [everybody]


def _with(rows: Sequence[SheetRow], column: SheetColumn, text: str) -> tuple[SheetRow, ...]:
    return tuple(row for row in rows if fold(row.cells[column.key].text) == fold(text))


def _levels(column: SheetColumn, rows: Sequence[SheetRow]) -> list[tuple[str, int]]:
    """What a column says, in order: the levels of a category, or what is written, the most frequent first."""
    if column.kind == "category":
        return [(name, place) for place, name in enumerate(column.choices)]
    counts: dict[str, tuple[str, int]] = {}
    for row in rows:
        if text := row.cells[column.key].text:
            name, count = counts.get(fold(text), (text, 0))
            counts[fold(text)] = name, count + 1
    return sorted(counts.values(), key=lambda item: (-item[1], fold(item[0])))


def _rows(column: SheetColumn, groups: Sequence[_Group], k: int) -> list[TableRow]:
    asked = [_asked(column, group) for group in groups]
    if not any(_is_said(cell) for cells in asked for cell in cells):
        return []
    if column.kind == "number":
        body = _figures(asked, k)
    elif column.kind == "date":
        body = [TableRow("Earliest to latest", "figure", tuple(_span(cells, k) for cells in asked))]
    elif column.kind == "category" or column.attribute is None:
        body = _shares(column, groups, asked, k)
    else:
        return []
    return [TableRow(column.title, "title"), *body, *_unsaid(asked, k)]


def _asked(column: SheetColumn, group: _Group) -> list[SheetCell]:
    cells = [row.cells.get(column.key, NOTHING) for row in group.people]
    return [cell for cell in cells if cell.state != "not asked"]


def _is_said(cell: SheetCell) -> bool:
    return cell.state in ("given", "unknown")


def _shares(
    column: SheetColumn, groups: Sequence[_Group], asked: Sequence[Sequence[SheetCell]], k: int
) -> list[TableRow]:
    everybody = groups[-1].people
    out = []
    for name, _order in _levels(column, everybody):
        if name == UNKNOWN and column.kind == "category":
            continue
        cells = tuple(
            _share(sum(fold(cell.text) == fold(name) and cell.state == "given" for cell in of), len(of), k)
            for of in asked
        )
        out.append(TableRow(name, "level", cells))
    return out


def _unsaid(asked: Sequence[Sequence[SheetCell]], k: int) -> list[TableRow]:
    """How many say that it is unknown, and of how many nothing is recorded, where there are any."""
    out = []
    rows = ((_UNKNOWN, "unknown", "unknown"), (_NOT_RECORDED, "nothing", "missing"))
    for label, state, is_a in rows:
        counts = [sum(cell.state == state for cell in of) for of in asked]
        if any(counts):
            cells = tuple(_share(count, len(of), k) for count, of in zip(counts, asked, strict=True))
            out.append(TableRow(label, "unknown" if is_a == "unknown" else "missing", cells))
    return out


def _share(count: int, total: int, k: int) -> TableCell:
    if not total:
        return _DASH
    percent = 100 * count / total
    return TableCell(f"{count} ({rounded(percent, 0)} %)", count, percent, 0 < count < k)


def _figures(asked: Sequence[Sequence[SheetCell]], k: int) -> list[TableRow]:
    medians, means = [], []
    for cells in asked:
        found = describe([float(cell.order) for cell in cells if cell.state == "given"])
        small = 0 < found.n < k
        if found.median is None or found.low is None or found.high is None or found.mean is None:
            medians.append(_DASH)
            means.append(_DASH)
            continue
        span = f"{shown(found.median)} ({shown(found.low)}–{shown(found.high)})"
        medians.append(TableCell(span, found.n, None, small))
        spread = "–" if found.sd is None else rounded(found.sd, 1)
        means.append(TableCell(f"{rounded(found.mean, 1)} ({spread})", found.n, None, small))
    return [TableRow("Median (range)", "figure", tuple(medians)), TableRow("Mean (SD)", "figure", tuple(means))]


def _span(cells: Sequence[SheetCell], k: int) -> TableCell:
    dates = sorted(cell.text for cell in cells if cell.state == "given")
    return TableCell(f"{dates[0]} to {dates[-1]}", len(dates), None, len(dates) < k) if dates else _DASH


def rounded(value: float, places: int) -> str:
    """A number with so many decimals, halves rounded away from zero as in print, and a true minus sign."""
    step = Decimal(1).scaleb(-places)
    return str(Decimal(repr(value)).quantize(step, ROUND_HALF_UP)).replace("-", "−")


def shown(value: float) -> str:
    """A number with at most two decimals, and a true minus sign."""
    return shown_number(round(value, 2)).replace("-", "−")


def _notes(found: Sheet, rows: Sequence[TableRow], k: int) -> list[str]:
    notes = []
    figures = {row.label for row in rows if row.is_a == "figure"}
    if "Mean (SD)" in figures:
        notes.append("SD: standard deviation of the sample.")
    partly = [f"{column.title} ({column.group})" for column in found.columns if column.group]
    if partly:
        notes.append(f"Asked of one group only: {', '.join(partly)}.")
    left_out = [column.title for column in found.columns if column.attribute and column.kind == "text"]
    if left_out:
        notes.append(f"Free text is not counted: {', '.join(left_out)}.")
    if k:
        notes.append(f"{SMALL_MARK} Fewer than {k} participants: join levels or leave the figure out before printing.")
    return notes
