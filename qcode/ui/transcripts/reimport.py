"""A corrected file before it takes the place of a text: what changes, passage by passage, and then the deed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QHideEvent, QShowEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from qcode.ids import DocumentId, RevisionId
from qcode.operations.documents import Incoming
from qcode.queries.transcripts.reimport import AnchorEffect, ReplacementEffect, TurnEffect, replacement_effect
from qcode.ui import theme, work
from qcode.ui.bridge import StudyBridge
from qcode.ui.code.codebook.comparison import Compared, ComparisonView
from qcode.ui.empty import EmptyState
from qcode.ui.keys.keyed import WITHIN, make_action, shown_keys
from qcode.ui.theme import SPACE
from qcode.ui.transcripts.parts import counted, rule
from qcode.ui.wrapped_list import Said, WrappedList

if TYPE_CHECKING:
    from qcode.text.replacing import Fate

_PROMISE = "Nothing is written before you press Replace, and undo brings the old text back."
_COMPARING = "Comparing the file with the text…"
_WRITING = "Replacing the text…"
_SAME = "This file says just what the document says, turn by turn. There is nothing to replace."
_GONE = "This document is no longer in the study. Undo its removal, or import the file as a new one."
_LITTLE = 0.5
_LONGEST = 160
_FATES: dict[Fate, str] = {
    "same": "as before",
    "words": "other words",
    "speaker": "said by somebody else",
    "added": "new in the file",
    "removed": "not in the file",
}
_TITLES = "Now", "In the file"


class ReplacementPage(QWidget):
    """Shows what a file would change in a document, and lets it take the place of the text, or not."""

    replaced = Signal(object)
    left = Signal()

    def __init__(self, bridge: StudyBridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.bridge = bridge
        self._document: DocumentId | None = None
        self._file = ""
        self._make: Callable[[], Incoming] | None = None
        self._incoming: Incoming | None = None
        self._effect: ReplacementEffect | None = None
        self._task: work.Task | None = None
        self._build()
        self._lay_out()
        self._connect()

    # Properties

    @property
    def effect(self) -> ReplacementEffect | None:
        """What the file would do; None while that is not known."""
        return self._effect

    @property
    def words(self) -> str:
        """What is said about it, line by line."""
        return "\n".join(line.text() for line in (self._facts, self._warnings) if line.text())

    @property
    def page_actions(self) -> list[QAction]:
        """Replacing by keys, while the page is seen."""
        return [self._keep_action]

    @property
    def is_writing(self) -> bool:
        """Whether the text is being replaced just now."""
        return self._task is not None and self._effect is not None

    # Methods

    def begin(self, document: DocumentId, make: Callable[[], Incoming], title: str) -> None:
        """Compare a document with a file; `make` is called in a worker and says what the file would bring."""
        self.stop()
        self._document, self._make = document, make
        self._file = title
        self._title.setText(f"Replace a text with “{title}”")
        self._compare()

    def keep(self) -> None:
        """Let the file take the place of the text."""
        if self._task is None and self._incoming is not None and self._effect is not None and self.button.isEnabled():
            self._write(self._document, self._incoming, self._effect.revision)

    def leave(self) -> None:
        """Go back; the text stays as it is. What is being written is waited for."""
        if not self.is_writing:
            self.stop()
            self.left.emit()

    def stop(self) -> None:
        """Call off what is being compared, and forget the file."""
        if self._task is not None:
            self._task.cancel()
        self._task = self._incoming = self._effect = None

    def update_theme(self) -> None:
        """Take the colours of the theme."""
        self.comparison.update_theme()

    # Events

    def showEvent(self, event: QShowEvent) -> None:
        """Offer replacing while it is seen."""
        super().showEvent(event)
        self._show_button()

    def hideEvent(self, event: QHideEvent) -> None:
        """Offer it no longer."""
        super().hideEvent(event)
        self._show_button()

    # Private slots

    def _on_compared(self, found: tuple[Incoming, ReplacementEffect | None]) -> None:
        self._task = None
        self._incoming, self._effect = found
        if self._effect is None or self._effect.is_nothing:
            self._tell(_GONE if self._effect is None else _SAME)
            return
        self._title.setText(f"Replace the text of “{self._effect.name}” with “{self._file}”")
        self._pages.setCurrentWidget(self._compared)
        self._facts.setText("\n".join(_facts(self._effect)))
        known = self.bridge.names.first_in(found[0].transcript.text)
        warnings = "\n".join(f"! {one}" for one in _warnings(self._effect, found[0].deidentification, known))
        self._warnings.setText(warnings)
        self._warnings.setVisible(bool(warnings))
        self._fill(self._effect)
        self._said.setText(_PROMISE)
        self._show_button()

    def _on_refused(self, sentence: str) -> None:
        """The file cannot be compared, or what was compared is no longer so: it is compared anew by going back."""
        writing, self._task = self.is_writing, None
        if writing:
            self.bridge.refused.emit(sentence)
            self._compare()
        else:
            self._tell(sentence)

    def _on_written(self, effect: ReplacementEffect) -> None:
        document = self._document
        self.stop()
        changed = len(effect.altered) + len(effect.lost)
        looked = f" {counted(changed, 'passage')} to look at again." if changed else ""
        self.bridge.informed.emit(f"The text of “{effect.name}” was replaced.{looked}")
        self.replaced.emit(document)

    def _on_row(self) -> None:
        row = (self.turns if self.lists.currentIndex() else self.passages).row
        self.comparison.show_pairs(_TITLES, [] if row is None else [_pair(row)])

    # Internal

    def _compare(self) -> None:
        document, make = self._document, self._make
        if document is None or make is None:
            return
        self._incoming = self._effect = None
        self._tell(_COMPARING)
        study = self.bridge.study

        def compare(_progress: work.Progress) -> tuple[Incoming, ReplacementEffect | None]:
            incoming = make()
            return incoming, replacement_effect(study, document, incoming.transcript)

        self._task = work.run(self, compare, done=self._on_compared, refused=self._on_refused)
        self._bar.show()

    def _write(self, document: DocumentId | None, incoming: Incoming, revision: RevisionId) -> None:
        effect, study = self._effect, self.bridge.study
        if document is None or effect is None:
            return

        def write(_progress: work.Progress) -> ReplacementEffect:
            from qcode.operations.reimport import replace_text

            replace_text(study, document, incoming, revision=revision)
            return effect

        self._task = work.run(self, write, done=self._on_written, refused=self._on_refused)
        self._said.setText(_WRITING)
        self._bar.show()
        self._show_button()

    def _tell(self, sentence: str) -> None:
        self._empty.say(sentence)
        self._pages.setCurrentWidget(self._empty)
        self._said.setText("")
        self._show_button()
        self.leave_button.setFocus()

    def _show_button(self) -> None:
        ready = self._task is None and self._effect is not None and not self._effect.is_nothing
        self.button.setEnabled(ready)
        self._keep_action.setEnabled(ready and self.isVisible())
        self.leave_button.setEnabled(not self.is_writing)
        self._bar.setVisible(self._task is not None)

    def _fill(self, effect: ReplacementEffect) -> None:
        passages = [*effect.lost, *effect.altered]
        self.passages.set_rows(passages)
        self.turns.set_rows(effect.turns)
        self.lists.setTabText(0, f"Passages to look at ({len(passages):,})")
        self.lists.setTabText(1, f"Turns ({len(effect.turns):,})")
        self.lists.setCurrentIndex(0 if passages else 1)
        self._on_row()
        self.lists.currentWidget().setFocus()

    def _build(self) -> None:
        self._title = theme.label("", "title")
        self._title.setWordWrap(True)
        self._facts, self._warnings = theme.label(), theme.label(tone="warning")
        self.passages = WrappedList(_say_passage, lambda row: (row.kind, row.id, row.start), self)
        self.passages.setAccessibleName("Passages that change")
        self.turns = WrappedList(_say_turn, lambda row: (row.fate, row.number, row.start), self)
        self.turns.setAccessibleName("Turns that change")
        self.lists = QTabWidget()
        self.lists.setDocumentMode(True)
        self.lists.setAccessibleName("What changes")
        self.lists.addTab(self.passages, "Passages to look at")
        self.lists.addTab(self.turns, "Turns")
        self.comparison = ComparisonView()
        self._empty = EmptyState("")
        self._said = theme.label("", tone="quiet")
        self._bar = QProgressBar()
        self._bar.setRange(0, 0)
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName("Progress")
        self._bar.setMaximumWidth(20 * SPACE)
        self.leave_button, self.button = QPushButton("Leave it as it is"), QPushButton("Replace the text")
        self.button.setProperty("kind", "primary")
        words = "Replace the text, keep codings"
        keys = "Ctrl+Return", "Ctrl+Enter"
        self._keep_action = make_action(self, words, self.keep, *keys, key="transcripts.replace-keep", context=WITHIN)
        leave = make_action(
            self, "Leave the text as it is", self.leave, "Escape", key="transcripts.replace-leave", context=WITHIN
        )
        for button, action in ((self.button, self._keep_action), (self.leave_button, leave)):
            button.setToolTip(f"{action.text()} ({shown_keys(action)})")

    def _lay_out(self) -> None:
        split, self._pages, self._compared = QSplitter(Qt.Orientation.Horizontal), QStackedWidget(), QWidget()
        split.addWidget(self.lists)
        split.addWidget(_framed(self.comparison))
        split.setSizes([420, 780])
        split.setStretchFactor(1, 1)
        split.setChildrenCollapsible(False)
        inside = QVBoxLayout(self._compared)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(0)
        inside.addWidget(_padded(self._facts, self._warnings))
        inside.addWidget(rule())
        inside.addWidget(split, 1)
        for page in (self._empty, self._compared):
            self._pages.addWidget(page)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(_padded(self._title))
        column.addWidget(rule())
        column.addWidget(self._pages, 1)
        column.addWidget(rule())
        foot = QHBoxLayout()
        foot.setContentsMargins(2 * SPACE, SPACE, 2 * SPACE, SPACE)
        foot.setSpacing(SPACE)
        foot.addWidget(self._said, 1)
        for widget in (self._bar, self.leave_button, self.button):
            foot.addWidget(widget)
        column.addLayout(foot)

    def _connect(self) -> None:
        self.button.clicked.connect(self.keep)
        self.leave_button.clicked.connect(self.leave)
        self.lists.currentChanged.connect(self._on_row)
        for chosen in (self.passages, self.turns):
            chosen.selectionModel().currentChanged.connect(self._on_row)
        self.bridge.closing.connect(self.stop)


def _padded(*labels: QLabel) -> QFrame:
    frame = QFrame()
    frame.setProperty("surface", "panel")
    column = QVBoxLayout(frame)
    column.setContentsMargins(2 * SPACE, SPACE, 2 * SPACE, SPACE)
    column.setSpacing(SPACE // 2)
    for words in labels:
        words.setWordWrap(True)
        column.addWidget(words)
    return frame


def _framed(inside: QWidget) -> QFrame:
    frame = QFrame()
    frame.setProperty("surface", "page")
    column = QVBoxLayout(frame)
    column.setContentsMargins(2 * SPACE, SPACE, 0, 0)
    column.addWidget(inside)
    return frame


def _facts(effect: ReplacementEffect) -> Iterator[str]:
    """What is told about the file before anything is listed."""
    yield effect.turns_sentence
    yield " ".join(said for said in (effect.codings_sentence, effect.others_sentence) if said)
    voices = [f"“{there}” in the file is “{here}” here" for there, here in effect.same_voices]
    voices += [f"“{label}” is new" for label in effect.new_voices]
    voices += [f"“{label}” says nothing any more" for label in effect.silent]
    if voices:
        yield f"Speakers: {'; '.join(voices)}."


def _warnings(effect: ReplacementEffect, state: str, known: str) -> Iterator[str]:
    if effect.kept < _LITTLE:
        yield f"Only {effect.kept:.0%} of the text stands in this file. Is it the right one?"
    if known:
        yield f"The file holds a name that this window knows: “{known}”. Go back and look for names first."
    if effect.redacted and state != "checked by computer":
        yield "Names were taken out of this document, and this file may bring them back: nobody looked for names in it."
    if effect.reviewed:
        yield f"Nobody has read the new words for names: the document will no longer be reviewed, but {state}."
    if effect.lost:
        lost = counted(len(effect.lost), "passage")
        yield f"{lost} would lose all words; they are listed first. None is removed: whoever made it looks again."


def _say_passage(row: AnchorEffect) -> Said:
    whose = f" · {row.who}" if row.who else ""
    kind = "" if row.kind == "coding" else f"{row.kind}, "
    fate = "loses all its words" if row.lost else "has other words"
    return Said(_short(row.before), f"{row.label}{whose} · {kind}{fate}")


def _say_turn(row: TurnEffect) -> Said:
    voice = row.voice_after or row.voice_before
    return Said(_short(row.after or row.before), f"{f'{voice} · ' if voice else ''}{_FATES[row.fate]}")


def _short(text: str) -> str:
    words = " ".join(text[: 4 * _LONGEST].split())
    return words if len(words) <= _LONGEST else f"{words[:_LONGEST].rstrip()}…"


def _pair(row: AnchorEffect | TurnEffect) -> Compared:
    if isinstance(row, AnchorEffect):
        return Compared(f"{row.label}: no words left" if row.lost else row.label, row.before, row.after)
    voices = [voice for voice in dict.fromkeys((row.voice_before, row.voice_after)) if voice]
    return Compared(" → ".join(voices) or _FATES[row.fate], row.before, row.after)
