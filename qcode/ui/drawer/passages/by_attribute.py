"""Filtering and sorting passages by what is recorded about who speaks, the document, or the site it is from."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import cast

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from qcode.queries.codings import PassageRow
from qcode.queries.people.attributes import SheetCell, SheetColumn
from qcode.queries.people.having import Having
from qcode.queries.people.recorded import SUBJECTS, Recorded, recorded
from qcode.text.blocks import Subject
from qcode.text.typed import UNKNOWN, Kind, fold
from qcode.ui.bridge import StudyBridge
from qcode.ui.drawer.chooser import Choice, Chooser
from qcode.ui.drawer.passages.attribute_values import Question, Value, ValueChooser, shown_bound
from qcode.ui.drawer.passages.chips import Chips
from qcode.ui.drawer.passages.table import PassageTable
from qcode.ui.table import Column
from qcode.ui.theme import SPACE

type Key = tuple[Subject, str]

NOT_RECORDED = "not recorded"
_NO_PASSAGES = "There are no passages here to filter or sort."
_NONE = "Nothing is recorded yet. Add attributes of participants, documents and sites in the Transcripts room."
_WHOSE: dict[Subject, str] = {"participant": "of who speaks", "document": "of the document", "site": "of the site"}
_GONE = "“{}” is no longer recorded: the passages are not filtered or sorted by it any more."
_OTHER_KIND = "“{}” is now a {}: the passages are not filtered by it any more. Choose again what it should say."
_LEVELS_GONE = "The values of “{}” that were chosen are gone: the passages are not filtered by it any more."
_OWN = ("site", "mode", "kind")
_MANY = 3


class ByAttribute(QObject):
    """What was chosen lasts while the same passages are open.

    `every` tells all of them, `left` those that the other filters leave.
    """

    changed = Signal()

    def __init__(
        self,
        bridge: StudyBridge,
        table: PassageTable,
        chips: Chips,
        every: Callable[[], Sequence[PassageRow]],
        left: Callable[[], Sequence[PassageRow]],
        panel: QWidget,
    ) -> None:
        super().__init__(panel)
        self._bridge = bridge
        self._table = table
        self._chips = chips
        self._every, self._left = every, left
        self._panel = panel
        self._record: Recorded | None = None
        self._chosen: dict[Key, Having] = {}
        self._columns: dict[Key, SheetColumn] = {}
        self._shown: tuple[Key, SheetColumn] | None = None
        self._chooser: Chooser | None = None
        self._values: ValueChooser | None = None
        chips.removed.connect(self.remove)

    # Properties

    @property
    def is_needed(self) -> bool:
        """Whether it must be known what is recorded about the passages."""
        return bool(self._chosen) or self._shown is not None

    @property
    def conditions(self) -> list[Having]:
        """What all passages shown have."""
        return list(self._chosen.values())

    @property
    def chooser(self) -> Chooser | None:
        """The panel in which an attribute is chosen, once it was needed."""
        return self._chooser

    @property
    def values(self) -> ValueChooser | None:
        """The panel in which its values are chosen, once it was needed."""
        return self._values

    # Methods

    def take(self, record: Recorded | None) -> None:
        """Know what is recorded about the passages that were read; what can no longer be filtered by falls away."""
        self._record = record
        if self.is_needed and (record := self._known()) is not None:
            for key, condition in list(self._chosen.items()):
                self._keep_true(record, key, condition)
            self._keep_column_true(record)
            self._show_chips()

    def passing(self, rows: Iterable[PassageRow]) -> list[PassageRow]:
        """Those of the passages for which everything chosen holds."""
        record, asked = self._record, self.conditions
        if record is None or not asked:
            return list(rows)
        return [row for row in rows if record.holds(row.coding.id, asked)]

    def begin(self) -> None:
        """Ask for an attribute, then for what it should say."""
        if choices := self._choices(to_filter=True):
            hint = "Enter chooses · Esc leaves"
            self._open_chooser().ask("Filter by…", choices, lambda choice, _other: self._ask(_key(choice.id)), hint)

    def begin_column(self) -> None:
        """Ask for the attribute that a column shows and the passages are sorted by."""
        choices = self._choices(to_filter=False)
        if choices and self._shown is not None:
            choices = [Choice("", "No attribute", "takes the column away"), *choices]
        if choices:
            hint = "Enter sorts, first values first · Shift+Enter last values first · Esc leaves"
            self._open_chooser().ask("Show and sort by…", choices, self._show, hint)

    def remove(self, key: Key) -> None:
        """Filter by an attribute no longer."""
        if self._chosen.pop(key, None) is not None:
            self._show_chips()
            self.changed.emit()

    def clear(self) -> None:
        """Filter by no attribute."""
        self._chosen.clear()
        self._show_chips()

    def forget(self) -> None:
        """Filter and sort by nothing, as other passages are opened."""
        self._record = None
        self.clear()
        self._hide_column()

    # Internal

    def _known(self) -> Recorded | None:
        if self._record is None:
            codings = [row.coding for row in self._every()]
            self._record = self._bridge.attempt(lambda: recorded(self._bridge.study, codings))
        return self._record

    def _choices(self, *, to_filter: bool) -> list[Choice]:
        if not self._every():
            self._bridge.refused.emit(_NO_PASSAGES)
            return []
        record = self._known()
        if record is None:
            return []
        keys = self._chosen if to_filter else {self._shown[0]} if self._shown is not None else ()
        found = [
            Choice(f"{subject} {one.key}", one.title, _note(subject, one, chosen=(subject, one.key) in keys))
            for subject in SUBJECTS
            for one in _offered(record, subject)
        ]
        if not found:
            self._bridge.refused.emit(_NONE)
        return found

    def _ask(self, key: Key) -> None:
        record = self._known()
        column = record.column(*key) if record is not None else None
        if record is None or column is None:
            return
        before = self._chosen.get(key)
        question = Question(
            f"{column.title} {_WHOSE[key[0]]}", *key, _kind(column), self._counted(record, key, column), before
        )
        self._open_values().ask(question, lambda condition: self._choose(key, column, condition))

    def _choose(self, key: Key, column: SheetColumn, condition: Having) -> None:
        self._chosen[key], self._columns[key] = condition, column
        self._show_chips()
        self.changed.emit()

    def _counted(self, record: Recorded, key: Key, column: SheetColumn) -> list[Value]:
        """The values in order, each with how many passages it would leave beside what else is chosen."""
        others = [one for other, one in self._chosen.items() if other != key]
        rows = [row.coding.id for row in self._left()]
        said = {cell.text for row in rows for cell in record.cells(*key, row) if cell.state == "given"}
        named = [text for text in column.choices if text != UNKNOWN]
        listed = [*named, *sorted(said - set(named), key=fold)] if _kind(column) == "category" else []
        ends = [(UNKNOWN, UNKNOWN)] * (column.attribute is not None) + [("", NOT_RECORDED)]
        return [
            Value(text, name, sum(record.holds(row, [*others, Having(*key, (text,))]) for row in rows))
            for text, name in [*((text, text) for text in listed), *ends]
        ]

    def _keep_true(self, record: Recorded, key: Key, condition: Having) -> None:
        before, now = self._columns[key], record.column(*key)
        if now is None:
            self._drop(key, _GONE.format(before.title))
            return
        if _kind(now) != _kind(before):
            self._drop(key, _OTHER_KIND.format(now.title, _kind(now)))
            return
        left = condition.texts
        if now.attribute is not None and now.kind == "category":
            there = {fold(text) for text in ("", *now.choices)}
            left = tuple(text for text in left if fold(text) in there)
        if left or not condition.texts:
            self._chosen[key], self._columns[key] = replace(condition, texts=left), now
        else:
            self._drop(key, _LEVELS_GONE.format(now.title))

    def _drop(self, key: Key, sentence: str) -> None:
        del self._chosen[key]
        QTimer.singleShot(0, self, lambda: self._bridge.informed.emit(sentence))  # after what the deed itself says

    def _show(self, choice: Choice, other: bool) -> None:
        record = self._known()
        column = record.column(*_key(choice.id)) if record is not None and choice.id else None
        if column is None:
            self._hide_column()
        else:
            self._show_column(_key(choice.id), column)
            self._table.sort(len(self._table.columns) - 1, descending=other)

    def _show_column(self, key: Key, column: SheetColumn) -> None:
        self._shown = key, column
        title = f"{column.title} (site)" if key[0] == "site" else column.title
        self._table.extend(
            Column[PassageRow](
                title,
                lambda row: _order(self._cells(key, row)),
                lambda row: ", ".join(cell.text for cell in self._cells(key, row) if cell.text),
                width=13 * SPACE,
                about=f"{column.title} {_WHOSE[key[0]]}",
            )
        )

    def _hide_column(self) -> None:
        if self._shown is not None:
            self._shown = None
            self._table.extend(None)

    def _keep_column_true(self, record: Recorded) -> None:
        if self._shown is None:
            return
        key, before = self._shown
        now = record.column(*key)
        if now is None:
            self._hide_column()
            QTimer.singleShot(0, self, lambda: self._bridge.informed.emit(_GONE.format(before.title)))
        elif now.title != before.title:
            header, last = self._table.horizontalHeader(), len(self._table.columns) - 1
            sorted_by, order = header.sortIndicatorSection() == last, header.sortIndicatorOrder()
            self._show_column(key, now)
            if sorted_by:
                header.setSortIndicator(last, order)

    def _cells(self, key: Key, row: PassageRow) -> list[SheetCell]:
        return [] if self._record is None else self._record.cells(*key, row.coding.id)

    def _show_chips(self) -> None:
        self._chips.show_chips({key: _words(key, self._columns[key], one) for key, one in self._chosen.items()})

    def _open_chooser(self) -> Chooser:
        if self._chooser is None:
            self._chooser = Chooser(self._panel.window())
        return self._chooser

    def _open_values(self) -> ValueChooser:
        if self._values is None:
            self._values = ValueChooser(self._panel.window())
        return self._values


def _offered(record: Recorded, subject: Subject) -> list[SheetColumn]:
    """The attributes, and of the columns that every table has those in use that no list of the filters offers."""
    sheet = record.sheets[subject]
    own = {key for key in _OWN if any(row.cells[key].text for row in sheet.rows if key in row.cells)}
    return [one for one in sheet.columns if one.attribute is not None or one.key in own]


def _kind(column: SheetColumn) -> Kind:
    return cast("Kind", column.kind) if column.attribute is not None else "category"


def _key(chosen: str) -> Key:
    subject, _space, column = chosen.partition(" ")
    return cast("Subject", subject), column


def _note(subject: Subject, column: SheetColumn, *, chosen: bool) -> str:
    asked_of = f", {column.group}" if column.group else ""
    return f"{_WHOSE[subject]}{asked_of}{' · chosen' if chosen else ''}"


def _order(cells: Sequence[SheetCell]) -> list[object] | None:
    """What passages are sorted by: what is given in its order, then what is unknown, then nothing."""
    given = [cell.order for cell in cells if cell.state == "given"]
    if given:
        return [0, *given]
    return [1] if any(cell.state == "unknown" for cell in cells) else None


def _words(key: Key, column: SheetColumn, condition: Having) -> str:
    """What is chosen of an attribute, such as “Age: 40 to 50, unknown”."""
    name = column.title if key[0] == "participant" else f"{column.title} ({key[0]})"
    said = [text or NOT_RECORDED for text in condition.texts]
    if len(said) > _MANY:
        said = [*said[: _MANY - 1], f"{len(said) - _MANY + 1} more"]
    least, most = (None if one is None else shown_bound(one) for one in (condition.least, condition.most))
    if least is not None and most is not None:
        said.insert(0, least if least == most else f"{least} to {most}")
    elif least is not None or most is not None:
        said.insert(0, f"from {least}" if most is None else f"to {most}")
    if condition.part:
        said.insert(0, f"with “{condition.part}”")
    return f"{name}: {', '.join(said)}"
