"""Writing the cells of the tables of participants, documents and sites: one, or a whole block, in one step."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from qcode.errors import QcodeError
from qcode.models import Attribute, AttributeLevel, AttributeValue, Site
from qcode.models.recording import insert_rows, write_fields
from qcode.models.subjects import MODES, SHAPES, Shape
from qcode.operations.attributes import UnknownSubjectError, put_attribute, put_levels, value_id
from qcode.operations.lookup import GoneError, NameTakenError, tidy_name
from qcode.study import Study
from qcode.text.blocks import Block, CellEntry, Subject
from qcode.text.typed import Meant, fold, meant


class CellRefusedError(QcodeError):
    """A cell cannot say what was written into it; nothing was changed."""

    def __init__(self, row: str, column: str, reason: str) -> None:
        super().__init__(f"{row}, {column}: {reason}")


def write_cells(study: Study, subject: Subject, block: Block) -> int:
    """Write a block of cells in one step, all of it or, if one cell is refused, nothing; answers how many changed.

    Raises:
        CellRefusedError: a cell that cannot be what its column asks for.
        NameTakenError: two rows would have one name.
    """
    if subject not in SHAPES:
        raise UnknownSubjectError(subject)
    label, args = _label(subject, block)
    with study.transact(label, args=args) as session:
        writer = _Writer(session, subject, block)
        return writer.write()


def _label(subject: Subject, block: Block) -> tuple[str, dict[str, Any]]:
    rows = {cell.row for cell in block.cells} | {row.id for row in block.new_rows}
    if len(rows) == 1:
        return f"Describe {subject} {{{subject}}}", {subject: next(iter(rows))}
    return f"Fill in {{count}} cells about {subject}s", {"count": len(block.cells)}


class _Writer:
    """One block on its way into the study."""

    def __init__(self, session: Session, subject: Subject, block: Block) -> None:
        self.session, self.subject, self.block = session, subject, block
        self.shape: Shape = SHAPES[subject]
        self.changed = 0
        self._inserted: dict[str, dict[str, Any]] = {}
        self._written: dict[str, dict[str, Any]] = {}

    def write(self) -> int:
        self._add_rows()
        for column in self.block.new_columns:
            put_attribute(
                self.session, column.id, subject=self.subject, name=column.name, kind=column.kind, levels=column.levels
            )
        self.session.flush()
        self._read()
        own = {"name", *self.shape.columns}
        for cell in self.block.cells:
            if cell.column in own:
                self._write_own(self._row(cell), cell)
        self._refuse_twins()
        for cell in self.block.cells:
            if cell.column not in own:
                self._write_value(self._row(cell), cell)
        insert_rows(self.session, AttributeValue, list(self._inserted.values()))
        write_fields(self.session, AttributeValue, self._written)
        return self.changed

    def _add_rows(self) -> None:
        for site in self.block.new_sites:
            self.session.add(Site(id=site.id, name=tidy_name("site", site.name)))
        if self.block.new_rows and self.subject == "document":
            raise GoneError("document")
        for row in self.block.new_rows:
            kind: Any = self.shape.rows
            self.session.add(kind(id=row.id, **{self.shape.name: tidy_name(self.subject, row.name)}))
            self.changed += 1

    def _read(self) -> None:
        session, rows = self.session, self.shape.rows
        self._rows: dict[str, Any] = {row.id: row for row in session.scalars(select(rows).where(rows.alive))}
        attributes = select(Attribute).where(Attribute.alive, Attribute.subject == self.subject)
        self._attributes = {row.id: row for row in session.scalars(attributes)}
        self._levels: dict[str, dict[str, AttributeLevel]] = {key: {} for key in self._attributes}
        for level in session.scalars(select(AttributeLevel).where(AttributeLevel.alive)):
            self._levels.setdefault(level.attribute_id, {})[fold(level.name)] = level
        about = {cell.column for cell in self.block.cells} & self._attributes.keys()
        values = select(AttributeValue).where(AttributeValue.attribute_id.in_(about))
        self._values = {row.id: row for row in session.scalars(values)}
        sites = session.execute(select(Site.id, Site.name).where(Site.alive))
        self._sites = {fold(name): key for key, name in sites}

    def _row(self, cell: CellEntry) -> Any:
        if cell.row not in self._rows:
            raise GoneError(self.subject)
        return self._rows[cell.row]

    # Columns that every table has

    def _write_own(self, row: Any, cell: CellEntry) -> None:
        named = cell.column == "name"
        column = self.shape.name if named else self.shape.columns[cell.column]
        value = tidy_name(self.subject, cell.text) if named else self._own_value(row, cell)
        if getattr(row, column) != value:
            setattr(row, column, value)
            self.changed += 1

    def _own_value(self, row: Any, cell: CellEntry) -> str | None:
        found = meant(cell.text, "text")
        if found.refused:
            raise self._refusal(row, cell, found.refused)
        if cell.column == "site":
            return self._site(row, cell, found)
        if cell.column == "mode" and found.content.casefold() not in ("", *MODES):
            raise self._refusal(row, cell, f"“{found.content}” is no mode. Use one of: {', '.join(MODES)}.")
        return found.content.casefold() if cell.column == "mode" else found.content

    def _site(self, row: Any, cell: CellEntry, found: Meant) -> str | None:
        if not found.content:
            return None
        if fold(found.content) not in self._sites:
            raise self._refusal(row, cell, f"There is no site “{found.content}”. Add it in the tab Sites first.")
        return self._sites[fold(found.content)]

    def _refuse_twins(self) -> None:
        """Names are unique among living rows, also when a block exchanges some."""
        if not self.block.new_rows and all(cell.column != "name" for cell in self.block.cells):
            return
        seen: set[str] = set()
        for row in self._rows.values():
            name = fold(getattr(row, self.shape.name))
            if name in seen:
                raise NameTakenError(self.subject, getattr(row, self.shape.name))
            seen.add(name)

    # Attributes

    def _write_value(self, row: Any, cell: CellEntry) -> None:
        attribute = self._attributes.get(cell.column)
        if attribute is None:
            raise GoneError("attribute")
        levels = {key: level.name for key, level in self._levels[attribute.id].items()}
        kind: Any = attribute.kind
        found = meant(cell.text, kind, levels, self.block.habits.get(cell.column))
        if found.refused:
            raise self._refusal(row, cell, found.refused)
        if (
            not found.nothing
            and attribute.group_name
            and fold(getattr(row, "group_name", "")) != fold(attribute.group_name)
        ):
            raise self._refusal(row, cell, f"It is recorded for the group {attribute.group_name} only.")
        self._store(attribute.id, row.id, found.nothing, self._value(row, cell, attribute, found))

    def _value(self, row: Any, cell: CellEntry, attribute: Attribute, found: Meant) -> list[Any]:
        if attribute.kind != "category" or not found.content:
            return [None, found.content, found.unknown]
        return [self._level(row, cell, attribute, found), "", False]

    def _level(self, row: Any, cell: CellEntry, attribute: Attribute, found: Meant) -> str:
        known = self._levels[attribute.id]
        if fold(found.content) not in known:
            if not self.block.add_levels:
                names = ", ".join(level.name for level in sorted(known.values(), key=lambda level: level.position))
                offered = f"Use one of: {names}; or add it as a level." if names else "Add it as a level first."
                raise self._refusal(row, cell, f"“{found.content[:60]}” is no level. {offered}")
            put_levels(self.session, attribute.id, [found.content])
            self.session.flush()
            added = select(AttributeLevel).where(AttributeLevel.alive, AttributeLevel.attribute_id == attribute.id)
            self._levels[attribute.id] = {fold(level.name): level for level in self.session.scalars(added)}
        return self._levels[attribute.id][fold(found.content)].id

    def _store(self, attribute: str, row: str, nothing: bool, value: list[Any]) -> None:
        key = value_id(attribute, row)
        before = self._values.get(key)
        alive = before is not None and before.alive
        self._inserted.pop(key, None)
        self._written.pop(key, None)
        if nothing:
            if alive:
                self._written[key] = {"alive": False}
                self.changed += 1
            return
        if before is not None and alive and [before.level_id, before.content, before.unknown] == value:
            return
        self.changed += 1
        if before is not None:
            self._written[key] = {"alive": True, "value": value}
            return
        columns = dict(zip(AttributeValue.together["value"], value, strict=True))
        self._inserted[key] = {"id": key, "attribute_id": attribute, self.shape.value_column: row, **columns}

    def _refusal(self, row: Any, cell: CellEntry, reason: str) -> CellRefusedError:
        titles = {**self.shape.titles, **{key: attribute.name for key, attribute in self._attributes.items()}}
        return CellRefusedError(getattr(row, self.shape.name), titles.get(cell.column, self.shape.title), reason)
