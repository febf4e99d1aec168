"""Blocks of cells on their way into a table of participants, documents or sites."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from qcode.ids import AttributeId, new_id
from qcode.text.typed import Habits, Kind

Subject = Literal["participant", "document", "site"]


@dataclass(frozen=True, slots=True)
class CellEntry:
    """What a cell should say: `row` and `column` are ids, or the key of a column that every table has."""

    row: str
    column: str
    text: str


@dataclass(frozen=True, slots=True)
class NewRow:
    """A participant or site that a block brings along."""

    name: str
    id: str = field(default_factory=new_id)


@dataclass(frozen=True, slots=True)
class NewColumn:
    """An attribute that a block brings along."""

    name: str
    kind: Kind
    levels: tuple[str, ...] = ()
    id: AttributeId = field(default_factory=lambda: AttributeId(new_id()))


@dataclass(frozen=True, slots=True)
class Block:
    """Cells to be written together, with the rows, columns and sites that are new.

    `habits` says how columns are written; with `add_levels`, what is no level of a category yet becomes one.
    """

    cells: tuple[CellEntry, ...] = ()
    new_rows: tuple[NewRow, ...] = ()
    new_columns: tuple[NewColumn, ...] = ()
    new_sites: tuple[NewRow, ...] = ()
    habits: Mapping[str, Habits] = field(default_factory=dict)
    add_levels: bool = False
