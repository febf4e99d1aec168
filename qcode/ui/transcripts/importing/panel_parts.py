"""The parts of the import panel and how they lie; what they do is the panel's."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QCheckBox,
    QFrame,
    QHBoxLayout,
    QProgressBar,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QTabBar,
    QVBoxLayout,
    QWidget,
)

from qcode.ui import theme
from qcode.ui.empty import EmptyState
from qcode.ui.table import Column, RowTable
from qcode.ui.theme import SPACE
from qcode.ui.transcripts.importing.about import AboutFile
from qcode.ui.transcripts.importing.arrivals import Arrival
from qcode.ui.transcripts.importing.found import Found
from qcode.ui.transcripts.parts import choice_box, rule
from qcode.ui.transcripts.preview import Preview
from qcode.ui.transcripts.words import ENCODINGS


class PanelParts(QWidget):
    """The list of files, what is said of one, what was found in it, its turns, and the buttons."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.files = RowTable(_file_columns(), self)
        self.files.setAccessibleName("Files to import")
        self.files.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.about, self.found = AboutFile(), Found()
        self.preview, self.refusal = Preview("Preview"), EmptyState("")
        self.encoding = choice_box([("", "Read in another encoding…"), *ENCODINGS.items()], "Read in another encoding")
        self.cancel_button, self.skip_button = QPushButton("Cancel"), QPushButton("Skip")
        self.import_button, self.import_all_button = QPushButton("Import"), QPushButton("Import all")
        self.as_they_are = QCheckBox("Import without looking for names")
        self.as_they_are.setToolTip("Texts come in as they are, and are marked as not checked")
        self.steps, self._step_pages = QTabBar(), QStackedWidget(self)
        self._head = theme.label("Import transcripts", "title")
        self._said = theme.label("", tone="quiet")
        self._progress = QProgressBar()
        self._across = QSplitter(Qt.Orientation.Horizontal, self._step_pages)
        self._pages = QStackedWidget(self._across)
        self._lay_out()

    # Methods

    def lead_to(self, button: QPushButton) -> None:
        """Let one of the two buttons that import be the one to press."""
        for one in (self.import_button, self.import_all_button):
            kind = "primary" if one is button else ""
            if one.property("kind") != kind:
                theme.restyle(one, "kind", kind)

    def say(self, words: str) -> None:
        """Write a line beside the buttons."""
        self._said.setText(words)

    @property
    def said(self) -> str:
        """The line beside the buttons."""
        return self._said.text()

    def enable(self, part: QWidget, on: bool) -> None:
        """Let a part be used or not; the keyboard stays in the panel, with the files."""
        focused = QApplication.focusWidget()
        if not on and focused is not None and (focused is part or part.isAncestorOf(focused)):
            self.files.setFocus()
        part.setEnabled(on)

    def add_step(self, page: QWidget) -> None:
        """Add the page of the second step."""
        self._step_pages.addWidget(page)

    def show_page(self, step: int) -> None:
        """Show the page of a step."""
        self._step_pages.setCurrentIndex(step)

    def show_progress(self, share: float | None, words: str = "") -> None:
        """Show how much is done, from 0 to 1, and what is being done; None for nothing under way."""
        if words:
            self.say(words)
        self._progress.setVisible(share is not None)
        self._progress.setValue(round(1000 * (share or 0)))

    def show_refusal(self, arrival: Arrival | None) -> None:
        """Show why a file was refused in place of its turns; those of other files are shown again."""
        refused = arrival is not None and arrival.state == "refused"
        self.refusal.say(arrival.sentence if arrival is not None and refused else "")
        self.encoding.setVisible(arrival is not None and refused and arrival.encoding_helps)
        self.encoding.setCurrentIndex(0)
        self._pages.setCurrentIndex(1 if refused else 0)

    def update_theme(self) -> None:
        """Take the colours of the theme."""
        self.preview.update_theme()

    # Internal

    def _lay_out(self) -> None:
        across, down = self._across, QSplitter(Qt.Orientation.Vertical, self._pages)
        self.found.setMinimumHeight(24 * SPACE)
        down.addWidget(self.found)
        down.addWidget(self.preview)
        for page in (down, self._refused_page()):
            self._pages.addWidget(page)
        across.insertWidget(0, self._left())
        across.setSizes([376, 824])
        down.setSizes([300, 330])
        across.setStretchFactor(1, 1)
        down.setStretchFactor(1, 1)
        for split in (across, down):
            split.setChildrenCollapsible(False)
        for words in ("Files", "Names"):
            self.steps.addTab(words)
        self.steps.setAccessibleName("Steps of the import")
        self.steps.setDrawBase(False)
        self.steps.setExpanding(False)
        self._progress.setTextVisible(False)
        self._progress.setRange(0, 1000)
        self._progress.setAccessibleName("How much is done")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(_row(self._head, self.as_they_are, self.steps))
        column.addWidget(rule())
        self._step_pages.addWidget(across)
        column.addWidget(self._step_pages, 1)
        column.addWidget(self._progress)
        column.addWidget(rule())
        buttons = (self.cancel_button, self.skip_button, self.import_all_button, self.import_button)
        column.addLayout(_row(self._said, *buttons))

    def _refused_page(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.addWidget(self.refusal, 1)
        column.addWidget(self.encoding, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addSpacing(8 * SPACE)
        return page

    def _left(self) -> QWidget:
        frame = QFrame()
        frame.setProperty("surface", "panel")
        frame.setMinimumWidth(36 * SPACE)
        inside = QVBoxLayout()
        inside.setContentsMargins(2 * SPACE, 2 * SPACE, 2 * SPACE, 2 * SPACE)
        inside.addWidget(self.about)
        column = QVBoxLayout(frame)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.files, 1)
        column.addWidget(rule())
        column.addLayout(inside)
        return frame


def _row(first: QWidget, *others: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setContentsMargins(2 * SPACE, SPACE, 2 * SPACE, SPACE)
    row.setSpacing(SPACE)
    row.addWidget(first, 1)
    for widget in others:
        row.addWidget(widget)
    return row


def _file_columns() -> list[Column[Arrival]]:
    return [
        Column("File", lambda row: row.path.name, stretch=True, tip=lambda row: str(row.path)),
        Column("State", lambda row: row.summary, width=168, tip=lambda row: "\n".join(row.warnings) or row.summary),
    ]
