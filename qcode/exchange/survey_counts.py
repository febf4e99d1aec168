"""Counts of a survey from a table file: one row for each item and group, with how many of how many.

Needed are columns called item, group, count and denominator, or as people else call them; footnote and theme may be
there. A count that is written n/a, or a dash, or left empty, says that the item does not apply to the group.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from qcode.errors import QcodeError
from qcode.exchange.spreadsheets import TableFile, read_table
from qcode.text.survey_counts import MOST_COUNTED, MOST_GROUPS, MOST_ITEMS, Count, Item, SurveyCounts
from qcode.text.typed import fold, meant

_COLUMNS: Final = {
    "item": ("item", "question", "statement", "variable", "survey item"),
    "group": ("group", "groups", "population", "subgroup"),
    "count": ("count", "n", "yes", "frequency", "numerator"),
    "denominator": ("denominator", "N", "of", "total", "base", "n total"),
    "footnote": ("footnote", "note", "notes", "footnotes"),
    "theme": ("theme", "themes"),
}
_NEEDED: Final = ("item", "group", "count", "denominator")
_NOT_APPLICABLE: Final = frozenset(
    {"", "-", "–", "—", ".", "n/a", "na", "not applicable", "not asked", "does not apply"}
)
_LONGEST: Final = 1_000


class SurveyColumnsMissingError(QcodeError):
    """The table has not the columns that are needed."""

    def __init__(self, path: Path, missing: Sequence[str], there: Sequence[str]) -> None:
        lacks = " and ".join(f"“{one}”" for one in missing)
        has = ", ".join(f"“{one}”" for one in there[:12] if one)
        super().__init__(
            f"“{path.name}” has no column {lacks}. It needs item, group, count and denominator, with one row for each "
            f"item and group; it has: {has or 'no headings'}."
        )


class SurveyColumnTwiceError(QcodeError):
    """Several columns could be meant."""

    def __init__(self, path: Path, column: str, titles: Sequence[str]) -> None:
        named = " and ".join(f"“{one}”" for one in titles)
        super().__init__(f"“{path.name}” has several columns for {column}: {named}. Delete or rename all but one.")


class NotACountError(QcodeError):
    """A cell should say how many and does not."""

    def __init__(self, path: Path, line: int, column: str, text: str) -> None:
        shown = text if len(text) <= 40 else f"{text[:39]}…"
        super().__init__(
            f"“{path.name}”, line {line}: “{shown}” is no {column}. Write a whole number, not a percentage, or n/a "
            "where the item does not apply."
        )


class CountAboveDenominatorError(QcodeError):
    """More answered so than were asked."""

    def __init__(self, path: Path, line: int, count: int, of: int) -> None:
        super().__init__(
            f"“{path.name}”, line {line}: {count:,} of {of:,} cannot be. The count is among those in the denominator."
        )


class CellTwiceError(QcodeError):
    """Two rows are about one item and group."""

    def __init__(self, path: Path, line: int, item: str, group: str) -> None:
        super().__init__(f"“{path.name}”, line {line}: there is a row for “{item}” and “{group}” already. Keep one.")


class NameMissingError(QcodeError):
    """A row says not what was asked, or not whom."""

    def __init__(self, path: Path, line: int, column: str) -> None:
        super().__init__(f"“{path.name}”, line {line}: there is no {column}. Write it, also where it is as above.")


class NameTooLongInSurveyError(QcodeError):
    """A cell holds a text where a name belongs."""

    def __init__(self, path: Path, line: int, column: str) -> None:
        super().__init__(f"“{path.name}”, line {line}: the {column} has more than {_LONGEST:,} characters. Shorten it.")


class UncountedFormulaError(QcodeError):
    """A cell has a formula whose result nobody computed."""

    def __init__(self, path: Path, line: int) -> None:
        super().__init__(
            f"“{path.name}”, line {line}: a formula has no result in the file. Open it in its program, save it, and "
            "try again, or write the number."
        )


class SurveyTooLargeError(QcodeError):
    """The table is no survey that fits beside themes."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"“{path.name}” has more than {MOST_ITEMS} items or {MOST_GROUPS} groups. Keep those that belong beside "
            "themes."
        )


@dataclass(frozen=True, slots=True)
class _Row:
    """A row of the file; `line` is its number there."""

    line: int
    item: str
    count: Count
    themes: tuple[str, ...]


