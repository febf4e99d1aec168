"""What a new study needs to know: its title, who you are, and where its file goes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QStandardPaths, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFileDialog, QGridLayout, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from qcode.ui.theme import SPACE, label

_UNFIT = re.compile(r'[\\/:*?"<>|\x00-\x1f]+')
_FILTER = "qcode studies (*.qcode)"


@dataclass(frozen=True, slots=True)
class NewStudy:
    """A study to be made."""

    title: str
    coder: str
    path: Path


class NewStudyForm(QWidget):
    """Three lines; the file's name follows the title until somebody changes it."""

    ready = Signal(object)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._own_place = False
        self.title_line = self._line("Title of the study")
        self.name_line = self._line("Your name")
        self.file_line = self._line("File of the study")
        self._choose = QPushButton("Choose…", self)
        self._choose.setAccessibleName("Choose where the file goes")
        self.create_button = QPushButton("Create the study", self)
        self.create_button.setProperty("kind", "primary")
        self._cancel = QPushButton("Cancel", self)
        self._cancel.setProperty("kind", "quiet")
        self._lay_out()
        self._connect()

    # Methods

    def begin(self, name: str) -> None:
        """Begin anew, with the name one gave the last time."""
        self._own_place = False
        self.title_line.clear()
        self.name_line.setText(name)
        self._on_titled("")
        self._tell_whether_ready()
        self.title_line.setFocus(Qt.FocusReason.OtherFocusReason)

    # Events

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leaves, Enter creates."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._on_create()
        else:
            super().keyPressEvent(event)

    # Private slots

    def _on_titled(self, title: str) -> None:
        if not self._own_place:
            self.file_line.setText(str(_studies_folder() / f"{_file_name(title)}.qcode"))

    def _on_own_place(self, _text: str) -> None:
        self._own_place = True

    def _on_choose(self) -> None:
        name, _kind = QFileDialog.getSaveFileName(
            self, "File of the study", self.file_line.text(), _FILTER, options=QFileDialog.Option.DontConfirmOverwrite
        )
        if name:
            self._own_place = True
            self.file_line.setText(name)

    def _on_create(self) -> None:
        if self.create_button.isEnabled():
            self.ready.emit(NewStudy(self.title_line.text(), self.name_line.text(), self._path()))

    # Internal

    def _path(self) -> Path:
        path = Path(self.file_line.text().strip()).expanduser()
        return path if path.suffix == ".qcode" else path.with_name(path.name + ".qcode")

    def _line(self, name: str) -> QLineEdit:
        line = QLineEdit(self)
        line.setAccessibleName(name)
        line.textChanged.connect(self._tell_whether_ready)
        return line

    def _tell_whether_ready(self) -> None:
        lines = (self.title_line, self.name_line, self.file_line)
        self.create_button.setEnabled(all(line.text().strip() for line in lines))

    def _lay_out(self) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(SPACE)
        grid.setVerticalSpacing(SPACE // 2)
        named = (("Title", self.title_line), ("Your name", self.name_line), ("File", self.file_line))
        for number, (name, line) in enumerate(named):
            words = label(name, tone="quiet")
            words.setBuddy(line)
            grid.addWidget(words, 2 * number, 0, 1, 2)
            grid.addWidget(line, 2 * number + 1, 0, 1, 1 if line is self.file_line else 2)
        grid.addWidget(self._choose, 5, 1)
        buttons = QHBoxLayout()
        buttons.setSpacing(SPACE)
        buttons.addWidget(self.create_button)
        buttons.addWidget(self._cancel)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2 * SPACE)
        column.addWidget(label("New study", "heading"))
        column.addLayout(grid)
        column.addLayout(buttons)
        column.addStretch(1)

    def _connect(self) -> None:
        self.title_line.textChanged.connect(self._on_titled)
        self.file_line.textEdited.connect(self._on_own_place)
        self._choose.clicked.connect(self._on_choose)
        self.create_button.clicked.connect(self._on_create)
        self._cancel.clicked.connect(self.left)


def _studies_folder() -> Path:
    return Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation))


def _file_name(title: str) -> str:
    return " ".join(_UNFIT.sub(" ", title).split()).strip(" .")[:80] or "study"
