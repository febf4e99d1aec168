"""The same without qcode: what SQLite alone needs to write the rows that coding writes."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

from benchmarks.bench import Bench, select
from benchmarks.figures import Floor
from benchmarks.measuring import Timing, take
from benchmarks.studies import Team

# As a study is written: on the disk before the next line runs.
_SAFE = ("journal_mode = DELETE", "synchronous = EXTRA", "secure_delete = ON", "cache_spill = OFF")
_TABLES = {
    "coding": "SELECT * FROM coding",
    "change": "SELECT * FROM change WHERE kind = 'coding'",
    "step": "SELECT * FROM step WHERE id IN (SELECT step_id FROM change WHERE kind = 'coding')",
}

Rows = dict[str, Sequence[Any]]


def one_coding(bench: Bench, size: Team) -> Floor:
    """A coding, its change and its step in a transaction of their own."""
    rows = written(bench.cache.coded(size))
    path = bench.copy(bench.cache.bare(size))
    singles = [_single(rows, number) for number in range(1 + bench.runs(15))]
    return Floor(Timing.of([take(lambda: write_rows(path, one))[0] for one in singles][1:]).wall, "SQL")  # noqa: B023


def all_codings(bench: Bench, size: Team) -> Floor:
    """All codings with their changes in one transaction."""
    rows = written(bench.cache.coded(size))
    copies = [bench.copy(bench.cache.bare(size)) for _ in range(bench.runs(3))]
    return Floor(Timing.of(take(lambda: write_rows(path, rows))[0] for path in copies).wall, "SQL")  # noqa: B023


def written(path: Path) -> Rows:
    """The codings of a study with their changes and steps, as SQLite has them."""
    return {table: select(path, statement) for table, statement in _TABLES.items()}


def _single(rows: Rows, number: int) -> Rows:
    """One coding with its change; each time another step, or the second could not be written."""
    step = (f"{number:032x}", *rows["step"][0][1:])
    return {"coding": [rows["coding"][number]], "change": [rows["change"][number]], "step": [step]}


def write_rows(path: Path, rows: Rows) -> None:
    """Write rows into a study in one transaction."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for pragma in _SAFE:
            connection.execute(f"PRAGMA {pragma}")
        connection.execute("BEGIN IMMEDIATE")
        for table, values in rows.items():
            marks = ", ".join("?" * len(values[0]))
            connection.executemany(f"INSERT INTO {table} VALUES ({marks})", values)  # noqa: S608  # our own tables
        connection.execute("COMMIT")
