"""The panel in which words are redacted: what stands instead, where, and what cannot be taken back afterwards."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSignalBlocker, Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from qcode.ui.code.acts import WITHIN, make_action
from qcode.ui.keys.hints import KeyHint
from qcode.ui.overlay import Overlay
from qcode.ui.theme import SPACE, label

_LOOK_MS = 150
_FINAL = (
    "This cannot be undone, and undo does not go back past it. Older texts of these documents are erased. "
    "Copies elsewhere, such as backups and colleagues’ files, keep the words until they are redacted too."
)


@dataclass(frozen=True, slots=True)
class PlaceLine:
    """A place in the list, and whether it is redacted at first."""

    text: str
    chosen: bool


class RedactionPanel(Overlay):
    """Words, what stands instead, how far; and every place, each of which can be left out."""

    size_wanted = (92 * SPACE, 72 * SPACE)

    asked = Signal()
    looked = Signal()
    kindChosen = Signal(str)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setAccessibleName("Redact")
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.forms = QLineEdit(self)
        self.kind = QComboBox(self)
        self.replacement = QLineEdit(self)
        self.reach = QComboBox(self)
        self.places = QListWidget(self)
        self.redact = QPushButton("Redact for good", self)
        self.leave = QPushButton("Leave", self)
        self.progress = QProgressBar(self)
        self.copies = QCheckBox(self)
        self._copies = 0
        self._sum = label("", "small")
        self._final = label(_FINAL, "small")
        self._looking = QTimer(self)
        self._looking.setSingleShot(True)
        self._looking.setInterval(_LOOK_MS)
        self.panel_actions = [
            make_action(
                self, "Redact for good", self.asked.emit, "Ctrl+Return", "Ctrl+Enter", key="redact.keep", context=WITHIN
            ),
        ]
        self._lay_out()
        self._connect()

    # Properties

    @property
    def everywhere(self) -> bool:
        """Whether the whole study is meant, or the selected passage alone."""
        return self.reach.currentIndex() == 0

    @property
    def left_out(self) -> list[int]:
        """The places in the list that stay as they are, by their number."""
        return [
            number
            for number in range(self.places.count())
            if self.places.item(number).checkState() == Qt.CheckState.Unchecked
        ]

    @property
    def sentence(self) -> str:
        """What is said about the places."""
        return self._sum.text()

    # Methods

    def begin(self, words: str, kinds: Collection[str], kind: str, copies: Sequence[str] = ()) -> None:
        """Show the panel for some words; `copies` are the names of files beside the study that hold it as well."""
        self._copies = len(copies)
        listed = ", ".join(f"“{name}”" for name in copies)
        which = f"the copy {listed}" if len(copies) == 1 else f"the {len(copies)} copies"
        self.copies.setText(f"Also in {which} beside the study")
        self.copies.setToolTip(listed)
        self.copies.setAccessibleName(f"Also redact in copies beside the study: {listed}")
        self.copies.setChecked(bool(copies))
        with QSignalBlocker(self.kind), QSignalBlocker(self.forms), QSignalBlocker(self.reach):
            self.kind.clear()
            self.kind.addItems(list(kinds))
            self.kind.setCurrentText(kind)
            self.forms.setText(words)
            self.reach.setCurrentIndex(0)
        self._forms_shown()
        self.open_over(self.replacement)

    def suggest(self, offers: Sequence[str]) -> None:
        """Put the first suggestion in, selected, so that typing replaces it; the others are told beside it."""
        self.replacement.setText(offers[0] if offers else "[…]")
        self.replacement.selectAll()
        others = ", ".join(offers[1:4])
        self.replacement.setToolTip(f"Or: {others}" if others else "")

    def show_places(self, lines: Sequence[PlaceLine], sentence: str) -> None:
        """List the places; those that were left out before are chosen anew."""
        with QSignalBlocker(self.places):
            self.places.clear()
            for line in lines:
                item = QListWidgetItem(line.text, self.places)
                item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
                item.setCheckState(Qt.CheckState.Checked if line.chosen else Qt.CheckState.Unchecked)
            if lines:
                self.places.setCurrentRow(0)
        self.tell(sentence)

    @property
    def is_busy(self) -> bool:
        """Whether it is being redacted, which nothing here can stop."""
        return not self.progress.isHidden()

    def show_busy(self, *, busy: bool) -> None:
        """Let nothing be changed while it is redacted; the keyboard stays in the panel."""
        focused = QApplication.focusWidget()
        had_focus = focused is None or focused is self or self.isAncestorOf(focused)
        self.progress.setVisible(busy)
        self.progress.setValue(0)
        if busy:
            self.setFocus()
        fields = (self.forms, self.kind, self.replacement, self.reach, self.copies, self.places)
        for part in (*fields, self.redact, self.leave):
            part.setEnabled(not busy)
        if not busy:
            self._forms_shown()
            if had_focus and not self.isHidden():
                self.replacement.setFocus()

    def show_progress(self, share: float, words: str) -> None:
        """Say how far it is, from 0 to 1."""
        self.progress.setValue(round(100 * share))
        self.tell(words)

    def close_panel(self) -> None:
        """Go, unless it is being redacted."""
        if not self.is_busy:
            super().close_panel()

    def tell(self, sentence: str) -> None:
        """Say how many places there are, or why nothing can be done."""
        self._sum.setText(sentence)
        self.places.setAccessibleDescription(sentence)

    # Private slots

    def _forms_shown(self) -> None:
        self.forms.setEnabled(self.everywhere)
        self.places.setEnabled(self.everywhere)
        self.copies.setVisible(self.everywhere and self._copies > 0)

    def _on_reach(self, _index: int) -> None:
        self._forms_shown()
        self.looked.emit()

    # Internal

    def _connect(self) -> None:
        self.forms.textEdited.connect(lambda _text: self._looking.start())
        self._looking.timeout.connect(self.looked)
        self.kind.currentTextChanged.connect(self.kindChosen)
        self.reach.currentIndexChanged.connect(self._on_reach)
        self.places.itemChanged.connect(lambda _item: self.looked_at())
        self.redact.clicked.connect(lambda _checked: self.asked.emit())
        self.leave.clicked.connect(self.close_panel)

    def looked_at(self) -> None:
        """Count anew after a place was put in or left out."""
        total, left = self.places.count(), len(self.left_out)
        self.tell(f"{total - left:,} of {total:,} places are redacted, {left:,} stay." if left else self._all(total))

    def _all(self, total: int) -> str:
        return f"All {total:,} places are redacted." if total != 1 else "The one place is redacted."

    def _lay_out(self) -> None:
        named = (
            (self.forms, "Words that go", "Words that go, several apart by a semicolon"),
            (self.kind, "What they are", "What the words are"),
            (self.replacement, "Stands instead", "What stands instead"),
            (self.reach, "Where", "Where it is redacted"),
        )
        self.reach.addItems(["Everywhere in the study", "Only where it is selected"])
        self.forms.setToolTip("Several spellings are apart by a semicolon")
        form = QFormLayout()
        form.setSpacing(SPACE)
        for widget, words, spoken in named:
            widget.setAccessibleName(spoken)
            form.addRow(label(words, tone="quiet"), widget)
        self.progress.setRange(0, 100)
        self.progress.setTextVisible(False)
        self.progress.setAccessibleName("How far the redaction is")
        self.progress.hide()
        self.places.setAccessibleName("Places where the words stand")
        self.places.setWordWrap(True)
        self.places.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._sum.setWordWrap(True)
        self._final.setWordWrap(True)
        buttons = QHBoxLayout()
        redacts = ("{} redacts", self.panel_actions[0])
        buttons.addWidget(KeyHint("Space puts a place in or leaves it out", redacts, "Esc leaves"), 1)
        buttons.addWidget(self.leave)
        buttons.addWidget(self.redact)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * SPACE, 2 * SPACE, 2 * SPACE, 2 * SPACE)
        column.setSpacing(SPACE)
        column.addWidget(label("Redact", "heading"))
        column.addLayout(form)
        column.addWidget(self._sum)
        column.addWidget(self.progress)
        column.addWidget(self.places, 1)
        column.addWidget(self.copies)
        column.addWidget(self._final)
        column.addLayout(buttons)
