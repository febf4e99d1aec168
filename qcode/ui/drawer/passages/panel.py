"""The passages behind a code, a number or a cell: to read, sort, filter, work on and go to."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from qcode.operations.memos import Target
from qcode.queries.codebook.code_sets import code_sets
from qcode.queries.codings import Looking, PassageRow, how_many, passages
from qcode.queries.people.recorded import Recorded, recorded
from qcode.queries.team import rounds, study_card
from qcode.queries.transcripts.alignment import Counterpart, OtherLanguage, other_languages
from qcode.study import Place
from qcode.ui import work
from qcode.ui.bridge import StudyBridge
from qcode.ui.drawer.acts import counted
from qcode.ui.drawer.panel import Panel
from qcode.ui.drawer.passages.acts import passage_actions
from qcode.ui.drawer.passages.by_attribute import ByAttribute
from qcode.ui.drawer.passages.columns import GROUP, ROLE, ROUND, WEIGHT, columns
from qcode.ui.drawer.passages.desk import PassageDesk
from qcode.ui.drawer.passages.filters import FilterRow, groups_of, roles_of
from qcode.ui.drawer.passages.reader import AROUND, PassageReader
from qcode.ui.drawer.passages.table import PassageTable
from qcode.ui.empty import EmptyState
from qcode.ui.theme import SPACE, label

_NOTHING_ASKED = "Every code, cell and number can show its passages here. To begin, look at all of them."
_NOTHING_THERE = "There are no passages here that you may see now."
_NOTHING_LEFT = "None of these passages is as you chose. You chose: {}."
_WHERE_TO_SPLIT = "Move the caret to where the second part begins, and split again."
_AT_ONCE = 1_500
_TEAM = ("round", "coder")
_RECORDED = ("attribute", "attribute_level", "attribute_value", "site")


class PassagesPanel(Panel):
    """A table of passages, and beside it the one that is current, in its context."""

    requestPlace = Signal(object)
    requestMemo = Signal(object)
    requestMemos = Signal(str, str, str)

    kinds = (
        "study",
        "coding",
        "code",
        "document",
        "revision",
        "speaker",
        "participant",
        "turn_link",
        "assignment",
        *_TEAM,
        *_RECORDED,
    )

    def __init__(self, bridge: StudyBridge, parent: QWidget | None = None) -> None:
        super().__init__(bridge, parent)
        self._looking: Looking | None = None
        self._rows: list[PassageRow] = []
        self._rounds: dict[str, str] = {}
        self._beside = False
        self._others: dict[str, list[OtherLanguage]] = {}
        self._task: work.Task | None = None
        self._title = label("", "heading")
        self._count = label("", tone="quiet")
        self._filter = QLineEdit(self)
        self.filters = FilterRow(self)
        self._filters_button = QPushButton("Filters", self)
        self._table = PassageTable(columns(self._rounds), self)
        self._reader = PassageReader(self)
        self._empty = EmptyState(_NOTHING_ASKED, "Show all passages")
        self._stack = QStackedWidget(self)
        self._stack.setMinimumHeight(5 * SPACE)
        self.desk = PassageDesk(bridge, self._table, self)
        self.by_attribute = ByAttribute(
            bridge, self._table, self.filters.chips, lambda: self._rows, self._narrowed, self
        )
        self._actions = passage_actions(self)
        self._lay_out()
        self._connect()

    # Properties

    @property
    def title(self) -> str:
        """What the passages are of."""
        return self._title.text()

    @property
    def table(self) -> PassageTable:
        """The passages."""
        return self._table

    @property
    def filter_line(self) -> QLineEdit:
        """Narrows the passages to those with some words."""
        return self._filter

    @property
    def reader(self) -> PassageReader:
        """The passage that is current."""
        return self._reader

    @property
    def chosen(self) -> str:
        """What narrows the passages, in words; empty where all are let through."""
        typed = self._filter.text().strip()
        said = " · ".join([f"with “{typed}”"] * bool(typed) + self.filters.words)
        return said[:1].lower() + said[1:]

    @property
    def reading(self) -> bool:
        """Whether passages are on their way."""
        return self._task is not None

    # Methods

    def look(self, title: str, looking: Looking) -> None:
        """Show the passages that are asked for."""
        self._looking = None
        self._filter.clear()
        self.filters.open_all()
        self.by_attribute.forget()
        self._title.setText(title)
        self._looking = looking
        self.mark_stale()

    def refresh(self) -> None:
        """Read the passages again: a few at once, many without keeping the window waiting."""
        self._give_up_waiting()
        if self._looking is None:
            self._show_empty(_NOTHING_ASKED, "Show all passages")
            return
        study, looking, attributes = self.bridge.study, self._looking, self.by_attribute.is_needed

        def read() -> tuple[list[PassageRow], Recorded | None]:
            rows = passages(study, looking, around=AROUND)
            return rows, recorded(study, [row.coding for row in rows]) if attributes else None

        self._others.clear()
        self._rounds.clear()
        self._rounds.update({row.id: row.name for row in rounds(study)})
        number = how_many(study, looking)
        if number <= _AT_ONCE:
            self._take(*read())
            return
        self._count.setText(f"Reading {counted(number, 'coding')}…")
        refused = self.bridge.refused.emit
        self._task = work.run(self, lambda _progress: read(), done=self._on_read, refused=refused)

    def entry(self) -> QWidget:
        """The table, or the button of the empty state."""
        return self._table if self._stack.currentIndex() else self._empty.button

    def panel_actions(self) -> list[QAction]:
        """What can be done to the passages that are marked."""
        return self._actions

    def update_theme(self) -> None:
        """Take the colours of the theme."""
        self._reader.update_theme()
        self.desk.update_theme()
        self._table.viewport().update()

    def begin_filter(self) -> None:
        """Go to the line that narrows the passages to some words."""
        self._filter.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._filter.selectAll()

    def turn_filters(self) -> None:
        """Show what one can choose by, or hide it and choose nothing."""
        shown = self.filters.isHidden()
        self._set_filters_shown(shown)
        if shown:
            self.filters.coder.setFocus(Qt.FocusReason.ShortcutFocusReason)
        else:
            self.filters.open_all()
            self._table.setFocus(Qt.FocusReason.OtherFocusReason)

    def begin_attribute(self) -> None:
        """Ask what is recorded about the passages that are to be shown."""
        self._set_filters_shown(True)  # noqa: FBT003
        self.by_attribute.begin()

    def open_all(self) -> None:
        """Let all of the passages through again, whatever was chosen or typed."""
        self._filter.clear()
        self.filters.open_all()

    def turn_other_language(self) -> None:
        """Show with each passage what the other language says there, or no longer."""
        self._beside = not self._beside
        self._show_current()
        row: PassageRow | None = self._table.current_row()
        if self._beside and row is not None and not self._others[row.coding.document]:
            self.bridge.informed.emit(f"“{row.document_name}” is no translation, and nothing here is one of it.")

    def split(self) -> None:
        """Cut the passage that is current in two at the caret in its words; from the list, go there first."""
        row: PassageRow | None = self._table.current_row()
        if row is None:
            return
        if self._table.hasFocus() and row.coding.mine and self._reader.place() in (None, row.coding.start):
            self._reader.put_caret(row.coding.start)
            self._reader.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.bridge.informed.emit(_WHERE_TO_SPLIT)
        else:
            self.desk.split(row, self._reader.place())

    def open_place(self) -> None:
        """Ask for the place of the passage that is current."""
        row: PassageRow | None = self._table.current_row()
        if row is not None:
            self._on_activated(row)

    def step(self, by: int) -> None:
        """Go to the place of the next passage (1) or the one before (-1)."""
        shown = self._table.shown_rows()
        if shown:
            at = self._table.currentIndex().row() + by
            self._table.select_row(shown[at % len(shown)].coding.id)
            self.open_place()

    def write_memo(self) -> None:
        """Ask for a memo on the passages that are marked."""
        rows = self.desk.marked()
        if rows:
            self.requestMemo.emit([Target("coding", row.coding.id) for row in rows])

    def show_memos(self) -> None:
        """Ask for the memos on the passage that is current."""
        row: PassageRow | None = self._table.current_row()
        if row is not None:
            self.requestMemos.emit(f"“{row.coding.name}” in {row.document_name}", "coding", row.coding.id)

    # Private slots

    def _on_read(self, read: tuple[list[PassageRow], Recorded | None]) -> None:
        self._task = None
        self._take(*read)

    def _on_typed(self, text: str) -> None:
        self._table.filter(text)
        self._show_page()

    def _on_chosen(self) -> None:
        if self._looking is not None:
            self._show_rows()

    def _on_activated(self, row: PassageRow) -> None:
        self.requestPlace.emit(Place(row.coding.document, row.coding.start, row.coding.end))

    def _on_empty(self) -> None:
        if self._looking is None or not self.chosen:
            self.look("All passages", Looking())
        else:
            self.open_all()
        self._table.setFocus(Qt.FocusReason.OtherFocusReason)

    # Internal

    def _take(self, rows: list[PassageRow], record: Recorded | None) -> None:
        self._rows = rows
        self.by_attribute.take(record)
        weights = study_card(self.bridge.study).weights
        self.filters.offer(rows, self._rounds, code_sets(self.bridge.study), weights=weights)
        self._table.setColumnHidden(ROLE, len({role for row in rows for role in roles_of(row)}) < 2)
        self._table.setColumnHidden(WEIGHT, not weights)
        self._table.setColumnHidden(ROUND, len({row.coding.round for row in rows}) < 2)
        self._table.setColumnHidden(GROUP, len({group for row in rows for group in groups_of(row)}) < 2)
        self._show_rows()

    def _show_rows(self) -> None:
        self._table.set_rows(self.by_attribute.passing(self._narrowed()), key=lambda row: row.coding.id)
        self._show_page()

    def _narrowed(self) -> list[PassageRow]:
        """The passages that the lists of the filters let through."""
        narrowing = self.filters.narrowing
        return self._rows if narrowing.is_open else [row for row in self._rows if narrowing.takes(row)]

    def _show_page(self) -> None:
        """The table, or why it is empty."""
        shown, chosen = self._table.shown_rows(), self.chosen
        if shown:
            self._stack.setCurrentIndex(1)
            if self._table.current_row() is None:
                self._table.select_row(shown[0].coding.id)
        elif chosen:
            self._show_empty(_NOTHING_LEFT.format(chosen), "Show all of them")
        else:
            self._show_empty(_NOTHING_THERE, "" if self._looking == Looking() else "Show all passages")
        self._show_current()
        self._tell_count()

    def _show_current(self) -> None:
        row = self._table.current_row()
        in_round = self._rounds.get(row.coding.round, "") if row and len(self._rounds) > 1 else ""
        if row is None or not self._beside:
            self._reader.show_passage(row, in_round)
        else:
            alone = row._replace(before="", after="")  # both languages are to be seen at one glance
            self._reader.show_passage(alone, in_round, self._said_beside(row))

    def _said_beside(self, row: PassageRow) -> list[Counterpart]:
        """What the other languages say where a passage stands."""
        document = row.coding.document
        if document not in self._others:
            self._others[document] = other_languages(self.bridge.study, document)
        return [other.at(row.coding.start, row.coding.end) for other in self._others[document]]

    def _show_empty(self, sentence: str, button: str) -> None:
        self._empty.say(sentence)
        self._empty.button.setText(button)
        self._empty.button.setVisible(bool(button))
        self._stack.setCurrentIndex(0)
        self._top.setVisible(self._looking is not None)

    def _tell_count(self) -> None:
        shown = len(self._table.shown_rows())
        marked = len(self._table.selectionModel().selectedRows())
        said = counted(shown, "coding")
        if shown < len(self._rows):
            said += f" of {len(self._rows):,}"
        parts = (said, f"{marked:,} marked" if marked > 1 else "", self.chosen)
        self._count.setText(" · ".join(part for part in parts if part))
        self._top.setVisible(True)

    def _set_filters_shown(self, shown: bool) -> None:
        self.filters.setVisible(shown)
        self._filters_button.setChecked(shown)

    def _give_up_waiting(self) -> None:
        if self._task is not None:
            self._task.cancel()
            self._task = None

    def _lay_out(self) -> None:
        self._filter.setPlaceholderText("Filter by words")
        self._filter.setAccessibleName("Filter the passages")
        self._filter.setClearButtonEnabled(True)
        self._filter.setFixedWidth(24 * SPACE)
        self._table.setAccessibleName("Passages")
        self._filters_button.setCheckable(True)
        self._filters_button.setAccessibleName("Filter by coder, round, group, document, state or attribute")
        self._set_filters_shown(False)  # noqa: FBT003
        self._top = QWidget()
        top = QHBoxLayout(self._top)
        top.setContentsMargins(2 * SPACE, 0, 2 * SPACE, SPACE)
        top.setSpacing(2 * SPACE)
        top.addWidget(self._title)
        top.addWidget(self._count)
        top.addStretch(1)
        top.addWidget(self.desk.button)
        top.addWidget(self._filters_button)
        top.addWidget(self._filter)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, SPACE // 2, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._top)
        column.addWidget(self.filters)
        self._stack.addWidget(self._empty)
        self._stack.addWidget(self._passages())
        column.addWidget(self._stack, 1)

    def _passages(self) -> QSplitter:
        beside = QWidget()
        column = QVBoxLayout(beside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._reader, 1)
        column.addWidget(self.desk.comment_pane)
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.setChildrenCollapsible(False)
        splitter.addWidget(self._table)
        splitter.addWidget(beside)
        splitter.setSizes([88 * SPACE, 32 * SPACE])
        splitter.setStretchFactor(0, 2)
        splitter.setStretchFactor(1, 1)
        return splitter

    def _connect(self) -> None:
        self._filter.textChanged.connect(self._on_typed)
        self.filters.changed.connect(self._on_chosen)
        self.filters.opened.connect(self.by_attribute.clear)
        self.filters.attribute.clicked.connect(self.begin_attribute)
        self.by_attribute.changed.connect(self.filters.tell_changed)
        self._filters_button.clicked.connect(self.turn_filters)
        self._table.rowActivated.connect(self._on_activated)
        self._table.currentRowChanged.connect(lambda _row: self._show_current())
        self._table.selectionModel().selectionChanged.connect(lambda _new, _old: self._tell_count())
        self._table.typed.connect(self.desk.recode)
        self._empty.pressed.connect(self._on_empty)
        self.desk.button.menu().addActions(self._table.actions())