def read_survey(path: Path) -> SurveyCounts:
    """The counts in a .csv, .tsv or .xlsx file.

    Raises:
        SurveyColumnsMissingError, SurveyColumnTwiceError, NotACountError, CountAboveDenominatorError, CellTwiceError,
        NameMissingError, NameTooLongInSurveyError, UncountedFormulaError, SurveyTooLargeError, or what `read_table`
        refuses.
    """
    table = read_table(path)
    places = _places(path, table.headings)
    items: dict[str, list[_Row]] = {}
    for row in _rows(path, table, places):
        own = items.setdefault(fold(row.item), [])
        if any(fold(one.count.group) == fold(row.count.group) for one in own):
            raise CellTwiceError(path, row.line, row.item, row.count.group)
        own.append(row)
    counts = SurveyCounts(tuple(map(_item, items.values())))
    if len(counts.items) > MOST_ITEMS or len(counts.groups) > MOST_GROUPS:
        raise SurveyTooLargeError(path)
    return counts


def _places(path: Path, headings: Sequence[str]) -> dict[str, int]:
    """Where each column stands. n and N are two things, which only their case tells apart."""
    found: dict[str, list[int]] = {}
    for place, title in enumerate(headings):
        tidy = " ".join(title.split())
        column = next((key for key, names in _COLUMNS.items() if tidy in names), None)
        column = column or next((key for key, names in _COLUMNS.items() if fold(tidy) in names), None)
        if column is not None:
            found.setdefault(column, []).append(place)
    missing = [column for column in _NEEDED if column not in found]
    if missing:
        raise SurveyColumnsMissingError(path, missing, headings)
    for column, places in found.items():
        if len(places) > 1:
            raise SurveyColumnTwiceError(path, column, [headings[place] for place in places])
    return {column: places[0] for column, places in found.items()}


def _rows(path: Path, table: TableFile, places: dict[str, int]) -> Iterator[_Row]:
    for number, (line, row) in enumerate(zip(table.numbers, table.rows, strict=True)):
        if not any(row[place] for place in places.values()):
            continue
        if any((number, place) in table.formulas for place in places.values()):
            raise UncountedFormulaError(path, line)
        named = {column: _named(path, line, column, row[places[column]]) for column in ("item", "group")}
        note = _short(path, line, "footnote", row[places["footnote"]]) if "footnote" in places else ""
        themes = row[places["theme"]].split(";") if "theme" in places else []
        cell = _counted(path, line, row[places["count"]], row[places["denominator"]])
        yield _Row(
            line,
            named["item"],
            Count(named["group"], *cell, note),
            tuple(dict.fromkeys(tidy for theme in themes if (tidy := " ".join(theme.split())))),
        )


def _named(path: Path, line: int, column: str, text: str) -> str:
    if not text.strip():
        raise NameMissingError(path, line, column)
    return _short(path, line, column, text)


def _short(path: Path, line: int, column: str, text: str) -> str:
    if len(text) > _LONGEST:
        raise NameTooLongInSurveyError(path, line, column)
    return text.strip()


def _counted(path: Path, line: int, count: str, of: str) -> tuple[int | None, int | None]:
    if fold(count) in _NOT_APPLICABLE:
        return None, None
    some, all_of_them = _whole(path, line, "count", count), _whole(path, line, "denominator", of)
    if some > all_of_them:
        raise CountAboveDenominatorError(path, line, some, all_of_them)
    return (some, all_of_them) if all_of_them else (None, None)


def _whole(path: Path, line: int, column: str, text: str) -> int:
    found = meant(text, "number")
    value = float(found.content) if found.content and not found.refused else -1.0
    if not (0 <= value <= MOST_COUNTED and value.is_integer()):
        raise NotACountError(path, line, column, text)
    return int(value)


def _item(rows: Sequence[_Row]) -> Item:
    """The rows of one item; a footnote that all of them have is the item's."""
    notes = {row.count.note for row in rows}
    shared = notes.pop() if len(notes) == 1 else ""
    counts = tuple(replace(row.count, note="") if shared else row.count for row in rows)
    return Item(rows[0].item, counts, shared, tuple(dict.fromkeys(theme for row in rows for theme in row.themes)))
