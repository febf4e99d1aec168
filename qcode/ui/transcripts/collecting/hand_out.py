"""Handing out: a study file for each chosen coder, and a list of the files that are out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QHideEvent, QShowEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QProgressBar,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from qcode.errors import QcodeError
from qcode.ids import CoderId
from qcode.operations.collecting import hand_out
from qcode.queries.collecting.hand_outs import HandOut, HandOutChoice, hand_out_choices, hand_out_file, hand_outs
from qcode.study import Change, Study
from qcode.ui import theme, work
from qcode.ui.bridge import StudyBridge
from qcode.ui.keys.keyed import WITHIN, make_action, shown_keys
from qcode.ui.local_time import local_time
from qcode.ui.table import Column, RowTable
from qcode.ui.theme import SPACE
from qcode.ui.transcripts.parts import counted, line_edit, rule

_NOBODY = "There is nobody else in this study yet. Add coders in the Team tab first."
_NOT_UNDONE = (
    "Handing out cannot be undone, but it changes nothing in the study: a file is taken in only when you collect."
)


@dataclass(frozen=True, slots=True)
class Made:
    """The files that were made, and the sentences of those that could not be."""

    files: tuple[Path, ...]
    refusals: tuple[str, ...]


class HandOutPage(QWidget):
    """Chooses coders and a folder, and makes their files in a worker."""

    left = Signal()

    def __init__(self, bridge: StudyBridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.bridge = bridge
        self._choices: list[HandOutChoice] = []
        self._task: work.Task | None = None
        self.boxes: dict[CoderId, QCheckBox] = {}
        self._build()
        self._lay_out()
        self._make_actions()
        self._connect()

    # Properties

    @property
    def is_busy(self) -> bool:
        """Whether files are being made."""
        return self._task is not None

    @property
    def folder(self) -> Path:
        """Where the files go."""
        return Path(self.folder_line.text().strip()).expanduser()

    # Methods

    def begin(self) -> None:
        """Offer the coders who have something to code and whose file is not out already."""
        self.said.setText("")
        if not self.folder_line.text():
            self.folder_line.setText(str(self.bridge.study.path.parent))
        self._read(keep=False)
        self.entry().setFocus(Qt.FocusReason.OtherFocusReason)

    def refresh(self) -> None:
        """Read coders and files again; what was ticked stays."""
        self._read(keep=True)

    def keep(self) -> None:
        """Make a file for each coder who is ticked."""
        chosen = [row for row in self._choices if self.boxes[row.id].isChecked()]
        if self._task is not None or not chosen:
            return
        study, folder = self.bridge.study, self.folder
        self.bridge.begun.emit()
        self._task = work.run(
            self, lambda progress: _made(study, chosen, folder, progress), done=self._on_made, refused=self._on_refused
        )
        self._task.progressed.connect(self._on_progress)
        self.bar.setValue(0)
        self._show_buttons()
        self.leave_button.setFocus()

    def leave(self) -> None:
        """Go back; while files are made, make no more of them."""
        if self._task is None:
            self.left.emit()
            return
        self._task.cancel()
        self._task = None
        self.said.setText("Stopped. Files that were made already are listed below.")
        self.refresh()

    def choose_folder(self) -> None:
        """Ask for a folder with the system's own panel."""
        name = QFileDialog.getExistingDirectory(self, "Folder for the files", self.folder_line.text())
        if name:
            self.folder_line.setText(name)

    def show_folder(self) -> None:
        """Show the folder as the system does."""
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self.folder)))

    def entry(self) -> QWidget:
        """Where the keyboard begins."""
        return next(iter(self.boxes.values()), self.leave_button)

    # Events

    def showEvent(self, event: QShowEvent) -> None:
        """Hand out by keys while it is seen."""
        super().showEvent(event)
        self.refresh()

    def hideEvent(self, event: QHideEvent) -> None:
        """And no longer."""
        super().hideEvent(event)
        self._keep_action.setEnabled(False)

    # Private slots

    def _on_progress(self, share: float, words: str) -> None:
        self.bar.setValue(round(share * 100))
        self.said.setText(words)

    def _on_made(self, made: Made) -> None:
        self._task = None
        told = f"{counted(len(made.files), 'file')} made: {', '.join(f'“{one.name}”' for one in made.files)}."
        sentences = [f"{told} Send each to its coder."] if made.files else []
        self.said.setText(" ".join([*sentences, *made.refusals]))
        if made.files:
            self.bridge.informed.emit(sentences[0])
        for sentence in made.refusals[:1]:
            self.bridge.refused.emit(sentence)
        self.folder_button.setVisible(bool(made.files))
        self._read(keep=False)
        self.leave_button.setFocus()

    def _on_refused(self, sentence: str) -> None:
        self._task = None
        self.said.setText(sentence)
        self.bridge.refused.emit(sentence)
        self.refresh()

    def _on_change(self, change: Change) -> None:
        if self.isVisible() and change.concerns("coder", "round", "assignment", "document", "code"):
            self.refresh()

    # Internal

    def _read(self, *, keep: bool) -> None:
        ticked = {coder for coder, box in self.boxes.items() if box.isChecked()}
        before = set(self.boxes)
        self._choices = hand_out_choices(self.bridge.study)
        self._fill_boxes(
            {row.id for row in self._choices if (row.id in ticked if keep and row.id in before else _proposed(row))}
        )
        self.out.set_rows(hand_outs(self.bridge.study))
        self.out_title.setText(f"Handed out ({len(self.out.shown_rows()):,})")
        self._show_buttons()

    def _fill_boxes(self, ticked: set[CoderId]) -> None:
        if list(self.boxes) != [row.id for row in self._choices]:
            for box in self.boxes.values():
                self._box_column.removeWidget(box)
                box.deleteLater()
            self.boxes = {row.id: QCheckBox() for row in self._choices}
            for number, box in enumerate(self.boxes.values()):
                self._box_column.insertWidget(number, box)
                box.toggled.connect(self._show_buttons)
        for row in self._choices:
            self.boxes[row.id].setText(_offer(row))
            self.boxes[row.id].setChecked(row.id in ticked)
        self.nobody.setVisible(not self._choices)
        first = self._choices[0] if self._choices else None
        self.about.setText(_about(first) if first else "")

    def _show_buttons(self) -> None:
        number = sum(box.isChecked() for box in self.boxes.values())
        can = number > 0 and self._task is None
        self.button.setText(f"Hand out to {counted(number, 'coder')}" if number else "Hand out")
        self.button.setEnabled(can)
        self._keep_action.setEnabled(can and self.isVisible())
        self.leave_button.setText("Close" if self._task is None else "Stop")
        self.bar.setVisible(self._task is not None)
        for part in (self.folder_line, self.choose_button, *self.boxes.values()):
            part.setEnabled(self._task is None)

    def _build(self) -> None:
        self.about, self.said = theme.label(), theme.label("", tone="quiet")
        self.nobody = theme.label(_NOBODY, tone="quiet")
        self.foot_note = theme.label(_NOT_UNDONE, "small", "quiet")
        for words in (self.about, self.said, self.nobody, self.foot_note):
            words.setWordWrap(True)
        self.folder_line = line_edit("Folder for the files", "Folder")
        self.choose_button, self.folder_button = QPushButton("Choose…"), QPushButton("Show the folder")
        self.choose_button.setAccessibleName("Choose the folder")
        self.folder_button.hide()
        self.leave_button, self.button = QPushButton("Close"), QPushButton("Hand out")
        self.button.setProperty("kind", "primary")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName("Progress")
        self.bar.setMaximumWidth(16 * SPACE)
        self.out = RowTable(_columns(), self)
        self.out.setAccessibleName("Files that were handed out")
        self.out_title = theme.label("Handed out", "heading")

    def _lay_out(self) -> None:
        head, foot, where = QHBoxLayout(), QHBoxLayout(), QHBoxLayout()
        for row in (head, foot):
            row.setContentsMargins(2 * SPACE, SPACE, 2 * SPACE, SPACE)
        for row in (head, foot, where):
            row.setSpacing(SPACE)
        head.addWidget(theme.label("Hand out", "title"), 1)
        where.addWidget(theme.label("Folder", tone="quiet"))
        where.addWidget(self.folder_line, 1)
        where.addWidget(self.choose_button)
        foot.addWidget(self.said, 1)
        foot.addWidget(self.bar)
        for button in (self.folder_button, self.leave_button, self.button):
            foot.addWidget(button)
        inside = QFrame()
        inside.setProperty("surface", "page")
        middle = QVBoxLayout(inside)
        middle.setContentsMargins(2 * SPACE, 2 * SPACE, 2 * SPACE, SPACE)
        middle.setSpacing(SPACE)
        middle.addWidget(self.about)
        middle.addWidget(self.nobody)
        middle.addWidget(self._scrolled_boxes(), 2)
        middle.addLayout(where)
        middle.addWidget(self.foot_note)
        middle.addSpacing(2 * SPACE)
        middle.addWidget(self.out_title)
        middle.addWidget(self.out, 3)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(rule())
        column.addWidget(inside, 1)
        column.addWidget(rule())
        column.addLayout(foot)

    def _scrolled_boxes(self) -> QScrollArea:
        holder, area = QFrame(), QScrollArea()
        holder.setProperty("surface", "page")
        self._box_column = QVBoxLayout(holder)
        self._box_column.setContentsMargins(0, 0, 0, 0)
        self._box_column.setSpacing(SPACE // 2)
        self._box_column.addStretch(1)
        area.setWidget(holder)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setAccessibleName("Coders")
        return area

    def _make_actions(self) -> None:
        keys = "Ctrl+Return", "Ctrl+Enter"
        self._keep_action = make_action(
            self, "Hand out the files", self.keep, *keys, key="team.hand-out-keep", context=WITHIN
        )
        leave = make_action(self, "Leave handing out", self.leave, "Escape", key="team.hand-out-leave", context=WITHIN)
        for button, action in ((self.button, self._keep_action), (self.leave_button, leave)):
            button.setToolTip(f"{action.text()} ({shown_keys(action)})")

    def _connect(self) -> None:
        self.button.clicked.connect(self.keep)
        self.leave_button.clicked.connect(self.leave)
        self.choose_button.clicked.connect(self.choose_folder)
        self.folder_button.clicked.connect(self.show_folder)
        self.bridge.changed.connect(self._on_change)
        self.bridge.closing.connect(self._stop)

    def _stop(self) -> None:
        if self._task is not None:
            self._task.cancel()


def _made(study: Study, chosen: Sequence[HandOutChoice], folder: Path, progress: work.Progress) -> Made:
    """Make the files one after the other; a refusal is kept, and the others go on."""
    files, refusals = list[Path](), list[str]()
    for number, row in enumerate(chosen):
        progress.report(number / len(chosen), f"The file for {row.coder.name}, {number + 1} of {len(chosen)}…")
        path = hand_out_file(study, row.coder, folder)
        try:
            hand_out(study, row.id, path)
        except QcodeError as refusal:
            refusals.append(str(refusal))
        else:
            files.append(path)
    return Made(tuple(files), tuple(dict.fromkeys(refusals)))


def _proposed(row: HandOutChoice) -> bool:
    return row.waiting > 0 and not row.out


def _offer(row: HandOutChoice) -> str:
    waits = f"{counted(row.waiting, 'document')} to code" if row.waiting else "nothing to code"
    out = f", {counted(row.out, 'file')} out already" if row.out else ""
    return f"{row.coder.name} – {waits}{out}".replace("&", "&&")


def _about(row: HandOutChoice) -> str:
    return (
        f"Each coder gets a study file of their own: all {counted(row.documents, 'document')}, the codebook with "
        f"{counted(row.codes, 'code')}, their own codings, and no work of their colleagues."
    )


def _columns() -> tuple[Column[HandOut], ...]:
    return (
        Column[HandOut]("Coder", lambda row: row.name, width=22 * SPACE),
        Column[HandOut]("File", lambda row: row.file, tip=lambda row: row.file, stretch=True, width=20 * SPACE),
        Column[HandOut]("Handed out", lambda row: row.at, lambda row: local_time(row.at), width=20 * SPACE),
        Column[HandOut](
            "Collected",
            lambda row: row.collected_at,
            lambda row: local_time(row.collected_at) or "not yet",
            width=20 * SPACE,
        ),
    )
