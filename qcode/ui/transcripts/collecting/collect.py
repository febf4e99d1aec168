"""Collecting: what each file would bring, before anything is written, and then all of it at one go."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QHideEvent, QShowEvent
from PySide6.QtWidgets import QFileDialog, QWidget

from qcode.queries.collecting.hand_outs import handed_out_to
from qcode.study import Change
from qcode.ui import work
from qcode.ui.bridge import StudyBridge
from qcode.ui.dropped_studies import study_files
from qcode.ui.keys.keyed import WITHIN, keyed_actions, make_action, shown_keys
from qcode.ui.theme import restyle
from qcode.ui.transcripts.collecting.collect_parts import EMPTY, CollectParts
from qcode.ui.transcripts.collecting.files import Collected, FileRow, collected, looked_at
from qcode.ui.transcripts.collecting.telling import all_summed
from qcode.ui.transcripts.parts import counted

_FILTER: Final = "qcode studies (*.qcode);;All files (*)"
_PROMISE: Final = "Nothing is written before you press Collect, and the merge of each file can be taken back."
_LOOKING: Final = "Looking at what the files bring…"
_HOW_BACK: Final = (
    "To take a merge back as a whole, mark it in History and press Take back; undo takes back your own last step, "
    "not this."
)
_NEWER: Final = "Choose or drop the newer file that the lead sent you: what is new in it comes into yours."
_STALE_MS: Final = 300


class CollectPage(CollectParts):
    """Shows what files bring, and takes them in. Files that are refused say why, and the others go on."""

    left = Signal()

    def __init__(self, bridge: StudyBridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.bridge = bridge
        self._files: dict[Path, FileRow] = {}
        self._task: work.Task | None = None
        self._writing = self._stale = False
        self._folder = ""
        self._done: Collected | None = None
        self._waiting = QTimer(self)
        self._waiting.setSingleShot(True)
        self._waiting.setInterval(_STALE_MS)
        self.setAcceptDrops(True)
        self._make_actions()
        self._connect()
        self._show()

    # Properties

    @property
    def rows_of_files(self) -> tuple[FileRow, ...]:
        """The files in the order in which they were added."""
        return tuple(self._files.values())

    @property
    def is_busy(self) -> bool:
        """Whether files are looked at or taken in just now."""
        return self._task is not None or self._waiting.isActive()

    # Methods

    def begin(self, paths: Iterable[Path] = ()) -> None:
        """Show what these files bring beside those that wait; what was collected before goes from the list."""
        if self._writing:
            return
        self._done = None
        self._files = {path: row for path, row in self._files.items() if row.state not in ("collected", "nothing")}
        self._add(paths)

    def choose(self) -> None:
        """Ask for files with the system's own panel."""
        names, _kind = QFileDialog.getOpenFileNames(self, "Collect files", self._folder, _FILTER)
        if names:
            self._folder = str(Path(names[0]).parent)
            self._add(Path(name) for name in names)

    def leave_out(self) -> None:
        """Take the marked files from the list."""
        if not self._writing:
            for row in self.files.selected_rows():
                self._files.pop(row.path, None)
            self._look()

    def keep(self) -> None:
        """Take in all files that can be."""
        ready = [row for row in self._files.values() if row.state == "ready"]
        if self._task is not None or not ready:
            return
        study, names = self.bridge.study, self.bridge.names.names
        self.bridge.begun.emit()
        self._writing = True
        self._task = work.run(
            self,
            lambda progress: collected(study, ready, names, progress),
            done=self._on_collected,
            refused=self._on_refused,
        )
        self._task.progressed.connect(self._on_progress)
        self._show()
        self.leave_button.setFocus()

    def leave(self) -> None:
        """Go back; what is being taken in is waited for."""
        if not self._writing:
            self.left.emit()

    def entry(self) -> QWidget:
        """Where the keyboard begins."""
        return self.files if self._files else self.empty.button

    # Events

    def showEvent(self, event: QShowEvent) -> None:
        """What changed meanwhile is looked at again."""
        super().showEvent(event)
        if self._stale:
            self._look_again()
        self._show()

    def hideEvent(self, event: QHideEvent) -> None:
        """Collect no more by keys."""
        super().hideEvent(event)
        self._keep_action.setEnabled(False)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take study files."""
        if study_files(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Look at the files that were dropped."""
        event.acceptProposedAction()
        self._add(study_files(event.mimeData()))

    # Private slots

    def _on_looked(self, row: FileRow) -> None:
        self._task = None
        if row.path in self._files:
            self._files[row.path] = row
        self._look()

    def _on_refused(self, sentence: str) -> None:
        self._task, self._writing = None, False
        self.bridge.refused.emit(sentence)
        self._look_again()

    def _on_progress(self, share: float, words: str) -> None:
        self.bar.setRange(0, 100)
        self.bar.setValue(round(share * 100))
        self.promise.setText(words)

    def _on_collected(self, done: Collected) -> None:
        self._task, self._writing, self._done = None, False, done
        self._files |= {row.path: row for row in done.files}
        self._stale = False
        self._waiting.stop()
        self._show()
        told = [row.preview for row in done.files if row.state == "collected" and row.preview]
        if told:
            self.bridge.informed.emit(f"Collected {counted(len(told), 'file')}: {all_summed(told)}.")
        self.leave_button.setFocus()

    def _on_change(self, _change: Change) -> None:
        """What was told about the files holds no longer."""
        if self._writing or not self._files or self._done is not None:
            return
        self._stale = True
        if self.isVisible():
            self._waiting.start()

    def _on_coder(self) -> None:
        """Who acts now may see other things: what was shown goes at once."""
        self._done = None
        if self._files and not self._writing:
            self._look_again()

    def _on_file(self, row: FileRow | None) -> None:
        self.said.setText(row.told if row is not None else "")
        restyle(self.said, "tone", "danger" if row is not None and row.state == "refused" else "text")
        self.show_preview(row.preview if row is not None else None)

    # Internal

    def _add(self, paths: Iterable[Path]) -> None:
        for path in paths:
            if path not in self._files or self._files[path].state != "ready":
                self._files[path] = FileRow(path)
        self._look()

    def _look_again(self) -> None:
        """Look at all files anew that were not taken in."""
        self._stale = False
        self._waiting.stop()
        if self._task is not None:
            self._task.cancel()
            self._task = None
        again = {path: FileRow(path) for path, row in self._files.items() if row.state != "collected"}
        self._files |= again
        self._look()

    def _look(self) -> None:
        """Look at the next file of which it is not known what it brings."""
        wanted = next((row for row in self._files.values() if row.state == "waiting"), None)
        if self._task is None and wanted is not None:
            study, path = self.bridge.study, wanted.path
            self._task = work.run(
                self, lambda _progress: looked_at(study, path), done=self._on_looked, refused=self._on_refused
            )
        self._show()

    def _show(self) -> None:
        """Show the files and what can be done with them; the marked one stays marked."""
        rows = list(self._files.values())
        self.pages.setCurrentWidget(self.looked if rows else self.empty)
        if self.isVisible() and not rows:
            self.empty.button.setFocus()
        self.empty.say(_NEWER if handed_out_to(self.bridge.study) else EMPTY)
        self.files.set_rows(rows)
        if rows and self.files.current_row() is None:
            self.files.select_row(rows[0].id)
        self._on_file(self.files.current_row())
        self._show_buttons([row for row in rows if row.state == "ready"])

    def _show_buttons(self, ready: Sequence[FileRow]) -> None:
        can = bool(ready) and self._task is None
        self.button.setText(f"Collect {counted(len(ready), 'file')}" if len(ready) > 1 else "Collect")
        self.button.setEnabled(can)
        self._keep_action.setEnabled(can and self.isVisible())
        self.more_button.setVisible(bool(self._files))
        self.remove_button.setVisible(bool(self._files))
        for button in (self.more_button, self.remove_button, self.leave_button):
            button.setEnabled(not self._writing)
        self.bar.setVisible(self._task is not None)
        if not self._writing:
            self.bar.setRange(0, 0)
            self.promise.setText(self._sentence(ready))
        restyle(self.promise, "tone", "warning" if self._done is not None and self._done.names else "quiet")
        self._show_next()

    def _sentence(self, ready: Sequence[FileRow]) -> str:
        if self._task is not None:
            return _LOOKING
        if self._done is not None:
            return self._done.names or (_HOW_BACK if self._done.receipts else "")
        return _PROMISE if ready else ""

    def _show_next(self) -> None:
        """What is to be done after collecting: proposals and conflicts, if there are any."""
        done = self._done.files if self._done is not None else ()
        previews = [row.preview for row in done if row.state == "collected" and row.preview]
        proposed = sum(len(seen.proposed) for seen in previews)
        contradicting = self._done.conflicts if self._done is not None else 0
        for button, words, number in (
            (self.proposals_button, "Proposals", proposed),
            (self.conflicts_button, "Conflicts", contradicting),
        ):
            button.setText(f"{words} ({number:,})")
            button.setVisible(number > 0)

    def _trigger(self, key: str) -> None:
        """Do what is registered under an id anywhere in the window."""
        wanted = next((action for action in keyed_actions(self.window()) if action.key == key), None)
        if wanted is not None:
            self.leave()
            wanted.trigger()

    def _make_actions(self) -> None:
        keys = "Ctrl+Return", "Ctrl+Enter"
        self._keep_action = make_action(
            self, "Collect the files", self.keep, *keys, key="team.collect-keep", context=WITHIN
        )
        leave = make_action(self, "Leave collecting", self.leave, "Escape", key="team.collect-leave", context=WITHIN)
        make_action(self.files, "Leave the marked files out", self.leave_out, "Delete", key="team.collect-leave-out")
        for button, action in ((self.button, self._keep_action), (self.leave_button, leave)):
            button.setToolTip(f"{action.text()} ({shown_keys(action)})")

    def _connect(self) -> None:
        self.empty.pressed.connect(self.choose)
        self.more_button.clicked.connect(self.choose)
        self.remove_button.clicked.connect(self.leave_out)
        self.button.clicked.connect(self.keep)
        self.leave_button.clicked.connect(self.leave)
        self.proposals_button.clicked.connect(lambda: self._trigger("team.proposals"))
        self.conflicts_button.clicked.connect(lambda: self._trigger("team.conflicts"))
        self.files.currentRowChanged.connect(self._on_file)
        self._waiting.timeout.connect(self._look_again)
        self.bridge.changed.connect(self._on_change)
        self.bridge.coderChanged.connect(lambda _coder: self._on_coder())
        self.bridge.closing.connect(self._stop)

    def _stop(self) -> None:
        self._waiting.stop()
        if self._task is not None:
            self._task.cancel()
