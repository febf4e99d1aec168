"""What the page for collecting is made of: the list of files, what one brings, row by row, and its buttons."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QProgressBar,
    QPushButton,
    QSizePolicy,
    QSplitter,
    QStackedWidget,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from qcode.queries.collecting.collected import Arrival, ConflictRow, Preview
from qcode.ui import theme
from qcode.ui.empty import EmptyState
from qcode.ui.table import Column, RowTable
from qcode.ui.theme import SPACE
from qcode.ui.transcripts.collecting.files import FileRow
from qcode.ui.transcripts.collecting.telling import (
    DEEDS,
    conflict_about,
    conflict_field,
    kind_word,
    kinds_in,
    remark,
    sides,
    what,
)
from qcode.ui.transcripts.parts import choice_box, line_edit, rule

EMPTY = "Drop files here that colleagues sent back, or choose them. What each brings is shown before it is taken in."
_ALL = "Everything"


class CollectParts(QWidget):
    """The widgets of the page, laid out; what they show is told by whoever knows the files."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._preview: Preview | None = None
        self._build_files()
        self._build_rows()
        self._build_foot()
        self._lay_out()
        self.kind.activated.connect(lambda _index: self._show_rows())
        self.deed.activated.connect(lambda _index: self._show_rows())
        self.search.textChanged.connect(self.rows.filter)
        self.rows.currentRowChanged.connect(self._show_context)

    # Methods

    def show_preview(self, seen: Preview | None) -> None:
        """Show what a file brings, row by row; what is marked and filtered stays as far as it is still there."""
        self._preview = seen
        arrivals = seen.arrivals if seen else ()
        wanted = [(_ALL, "")] + [
            (f"{kind_word(kind, 2).capitalize()} ({number:,})", kind) for kind, number in kinds_in(arrivals)
        ]
        chosen = self.kind.currentData()
        with QSignalBlocker(self.kind):
            self.kind.clear()
            for words, kind in wanted:
                self.kind.addItem(words, kind)
            self.kind.setCurrentIndex(max(self.kind.findData(chosen), 0))
        self._show_rows()
        conflicts = seen.conflicts if seen else ()
        self.conflicts.set_rows(conflicts, key=lambda row: (row.row, row.field))
        self.tabs.setTabText(0, f"What comes ({len(arrivals):,})")
        self.tabs.setTabText(1, f"Conflicts ({len(conflicts):,})")
        self.tabs.setTabEnabled(1, bool(conflicts))

    # Internal

    def _show_rows(self) -> None:
        arrivals = self._preview.arrivals if self._preview else ()
        kind, deed = self.kind.currentData(), self.deed.currentData()
        rows = [row for row in arrivals if kind in ("", None, row.kind) and deed in ("", row.deed)]
        self.rows.set_rows(rows, key=lambda row: row.row)
        if rows and self.rows.current_row() is None:
            self.rows.select_row(self.rows.shown_rows()[0].row if self.rows.shown_rows() else "")
        self._show_context(self.rows.current_row())

    def _show_context(self, row: Arrival | None) -> None:
        """The words of a passage between those around it."""
        if row is None or not row.words:
            self.context.setText("")
            return
        before, words, after = (escape(" ".join(part.split())) for part in (row.before, row.words, row.after))
        self.context.setText(f"<qt>…{before} <b>{words}</b> {after}…</qt>")

    def _build_files(self) -> None:
        columns = (
            Column[FileRow]("File", lambda row: row.path.name, tip=lambda row: str(row.path), width=34 * SPACE),
            Column[FileRow]("From", lambda row: row.whose, width=16 * SPACE),
            Column[FileRow]("What it brings", lambda row: row.told, tip=lambda row: row.told, stretch=True),
        )
        self.files = RowTable(columns, self)
        self.files.setAccessibleName("Files to collect")
        self.said = theme.label()
        self.said.setWordWrap(True)

    def _build_rows(self) -> None:
        columns = (
            Column[Arrival]("What", what, width=18 * SPACE),
            Column[Arrival]("Name", lambda row: row.name, tip=lambda row: row.name, width=24 * SPACE),
            Column[Arrival]("Document", lambda row: row.document_name, width=14 * SPACE, yields=2),
            Column[Arrival]("Words", lambda row: row.words, tip=_context_tip, stretch=True, width=24 * SPACE),
            Column[Arrival]("By", lambda row: row.who, width=17 * SPACE, yields=1),
            Column[Arrival]("", remark, tip=remark, width=17 * SPACE, yields=3, about="What is special about it"),
        )
        self.rows = RowTable(columns, self)
        self.rows.setAccessibleName("What the file brings")
        self.conflicts = RowTable(
            (
                Column[ConflictRow]("What", conflict_about, tip=conflict_about, width=28 * SPACE),
                Column[ConflictRow]("Differs in", conflict_field, width=20 * SPACE),
                Column[ConflictRow]("Who says what", sides, tip=sides, stretch=True),
            ),
            self,
        )
        self.conflicts.setAccessibleName("Conflicts")
        self.kind = choice_box([("", _ALL)], "Kind of thing")
        self.deed = choice_box([("", "New, changed and deleted"), *DEEDS.items()], "What becomes of it")
        self.deed.setMinimumContentsLength(22)
        self.search = line_edit("Filter what the file brings", "Filter")
        self.context = theme.label()
        self.context.setWordWrap(True)
        self.context.setTextFormat(Qt.TextFormat.RichText)
        self.context.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.context.setAccessibleName("The passage in its context")
        self.context.setMinimumHeight(5 * SPACE)
        self.context.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)

    def _build_foot(self) -> None:
        self.empty = EmptyState(EMPTY, "Choose files…")
        self.promise = theme.label("", tone="quiet")
        self.promise.setWordWrap(True)
        self.bar = QProgressBar()
        self.bar.setRange(0, 0)
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName("Progress")
        self.bar.setMaximumWidth(16 * SPACE)
        self.bar.hide()
        self.more_button, self.remove_button = QPushButton("Add files…"), QPushButton("Leave out")
        self.leave_button, self.button = QPushButton("Close"), QPushButton("Collect")
        self.proposals_button, self.conflicts_button = QPushButton("Proposals"), QPushButton("Conflicts")
        self.button.setProperty("kind", "primary")
        self.remove_button.setAccessibleName("Leave the marked files out")
        self.remove_button.setToolTip("Leave the marked files out (Delete)")
        for button in (self.proposals_button, self.conflicts_button):
            button.hide()

    def _lay_out(self) -> None:
        self.pages, self.looked = QStackedWidget(), QWidget()
        split = QSplitter(Qt.Orientation.Vertical)
        split.addWidget(_framed(self.files, self.said))
        split.addWidget(self._what_comes())
        split.setSizes([170, 430])
        split.setStretchFactor(1, 1)
        split.setChildrenCollapsible(False)
        inside = QVBoxLayout(self.looked)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addWidget(split)
        for page in (self.empty, self.looked):
            self.pages.addWidget(page)
        head, foot = QHBoxLayout(), QHBoxLayout()
        for row in (head, foot):
            row.setContentsMargins(2 * SPACE, SPACE, 2 * SPACE, SPACE)
            row.setSpacing(SPACE)
        self.title = theme.label("Collect", "title")
        head.addWidget(self.title, 1)
        for button in (self.more_button, self.remove_button):
            head.addWidget(button)
        foot.addWidget(self.promise, 1)
        foot.addWidget(self.bar)
        for button in (self.proposals_button, self.conflicts_button, self.leave_button, self.button):
            foot.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(rule())
        column.addWidget(self.pages, 1)
        column.addWidget(rule())
        column.addLayout(foot)

    def _what_comes(self) -> QWidget:
        choices = QHBoxLayout()
        choices.setSpacing(SPACE)
        for widget, room in ((self.kind, 0), (self.deed, 0), (self.search, 1)):
            choices.addWidget(widget, room)
        list_page = QFrame()
        list_page.setProperty("surface", "page")
        column = QVBoxLayout(list_page)
        column.setContentsMargins(2 * SPACE, SPACE, 2 * SPACE, SPACE)
        column.setSpacing(SPACE)
        column.addLayout(choices)
        column.addWidget(self.rows, 1)
        column.addWidget(self.context)
        for table in (self.files, self.rows):
            table.setMinimumHeight(9 * SPACE)
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.tabs.setAccessibleName("What the file brings")
        self.tabs.addTab(list_page, "What comes")
        self.tabs.addTab(self.conflicts, "Conflicts")
        return self.tabs


def _framed(*inside: QWidget) -> QFrame:
    frame = QFrame()
    frame.setProperty("surface", "page")
    column = QVBoxLayout(frame)
    column.setContentsMargins(2 * SPACE, SPACE, 2 * SPACE, SPACE)
    column.setSpacing(SPACE)
    for widget in inside:
        column.addWidget(widget)
    return frame


def _context_tip(row: Arrival) -> str:
    return f"…{row.before}【{row.words}】{row.after}…" if row.words else ""
